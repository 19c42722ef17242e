import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../../host';
import type { CitizenCard } from '../../../host/wire';
import { speak } from '../../../shared/words.svelte';
import { village } from '../../testing';
import { NewSheet } from '../sheet.svelte';
import CardField from './CardField.svelte';

const CARD: CitizenCard = {
  citizen_id: '038080000123',
  old_id: null,
  name: 'Đỗ Văn Hoà',
  sex: null,
  born: '1980-03-14',
  address: null,
  issued_on: null,
  warnings: [],
};

describe('the QR code of a card', () => {
  let sheet: NewSheet;

  beforeEach(() => {
    speak('vi');
    sheet = new NewSheet();
    sheet.enter('sex', { value: 'male' });
    sheet.enter('born', { value: '1981' });
  });

  const scan = (text: string): Promise<void> => userEvent.type(screen.getByRole('textbox'), `${text}{Enter}`);

  it('is shown beside what stands there, and fills the form only when told to', async () => {
    const rpc = village({ 'card.read': () => CARD });
    render(CardField, { sheet });
    await scan('{Enter}');
    expect(rpc).not.toHaveBeenCalled();
    await scan('038080000123||…');
    const shown = screen.getByTestId('card');
    expect(shown.textContent).toContain('14/03/1980');
    expect(shown.textContent).toContain('đang ghi: 1981');
    expect(sheet.value('born')).toBe('1981');
    await userEvent.click(screen.getByRole('button', { name: 'Dùng thông tin này' }));
    expect(sheet.values).toEqual({
      name: 'Đỗ Văn Hoà',
      sex: 'male',
      born: '1980-03-14',
      citizen_id: '038080000123',
    });
    expect(screen.queryByTestId('card')).toBeNull();
    expect(screen.getByRole('textbox')).toHaveProperty('value', '');
  });

  it('that contradicts itself is a warning and no refusal', async () => {
    village({ 'card.read': () => ({ ...CARD, warnings: ['century_differs', 'year_differs'] }) });
    render(CardField, { sheet });
    await scan('x');
    expect(screen.getByText(/cho thấy thế kỷ sinh khác/)).toBeTruthy();
    expect(screen.getByText(/Năm sinh trong số định danh khác/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Dùng thông tin này' })).toBeTruthy();
  });

  it.each([
    ['not_a_card', 'không phải của thẻ căn cước'],
    ['damaged_card', 'bị thiếu hoặc sai'],
  ] as const)('that is none (%s) is refused in words, and changes nothing', async (code, words) => {
    village({ 'card.read': () => Promise.reject(new Fault(code, 'refused', {})) });
    render(CardField, { sheet });
    await scan('x');
    expect(screen.getByRole('alert').textContent).toContain(words);
    expect(sheet.values).toEqual({ sex: 'male', born: '1981' });
  });
});
