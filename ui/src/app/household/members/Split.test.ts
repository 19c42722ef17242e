import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../../host';
import type { HouseholdPage } from '../../../host/wire';
import { speak } from '../../../shared/words.svelte';
import { BE, HOA, HOUSEHOLD, page, pick, village } from '../../testing';
import { OpenHousehold } from '../openhousehold.svelte';
import Split from './Split.svelte';

const NEW = 'f'.repeat(32);
const press = (): Promise<void> => userEvent.click(screen.getByRole('button', { name: 'Tách thành hộ mới' }));
const tick = (name: string): Promise<void> => userEvent.click(screen.getByLabelText(name));

/** The old household afterwards, led by the one who is told. */
const after = (head: string): HouseholdPage => page({ household: { ...page().household, head } });

describe('a household that splits', () => {
  beforeEach(() => speak('vi'));

  it('says who goes, who leads them, where and since when; then offers the new one', async () => {
    const rpc = village({
      'household.split': () => ({ id: NEW, heads: ['n1'] }),
      'household.open': () => after(HOA),
    });
    render(Split, { open: new OpenHousehold(page()), item: undefined });
    await press();
    expect(screen.getByRole('alert').textContent).toBe('Hãy chọn ít nhất một người.');
    expect(rpc).not.toHaveBeenCalled();
    await tick('Đỗ Thị Bé');
    await userEvent.type(screen.getByLabelText('Địa chỉ hộ mới'), 'Số 14');
    const day = screen.getByLabelText('Từ ngày');
    await userEvent.clear(day);
    await userEvent.type(day, '2016');
    await press();
    const told = { members: [BE], head: BE, address: 'Số 14', on: '2016' };
    expect(rpc.mock.calls[0]).toEqual(['household.split', { id: HOUSEHOLD, heads: ['h1'], ...told }]);
    expect(screen.getByRole('link', { name: 'Mở hộ mới' }).getAttribute('href')).toContain(NEW);
    expect(screen.queryByText(/Chủ hộ của hộ này bây giờ/)).toBeNull();
  });

  it('tells who leads those who stay when the head went', async () => {
    const rpc = village({
      'household.split': () => ({ id: NEW, heads: ['n1'] }),
      'household.open': () => after(BE),
    });
    render(Split, { open: new OpenHousehold(page()), item: undefined });
    await tick('Đỗ Văn Hoà');
    await press();
    expect(rpc.mock.calls[0]?.[1]).toMatchObject({ members: [HOA], head: HOA });
    expect(screen.getByText(/Chủ hộ của hộ này bây giờ là Đỗ Thị Bé/)).toBeTruthy();
  });

  it('is led by one of those who go, and a refusal leaves the form as it stands', async () => {
    const rpc = village({ 'household.split': () => Promise.reject(new Fault('nobody_left', 'refused')) });
    render(Split, { open: new OpenHousehold(page()), item: undefined });
    await tick('Đỗ Văn Hoà');
    await tick('Đỗ Thị Bé');
    await pick(screen.getByLabelText('Chủ hộ của hộ mới'), 'Đỗ Thị Bé');
    await press();
    expect(rpc.mock.calls[0]?.[1]).toMatchObject({ members: [HOA, BE], head: BE });
    expect(screen.getByRole('alert').textContent).toContain('ít nhất một người ở lại');
    await tick('Đỗ Thị Bé');
    const leaders = within(screen.getByLabelText('Chủ hộ của hộ mới')).getAllByRole('option');
    expect(leaders.map((option) => option.textContent)).toEqual(['Đỗ Văn Hoà']);
  });
});
