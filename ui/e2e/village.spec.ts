/** A village as a whole: many households handed in at once, refusals in words, the list that is put up in public. */
import { expect, type Page } from '@playwright/test';
import { enrol, hasBigTargets, isAccessible, picture, syncs } from './support/field';
import { submitted, surveyed } from './support/records';
import { test, type Officer } from './support/town';

type Unit = { id: string; kind: string };
type MeetingPage = { heads: string[]; meeting: { sessions: Record<string, unknown> } };

async function opens(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Trang chủ' }).click();
  await page.getByRole('link', { name: /^Quy trình của thôn/ }).click();
}

/** A meeting of one person who agrees with everything. */
async function meets(officer: Officer, households: string[]): Promise<void> {
  const { user, units } = await officer.call<{ user: { scopes: string[] }; units: Unit[] }>('config.get');
  const village = units.find((unit) => unit.kind === 'village' && user.scopes.includes(unit.id))?.id;
  const on = async (method: string, params: object): Promise<MeetingPage> => {
    const { heads } = await officer.call<MeetingPage>('meeting.open', { village });
    return officer.call<MeetingPage>(method, { village, heads, ...params });
  };
  const begun = { at: 1_480_000_000, place: 'Nhà văn hoá', chair: 'Nguyễn Văn Trưởng', secretary: null };
  const page = await on('meeting.session', begun);
  const session = Object.keys(page.meeting.sessions)[0];
  await on('meeting.person', { session, name: 'Trần Thị Một', role: 'household' });
  const edits = households.map((id) => ({ field: `votes/${session}/${id}/for`, value: 1 }));
  await on('meeting.save', { edits });
  await on('meeting.conclude', { session });
}

test('many households are handed in at once, and what was agreed is put up', async ({ page, town }) => {
  const minh = await town.officer('minh');
  const met = [await submitted(minh, 'Đỗ Văn Hoà', 90), await submitted(minh, 'Lê Thị Mẫu', 150)];
  await meets(minh, met);
  await surveyed(minh, 'An Văn Thử', 100);
  await surveyed(minh, 'Chu Thị Thử', 400);
  const { user } = await minh.call<{ user: { scopes: string[] } }>('config.get');
  const { units } = await minh.call<{ units: Unit[] }>('config.get');
  const village = units.find((unit) => unit.kind === 'village' && user.scopes.includes(unit.id))?.id;
  const open = { name: 'Bùi Văn Dở', relation: 'head', head: true, citizen_id: '038080000123' };
  await minh.call('household.create', { village, place: { address: 'Số 7' }, members: [open] });
  await minh.sync();
  await enrol(page, town, 'lan', 'dien-thoai');
  await syncs(page);

  await test.step('reminders on the home screen', async () => {
    await page.getByRole('link', { name: 'Trang chủ' }).click();
    await expect(page.getByTestId('nudges')).toContainText('Đã quá hạn');
    await isAccessible(page);
    await picture(page, 'home');
  });

  await test.step('where everybody stands', async () => {
    await opens(page);
    await expect(page.getByTestId('stage-surveyed')).toContainText('2');
    await expect(page.getByTestId('stage-met')).toContainText('2');
    await expect(page.getByTestId('stage-unlisted')).toContainText('1');
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'village-stages');
  });

  await test.step('what is not complete is refused with its reason, and nothing is written', async () => {
    await page.getByTestId('stage-unlisted').click();
    await page.getByLabel('Chọn tất cả 1 hộ').check();
    await page.getByRole('button', { name: /^Nộp lên xã/ }).click();
    await expect(page.getByText('1 hộ chưa ghi được:')).toBeVisible();
    await expect(page.getByRole('alert')).toContainText('Bùi Văn Dở');
    await isAccessible(page);
    await picture(page, 'village-refused');
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await expect(page.getByTestId('stage-unlisted')).toContainText('1');
  });

  await test.step('two are handed in with one press', async () => {
    await page.getByTestId('stage-surveyed').click();
    await expect(page.getByTestId('at-stage')).toHaveCount(2);
    await page.getByLabel('Chọn tất cả 2 hộ').check();
    await hasBigTargets(page);
    await picture(page, 'village-ticked');
    await page.getByRole('button', { name: 'Nộp lên xã · 2 hộ' }).click();
    await expect(page.getByText('Đã ghi cho 2 hộ.').first()).toBeVisible();
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await expect(page.getByTestId('stage-submitted')).toContainText('2');
  });

  await test.step('the list that is put up names head, address and result, and nothing else', async () => {
    await page.getByRole('link', { name: 'Danh sách niêm yết' }).click();
    const sheet = page.getByRole('region', { name: 'Danh sách niêm yết' });
    await expect(sheet.getByRole('row')).toHaveCount(3);
    await expect(sheet).toContainText('Đỗ Văn Hoà');
    await expect(sheet).not.toContainText(/\d{12}|1980|điểm/);
    await isAccessible(page);
    await picture(page, 'posting');
    await page.setViewportSize({ width: 1280, height: 800 });
    await isAccessible(page);
    await picture(page, 'posting-wide');
    if (process.env.RASOAT_PICTURES) await page.pdf({ path: `${process.env.RASOAT_PICTURES}/posting.pdf` });
  });
});

test('who works in several villages changes the village, goes deeper and finds the way back', async ({
  page,
  town,
}) => {
  const lan = await town.officer('lan');
  await surveyed(lan, 'Đỗ Văn Hoà', 90);
  await lan.sync();
  await enrol(page, town, 'minh', 'may-xa');
  await syncs(page);
  await opens(page);
  const village = page.getByLabel('Thôn, khu phố');
  await village.selectOption({ label: 'Khu phố 1' });
  await page.getByTestId('stage-surveyed').click();
  await expect(page.getByTestId('at-stage')).toHaveCount(1);
  await page.getByRole('link', { name: 'Quay lại' }).click();
  await village.selectOption({ label: 'Khu phố 2' });
  await expect(page.getByRole('heading', { name: 'Quy trình · Khu phố 2' })).toBeVisible();
  await expect(page.getByTestId('stage-surveyed')).toHaveCount(0);
});
