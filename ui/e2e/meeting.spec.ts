/** A village meeting that two people record: attendance, votes, a result that is sent back, a second session, minutes. */
import { expect, type Page } from '@playwright/test';
import { enrol, hasBigTargets, isAccessible, part, picture } from './support/field';
import { submitted } from './support/records';
import { test, type Officer } from './support/town';

type MeetingPage = { heads: string[]; meeting: { sessions: Record<string, unknown> } };

/** The meeting's card of a household. */
const card = (page: Page, name: string) => page.getByTestId('vote').filter({ hasText: name });

/** Syncs the device of the page. */
async function syncs(page: Page): Promise<void> {
  const address = page.url();
  await page.evaluate(() => {
    location.hash = '#/sync';
  });
  await page.getByRole('button', { name: 'Đồng bộ ngay' }).click();
  await expect(page.getByTestId('sync-waiting')).toHaveText('0');
  await page.goto(address);
}

async function opens(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Trang chủ' }).click();
  await page.getByRole('link', { name: /^Họp thôn/ }).click();
}

async function begins(page: Page, button: string, place: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.getByLabel('Địa điểm').fill(place);
  await page.getByLabel('Chủ trì').fill('Nguyễn Văn Trưởng');
  await page.getByLabel('Thư ký').fill('Lê Thị Ghi');
  await page.getByRole('button', { name: 'Bắt đầu họp' }).click();
}

async function comes(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) {
    await page.getByLabel('Họ và tên').fill(name);
    await page.getByLabel('Họ và tên').press('Enter');
    await expect(page.getByText(`${name} · Đại diện hộ`)).toBeVisible();
  }
}

/** The other recorder writes a vote to what they have seen. */
async function records(minh: Officer, household: string, agree: number): Promise<void> {
  const { user } = await minh.call<{ user: { scopes: string[] } }>('config.get');
  const { units } = await minh.call<{ units: { id: string; kind: string }[] }>('config.get');
  const village = units.find((unit) => unit.kind === 'village' && user.scopes.includes(unit.id))?.id;
  const { heads, meeting } = await minh.call<MeetingPage>('meeting.open', { village });
  const session = Object.keys(meeting.sessions)[0];
  const edits = [{ field: `votes/${session}/${household}/for`, value: agree }];
  await minh.call('meeting.save', { village, heads, edits });
}

test('a meeting is recorded by two, sends a result back, and is held again', async ({ page, town }) => {
  const minh = await town.officer('minh');
  const poor = await submitted(minh, 'Đỗ Văn Hoà', 90);
  await submitted(minh, 'Lê Thị Mẫu', 100);
  await minh.sync();
  await enrol(page, town, 'lan', 'dien-thoai');
  await syncs(page);

  await test.step('a session is opened and people come', async () => {
    await opens(page);
    await expect(page.getByText('2 hộ cần đưa ra họp.')).toBeVisible();
    await picture(page, 'meeting-sessions');
    await isAccessible(page);
    await begins(page, 'Mở cuộc họp', 'Nhà văn hoá khu phố 1');
    await page.getByRole('button', { name: 'Thêm người dự' }).click();
    await expect(page.getByText('Cần nhập vào đây.')).toBeVisible();
    await comes(page, 'Trần Thị Một', 'Phạm Văn Hai', 'Vũ Thị Ba');
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'meeting-people');
  });

  await test.step('votes, and more of them than people', async () => {
    await page.getByRole('link', { name: /^Biểu quyết/ }).click();
    await expect(page.getByTestId('vote')).toHaveCount(2);
    await card(page, 'Đỗ Văn Hoà').getByLabel('Tán thành', { exact: true }).fill('4');
    await page.getByRole('heading', { name: 'Lê Thị Mẫu' }).click();
    await expect(card(page, 'Đỗ Văn Hoà')).toContainText('Số phiếu nhiều hơn số người dự họp');
    await page.getByRole('link', { name: 'Kết luận' }).click();
    await page.getByRole('button', { name: 'Kết luận cuộc họp' }).click();
    await expect(page.getByRole('alert')).toContainText('nhiều hơn số người tham dự');
    await page.getByRole('link', { name: /^Biểu quyết/ }).click();
    await card(page, 'Đỗ Văn Hoà').getByLabel('Tán thành', { exact: true }).fill('3');
    await card(page, 'Lê Thị Mẫu').getByRole('button', { name: 'Cả 3 người tán thành' }).click();
    await expect(card(page, 'Đỗ Văn Hoà')).toContainText('Thống nhất: 100% tán thành');
    await expect(card(page, 'Lê Thị Mẫu')).toContainText('Thống nhất: 100% tán thành');
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'meeting-votes');
  });

  await test.step('the other recorder counted something else', async () => {
    await syncs(page);
    await minh.sync();
    await records(minh, poor, 2);
    await card(page, 'Đỗ Văn Hoà').getByLabel('Tán thành', { exact: true }).fill('0');
    await card(page, 'Đỗ Văn Hoà').getByLabel('Không tán thành').fill('3');
    await page.getByRole('heading', { name: 'Lê Thị Mẫu' }).click();
    await expect(card(page, 'Đỗ Văn Hoà')).toContainText('Chưa đạt: 0% tán thành');
    await minh.sync();
    await syncs(page);
    const contested = card(page, 'Đỗ Văn Hoà').getByTestId('contested');
    await expect(contested).toContainText('Trần Văn Minh');
    await picture(page, 'meeting-contested');
    await isAccessible(page);
    await contested
      .getByRole('listitem')
      .filter({ hasText: 'Nguyễn Thị Lan' })
      .getByRole('button', { name: 'Chọn câu này' })
      .click();
    await expect(contested).toHaveCount(0);
    await expect(card(page, 'Đỗ Văn Hoà')).toContainText('Chưa đạt: 0% tán thành');
  });

  await test.step('the conclusion sends one back', async () => {
    await page.getByRole('link', { name: 'Kết luận' }).click();
    await page.getByLabel('Ý kiến tại cuộc họp').fill('Đề nghị xem lại hộ ông Hoà.');
    await page.getByRole('button', { name: 'Kết luận cuộc họp' }).click();
    await expect(page.getByText('1 hộ chưa đạt')).toBeVisible();
    await picture(page, 'meeting-conclusion');
    await isAccessible(page);
  });

  await test.step('minutes on paper and as a file', async () => {
    await page.getByRole('link', { name: 'Xem và in biên bản' }).click();
    await expect(page.getByText('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM').first()).toBeVisible();
    await expect(page.getByText('Đề nghị xem lại hộ ông Hoà.').first()).toBeVisible();
    await isAccessible(page);
    await picture(page, 'meeting-minutes');
    if (process.env.RASOAT_PICTURES) await page.pdf({ path: `${process.env.RASOAT_PICTURES}/minutes.pdf` });
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải tệp Word' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^bien-ban-hop-dan-khu-pho-1-.*\.docx$/);
  });

  await test.step('held again on a wide screen, by keys alone', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await opens(page);
    await expect(page.getByTestId('session')).toContainText('Đã kết luận');
    await page.getByRole('link', { name: /^Đỗ Văn Hoà/ }).click();
    await part(page, 'procedure').click();
    await expect(page.getByTestId('stage')).toContainText('Họp thôn không thống nhất');
    await page.getByRole('button', { name: 'Nộp lại' }).click();
    await expect(page.getByTestId('stage')).toContainText('Đã nộp lại');
    await opens(page);
    await page.getByRole('button', { name: 'Mở cuộc họp mới' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Địa điểm').focus();
    await page.keyboard.type('Sân nhà văn hoá');
    await page.keyboard.press('Enter');
    await page.getByLabel('Họ và tên').focus();
    await page.keyboard.type('Trần Thị Một');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Trần Thị Một · Đại diện hộ')).toBeVisible();
    await page.getByRole('link', { name: /^Biểu quyết/ }).focus();
    await page.keyboard.press('Enter');
    await picture(page, 'meeting-votes-wide');
    await card(page, 'Đỗ Văn Hoà').getByRole('button', { name: 'Cả 1 người tán thành' }).focus();
    await page.keyboard.press('Enter');
    await expect(card(page, 'Đỗ Văn Hoà')).toContainText('Thống nhất: 100% tán thành');
    await page.getByRole('link', { name: 'Kết luận' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Kết luận cuộc họp' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Cuộc họp đã kết luận').first()).toBeVisible();
    await page.getByRole('link', { name: /^Biểu quyết/ }).click();
    await expect(card(page, 'Đỗ Văn Hoà')).toContainText('Tán thành 1 · Không tán thành 0');
    await isAccessible(page);
  });
});

test('who works in several villages goes from one meeting to the other and finds the way back', async ({
  page,
  town,
}) => {
  await enrol(page, town, 'minh', 'dien-thoai');
  await opens(page);
  const village = page.getByLabel('Thôn, khu phố');
  await expect(page.getByRole('heading', { name: 'Họp thôn · Khu phố 1' })).toBeVisible();
  await village.selectOption('Khu phố 2');
  await expect(page.getByRole('heading', { name: 'Họp thôn · Khu phố 2' })).toBeVisible();
  await begins(page, 'Mở cuộc họp', 'Nhà văn hoá khu phố 2');
  await comes(page, 'Trần Thị Một');
  await page.reload();
  await page.getByRole('link', { name: 'Quay lại' }).click();
  await expect(page.getByTestId('session')).toContainText('Nhà văn hoá khu phố 2');
  await expect(village.locator('option:checked')).toHaveText('Khu phố 2');
  await village.selectOption('Khu phố 1');
  await expect(page.getByRole('heading', { name: 'Họp thôn · Khu phố 1' })).toBeVisible();
  await expect(page.getByTestId('session')).toHaveCount(0);
  await isAccessible(page);
});

test.describe('under the rulebook of 2022', () => {
  test.use({ year: 2022 });

  test('half of those present is enough, less goes back, and two copies are printed', async ({
    page,
    town,
  }) => {
    const minh = await town.officer('minh');
    await submitted(minh, 'Đỗ Văn Hoà', 130);
    await submitted(minh, 'Lê Thị Mẫu', 135);
    await minh.sync();
    await enrol(page, town, 'lan', 'dien-thoai', 2022);
    await syncs(page);
    await opens(page);
    await begins(page, 'Mở cuộc họp', 'Nhà văn hoá khu phố 1');
    await comes(page, 'Trần Thị Một', 'Phạm Văn Hai', 'Vũ Thị Ba', 'Bùi Văn Bốn');
    await page.getByRole('link', { name: /^Biểu quyết/ }).click();
    await expect(page.getByText('Cần ít nhất 50% số người dự họp')).toBeVisible();
    const agree = (name: string) => card(page, name).getByLabel('Tán thành', { exact: true });
    await agree('Đỗ Văn Hoà').fill('2');
    await agree('Lê Thị Mẫu').fill('1');
    await agree('Lê Thị Mẫu').press('Tab');
    await page.keyboard.press('Tab');
    await expect(card(page, 'Lê Thị Mẫu')).toContainText('Chưa đạt: 25% tán thành (cần từ 50%)');
    await agree('Lê Thị Mẫu').press('End');
    await page.keyboard.type('0');
    await page.getByRole('link', { name: 'Kết luận' }).click();
    await expect(page.getByTestId('results-good')).toContainText('Đỗ Văn Hoà');
    await expect(page.getByTestId('results-bad')).toContainText('Lê Thị Mẫu');
    await isAccessible(page);
    await page.getByRole('link', { name: /^Biểu quyết/ }).click();
    await agree('Lê Thị Mẫu').press('End');
    await page.keyboard.press('Backspace');
    await page.getByRole('link', { name: 'Kết luận' }).click();
    await expect(page.getByTestId('results-warn')).toContainText('Lê Thị Mẫu');
    await picture(page, 'meeting-before-conclusion');
    await isAccessible(page);
    await hasBigTargets(page);
    await page.getByRole('button', { name: 'Kết luận cuộc họp' }).click();
    await page.getByRole('link', { name: 'Xem và in biên bản' }).click();
    await expect(page.getByText('In ra đủ 2 bản.')).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText(/^Bản số \d\/2/).filter({ visible: true })).toHaveCount(2);
    const pages = (await page.pdf()).toString('latin1').match(/\/Type \/Page\b(?!s)/g) ?? [];
    expect([pages.length > 0, pages.length % 2]).toEqual([true, 0]);
  });
});
