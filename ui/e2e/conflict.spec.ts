/** Two officers, one household, no network between them: nothing that either wrote is lost or covered silently. */
import { expect } from '@playwright/test';
import { answer, enrol, hasBigTargets, isAccessible, part, picture, syncs } from './support/field';
import { test } from './support/town';

type Row = { id: string };
type Page = {
  heads: string[];
  review: string;
  conflicts: unknown[];
  household: { reviews: Record<string, { answers: Record<string, unknown> }> };
};

test('two answers are shown with their authors, one is chosen, and the other device hears of it', async ({
  page,
  town,
}) => {
  const minh = await town.officer('minh');
  const { units } = await minh.call<{ units: { id: string; name: string }[] }>('config.get');
  const village = units.find((unit) => unit.name === 'Khu phố 1')?.id;
  const members = [{ name: 'Đỗ Văn Hoà', born: '1968', relation: 'head', head: true }];
  const { id } = await minh.call<Row>('household.create', { village, place: { address: 'Số 12' }, members });
  await minh.sync();

  await enrol(page, town, 'lan', 'may-lan');
  await page.getByRole('link', { name: 'Hộ', exact: true }).click();
  await page.getByTestId('household-row').click();
  await part(page, 'survey/nuoc_ve_sinh').click();
  await answer(page, 'nuoc', 'Nước mưa');

  await test.step('the other officer answers while the form is open here', async () => {
    const open = await minh.call<Page>('household.open', { id });
    const edits = [{ field: `reviews/${open.review}/answers/nuoc`, value: 'khac' }];
    await minh.call('household.save', { id, heads: open.heads, edits });
    await minh.call('member.add', {
      household: id,
      heads: (await minh.call<Page>('household.open', { id })).heads,
      member: { name: 'Lê Thị Thơm', relation: 'spouse' },
    });
    await minh.sync();
    // the device behind the page hears of it through the same commands as the page
    await page.evaluate(() =>
      fetch('rpc', { method: 'POST', body: JSON.stringify({ id: 1, method: 'sync.run', params: {} }) }),
    );
  });

  await test.step('the form was not touched, and saving it covers nothing', async () => {
    await expect(page.getByText('1 thay đổi chưa lưu')).toBeVisible();
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(page.getByText('Có câu trả lời khác nhau')).toBeVisible();
    await isAccessible(page);
    await page.getByText('Có câu trả lời khác nhau').click();
    const told = page.getByTestId('told-value');
    await expect(told).toHaveCount(2);
    await expect(told.filter({ hasText: 'Nước mưa' })).toContainText('Nguyễn Thị Lan');
    await expect(told.filter({ hasText: 'Nguồn khác' })).toContainText('Trần Văn Minh');
    await isAccessible(page);
  });

  await test.step('it stands in the list of the village', async () => {
    const settling = page.url();
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await page.getByRole('link', { name: 'Trang chủ' }).click();
    await page.getByRole('link', { name: /1 hộ có câu trả lời khác nhau/ }).click();
    const listed = page.getByTestId('conflicts-of');
    await expect(listed).toContainText('Đỗ Văn Hoà');
    await expect(listed).toContainText('Nước mưa');
    await expect(listed).toContainText('Nếu chọn:');
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'conflicts');
    await listed.getByRole('link', { name: 'Xem và chọn' }).click();
    await expect(page).toHaveURL(settling);
  });

  await test.step('a choice with its reason', async () => {
    await page.getByTestId('told-value').filter({ hasText: 'Nguồn khác' }).click();
    await page.getByLabel('Lý do (không bắt buộc)').fill('Đã đến xem lại bể nước');
    await page.getByRole('button', { name: 'Ghi nhận lựa chọn' }).click();
    await expect(page.getByText('Không còn chỗ nào khác nhau')).toBeVisible();
    await expect(page.getByText('Đã đến xem lại bể nước')).toBeVisible();
    await isAccessible(page);
  });

  await test.step('the other member is there, and the other device agrees', async () => {
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await part(page, 'members').click();
    await expect(page.getByText('Lê Thị Thơm', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await syncs(page);
    await minh.sync();
    const open = await minh.call<Page>('household.open', { id });
    expect(open.conflicts).toEqual([]);
    expect(open.household.reviews[open.review]?.answers.nuoc).toBe('khac');
  });
});
