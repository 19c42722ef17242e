import { expect, it } from 'vitest';
import { useHost, type Host } from '../../host';
import { everyHousehold } from './every';

it('every household is read, however many pages they fill', async () => {
  const asked: number[] = [];
  const rpc = (_: string, params: { offset: number; limit: number }): Promise<unknown> => {
    asked.push(params.offset);
    const left = Math.max(0, 1_201 - params.offset);
    return Promise.resolve({ total: 1_201, rows: Array(Math.min(left, params.limit)).fill({}) });
  };
  useHost({ rpc } as unknown as Host);
  expect(await everyHousehold({})).toHaveLength(1_201);
  expect(asked).toEqual([0, 500, 1_000]);
});
