import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { speak } from '../../../shared/words.svelte';
import { HOA, REVIEW, page, village } from '../../testing';
import { OpenHousehold } from '../openhousehold.svelte';
import Survey from './Survey.svelte';

const at = (key: string): string => `reviews/${REVIEW}/answers/${key}`;

describe('a section of the form', () => {
  let open: OpenHousehold;
  const question = (id: string): HTMLElement => screen.getByTestId(`question-${id}`);

  beforeEach(() => {
    speak('vi');
    village();
    open = new OpenHousehold(page());
    render(Survey, { open, item: 'mot' });
  });

  it('shows what is answered', () => {
    expect(within(question('nuoc')).getByRole('radio', { name: 'nước may' })).toHaveProperty('checked', true);
  });

  it('asks a member what an answer of theirs brings up, before anything is saved', async () => {
    expect(within(question('di_kham')).queryByText('Đỗ Văn Hoà')).toBeNull();
    const [ill] = within(question('om_nang')).getAllByRole('radio', { name: 'Có' });
    await userEvent.click(ill as HTMLElement);
    expect(within(question('di_kham')).getByText('Đỗ Văn Hoà')).toBeTruthy();
    expect(within(question('di_kham')).queryByText('Đỗ Thị Bé')).toBeNull();
    expect(open.edits).toEqual([{ field: at(`om_nang/${HOA}`), value: true }]);
  });

  it('writes one option for a tick and every option for none of them', async () => {
    const things = within(question('tai_san_tt'));
    await userEvent.click(things.getByRole('checkbox', { name: 'nước tivi' }));
    expect(open.edits).toEqual([{ field: at('tai_san_tt#tivi'), value: true }]);
    await userEvent.click(things.getByRole('checkbox', { name: 'Không có thứ nào trong số này' }));
    expect(open.edits).toEqual([
      { field: at('tai_san_tt#tivi'), value: false },
      { field: at('tai_san_tt#radio'), value: false },
    ]);
  });

  it('takes an answer back', async () => {
    const water = within(question('nuoc'));
    await userEvent.click(water.getByRole('radio', { name: 'Không rõ' }));
    expect(open.value(at('nuoc'))).toBe('?');
    await userEvent.click(water.getByRole('button', { name: 'Xoá trả lời' }));
    expect(open.edits).toEqual([{ field: at('nuoc'), value: null }]);
  });

  it('complains about a number when its field is left, and not before', async () => {
    const area = within(question('dien_tich')).getByRole('textbox');
    await userEvent.type(area, '0');
    expect(open.wrong).toEqual([at('dien_tich')]);
    expect(area.getAttribute('aria-invalid')).toBeNull();
    await userEvent.tab();
    expect(area.getAttribute('aria-invalid')).toBe('true');
    await userEvent.clear(area);
    await userEvent.type(area, '1200');
    await userEvent.tab();
    expect(area).toHaveProperty('value', '1.200');
    expect(open.edits).toEqual([{ field: at('dien_tich'), value: 1200 }]);
  });

  it('has a heading for each question in the language of the screen', () => {
    expect(screen.getByRole('heading', { name: 'nuoc?' })).toBeTruthy();
  });
});
