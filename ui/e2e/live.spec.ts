/** What another officer sends stands on the screen without a hand being moved. */
import { expect } from '@playwright/test';
import { answer, enrol, part, question } from './support/field';
import { test } from './support/town';

type Page = { heads: string[]; review: string };

test('lists and pages follow the other officer, and a form that is written in does not', async ({
  page,
  town,
}) => {
  await enrol(page, town, 'lan', 'may-lan');
  const minh = await town.officer('minh');
  const { units } = await minh.call<{ units: { id: string; name: string }[] }>('config.get');
  const village = units.find((unit) => unit.name === 'Khu phố 1')?.id;
  const members = [{ name: 'Đỗ Văn Hoà', born: '1968', relation: 'head', head: true }];
  const { id } = await minh.call<{ id: string }>('household.create', { village, members });
  const says = async (question: string, value: string): Promise<void> => {
    const open = await minh.call<Page>('household.open', { id });
    const edits = [{ field: `reviews/${open.review}/answers/${question}`, value }];
    await minh.call('household.save', { id, heads: open.heads, edits });
    await minh.sync();
  };

  await test.step('a new household comes into the list that is looked at', async () => {
    await page.getByRole('link', { name: 'Đồng bộ', exact: true }).click();
    await expect(page.getByTestId('sync-note')).toContainText('Đang nối với máy chủ');
    await page.getByRole('link', { name: 'Hộ', exact: true }).click();
    await expect(page.getByTestId('household-row')).toHaveCount(0);
    await minh.sync();
    await expect(page.getByTestId('household-row')).toContainText('Đỗ Văn Hoà', { timeout: 15_000 });
  });

  const chosen = (words: string) => question(page, 'nuoc').locator('label').filter({ hasText: words });

  await test.step('an answer comes into the page that is open', async () => {
    await page.getByTestId('household-row').click();
    await part(page, 'survey/nuoc_ve_sinh').click();
    await says('nuoc', 'khac');
    await expect(chosen('Nguồn khác').locator('input')).toBeChecked({ timeout: 15_000 });
  });

  await test.step('but not into one that is written in', async () => {
    await answer(page, 'nuoc', 'Nước mưa');
    await says('nuoc', 'may');
    // the page has looked by then
    await page.waitForTimeout(6_000);
    await expect(chosen('Nước mưa').locator('input')).toBeChecked();
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(page.getByText('Có câu trả lời khác nhau')).toBeVisible();
  });
});
