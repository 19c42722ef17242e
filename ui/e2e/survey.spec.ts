/** An officer's day with a phone: enrol, find, survey, see the class change, send. */
import { expect } from '@playwright/test';
import { answer, enrol, goOn, hasBigTargets, isAccessible, part, question, syncs } from './support/field';
import { PIN, test } from './support/town';

test('a household is entered, surveyed, classed with its reasons, and sent', async ({ page, town }) => {
  await enrol(page, town, 'lan', 'dien-thoai');
  await isAccessible(page);
  await hasBigTargets(page);

  await test.step('a new household', async () => {
    await page.getByRole('link', { name: 'Thêm hộ mới' }).click();
    await page.getByLabel('Địa chỉ').fill('Số 12, ngõ 3');
    await page.getByLabel('Họ và tên').fill('Đỗ Văn Hoà');
    await page.getByLabel('Ngày sinh').fill('31/02/1990');
    await page.getByLabel('Số định danh (CCCD)').click();
    await expect(page.getByText('Không có ngày này trong lịch')).toBeVisible();
    await page.getByLabel('Ngày sinh').fill('14/3/1990');
    await page.getByLabel('Số định danh (CCCD)').fill('038190000123');
    await page
      .locator('label')
      .filter({ hasText: /^\s*Nam\s*$/ })
      .click();
    await expect(page.getByText('Chữ số thứ tư cho thấy giới tính khác')).toBeVisible();
    await isAccessible(page);
    await page.getByRole('button', { name: 'Lập hộ' }).click();
    await expect(page.getByRole('heading', { name: 'Đỗ Văn Hoà' })).toBeVisible();
  });

  await test.step('found by typing without marks', async () => {
    await page.getByRole('link', { name: 'Quay lại' }).click();
    const search = page.getByLabel('Tìm hộ', { exact: true });
    await search.fill('nguyen');
    await expect(page.getByText('Không tìm thấy hộ nào')).toBeVisible();
    await search.fill('do');
    await expect(page.getByTestId('household-row')).toHaveCount(1);
    await isAccessible(page);
    await page.getByTestId('household-row').click();
    await expect(page.getByTestId('class-card')).toContainText('Chưa đủ dữ liệu');
    await isAccessible(page);
  });

  await test.step('the sections, each saved by going on', async () => {
    await part(page, 'survey/y_te').click();
    await answer(page, 'bhyt', 'Không');
    await answer(page, 'om_nang', 'Có');
    await answer(page, 'di_kham', 'Không');
    await isAccessible(page);
    await hasBigTargets(page);
    await goOn(page);
    await question(page, 'bang_cap').locator('select').selectOption('tieu_hoc');
    await answer(page, 'dang_hoc', 'Không');
    await goOn(page);
    await answer(page, 'nha_loai', 'Kiên cố');
    await question(page, 'dien_tich').getByRole('textbox').fill('60');
    await goOn(page);
    await answer(page, 'nuoc', 'Nước máy');
    await answer(page, 'nha_tieu', 'Tự hoại, bán tự hoại');
    await goOn(page);
    await answer(page, 'vien_thong', 'Có');
    await question(page, 'tai_san_tt').getByLabel('Tivi').click();
    await answer(page, 'nghe_loa', 'Có');
    await goOn(page);
    await question(page, 'nguyen_nhan').getByLabel('Thiếu vốn').click();
    await isAccessible(page);
    await goOn(page);
    await expect(page.getByRole('heading', { name: 'Thu nhập và thông tin thêm' })).toBeInViewport({
      ratio: 1,
    });
    await goOn(page);
  });

  await test.step('the B1 total decides, and the screen says why', async () => {
    await page.getByLabel('Tổng điểm trên phiếu B1').fill('150');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    const outcome = page.getByTestId('outcome');
    await expect(outcome).toContainText('Hộ nghèo thiếu hụt dịch vụ');
    await expect(outcome).toContainText('B1 = 150: trên 140 đến 175 điểm.');
    await expect(outcome).toContainText('B2 = 30: từ 30 điểm trở lên.');
    await expect(page.getByTestId('announcer')).toContainText('Kết quả đổi từ');
    await goOn(page);
    await expect(page.getByTestId('class-card')).toContainText('Hộ nghèo thiếu hụt dịch vụ');
    const insured = page.getByTestId('finding-y_te_bhyt');
    await insured.locator('summary').click();
    await expect(insured).toContainText('theo trí nhớ – cần đối chiếu');
    await expect(insured).toContainText('Đỗ Văn Hoà · Hiện có thẻ bảo hiểm y tế còn hạn không?');
    await isAccessible(page);
  });

  await test.step('another answer, another class', async () => {
    await part(page, 'survey/y_te').click();
    await answer(page, 'bhyt', 'Có');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(page.getByTestId('outcome')).toContainText('Hộ cận nghèo');
    await page.getByRole('link', { name: 'Quay lại' }).click();
  });

  await test.step('handed in to the commune', async () => {
    await part(page, 'procedure').click();
    await expect(page.getByTestId('stage')).toContainText('Chưa lập danh sách');
    await page.getByRole('button', { name: 'Nộp lên xã' }).click();
    await expect(page.getByTestId('stage')).toContainText('Đã nộp lên xã');
    await isAccessible(page);
    await hasBigTargets(page);
    await page.getByRole('link', { name: 'Quay lại' }).click();
  });

  await test.step('who changed what and when', async () => {
    await part(page, 'history').click();
    const newest = page.getByTestId('history-event').first();
    await expect(newest).toContainText('Nguyễn Thị Lan');
    await expect(page.getByText('trước đó: Không').first()).toBeVisible();
    await isAccessible(page);
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await page.getByRole('link', { name: 'Quay lại' }).click();
  });

  await test.step('sent', async () => {
    await syncs(page);
    await isAccessible(page);
    await page.getByRole('link', { name: 'Trang chủ' }).click();
    await expect(page.getByTestId('sync-pill')).toContainText('Đã khớp với máy chủ');
    await expect(page.getByTestId('tile-done')).toContainText('1');
  });

  await test.step('sent back with a question, answered, handed in again', async () => {
    const minh = await town.officer('minh');
    await minh.sync();
    const list = await minh.call<{ rows: { id: string }[] }>('household.list', { offset: 0, limit: 1 });
    const households = list.rows.map((row) => row.id);
    const comments = [{ question: 'nuoc', text: 'Mùa khô dùng nước gì?' }];
    await minh.call('procedure.take', { households, step: 'returned', comments });
    await minh.sync();
    await syncs(page);
    await page.getByRole('link', { name: 'Trang chủ' }).click();
    await expect(page.getByTestId('tile-returned')).toContainText('1');
    await page.getByTestId('tile-returned').click();
    await page.getByTestId('household-row').click();
    await part(page, 'procedure').click();
    await expect(page.getByTestId('stage')).toContainText('Bị trả lại');
    await expect(page.getByText('Mùa khô dùng nước gì?')).toBeVisible();
    await isAccessible(page);
    await hasBigTargets(page);
    await page.getByRole('button', { name: 'Trả lời' }).click();
    await page.getByLabel('Trả lời').fill('Vẫn dùng nước máy');
    await page.getByRole('button', { name: 'Gửi trả lời' }).click();
    await expect(page.getByText('Vẫn dùng nước máy')).toBeVisible();
    await page.getByRole('button', { name: 'Đã xong' }).click();
    await page.getByRole('button', { name: 'Nộp lại' }).click();
    await expect(page.getByTestId('stage')).toContainText('Đã nộp lại');
    await isAccessible(page);
    await page.getByRole('link', { name: 'Quay lại' }).click();
    await page.getByRole('link', { name: 'Quay lại' }).click();
  });

  await test.step('locked, refused, opened again, in English', async () => {
    await page.getByRole('link', { name: 'Cài đặt' }).click();
    await isAccessible(page);
    await page.getByRole('button', { name: 'Khoá lại' }).click();
    await page.getByLabel('Mã PIN', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Mở khoá' }).click();
    await expect(page.getByRole('alert')).toContainText('Mã PIN không đúng.');
    await isAccessible(page);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByLabel('PIN', { exact: true }).fill(PIN);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByTestId('tile-done')).toContainText('Done');
    await isAccessible(page);
  });
});

test('a code that nobody gave, and one that was used, are refused in words', async ({ page, town }) => {
  await page.goto(await town.field('may'));
  await expect(page.getByRole('heading', { name: 'Ghi danh thiết bị' })).toBeVisible();
  await isAccessible(page);
  await hasBigTargets(page);
  await page.getByRole('button', { name: 'Ghi danh' }).click();
  await expect(page.getByText('Mã PIN cần ít nhất 6 chữ số.')).toBeVisible();
  const used = town.code('lan');
  await page.getByLabel('Địa chỉ máy chủ').fill(town.server);
  await page.getByLabel('Mã dùng một lần').fill('khong-co-ma-nay');
  await page.getByLabel('Tên thiết bị').fill('máy');
  await page.getByLabel('Chọn mã PIN').fill(PIN);
  await page.getByLabel('Nhập lại mã PIN').fill(PIN);
  await page.getByRole('button', { name: 'Ghi danh' }).click();
  await expect(page.getByRole('alert')).toContainText('Mã ghi danh không đúng hoặc đã hết hạn.');

  const other = await page.context().newPage();
  await enrol(other, town, 'lan', 'may-khac', 2016, used);
  await other.close();

  await page.getByLabel('Mã dùng một lần').fill(used);
  await page.getByRole('button', { name: 'Ghi danh' }).click();
  await expect(page.getByRole('alert')).toContainText('Mã ghi danh này đã được dùng.');
});
