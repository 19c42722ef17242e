/** Where a household lives: taken from the phone, typed where the phone cannot tell, and seen in the history. */
import { expect, type Page } from '@playwright/test';
import { enrol, hasBigTargets, isAccessible, part } from './support/field';
import { test } from './support/town';

async function enterHousehold(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Thêm hộ mới' }).click();
  await page.getByLabel('Địa chỉ', { exact: true }).fill('Số 12, ngõ 3');
  await page.getByLabel('Họ và tên').fill('Đỗ Văn Hoà');
  await page.getByRole('button', { name: 'Lập hộ' }).click();
  await expect(page.getByRole('heading', { name: 'Đỗ Văn Hoà' })).toBeVisible();
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(page.getByText('Đã lưu', { exact: true })).toBeVisible();
}

test('the point of a household, from the phone and by hand', async ({ page, context, town }) => {
  await enrol(page, town, 'lan', 'dien-thoai');
  await enterHousehold(page);
  await part(page, 'place').click();
  const words = page.getByTestId('point-words');
  await expect(page.getByLabel('Địa chỉ', { exact: true })).toHaveValue('Số 12, ngõ 3');

  await test.step('a phone that may not tell says so, and the point is typed', async () => {
    await page.getByRole('button', { name: 'Lấy vị trí' }).click();
    await expect(page.getByRole('alert')).toContainText('không cho ứng dụng dùng vị trí');
    await isAccessible(page);
    await page.getByLabel('Vĩ độ').fill('105,8612');
    await page.getByLabel('Kinh độ').fill('20,0785');
    await expect(page.getByRole('alert')).toBeHidden();
    await expect(page.getByText('Số nằm ngoài khoảng cho phép.')).toBeVisible();
    await page.getByLabel('Vĩ độ').fill('20°04\'42,6" B');
    await expect(page.getByText('Toạ độ này nằm ngoài Việt Nam')).toBeVisible();
    await isAccessible(page);
    await hasBigTargets(page);
    await page.getByLabel('Kinh độ').fill('105,8612');
    await expect(page.getByText('Toạ độ này nằm ngoài Việt Nam')).toBeHidden();
    await save(page);
    await expect(words).toHaveText('Nhập tay, không rõ sai số');
    await expect(page.getByLabel('Vĩ độ')).toHaveValue('20,0785');
  });

  await test.step('a phone that may tell gives it with its accuracy, without a network', async () => {
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 20.08, longitude: 105.87, accuracy: 7.4 });
    await page.getByRole('button', { name: 'Lấy vị trí' }).click();
    await expect(words).toHaveText('Sai số khoảng 8 m');
    await isAccessible(page);
    await save(page);
    await page.reload();
    await expect(words).toHaveText('Sai số khoảng 8 m');
    await expect(page.getByLabel('Vĩ độ')).toHaveValue('20,08');
    await expect(page.getByLabel('Kinh độ')).toHaveValue('105,87');
  });

  await test.step('the history tells it in degrees', async () => {
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await part(page, 'history').click();
    const newest = page.getByTestId('history-event').first();
    await expect(newest).toContainText('20,08°');
    await expect(newest).toContainText('trước đó: 20,0785°');
    await isAccessible(page);
  });
});
