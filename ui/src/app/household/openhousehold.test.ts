import { describe, expect, it, vi } from 'vitest';
import { Fault } from '../../host';
import type { Decision, HouseholdPage } from '../../host/wire';
import { HOA, HOUSEHOLD, REVIEW, page, village } from '../testing';
import { OpenHousehold } from './openhousehold.svelte';

const WATER = `reviews/${REVIEW}/answers/nuoc`;
const NAME = `members/${HOA}/name`;
const classed = (found: Decision['class']): HouseholdPage =>
  page({ heads: ['h2'], decision: { class: found } as Decision });

describe('an open household', () => {
  it('saves touched fields only, on the heads that the form was opened on', async () => {
    const rpc = village({ 'household.save': () => classed(null) });
    const open = new OpenHousehold(page());
    open.set(WATER, 'mua');
    open.set(NAME, 'Đỗ Văn Hoà');
    expect(open.isDirty).toBe(true);
    expect(await open.save()).toBe(true);
    expect(rpc.mock.calls).toEqual([
      [
        'household.save',
        { id: HOUSEHOLD, heads: ['h1'], edits: [{ field: WATER, value: 'mua' }], visit: true },
      ],
    ]);
    expect(open.isDirty).toBe(false);
    expect(open.page.heads).toEqual(['h2']);
  });

  it('saves a draft that was put back on the heads that its author saw', async () => {
    const rpc = village({ 'household.save': () => page({ heads: ['h3'] }) });
    const before = new OpenHousehold(page({ heads: ['h0'] }));
    before.set(WATER, 'mua');
    const typed = before.typed;
    const open = new OpenHousehold(page({ heads: ['h2'] }));
    expect(open.typed).toBeNull();
    if (typed) open.restore(typed);
    expect(open.value(WATER)).toBe('mua');
    expect(open.typed).toEqual({ heads: ['h0'], entries: { [WATER]: { value: 'mua' } } });
    await open.save();
    expect(rpc.mock.calls[0]?.[1]).toMatchObject({ heads: ['h0'] });
    open.set(NAME, 'Đỗ Hoà');
    expect(open.typed?.heads).toEqual(['h3']);
  });

  it('keeps what cannot be read or was refused in its draft', async () => {
    const refuse = vi.fn(() => {
      throw new Fault('out_of_range', 'refused', {}, WATER);
    });
    village({ 'household.save': refuse });
    const before = new OpenHousehold(page());
    const born = `members/${HOA}/born`;
    before.enter(born, { error: 'invalid_date', typed: '30/2/19' });
    before.set(WATER, 'mua');
    expect(await before.save()).toBe(false);
    expect(before.error(WATER)).toBe('out_of_range');
    const typed = JSON.parse(JSON.stringify(before.typed)) as NonNullable<typeof before.typed>;
    const open = new OpenHousehold(page());
    open.restore(typed);
    expect([open.unread(born), open.error(born)]).toEqual(['30/2/19', 'invalid_date']);
    expect(open.value(WATER)).toBe('mua');
    expect(open.wrong).toEqual([born]);
  });

  it('goes on from what is shown where the device no longer has what a draft was written on', async () => {
    const refuse = vi.fn(() => {
      throw new Fault('unknown_heads');
    });
    village({ 'household.save': refuse });
    const open = new OpenHousehold(page({ heads: ['h2'] }));
    open.restore({ heads: ['gone'], entries: { [WATER]: { value: 'mua' } } });
    expect(await open.save()).toBe(false);
    expect(open.typed?.heads).toEqual(['h2']);
  });

  it('asks nobody when nothing was touched', async () => {
    const rpc = village();
    const open = new OpenHousehold(page());
    open.set(WATER, 'mua');
    open.set(WATER, 'may');
    expect(await open.save()).toBe(true);
    expect(rpc).not.toHaveBeenCalled();
  });

  it('writes the current value again where people contradict each other: that is a choice', () => {
    const conflict = { field: WATER, kind: 'concurrent' as const, values: [] };
    const open = new OpenHousehold(page({ conflicts: [conflict] }));
    open.set(WATER, 'may');
    expect(open.edits).toEqual([{ field: WATER, value: 'may' }]);
  });

  it('records one visit for the answers of one stay, and none for other fields', async () => {
    const rpc = village({ 'household.save': () => page() });
    const open = new OpenHousehold(page());
    const visits = (): unknown[] => rpc.mock.calls.map(([, params]) => (params as { visit?: boolean }).visit);
    open.set(NAME, 'Đỗ Hoà');
    await open.save();
    open.set(WATER, 'mua');
    await open.save();
    open.set(WATER, '?');
    await open.save();
    expect(visits()).toEqual([undefined, true, undefined]);
  });

  it('keeps what was typed while a save was under way', async () => {
    let answer: (page: HouseholdPage) => void = () => undefined;
    village({ 'household.save': () => new Promise<HouseholdPage>((resolve) => (answer = resolve)) });
    const open = new OpenHousehold(page());
    open.set(WATER, 'mua');
    const saving = open.save();
    await vi.waitFor(() => expect(open.saving).toBe(true));
    open.set(WATER, '?');
    await Promise.resolve();
    answer(page());
    await saving;
    expect(open.edits).toEqual([{ field: WATER, value: '?' }]);
  });

  it('tells what a save did to the class', async () => {
    const told = vi.fn();
    village({ 'household.save': () => classed('near_poor') });
    const open = new OpenHousehold(page(), told);
    open.set(WATER, 'mua');
    await open.save();
    expect(open.outcome).toEqual({ from: null, to: 'near_poor' });
    expect(told).toHaveBeenCalledOnce();
  });

  it('loses nothing when a save is refused, and blames the field', async () => {
    const refuse = (): never => {
      throw new Fault('too_long', 'refused', {}, NAME);
    };
    village({ 'household.save': refuse });
    const open = new OpenHousehold(page());
    open.set(WATER, 'mua');
    open.set(NAME, 'x'.repeat(121));
    expect(await open.save()).toBe(false);
    expect(open.fault?.code).toBe('too_long');
    expect(open.error(NAME)).toBe('too_long');
    expect(open.edits).toEqual([{ field: WATER, value: 'mua' }]);
  });

  it('leaves out what cannot be read, and remembers it', async () => {
    village({ 'household.save': () => page() });
    const open = new OpenHousehold(page());
    open.set(WATER, 'mua');
    open.enter(`members/${HOA}/born`, { error: 'invalid_date' });
    expect(await open.save()).toBe(true);
    expect(open.wrong).toEqual([`members/${HOA}/born`]);
    expect(open.isDirty).toBe(true);
    open.discard();
    expect(open.isDirty).toBe(false);
  });

  it('does not change a form under the hand when a sync brings something', async () => {
    const rpc = village({ 'household.open': () => page({ heads: ['h9'] }) });
    const open = new OpenHousehold(page());
    open.set(WATER, 'mua');
    await open.refresh();
    expect(rpc).not.toHaveBeenCalled();
    expect(open.page.heads).toEqual(['h1']);
    open.discard();
    await open.refresh();
    expect(open.page.heads).toEqual(['h9']);
  });

  it('saves a new thing that was being added when it is left', async () => {
    const open = new OpenHousehold(page());
    const save = vi.fn(async () => true);
    open.fresh = { isDirty: true, save, discard: () => undefined };
    expect(open.isDirty).toBe(true);
    await open.save();
    expect(save).toHaveBeenCalledOnce();
  });
});
