import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '../../../host';
import type { HistoryEvent, HouseholdPage } from '../../../host/wire';
import { today } from '../../../shared/moments';
import { speak } from '../../../shared/words.svelte';
import { HOUSEHOLD, page, village } from '../../testing';
import { OpenHousehold } from '../openhousehold.svelte';
import Removal from './Removal.svelte';

vi.mock(import('../../router'), async (original) => ({ ...(await original()), navigate: vi.fn() }));

const removed = (more: Partial<HouseholdPage['household']> = {}): HouseholdPage =>
  page({ household: { ...page().household, removed: true, removed_why: 'moved_out', ...more } });

const event = (more: Partial<HistoryEvent>): HistoryEvent => ({
  hash: 'h',
  at: 0,
  user: null,
  by: 'Lan',
  visit: null,
  sent: true,
  edits: [],
  ...more,
});

const edit = (field: string, value: boolean) => ({ field, value, before: null });
const press = (name: string): Promise<void> => userEvent.click(screen.getByRole('button', { name }));

describe('a household that is taken out of the lists', () => {
  beforeEach(() => speak('vi'));

  it('needs a reason, and each says what the tables make of it', async () => {
    const rpc = village({ 'household.remove': () => removed(), 'household.history': () => ({ events: [] }) });
    render(Removal, { open: new OpenHousehold(page()), item: undefined });
    await press('Đưa ra khỏi danh sách');
    expect(screen.getByRole('alert').textContent).toBe('Hãy chọn lý do.');
    expect(rpc).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('radio', { name: /^Chuyển đi.*bảng diễn biến ghi chuyển đi$/ }));
    await press('Đưa ra khỏi danh sách');
    const told = { id: HOUSEHOLD, heads: ['h1'], why: 'moved_out', on: today() };
    expect(rpc.mock.calls[0]).toEqual(['household.remove', told]);
    expect(await screen.findByTestId('removed')).toBeTruthy();
  });

  it('says why, from which day, and who recorded it the last time', async () => {
    const events = [
      event({ by: 'Minh', edits: [edit('place/address', true)] }),
      event({ by: 'Lan', edits: [edit('removed', true)] }),
      event({ by: 'Minh', edits: [edit('removed', false)] }),
      event({ by: 'Hà', edits: [edit('removed', true)] }),
    ];
    village({ 'household.history': () => ({ events }) });
    render(Removal, { open: new OpenHousehold(removed({ removed_on: '2016-09' })), item: undefined });
    expect(screen.getByTestId('removed').textContent).toBe(
      'Hộ đã ra khỏi danh sách · Chuyển đi nơi khác · 09/2016',
    );
    expect(await screen.findByText(/^Lan ghi lúc /)).toBeTruthy();
  });

  it('comes back by a press; a refusal is said in words and the reason stands', async () => {
    const answers = [() => Promise.reject(new Fault('not_removed', 'refused')), () => page()];
    const rpc = village({
      'household.restore': () => answers.shift()?.(),
      'household.history': () => Promise.reject(new Fault('storage_failed')),
    });
    render(Removal, { open: new OpenHousehold(removed()), item: undefined });
    await press('Đưa trở lại danh sách');
    expect(screen.getByRole('alert').textContent).toContain('vẫn đang trong danh sách');
    expect(screen.getByTestId('removed')).toBeTruthy();
    await press('Đưa trở lại danh sách');
    expect(rpc.mock.calls.at(-1)).toEqual(['household.restore', { id: HOUSEHOLD, heads: ['h1'] }]);
    expect(screen.queryByTestId('removed')).toBeNull();
  });
});
