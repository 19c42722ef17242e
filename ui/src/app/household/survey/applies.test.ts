import { describe, expect, it } from 'vitest';
import type { Condition, Scalar } from '../../../host/wire';
import { isShown, settled } from './applies';

const changed = (answers: Record<string, Scalar>) => (question: string) => answers[question];
const age: Condition = { age: { min: 6, below: null } };

describe('what changed answers settle', () => {
  it.each<[Condition, Record<string, Scalar>, boolean | undefined]>([
    [{ yes: 'a' }, { a: true }, true],
    [{ yes: 'a' }, { a: false }, false],
    [{ yes: 'a' }, { a: '?' }, false],
    [{ yes: 'a' }, {}, undefined],
    [{ no: 'a' }, { a: false }, true],
    [{ choice: { question: 'a', one_of: ['x', 'y'] } }, { a: 'y' }, true],
    [{ choice: { question: 'a', one_of: ['x', 'y'] } }, { a: 'z' }, false],
    [{ all: [age, { yes: 'a' }] }, { a: false }, false],
    [{ all: [age, { yes: 'a' }] }, { a: true }, undefined],
    [{ any: [age, { yes: 'a' }] }, { a: true }, true],
    [{ any: [{ no: 'b' }, { yes: 'a' }] }, { a: false, b: true }, false],
    [age, { a: true }, undefined],
  ])('%j with %j', (condition, answers, verdict) =>
    expect(settled(condition, changed(answers))).toBe(verdict),
  );
});

describe('a question', () => {
  it('is shown as the core said, until a changed answer settles it', () => {
    expect(isShown(null, true, changed({}))).toBe(true);
    expect(isShown({ yes: 'a' }, false, changed({}))).toBe(false);
    expect(isShown({ yes: 'a' }, false, changed({ a: true }))).toBe(true);
    expect(isShown({ yes: 'a' }, true, changed({ a: false }))).toBe(false);
  });
});
