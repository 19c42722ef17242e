/** Last year beside this year: seen, confirmed with one press, and counted only then. */
import { expect } from '@playwright/test';
import { answer, enrol, hasBigTargets, isAccessible, part, picture, question } from './support/field';
import { test } from './support/town';

type Page = { heads: string[]; household: { head: string } };
type Config = { units: { id: string; name: string }[]; reviews: { id: string; year: number }[] };

test.use({ year: 2017 });

test('what the earlier review observed is confirmed section by section', async ({ page, town }) => {
  const minh = await town.officer('minh');
  const { units, reviews } = await minh.call<Config>('config.get');
  const village = units.find((unit) => unit.name === 'Khu phố 1')?.id;
  const before = reviews.find((review) => review.year === 2016)?.id;
  const members = [{ name: 'Đỗ Văn Hoà', born: '1968', relation: 'head', head: true }];
  const { id } = await minh.call<{ id: string }>('household.create', { village, members });
  const { heads, household } = await minh.call<Page>('household.open', { id });
  const answers = {
    nuoc: 'mua',
    nha_tieu: 'tu_hoai',
    [`bhyt/${household.head}`]: true,
    'tai_san_tt#tivi': true,
  };
  const edits: { field: string; value: unknown }[] = Object.entries(answers).map(([key, value]) => ({
    field: `reviews/${before}/answers/${key}`,
    value,
  }));
  edits.push({ field: `reviews/${before}/b1_entered`, value: 130 });
  await minh.call('household.save', { id, heads, edits });
  await minh.sync();

  await enrol(page, town, 'lan', 'may-lan', 2017);
  await page.getByRole('link', { name: 'Hộ', exact: true }).click();
  await page.getByTestId('household-row').click();

  await test.step('it stands under each question and counts for nothing', async () => {
    await expect(page.getByTestId('part-survey/nuoc_ve_sinh').filter({ visible: true })).toContainText('0/2');
    await part(page, 'survey/nuoc_ve_sinh').click();
    await expect(question(page, 'nuoc').getByTestId('earlier-answer')).toHaveText('Đợt trước: Nước mưa');
    await expect(page.getByTestId('earlier')).toContainText('có 2 câu trả lời chưa xác nhận');
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'earlier');
  });

  await test.step('one answer is another now, the rest is confirmed with one press', async () => {
    await answer(page, 'nuoc', 'Nước máy');
    await page.getByRole('button', { name: 'Xác nhận không đổi' }).click();
    await expect(page.getByTestId('earlier')).toContainText('Phần này đã được xác nhận là không đổi.');
    await expect(question(page, 'nha_tieu').getByRole('radio', { checked: true })).toHaveCount(1);
    await expect(question(page, 'nuoc').getByLabel('Nước máy')).toBeChecked();
    await isAccessible(page);
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await expect(page.getByTestId('part-survey/nuoc_ve_sinh').filter({ visible: true })).toContainText(
      'Đã đủ',
    );
  });

  await test.step('the B1 total as well', async () => {
    await part(page, 'b1').click();
    await expect(page.getByText('Đợt trước: 130')).toBeVisible();
    await page.getByRole('button', { name: 'Xác nhận không đổi' }).click();
    await expect(page.getByLabel('Tổng điểm trên phiếu B1')).toHaveValue('130');
    await isAccessible(page);
  });
});
