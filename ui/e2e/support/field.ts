/** What an officer does on the screens, by the words that stand on them. */
import { expect, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PIN, type Town } from './town';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Violation = { id: string; nodes: { target: string[]; failureSummary: string }[] };

/** The page has nothing that axe-core finds fault with. */
export async function isAccessible(page: Page): Promise<void> {
  const found = await page.evaluate(async (source) => {
    // the page's policy lets no script in; evaluating comes from outside the page and may
    const axe = new Function(`${source}; return axe`)();
    return (await axe.run(document, { resultTypes: ['violations'] })).violations as Violation[];
  }, AXE);
  const told = found.map(({ id, nodes }) => `${id}: ${nodes[0]?.target} ${nodes[0]?.failureSummary}`);
  expect(told).toEqual([]);
}

/** Everything that can be pressed is at least 48 px high, links in a line of text excepted. */
export async function hasBigTargets(page: Page): Promise<void> {
  const small = await page.evaluate(() => {
    const pressed = [...document.querySelectorAll<HTMLElement>('button, a[href], select, input, label')];
    const seen = pressed.filter((each) => each.offsetParent !== null && !each.closest('label:has(input)'));
    const boxes = seen.map((each) => ({ each, box: each.getBoundingClientRect() }));
    const tiny = boxes.filter(({ each, box }) => box.height < 48 && !(each instanceof HTMLLabelElement));
    return tiny.filter(({ box }) => box.width > 1).map(({ each }) => each.outerHTML.slice(0, 120));
  });
  expect(small).toEqual([]);
}

/** Enrols the device whose address is given, by typing. */
export async function enrol(
  page: Page,
  town: Town,
  user: string,
  name: string,
  year = 2016,
  code = town.code(user),
): Promise<void> {
  await page.goto(await town.field(name));
  await page.getByLabel('Địa chỉ máy chủ').fill(town.server);
  await page.getByLabel('Mã dùng một lần').fill(code);
  await page.getByLabel('Tên thiết bị').fill(name);
  await page.getByLabel('Chọn mã PIN').fill(PIN);
  await page.getByLabel('Nhập lại mã PIN').fill(PIN);
  await page.getByRole('button', { name: 'Ghi danh' }).click();
  await expect(page.getByRole('heading', { name: `Rà soát định kỳ năm ${year}` })).toBeVisible();
}

/** A question on the screen. */
export const question = (page: Page, id: string): Locator => page.getByTestId(`question-${id}`);

/** The way to a part of the record: in the list on a phone, at the side of a wide screen. */
export const part = (page: Page, at: string): Locator =>
  page.getByTestId(`part-${at}`).filter({ visible: true });

/** Presses an answer; radio buttons lie under their cards. */
export async function answer(page: Page, id: string, words: string, nth = 0): Promise<void> {
  await question(page, id)
    .locator('label')
    .filter({ hasText: new RegExp(`^\\s*${words}\\s*$`) })
    .nth(nth)
    .click();
}

/** Goes on to the next part, which saves. */
export async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Tiếp: / }).click();
}

/** Sends and fetches everything, from a page with the navigation on it. */
export async function syncs(page: Page): Promise<void> {
  // the pill of the home page says that it is syncing in the same words, while it is
  await page.getByRole('link', { name: 'Đồng bộ', exact: true }).click();
  await page.getByRole('button', { name: 'Đồng bộ ngay' }).click();
  await expect(page.getByTestId('sync-waiting')).toHaveText('0');
}

/** Keeps a picture of the whole page, where `RASOAT_PICTURES` names a folder for them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.RASOAT_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}
