/** What was typed outlives the program: a form that was never saved is there again, and nothing of it was sent. */
import { expect } from '@playwright/test';
import { enrol, hasBigTargets, isAccessible, picture } from './support/field';
import { test } from './support/town';

test('a form that nobody saved is put back after the program ended', async ({ page, town, context }) => {
  const minh = await town.officer('minh');
  const { units } = await minh.call<{ units: { id: string; name: string }[] }>('config.get');
  const village = units.find((unit) => unit.name === 'Khu phố 1')?.id;
  const head = { name: 'Đỗ Văn Hoà', born: '1981', sex: 'male', relation: 'head', head: true };
  await minh.call('household.create', { village, place: { address: 'Số 12' }, members: [head] });
  await minh.sync();
  await enrol(page, town, 'lan', 'may-lan');
  const home = page.url();

  await test.step('two forms are begun', async () => {
    await page.goto(`${home.split('#')[0]}#/new`);
    const kept = page.waitForResponse((answer) => isKept(answer.request().postData()));
    await page.getByLabel('Họ và tên').fill('Phạm Thị Dở');
    await page.getByRole('button', { name: 'Thêm thành viên' }).click();
    await page.getByLabel('Họ và tên').nth(1).fill('Phạm Văn Dang');
    await page.getByLabel('Ngày sinh').nth(1).fill('30/2/19');
    await kept;
    await page.waitForTimeout(600);
  });

  const again = await context.newPage();
  await page.close();

  await test.step('the home page knows, and the form is as it was', async () => {
    await again.goto(home);
    await expect(again.getByTestId('drafts')).toContainText('Hộ mới');
    await isAccessible(again);
    await hasBigTargets(again);
    await picture(again, 'drafts');
    await again.getByTestId('drafts').getByRole('link').click();
    await expect(again.getByTestId('restored')).toContainText('chưa được lưu');
    await expect(again.getByLabel('Họ và tên').first()).toHaveValue('Phạm Thị Dở');
    await expect(again.getByLabel('Họ và tên').nth(1)).toHaveValue('Phạm Văn Dang');
    await expect(again.getByLabel('Ngày sinh').nth(1)).toHaveValue('30/2/19');
    await expect(again.getByLabel('Ngày sinh').nth(1)).toHaveAttribute('aria-invalid', 'true');
    await isAccessible(again);
    await hasBigTargets(again);
    await picture(again, 'restored');
  });

  await test.step('saved, it is no draft any more', async () => {
    await again.getByLabel('Ngày sinh').nth(1).fill('3/2/1990');
    await again.getByRole('button', { name: 'Lập hộ' }).click();
    await expect(again.getByRole('heading', { name: 'Phạm Thị Dở' })).toBeVisible();
    await again.goto(home);
    await expect(again.getByTestId('drafts')).toHaveCount(0);
  });
});

const isKept = (body: string | null): boolean => body?.includes('draft.keep') === true;
