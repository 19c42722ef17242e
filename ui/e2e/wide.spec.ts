/** A laptop in the commune office: two panes, keys alone, many households, the programme. */
import { expect, type Page } from '@playwright/test';
import { enrol, isAccessible } from './support/field';
import { PIN, test } from './support/town';

test.use({ viewport: { width: 1280, height: 800 }, hasTouch: false });

/** Households enough for a list that must not be drawn whole. */
const MANY = 300;

/** Presses Tab until the focus is on something whose name holds the words. */
async function tabTo(page: Page, words: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null;
      const labels =
        at instanceof HTMLInputElement ? [...(at.labels ?? [])].map((label) => label.innerText) : [];
      return [at?.getAttribute('aria-label'), ...labels, at?.innerText].filter(Boolean).join(' ');
    });
    if (words.test(name)) return;
  }
  throw new Error(`the Tab key does not reach ${words}`);
}

test('a household is found, answered and saved with keys alone', async ({ page, town }) => {
  const minh = await town.officer('minh');
  const { units } = await minh.call<{ units: { id: string; kind: string }[] }>('config.get');
  const village = units.find((unit) => unit.kind === 'village')?.id;
  for (let number = 0; number < MANY; number += 1) {
    const members = [{ name: number === 170 ? 'Đỗ Văn Hoà' : `Nguyễn Văn Số ${number}`, head: true }];
    await minh.call('household.create', { village, members });
  }
  await minh.sync();
  await enrol(page, town, 'lan', 'may-tinh');
  await expect(page.getByTestId('tile-not_started')).toContainText(`${MANY}`);
  await isAccessible(page);

  await tabTo(page, /^Hộ$/);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('list-total')).toHaveText(`${MANY} hộ`);
  const drawn = await page.getByTestId('household-row').count();
  expect(drawn).toBeLessThan(60);
  await isAccessible(page);

  await tabTo(page, /^Tìm hộ/);
  await page.keyboard.type('do van hoa');
  await expect(page.getByTestId('household-row')).toHaveCount(1);
  await tabTo(page, /Đỗ Văn Hoà/);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('class-card')).toBeVisible();
  await isAccessible(page);

  await tabTo(page, /Nước sạch và vệ sinh/);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('question-nuoc')).toBeVisible();
  await tabTo(page, /Nước máy/);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Giếng khoan' })).toBeChecked();
  await tabTo(page, /^Lưu$/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Đã lưu', { exact: true })).toBeVisible();
  await isAccessible(page);
});

test('a form that cannot be saved is not left by accident', async ({ page, town }) => {
  const minh = await town.officer('minh');
  const { units } = await minh.call<{ units: { id: string; kind: string }[] }>('config.get');
  const village = units.find((unit) => unit.kind === 'village')?.id;
  const members = [{ name: 'Đỗ Văn Hoà', head: true }];
  await minh.call('household.create', { village, members });
  await minh.sync();
  await enrol(page, town, 'lan', 'may');
  await page.getByRole('link', { name: 'Hộ', exact: true }).click();
  await page.getByTestId('household-row').click();
  await page.getByRole('link', { name: /^Nhà ở/ }).click();
  const area = page.getByRole('textbox', { name: 'Tổng diện tích nhà ở của hộ?' });
  await area.fill('không biết');
  await page.getByRole('link', { name: 'Trang chủ' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await isAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(area).toHaveValue('không biết');
  await area.fill('36');
  await page.getByRole('link', { name: 'Trang chủ' }).click();
  await expect(page.getByTestId('tile-in_progress')).toContainText('1');
});

test('a commune officer keeps the programme and records a support', async ({ page, town }) => {
  await enrol(page, town, 'minh', 'may-xa');
  await page.getByRole('link', { name: 'Nhiệm vụ' }).click();
  const task = page.locator('[data-testid^="task-"]').first();
  await task
    .locator('label')
    .filter({ hasText: /^\s*Xong\s*$/ })
    .click();
  await task.getByRole('textbox').fill('Đã ban hành');
  const merit = page.getByRole('group').filter({ hasText: 'Người có công' }).first();
  await merit.getByLabel('Giá trị').fill('1.223');
  await merit.getByLabel('Tại ngày').fill('31/03/2017');
  await isAccessible(page);
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(page.getByText('Đã lưu', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText('Đã ban hành')).toHaveCount(0);
  await expect(merit.getByLabel('Giá trị')).toHaveValue('1.223');
  await expect(merit.getByLabel('Tại ngày')).toHaveValue('31/03/2017');

  await test.step('a support with its amount in groups', async () => {
    await page.getByRole('link', { name: 'Hộ', exact: true }).click();
    await page.getByRole('link', { name: 'Thêm hộ mới' }).click();
    // the list that is left has a choice of the same name
    await expect(page.getByRole('button', { name: 'Lập hộ' })).toBeVisible();
    await page.getByLabel('Thôn, khu phố').selectOption({ index: 1 });
    await page.getByLabel('Họ và tên').fill('Đỗ Văn Hoà');
    await page.getByRole('button', { name: 'Lập hộ' }).click();
    await page.getByRole('link', { name: /^Hỗ trợ/ }).click();
    await page.getByRole('link', { name: 'Thêm hỗ trợ' }).click();
    await page.getByRole('button', { name: 'Thêm hỗ trợ' }).click();
    await page.getByLabel('Chính sách').selectOption('nha_o_22');
    await page.getByLabel('Số tiền').fill('40000000');
    await expect(page.getByText('40.000.000 đồng')).toBeVisible();
    await page.getByLabel('Ngày nhận').fill('31/02/2017');
    await page.getByLabel('Kỳ').fill('2017');
    await page.getByRole('button', { name: 'Thêm hỗ trợ' }).click();
    await expect(page.getByText('Không có ngày này trong lịch')).toBeVisible();
    await page.getByLabel('Ngày nhận').fill('22/5/2017');
    await isAccessible(page);
    await page.getByRole('button', { name: 'Thêm hỗ trợ' }).click();
    await expect(page.getByTestId('support-row')).toContainText('22/05/2017');
    await expect(page.getByText('Tổng: 40.000.000 đồng')).toBeVisible();
    await isAccessible(page);
  });
});

test('the pin of another person opens nothing', async ({ page, town }) => {
  await enrol(page, town, 'lan', 'may');
  await page.getByRole('link', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Khoá lại' }).click();
  await page.getByLabel('Mã PIN', { exact: true }).fill('123456');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Mã PIN', { exact: true }).fill(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('tile-done')).toBeVisible();
});
