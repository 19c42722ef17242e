/**
 * The pictures of the documentation, from a running demo town: `make run` prints the addresses.
 *
 *   node e2e/pictures.mjs FIELD_ADDRESS PIN OFFICE_ADDRESS USER PASSWORD FOLDER
 */
import { chromium } from '@playwright/test';

const [field, pin, office, user, password, folder] = process.argv.slice(2);
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
});

async function take(page, name) {
  await page.waitForTimeout(600);
  await page.screenshot({ path: `${folder}/${name}.png` });
}

async function showField(size) {
  const page = await browser.newPage({ viewport: SIZES[size], locale: 'vi-VN', hasTouch: size === 'phone' });
  await page.goto(field);
  if (
    await page
      .getByLabel('Mã PIN', { exact: true })
      .isVisible({ timeout: 5000 })
      .catch(() => false)
  ) {
    await take(page, `${size}-unlock`);
    await page.getByLabel('Mã PIN', { exact: true }).fill(pin);
    await page.getByRole('button', { name: 'Mở khoá' }).click();
  }
  await page.getByRole('heading', { name: /Rà soát định kỳ/ }).waitFor();
  await take(page, `${size}-home`);
  await page.goto(new URL('/#/households', field).href);
  await page.getByLabel('Tìm hộ').fill('do');
  await page.getByTestId('household-row').first().waitFor();
  await take(page, `${size}-search`);
  await page.getByTestId('household-row').first().click();
  await page.getByText('Kết quả phân loại').first().waitFor();
  await take(page, `${size}-household`);
  const parts = ['members', 'survey/nuoc_ve_sinh', 'supports', 'procedure', 'history'];
  const address = page.url();
  for (const part of parts) {
    await page.goto(`${address.replace(/\/$/, '')}/${part}`);
    await page.getByRole('heading').first().waitFor();
    await take(page, `${size}-${part.split('/')[0]}`);
  }
  await page.goto(new URL('/#/sync', field).href);
  await page.getByRole('button', { name: 'Đồng bộ ngay' }).waitFor();
  await take(page, `${size}-sync`);
  await page.close();
}

async function showOffice(size) {
  const page = await browser.newPage({ viewport: SIZES[size], locale: 'vi-VN' });
  await page.goto(office);
  await page.locator('input[name=name], input[type=text]').first().fill(user);
  await page.locator('input[type=password]').fill(password);
  await page.locator('input[type=password]').press('Enter');
  await page.getByRole('table').first().waitFor();
  await take(page, `${size}-office`);
  await page.goto(new URL('/office/report', office).href);
  await take(page, `${size}-office-report`);
  await page.close();
}

for (const size of Object.keys(SIZES)) {
  await showField(size);
  await showOffice(size);
}
await browser.close();
