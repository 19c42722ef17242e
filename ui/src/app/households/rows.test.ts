import { describe, expect, it } from 'vitest';
import { Fault } from '../../host';
import type { HouseholdRow, ListQuery } from '../../host/wire';
import { village } from '../testing';
import { PAGE_ROWS, Rows } from './rows.svelte';

const row = (name: string): HouseholdRow => ({ id: name, name }) as HouseholdRow;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A list of numbered households; the search is put before each number. */
function numbered(total: number) {
  return ({ search = '', offset, limit }: ListQuery) => ({
    total,
    rows: Array.from({ length: Math.min(limit, total - offset) }, (_, at) => row(`${search}${offset + at}`)),
  });
}

describe('the rows of the list', () => {
  it('come page by page, each page once', async () => {
    const rpc = village({ 'household.list': numbered(10_000) });
    const rows = new Rows();
    await rows.narrow({});
    expect(rows.total).toBe(10_000);
    expect(rows.at(5)?.name).toBe('5');
    expect(rows.at(9_999)).toBeUndefined();
    expect(rows.at(9_998)).toBeUndefined();
    await settle();
    expect(rows.at(9_999)?.name).toBe('9999');
    expect(rpc.mock.calls.map(([, params]) => (params as ListQuery).offset)).toEqual([0, 10_000 - PAGE_ROWS]);
  });

  it('never show the answer to an older search', async () => {
    const answers: (() => void)[] = [];
    const list = numbered(3);
    village({
      'household.list': (query: ListQuery) =>
        new Promise((resolve) => answers.push(() => resolve(list(query)))),
    });
    const rows = new Rows();
    const older = rows.narrow({ search: 'd' });
    const newer = rows.narrow({ search: 'do' });
    await settle();
    answers[1]?.();
    await newer;
    answers[0]?.();
    await older;
    expect(rows.at(0)?.name).toBe('do0');
  });

  it('can be asked for again after a fault', async () => {
    let broken = true;
    village({
      'household.list': (query: ListQuery) => {
        if (broken) throw new Fault('storage_failed');
        return numbered(1)(query);
      },
    });
    const rows = new Rows();
    await rows.narrow({});
    expect(rows.fault?.code).toBe('storage_failed');
    broken = false;
    await rows.narrow({});
    expect(rows.fault).toBeNull();
    expect(rows.at(0)?.name).toBe('0');
  });
});
