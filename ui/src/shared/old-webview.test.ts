import { expect, it } from 'vitest';
import { mendLists } from './old-webview';

type Newer = { at(index: number): unknown; toSorted(): unknown[] };

it('an old WebView gets what the libraries use, and a newer one keeps its own', () => {
  const old = {};
  mendLists(old);
  const { at, toSorted } = old as Newer;
  const numbers = [3, 1, 2];
  expect(at.call(numbers, -1)).toBe(2);
  expect(at.call(numbers, 0)).toBe(3);
  expect(at.call(numbers, 3)).toBeUndefined();
  expect(toSorted.call(numbers)).toEqual([1, 2, 3]);
  expect(numbers).toEqual([3, 1, 2]);

  const own = { at: () => 'own' };
  mendLists(own);
  expect(own.at()).toBe('own');
});
