/** A household that two officers entered: one record goes, the other takes over what is right, and it can be put back. */
import { expect } from '@playwright/test';
import { enrol, hasBigTargets, isAccessible, picture } from './support/field';
import { test } from './support/town';

const SIZES = {
  phone: { width: 390, height: 844 },
  // the list and its own search stand beside the household
  desktop: { width: 1280, height: 800 },
};

for (const [size, viewport] of Object.entries(SIZES)) {
  test.describe(size, () => {
    test.use({ viewport });

    test('a household entered twice is merged, and put back', async ({ page, town }) => {
      const minh = await town.officer('minh');
      const { units } = await minh.call<{ units: { id: string; name: string }[] }>('config.get');
      const village = units.find((unit) => unit.name === 'Khu phố 1')?.id;
      const head = { name: 'Đỗ Văn Hoà', born: '1981', sex: 'male', relation: 'head', head: true };
      const wife = { name: 'Lê Thị Thơm', born: '1983', sex: 'female', relation: 'spouse' };
      const child = { name: 'Đỗ Thị Bé', born: '2011', sex: 'female', relation: 'child' };
      await minh.call('household.create', { village, place: { address: 'Số 12' }, members: [head, wife] });
      const again = { ...head, name: 'Đỗ Văn Hòa', duplicate_why: 'gặp ở nhà khác' };
      const place = { address: 'Số 12A', phone: '0900000001' };
      await minh.call('household.create', { village, place, members: [again, child] });
      await minh.sync();
      await enrol(page, town, 'lan', 'may-lan');
      await page.getByRole('link', { name: 'Hộ', exact: true }).click();
      await expect(page.getByTestId('household-row')).toHaveCount(2);
      await page.getByTestId('household-row').filter({ hasText: 'Đỗ Văn Hoà' }).click();

      await test.step('the other record is offered, and found by searching', async () => {
        await page.getByRole('link', { name: 'Hộ này được nhập hai lần?' }).click();
        await expect(page.getByTestId('twins-likely').getByTestId('twin')).toHaveCount(1);
        const search = page.getByRole('textbox', { name: 'Tên, địa chỉ hoặc số định danh' });
        await search.fill('không có ai');
        await expect(page.getByText('Không tìm thấy hộ nào khác.')).toBeVisible();
        await search.fill('12a');
        await expect(page.getByTestId('twin')).toHaveCount(2);
        await isAccessible(page);
        await hasBigTargets(page);
        await picture(page, `${size}-twins`);
        await page.getByTestId('twin').first().click();
      });

      await test.step('what differs is chosen by keys and taken over', async () => {
        await expect(page.getByText('Phiếu trùng: Đỗ Văn Hòa.')).toBeVisible();
        await expect(page.getByTestId('difference')).toHaveCount(3);
        const whoIs = page.getByLabel(/^Đỗ Văn Hòa .* là ai/);
        await expect(whoIs.locator('option:checked')).toHaveText(/Đỗ Văn Hoà/);
        await whoIs.selectOption({ label: 'Người chưa có, chép sang' });
        await expect(page.getByTestId('difference')).toHaveCount(2);
        await whoIs.selectOption({ index: 1 });
        await expect(page.getByTestId('difference')).toHaveCount(3);
        const address = page.getByRole('radiogroup', { name: 'Địa chỉ' });
        await expect(address.getByRole('radio', { name: 'Phiếu này: Số 12' })).toBeChecked();
        await address.getByRole('radio', { name: 'Phiếu trùng: Số 12A' }).focus();
        await page.keyboard.press('Space');
        await expect(page.getByRole('radio', { name: 'Phiếu trùng: 0900000001' })).toBeChecked();
        await isAccessible(page);
        await hasBigTargets(page);
        await picture(page, `${size}-merge`);
        await page.getByRole('button', { name: 'Gộp hai phiếu' }).click();
      });

      await test.step('the record that stays says so, and the other is put back', async () => {
        await page.getByRole('link', { name: /^Phiếu trùng đã gộp vào hộ này/ }).click();
        await expect(page.getByTestId('merged')).toContainText('đã gộp vào hộ Đỗ Văn Hoà');
        await isAccessible(page);
        await hasBigTargets(page);
        await picture(page, `${size}-merged`);
        await page.getByRole('link', { name: 'Mở hộ Đỗ Văn Hoà' }).click();
        await expect(page.getByText('Số 12A').filter({ visible: true }).first()).toBeVisible();
        await page.getByRole('link', { name: /^Phiếu trùng đã gộp vào hộ này/ }).click();
        await page.getByRole('button', { name: 'Tách lại thành hộ riêng' }).click();
        await expect(page.getByTestId('merged')).toHaveCount(0);
        // what was saved goes by itself, first that it is one household and then that it is two again
        await expect.poll(minhSees, { timeout: 15_000 }).toBe(2);
      });

      async function minhSees(): Promise<number> {
        await minh.sync();
        const { total } = await minh.call<{ total: number }>('household.list', { offset: 0, limit: 9 });
        return total;
      }
    });
  });
}
