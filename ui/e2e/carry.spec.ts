/** A file goes from device to device where there is no network: its code is shown once, a wrong one opens nothing. */
import { expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { enrol, hasBigTargets, isAccessible, picture } from './support/field';
import { test } from './support/town';

type Written = { file: string; code: string; file_name: string };
type Taken = { by: string; new: number; already: number };

test('a colleague’s file is taken, shown at once, carried to the server, and another one written', async ({
  page,
  town,
}) => {
  const minh = await town.officer('minh');
  await enrol(page, town, 'lan', 'may-lan');
  const { units } = await minh.call<{ units: { id: string; name: string }[] }>('config.get');
  const village = units.find((unit) => unit.name === 'Khu phố 1')?.id;
  const head = { name: 'Đỗ Văn Hoà', born: '1981', sex: 'male', relation: 'head', head: true };
  const form = { village, place: { address: 'Số 12' }, members: [head] };
  const { id } = await minh.call<{ id: string }>('household.create', form);
  const { file, code, file_name: name } = await minh.call<Written>('bundle.export', { what: 'waiting' });
  await page.getByRole('link', { name: 'Đồng bộ', exact: true }).click();
  const carry = page.getByTestId('carry');
  const take = carry.getByRole('button', { name: 'Nhận tệp', exact: true });
  const choose = async (buffer: Buffer): Promise<void> =>
    carry.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });

  await test.step('what is missing is said', async () => {
    await take.click();
    await expect(carry.getByText('Chưa chọn tệp')).toBeVisible();
    await expect(carry.getByText('Chưa nhập mã')).toBeVisible();
    await isAccessible(page);
    await picture(page, 'carry-missing');
  });

  await test.step('a wrong code and half a file open nothing', async () => {
    await choose(Buffer.from(file, 'base64'));
    await expect(carry.getByText(name)).toBeVisible();
    await carry.getByLabel('Mã mở tệp').fill('0000-0000-0000-0000');
    await take.click();
    await expect(carry.getByText('Mã không mở được tệp này')).toBeVisible();
    await choose(Buffer.from(file, 'base64').subarray(0, 200));
    await carry.getByLabel('Mã mở tệp').fill(code);
    await take.click();
    await expect(carry.getByText('Tệp bị thiếu phần cuối')).toBeVisible();
    await expect(page.getByTestId('sync-waiting')).toHaveText('0');
  });

  await test.step('the right code brings the household, which waits to be sent', async () => {
    await choose(Buffer.from(file, 'base64'));
    await carry.getByLabel('Mã mở tệp').fill(code.toLowerCase().replaceAll('-', ' '));
    await carry.getByLabel('Mã mở tệp').press('Enter');
    const report = page.getByTestId('carry-report');
    await expect(report).toContainText('Trần Văn Minh');
    await expect(report.getByRole('link', { name: 'Đỗ Văn Hoà' })).toBeVisible();
    await expect(page.getByTestId('sync-waiting')).not.toHaveText('0');
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'carry-taken');
  });

  await test.step('a file is written, with its code shown large', async () => {
    await carry.locator('label').filter({ hasText: 'Tất cả hồ sơ' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      carry.getByRole('button', { name: 'Ghi tệp mang đi' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^ra-soat-[-\d]+-[0-9a-f]{4}\.rasoat$/);
    const shown = ((await page.getByTestId('carry-code').textContent()) ?? '').replace(/\s/g, '');
    expect(shown).toMatch(/^[0-9A-Z]{16}$/);
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'carry-written');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByTestId('carry').scrollIntoViewIfNeeded();
    await isAccessible(page);
    await picture(page, 'carry-wide');
    await page.setViewportSize({ width: 390, height: 844 });
    await minh.sync();
    const written = readFileSync(await download.path()).toString('base64');
    const taken = await minh.call<Taken>('bundle.import', { file: written, code: shown });
    expect([taken.by, taken.new]).toEqual(['Nguyễn Thị Lan', 0]);
    expect(taken.already).toBeGreaterThan(0);
  });

  await test.step('the household page is opened from the report, and everything comes to rest', async () => {
    await page.getByTestId('carry-report').getByRole('link', { name: 'Đỗ Văn Hoà' }).click();
    await expect(page).toHaveURL(new RegExp(id));
    await page.goto(`${page.url().split('#')[0]}#/sync`);
    await page.getByRole('button', { name: 'Đồng bộ ngay' }).click();
    await expect(page.getByTestId('sync-waiting')).toHaveText('0');
    await minh.sync();
  });
});

test('the office takes a stick in its browser', async ({ page, town }) => {
  const lan = await town.officer('lan');
  const { user } = await lan.call<{ user: { scopes: string[] } }>('config.get');
  const form = { village: user.scopes[0], members: [{ name: 'Đỗ Văn Hoà' }] };
  const { id } = await lan.call<{ id: string }>('household.create', form);
  const { file, code, file_name: name } = await lan.call<Written>('bundle.export', { what: 'waiting' });
  const { name: login, password } = town.office();
  await page.goto(`${town.server}/office/login`);
  await page.locator('input[name=name]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.getByRole('link', { name: 'Nhận tệp' }).click();
  const brings = async (typed: string): Promise<void> => {
    const buffer = Buffer.from(file, 'base64');
    await page.getByLabel('Tệp', { exact: true }).setInputFiles({ name, mimeType: '', buffer });
    await page.getByLabel('Mã mở tệp').fill(typed);
    await page.getByRole('button', { name: 'Nhận tệp' }).click();
  };
  await brings('0000-0000-0000-0000');
  await expect(page.getByRole('alert')).toContainText('Mã không mở được tệp này');
  await isAccessible(page);
  await brings(code);
  await expect(page.getByRole('status')).toContainText('Nguyễn Thị Lan');
  await expect(page.getByRole('status')).toContainText('sửa đổi mới đã nhận');
  await isAccessible(page);
  await picture(page, 'office-carry');
  await page.setViewportSize({ width: 1280, height: 800 });
  await picture(page, 'office-carry-wide');
  const report = await lan.call<{ already: number; stored: number }>('sync.run');
  expect([report.already, report.stored]).toEqual([2, 0]);
  await lan.call('household.open', { id });
});
