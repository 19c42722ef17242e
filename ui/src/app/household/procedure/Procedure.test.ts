import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HouseholdPage, Standing } from '../../../host/wire';
import { speak } from '../../../shared/words.svelte';
import { page } from '../../testing';
import { OpenHousehold } from '../openhousehold.svelte';
import Procedure from './Procedure.svelte';

const standing = (more: Partial<Standing>): Standing => ({
  stage: 'submitted',
  concurrent: false,
  next: [],
  steps: [],
  ...more,
});

function show(more: Partial<HouseholdPage>): void {
  render(Procedure, { open: new OpenHousehold(page(more)), item: undefined });
}

describe('the procedure of a household', () => {
  beforeEach(() => speak('vi'));

  it('says where it stands, and who comes next when it is not this person', () => {
    show({ standing: standing({}) });
    expect(screen.getByTestId('stage').textContent).toContain('Đã nộp lên xã');
    expect(screen.getByText(/thuộc về người khác/)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('asks why before a record is returned', async () => {
    show({ standing: standing({ next: ['returned'] }) });
    expect(screen.queryByRole('textbox')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Trả lại thôn' }));
    expect(screen.getByRole('textbox', { name: /Cần xem lại điều gì/ })).toBeTruthy();
  });

  it('shows the newest step first and strikes out what does not count', () => {
    const step = { user: null, by: 'Hà', at: 1_476_000_000, why: null };
    const steps = [
      { ...step, id: 'a', step: 'surveyed', counts: true },
      { ...step, id: 'b', step: 'posted', counts: false },
    ];
    show({ standing: standing({ steps }) });
    const lines = screen.getAllByRole('listitem');
    expect(lines[0]?.textContent).toContain('Niêm yết');
    expect(lines[0]?.textContent).toContain('không được tính');
    expect(lines[1]?.textContent).toContain('Đã rà soát');
  });
});
