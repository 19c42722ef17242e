import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HouseholdPage } from '../../../host/wire';
import { Fault } from '../../../host';
import { today } from '../../../shared/moments';
import { speak } from '../../../shared/words.svelte';
import { BE, HOA, HOUSEHOLD, member, page, pick, village } from '../../testing';
import { OpenHousehold } from '../openhousehold.svelte';
import Members from './Members.svelte';

/** The page with other facts of its members, and another head if told. */
function people(
  change: Record<string, Partial<HouseholdPage['household']['members'][string]>>,
  head: string | null = HOA,
): HouseholdPage {
  const household = page().household;
  const members = Object.fromEntries(
    Object.entries(household.members).map(([id, who]) => [id, member({ ...who, ...change[id] })]),
  );
  return page({ household: { ...household, members, head } });
}

const press = (name: string): Promise<void> => userEvent.click(screen.getByRole('button', { name }));
const choose = (name: RegExp): Promise<void> => userEvent.click(screen.getByRole('radio', { name }));

describe('the members of a household', () => {
  beforeEach(() => {
    speak('vi');
    village();
  });

  it('who left is folded away, with reason and day', () => {
    const left = { left: true, left_why: 'moved_out', left_on: '2016-09' };
    render(Members, { open: new OpenHousehold(people({ [BE]: left })), item: undefined });
    const former = screen.getByTestId('former');
    expect(former).toHaveProperty('open', false);
    expect(former.textContent).toContain('Đã rời hộ: 1 người');
    expect(within(former).getByRole('link', { hidden: true }).textContent).toMatch(
      /Đỗ Thị Bé.*từ 09\/2016.*Chuyển đi/s,
    );
    expect(screen.queryByRole('link', { name: 'Tách hộ' })).toBeNull();
  });

  it('only one is called the head, whatever the relations say', () => {
    const relations = { [HOA]: { relation: 'head' }, [BE]: { relation: 'head' } };
    const open = new OpenHousehold({
      ...people(relations, BE),
      member_warnings: [{ member: HOA, code: 'two_heads' }],
    });
    render(Members, { open, item: undefined });
    const rows = screen.getAllByRole('listitem');
    expect(rows.map((row) => row.textContent?.includes('Chủ hộ'))).toEqual([false, true]);
    expect(screen.getByText(/Có hơn một người ghi là chủ hộ/)).toBeTruthy();
  });

  it('nobody is the head, or somebody is not born yet: both are said', () => {
    const open = new OpenHousehold({
      ...people({}, null),
      member_warnings: [
        { member: HOA, code: 'no_head' },
        { member: BE, code: 'born_after' },
      ],
    });
    render(Members, { open, item: undefined });
    expect(screen.getByText(/Chưa ai là chủ hộ/)).toBeTruthy();
    expect(screen.getByText(/Đỗ Thị Bé: ngày sinh sau ngày rà soát/)).toBeTruthy();
  });

  it('another becomes the head in one change, and the relation of the old one ends', async () => {
    const before = people({ [HOA]: { relation: 'head' } });
    const rpc = village({ 'household.save': () => people({}, BE) });
    render(Members, { open: new OpenHousehold(before), item: BE });
    await press('Đặt làm chủ hộ');
    const edits = [
      { field: 'head', value: BE },
      { field: `members/${HOA}/relation`, value: null },
    ];
    expect(rpc.mock.calls).toEqual([['household.save', { id: HOUSEHOLD, heads: ['h1'], edits }]]);
    expect(screen.queryByRole('button', { name: 'Đặt làm chủ hộ' })).toBeNull();
  });

  it('who comes back after all keeps no reason and no day of leaving', async () => {
    const left = { left: true, left_why: 'moved_out', left_on: '2016-09' };
    const open = new OpenHousehold(people({ [BE]: left }));
    render(Members, { open, item: BE });
    await userEvent.click(screen.getByLabelText('Không còn ở hộ'));
    expect(Object.fromEntries(open.edits.map(({ field, value }) => [field, value]))).toEqual({
      [`members/${BE}/left`]: false,
      [`members/${BE}/left_why`]: null,
      [`members/${BE}/left_on`]: null,
    });
  });
});

describe('a member who leaves', () => {
  const gone = { 'member.leave': () => people({ [BE]: { left: true, left_why: 'died' } }) };

  beforeEach(() => speak('vi'));

  it('needs a reason; the day is today unless another is given', async () => {
    const rpc = village(gone);
    render(Members, { open: new OpenHousehold(page()), item: BE });
    await press('Người này rời hộ');
    await press('Ghi là đã rời hộ');
    expect(screen.getByRole('alert').textContent).toBe('Hãy chọn lý do.');
    expect(rpc).not.toHaveBeenCalled();
    await choose(/^Đã mất – được tính trong hộ đến ngày mất/);
    await press('Ghi là đã rời hộ');
    const told = { household: HOUSEHOLD, heads: ['h1'], member: BE, why: 'died', on: today() };
    expect(rpc.mock.calls).toEqual([['member.leave', told]]);
  });

  it('on a day without day of month, and not on one that is none', async () => {
    const rpc = village(gone);
    render(Members, { open: new OpenHousehold(page()), item: BE });
    await press('Người này rời hộ');
    await choose(/^Chuyển đi/);
    const day = screen.getByLabelText('Từ ngày');
    await userEvent.clear(day);
    await userEvent.type(day, '31/02/2016');
    await press('Ghi là đã rời hộ');
    expect(rpc).not.toHaveBeenCalled();
    await userEvent.clear(day);
    await userEvent.type(day, '9/2016');
    await press('Ghi là đã rời hộ');
    expect(rpc.mock.calls[0]?.[1]).toMatchObject({ why: 'moved_out', on: '2016-09' });
  });

  it.each([
    ['was the head', HOA, 'Đỗ Văn Hoà là chủ hộ: ai thay?'],
    ['left a household that has none', null, 'Hộ đang không có chủ hộ: ai làm chủ hộ?'],
  ])('and %s is followed by somebody who stays; the refusal stands at the field', async (_, head, hint) => {
    const answers = [
      () => Promise.reject(new Fault('no_head', 'refused', {}, 'new_head')),
      () => people({ [HOA]: { left: true } }, BE),
    ];
    const rpc = village({ 'member.leave': () => answers.shift()?.() });
    render(Members, { open: new OpenHousehold(people({}, head)), item: HOA });
    await press('Người này rời hộ');
    await choose(/^Đã mất/);
    const heir = screen.getByLabelText('Chủ hộ mới');
    expect(within(heir).queryByRole('option', { name: 'Đỗ Văn Hoà' })).toBeNull();
    expect(screen.getByText(hint)).toBeTruthy();
    await press('Ghi là đã rời hộ');
    expect(heir.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('Hộ phải có chủ hộ. Hãy chọn chủ hộ mới.')).toBeTruthy();
    await pick(heir, 'Đỗ Thị Bé');
    await press('Ghi là đã rời hộ');
    expect(rpc.mock.calls.at(-1)?.[1]).toMatchObject({ member: HOA, new_head: BE });
  });
});
