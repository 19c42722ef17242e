/** Amounts, dates and words as answers; what is hidden is kept; what is left to do is a list with ways; income decides the average living standard. */
import { expect } from '@playwright/test';
import { answer, enrol, hasBigTargets, isAccessible, part, picture, question } from './support/field';
import { test } from './support/town';

test('answers of every kind are typed, kept and led to', async ({ page, town }) => {
  const minh = await town.officer('minh');
  const { units } = await minh.call<{ units: { id: string; name: string }[] }>('config.get');
  const village = units.find((unit) => unit.name === 'Khu phố 1')?.id;
  const members = [
    { name: 'Đỗ Văn Hoà', born: '1981', sex: 'male', relation: 'head', head: true },
    { name: 'Lê Thị Thơm', born: '1983', sex: 'female', relation: 'spouse' },
  ];
  await minh.call('household.create', { village, place: { address: 'Số 12' }, members });
  await minh.sync();
  await enrol(page, town, 'lan', 'may-lan');
  await page.getByRole('link', { name: 'Hộ', exact: true }).click();
  await page.getByTestId('household-row').click();

  await test.step('what is left to do leads to its question', async () => {
    await page.getByTestId('remaining').locator('summary').click();
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'remaining');
    await page
      .getByTestId('remaining')
      .getByRole('link', { name: /nhà tiêu/ })
      .click();
    await expect(question(page, 'nha_tieu')).toBeFocused();
    await expect(question(page, 'nha_tieu')).toBeInViewport();
    await page.goBack();
  });

  await test.step('income, a year and notes are typed', async () => {
    await part(page, 'survey/thu_nhap').click();
    await expect(question(page, 'thu_nhap_12_thang')).toHaveCount(0);
    await answer(page, 'nong_lam_ngu_diem', 'Có');
    const income = question(page, 'thu_nhap_12_thang').getByRole('textbox');
    await income.fill('-5');
    await income.blur();
    await expect(question(page, 'thu_nhap_12_thang')).toContainText('không được âm');
    await income.fill('36000000');
    await income.blur();
    await expect(income).toHaveValue('36.000.000');
    await question(page, 'o_tu').getByRole('textbox').fill('1998');
    await question(page, 'ghi_chu').getByRole('textbox').fill('Gặp cả hai vợ chồng');
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'income');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(page.getByText('Đã lưu').first()).toBeVisible();
  });

  await test.step('a point is typed whole or not at all', async () => {
    const asked = question(page, 'vi_tri_nuoc');
    await asked.getByLabel('Vĩ độ').fill('20,0785');
    await expect(asked).toContainText('cần cả');
    await asked.getByLabel('Kinh độ').fill('105,8612');
    await asked.getByLabel('Kinh độ').blur();
    await expect(asked.getByTestId('point-words')).toContainText('Nhập tay');
    await asked.scrollIntoViewIfNeeded();
    await picture(page, 'point-answer');
  });

  await test.step('a photo is an answer, and one of the photos of the household', async () => {
    const asked = question(page, 'anh_nha');
    await asked.locator('input[type=file]').setInputFiles({
      name: 'nha.png',
      mimeType: 'image/png',
      buffer: await page.screenshot(),
    });
    await expect(asked.getByTestId('photo')).toContainText('Nhà ở');
    await expect(asked.getByRole('img')).toBeVisible();
    await isAccessible(page);
    await hasBigTargets(page);
    await asked.scrollIntoViewIfNeeded();
    await picture(page, 'photo-answer');
    await asked.getByRole('button', { name: 'Nhà ở' }).click();
    await page.getByRole('button', { name: 'Bỏ ảnh này' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Bỏ ảnh', exact: true }).click();
    await expect(asked.getByTestId('photo')).toHaveCount(0);
    await expect(asked).not.toContainText('đã bị gỡ');
    await expect(asked.locator('label')).toContainText('Chụp hoặc chọn ảnh');
  });

  await test.step('the summary says what the income makes', async () => {
    await page.goBack();
    await expect(page.getByTestId('average')).toContainText('Hộ có mức sống trung bình');
    await expect(page.getByTestId('average')).toContainText('1.500.000 đồng một người một tháng');
    await isAccessible(page);
    await picture(page, 'average');
  });

  await test.step('an answer that is not asked any more is kept, and said', async () => {
    await part(page, 'survey/thu_nhap').click();
    await answer(page, 'nong_lam_ngu_diem', 'Không');
    await expect(page.getByTestId('kept-thu_nhap_12_thang')).toContainText('36.000.000 đồng');
    await picture(page, 'kept');
    await answer(page, 'nong_lam_ngu_diem', 'Có');
    await expect(question(page, 'thu_nhap_12_thang').getByRole('textbox')).toHaveValue('36.000.000');
  });
});
