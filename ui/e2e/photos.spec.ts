/** A photo is taken on one device, sent after the text, and seen on another; what is no picture is refused. */
import { expect } from '@playwright/test';
import { enrol, hasBigTargets, isAccessible, part, picture, syncs } from './support/field';
import { test } from './support/town';

test('a photo is taken, sent, seen by another officer and taken back', async ({ page, town }) => {
  const minh = await town.officer('minh');
  const { units } = await minh.call<{ units: { id: string; name: string }[] }>('config.get');
  const village = units.find((unit) => unit.name === 'Khu phố 1')?.id;
  const head = { name: 'Đỗ Văn Hoà', born: '1981', sex: 'male', relation: 'head', head: true };
  const { id } = await minh.call<{ id: string }>('household.create', {
    village,
    place: { address: 'Số 12' },
    members: [head],
  });
  await minh.sync();
  await enrol(page, town, 'lan', 'may-lan');
  await page.getByRole('link', { name: 'Hộ', exact: true }).click();
  await page.getByTestId('household-row').click();
  await part(page, 'photos').click();
  const file = page.locator('input[type=file]');

  await test.step('what is no picture is refused', async () => {
    await file.setInputFiles({
      name: 'anh.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('chữ đặt tên là anh.jpg'),
    });
    await expect(page.getByText('không phải ảnh')).toBeVisible();
    await expect(page.getByTestId('photo')).toHaveCount(0);
  });

  await test.step('a picture of four thousand points is kept small and waits', async () => {
    const drawn = await page.evaluate(() => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [4000, 3000];
      const ink = canvas.getContext('2d');
      if (!ink) return '';
      const sky = ink.createLinearGradient(0, 0, 0, 3000);
      sky.addColorStop(0, '#7fb2e5');
      sky.addColorStop(1, '#d8c9a3');
      ink.fillStyle = sky;
      ink.fillRect(0, 0, 4000, 3000);
      ink.fillStyle = '#8a4b2f';
      ink.fillRect(1000, 1300, 2000, 1300);
      return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
    });
    await page.locator('label').filter({ hasText: 'Nhà ở' }).click();
    // a device that hears the server would send it at once
    town.isSilent(true);
    await file.setInputFiles({
      name: 'nha.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from(drawn, 'base64'),
    });
    await expect(page.getByTestId('photo')).toHaveCount(1);
    await expect(page.getByTestId('photo')).toContainText('chờ gửi');
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'photos');
  });

  await test.step('it is sent, and the other officer sees it', async () => {
    const here = page.url();
    await page.goto(`${here.split('#')[0]}#/`);
    await expect(page.getByTestId('nudges')).toContainText('ảnh');
    town.isSilent(false);
    await syncs(page);
    await page.goto(here);
    await expect(page.getByTestId('photo')).not.toContainText('chờ gửi');
    await minh.sync();
    const { household } = await minh.call<{ household: { photos: Record<string, { bytes: number }> } }>(
      'household.open',
      { id },
    );
    const [[photo, told] = ['', { bytes: 0 }]] = Object.entries(household.photos);
    expect(told.bytes).toBeLessThanOrEqual(150 * 1024);
    const { jpeg } = await minh.call<{ jpeg: string }>('photo.get', { household: id, photo });
    expect(Buffer.from(jpeg, 'base64').length).toBe(told.bytes);
  });

  await test.step('it is looked at and taken back, by keys', async () => {
    await page.getByRole('button', { name: 'Xem ảnh: Nhà ở' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await isAccessible(page);
    await hasBigTargets(page);
    await picture(page, 'photo');
    await page.getByRole('button', { name: 'Bỏ ảnh này' }).press('Enter');
    await page.getByRole('button', { name: 'Bỏ ảnh', exact: true }).press('Enter');
    await expect(page.getByTestId('photo')).toHaveCount(0);
    await expect(page.getByText('Chưa có ảnh nào.')).toBeVisible();
  });
});
