/** Who comes to a household, leaves it, splits off, and households that leave the lists. */
import { expect } from '@playwright/test';
import { enrol, hasBigTargets, isAccessible, part, picture } from './support/field';
import { test } from './support/town';

const CARD = '038080000123||Đỗ Văn Hoà|14031980|Nam|Số 12, Khu phố 1|10052021';

test('people leave, split off and are read from their cards; a household is taken out and put back', async ({
  page,
  town,
}) => {
  const minh = await town.officer('minh');
  const { units } = await minh.call<{ units: { id: string; name: string }[] }>('config.get');
  const village = units.find((unit) => unit.name === 'Khu phố 1')?.id;
  const members = [
    { name: 'Đỗ Văn Hoà', born: '1981', sex: 'male', relation: 'head', head: true },
    { name: 'Lê Thị Thơm', born: '1983', sex: 'female', relation: 'spouse' },
    { name: 'Đỗ Thị Bé', born: '2001', sex: 'female', relation: 'child' },
    { name: 'Đỗ Văn Con', born: '2003', sex: 'male', relation: 'child' },
  ];
  await minh.call('household.create', { village, place: { address: 'Số 12' }, members });
  await minh.sync();
  await enrol(page, town, 'lan', 'may-lan');
  await page.getByRole('link', { name: 'Hộ', exact: true }).click();
  await page.getByTestId('household-row').click();

  await test.step('a card is read beside what stands there, and fills the form', async () => {
    await part(page, 'members').click();
    await page.getByRole('link', { name: /^Đỗ Văn Hoà/ }).click();
    const code = page.getByLabel('Mã QR trên thẻ căn cước').getByRole('textbox');
    await code.fill('https://example.vn/khong-phai-the');
    await code.press('Enter');
    await expect(page.getByText('không phải của thẻ căn cước')).toBeVisible();
    await code.fill(CARD.slice(0, 30));
    await code.press('Enter');
    await expect(page.getByText('bị thiếu hoặc sai')).toBeVisible();
    await code.fill(CARD);
    await code.press('Enter');
    await expect(page.getByTestId('card')).toContainText('đang ghi: 1981');
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'card');
    await page.getByRole('button', { name: 'Dùng thông tin này' }).click();
    await expect(page.getByLabel('Số định danh (CCCD)')).toHaveValue('038080000123');
    await expect(page.getByLabel('Ngày sinh')).toHaveValue('14/03/1980');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  });

  await test.step('the head leaves, by keys alone, and somebody follows', async () => {
    await page.getByRole('button', { name: 'Người này rời hộ' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ghi là đã rời hộ' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Hãy chọn lý do.')).toBeVisible();
    await page.getByRole('radio', { name: /^Đã mất/ }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Ghi là đã rời hộ' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Hộ phải có chủ hộ')).toBeVisible();
    await isAccessible(page);
    await picture(page, 'leaving');
    await page.getByLabel('Chủ hộ mới').selectOption({ label: 'Lê Thị Thơm' });
    await page.getByRole('button', { name: 'Ghi là đã rời hộ' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('announcer')).toContainText('Đã ghi Đỗ Văn Hoà rời hộ.');
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await expect(page.getByRole('link', { name: /^Lê Thị Thơm.*Chủ hộ/ })).toBeVisible();
    await page.getByText('Đã rời hộ: 1 người').click();
    await expect(page.getByRole('link', { name: /^Đỗ Văn Hoà.*từ .*Đã mất/ })).toBeVisible();
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'members');
  });

  await test.step('another becomes the head and nobody leaves', async () => {
    await page.getByRole('link', { name: /^Đỗ Văn Con/ }).click();
    await isAccessible(page);
    await page.getByRole('button', { name: 'Đặt làm chủ hộ' }).scrollIntoViewIfNeeded();
    await picture(page, 'member');
    await page.getByRole('button', { name: 'Đặt làm chủ hộ' }).click();
    await expect(page.getByTestId('announcer')).toContainText('Đỗ Văn Con là chủ hộ.');
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await expect(page.getByRole('link', { name: /^Đỗ Văn Con.*Chủ hộ/ })).toBeVisible();
    await expect(page.getByRole('link', { name: /Chủ hộ/ })).toHaveCount(1);
    await page.getByRole('link', { name: /^Lê Thị Thơm/ }).click();
    await page.getByRole('button', { name: 'Đặt làm chủ hộ' }).click();
    await page.getByRole('link', { name: 'Quay lại' }).click();
  });

  await test.step('two children become a household of their own', async () => {
    await page.getByRole('link', { name: 'Tách hộ' }).click();
    await page.getByRole('button', { name: 'Tách thành hộ mới' }).click();
    await expect(page.getByText('Hãy chọn ít nhất một người.')).toBeVisible();
    await page.getByLabel('Đỗ Thị Bé').check();
    await page.getByLabel('Đỗ Văn Con').check();
    await page.getByLabel('Chủ hộ của hộ mới').selectOption({ label: 'Đỗ Văn Con' });
    await page.getByLabel('Địa chỉ hộ mới').fill('Số 14');
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'split');
    await page.getByRole('button', { name: 'Tách thành hộ mới' }).click();
    await expect(page.getByText('Đã tách thành hộ mới.').first()).toBeVisible();
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'split-done');
    await page.getByRole('link', { name: 'Mở hộ mới' }).click();
    await expect(page.getByRole('heading', { name: 'Đỗ Văn Con' })).toBeVisible();
    await expect(page.getByText(/Số 14/).filter({ visible: true }).first()).toBeVisible();
  });

  await test.step('somebody who is entered already is shown, and not entered again without a reason', async () => {
    await part(page, 'members').click();
    await page.getByRole('link', { name: 'Thêm thành viên' }).click();
    await page.getByLabel('Họ và tên').fill('le thi thom');
    await page.getByLabel('Ngày sinh').fill('1983');
    const shown = page.getByTestId('duplicates');
    await expect(shown).toContainText(
      'Lê Thị Thơm – hộ Lê Thị Thơm, Số 12, Khu phố 1 · trùng họ tên và năm sinh',
    );
    await isAccessible(page);
    await hasBigTargets(page);
    await shown.scrollIntoViewIfNeeded();
    await picture(page, 'duplicates');
    await page.getByRole('button', { name: 'Thêm thành viên' }).click();
    await expect(page.getByText(/có vẻ đã được nhập ở hộ khác/)).toBeVisible();
    await page.getByLabel('Vẫn thêm, vì…').fill('Hai người trùng tên, đã xem thẻ');
    await page.getByRole('button', { name: 'Thêm thành viên' }).click();
    await expect(page.getByRole('link', { name: /^le thi thom/ })).toBeVisible();
    await page.getByRole('link', { name: 'Quay lại' }).click();
  });

  await test.step('the new household was a mistake: out of the lists, and back', async () => {
    await page.getByRole('link', { name: 'Đưa hộ ra khỏi danh sách' }).click();
    await page.getByRole('radio', { name: /^Nhập nhầm/ }).check({ force: true });
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'removal');
    await page.getByRole('button', { name: 'Đưa ra khỏi danh sách' }).click();
    await expect(page.getByTestId('removed')).toContainText('Nhập nhầm');
    await expect(page.getByText(/^Nguyễn Thị Lan ghi lúc /)).toBeVisible();
    const head = await page.locator('article > header').boundingBox();
    const told = await page.getByTestId('removed').boundingBox();
    expect(told?.y).toBeGreaterThan((head?.y ?? 0) + (head?.height ?? 0));
    await isAccessible(page);
    await picture(page, 'removed');
    await page.getByRole('button', { name: 'Đưa trở lại danh sách' }).click();
    await expect(page.getByTestId('removed')).toHaveCount(0);
  });
});
