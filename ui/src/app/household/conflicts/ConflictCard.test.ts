import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Conflict } from '../../../host/wire';
import { speak } from '../../../shared/words.svelte';
import { HOUSEHOLD, REVIEW, page, village } from '../../testing';
import { OpenHousehold } from '../openhousehold.svelte';
import ConflictCard from './ConflictCard.svelte';

const FIELD = `reviews/${REVIEW}/answers/nuoc`;
const told = (hash: string, value: string, by: string | null) => ({
  hash,
  value,
  by,
  user: null,
  at: 1_479_000_000,
  visit: null,
  class: null,
  possible: [],
});
const conflict: Conflict = {
  field: FIELD,
  kind: 'concurrent',
  values: [told('c1', 'may', 'Nguyễn Thị Hà'), told('c2', 'mua', null)],
};

describe('a conflict', () => {
  beforeEach(() => speak('vi'));

  it('shows every answer with its author, and which one counts', () => {
    village();
    render(ConflictCard, { open: new OpenHousehold(page()), conflict });
    const [first, second] = screen.getAllByTestId('told-value');
    expect(first?.textContent).toMatch(/nước may.*Nguyễn Thị Hà.*đang được dùng/s);
    expect(second?.textContent).toMatch(/nước mua.*Người chưa rõ/s);
    expect(second?.textContent).not.toContain('đang được dùng');
  });

  it('asks for a choice before it records one', async () => {
    const rpc = village();
    render(ConflictCard, { open: new OpenHousehold(page()), conflict });
    await userEvent.click(screen.getByRole('button', { name: 'Ghi nhận lựa chọn' }));
    expect(screen.getByRole('alert').textContent).toContain('Chọn một câu trả lời trước');
    expect(rpc).not.toHaveBeenCalled();
  });

  it('records the choice with its reason', async () => {
    const rpc = village({ 'household.resolve': () => page({ heads: ['h2'] }) });
    const open = new OpenHousehold(page());
    render(ConflictCard, { open, conflict });
    await userEvent.click(screen.getByRole('radio', { name: /nước mua/ }));
    await userEvent.type(screen.getByRole('textbox'), ' đã đến xem lại ');
    await userEvent.click(screen.getByRole('button', { name: 'Ghi nhận lựa chọn' }));
    expect(rpc.mock.calls).toEqual([
      ['household.resolve', { id: HOUSEHOLD, field: FIELD, chosen: 'c2', why: 'đã đến xem lại' }],
    ]);
    expect(open.page.heads).toEqual(['h2']);
  });

  it('says when an answer was covered at a merge', () => {
    village();
    render(ConflictCard, { open: new OpenHousehold(page()), conflict: { ...conflict, kind: 'covered' } });
    expect(screen.getByText('Đã bị ghi đè khi gộp')).toBeTruthy();
  });
});
