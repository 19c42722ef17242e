import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../../../shared/words.svelte';
import { page, village } from '../../testing';
import { valueWords } from '../labels';
import { OpenHousehold } from '../openhousehold.svelte';
import Place from './Place.svelte';

type Ask = Geolocation['getCurrentPosition'];

/** A device that answers as told. */
function device(getCurrentPosition: Ask | null): void {
  vi.stubGlobal('navigator', { geolocation: getCurrentPosition ? { getCurrentPosition } : undefined });
}

const found = (latitude: number, longitude: number, accuracy: number): GeolocationPosition =>
  ({ coords: { latitude, longitude, accuracy } }) as GeolocationPosition;

/** After everything that an answer sets off. */
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

describe("the household's point", () => {
  let open: OpenHousehold;
  let unmount: () => void;
  const words = (): string | null => screen.getByTestId('point-words').textContent;
  const press = (): Promise<void> => userEvent.click(screen.getByRole('button', { name: 'Lấy vị trí' }));
  const stands = () => Object.fromEntries(open.edits.map(({ field, value }) => [field, value]));

  beforeEach(() => {
    speak('vi');
    village();
    open = new OpenHousehold(page());
    unmount = render(Place, { open, item: undefined }).unmount;
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is taken from the device with its accuracy rounded up', async () => {
    const asked = vi.fn<Ask>((told) => told(found(20.0785, 105.86119444, 11.2)));
    device(asked);
    expect(words()).toBe('Chưa có toạ độ');
    await press();
    expect(asked.mock.calls[0]?.[2]).toMatchObject({ enableHighAccuracy: true, maximumAge: 0 });
    expect(stands()).toEqual({
      'place/lat': 200_785_000,
      'place/lng': 1_058_611_944,
      'place/accuracy_m': 12,
    });
    expect(screen.getByLabelText('Vĩ độ')).toHaveProperty('value', '20,0785');
    expect(words()).toBe('Sai số khoảng 12 m');
  });

  it.each([
    [null, 'Thiết bị này không cho biết vị trí.'],
    [1, 'Thiết bị không cho ứng dụng dùng vị trí.'],
    [2, 'Thiết bị không tìm được vị trí ở đây.'],
    [3, 'Tìm vị trí quá lâu.'],
  ])('that a device cannot give (%j) is told in words and changes nothing', async (code, told) => {
    device(code === null ? null : (_, failed) => failed?.({ code } as GeolocationPositionError));
    await press();
    expect(screen.getByRole('alert').textContent).toContain(told);
    expect(open.isDirty).toBe(false);
    await userEvent.type(screen.getByLabelText('Vĩ độ'), '2');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it.each([100_001, Number.NaN, -1])('is not taken within a radius of %d m', async (metres) => {
    device((told) => told(found(20, 105, metres)));
    await press();
    expect(screen.getByRole('alert').textContent).toContain('không tìm được vị trí');
    expect(open.isDirty).toBe(false);
  });

  it('is typed, and then loses the accuracy that was not its own', async () => {
    device((told) => told(found(20, 105.5, 5)));
    await press();
    const latitude = screen.getByLabelText('Vĩ độ');
    await userEvent.clear(latitude);
    await userEvent.type(latitude, '20°04\'42,6" B');
    expect(stands()).toEqual({ 'place/lat': 200_785_000, 'place/lng': 1_055_000_000 });
    expect(words()).toBe('Nhập tay, không rõ sai số');
  });

  it('warns of half a point and of one outside Vietnam, and saves both', async () => {
    await userEvent.type(screen.getByLabelText('Vĩ độ'), '105,8');
    expect(open.wrong).toEqual(['place/lat']);
    await userEvent.clear(screen.getByLabelText('Vĩ độ'));
    await userEvent.type(screen.getByLabelText('Vĩ độ'), '50');
    expect(screen.getByText('Toạ độ cần cả vĩ độ và kinh độ.')).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Kinh độ'), '20');
    expect(screen.queryByText('Toạ độ cần cả vĩ độ và kinh độ.')).toBeNull();
    expect(screen.getByText(/Toạ độ này nằm ngoài Việt Nam/)).toBeTruthy();
    expect(stands()).toEqual({ 'place/lat': 500_000_000, 'place/lng': 200_000_000 });
  });

  it('does not come over what was typed while the device was looking', async () => {
    let answer: PositionCallback = () => undefined;
    device((told) => {
      answer = told;
    });
    await press();
    expect(words()).toBe('Đang tìm vị trí…');
    await userEvent.type(screen.getByLabelText('Vĩ độ'), '21');
    answer(found(20, 105, 5));
    await settled();
    expect(stands()).toEqual({ 'place/lat': 210_000_000 });
  });

  it('does not come into a page that was left', async () => {
    let answer: PositionCallback = () => undefined;
    device((told) => {
      answer = told;
    });
    await press();
    unmount();
    answer(found(20, 105, 5));
    await settled();
    expect(open.isDirty).toBe(false);
  });

  it('reads as degrees in the history', () => {
    const household = page().household;
    expect(valueWords('place/lat', 200_785_000, household)).toBe('20,0785°');
    expect(valueWords('place/lng', null, household)).toBe('đã xoá');
  });
});
