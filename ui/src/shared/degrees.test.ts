import { describe, expect, it } from 'vitest';
import { isPlausible, parseDegrees, shownDegrees, stored } from './degrees';

describe('degrees', () => {
  it.each([
    ['20,0785', 200_785_000],
    ['20.0785', 200_785_000],
    ['20', 200_000_000],
    ['20°', 200_000_000],
    ['20,0785°', 200_785_000],
    ['-20,5', -205_000_000],
    ['−20,5', -205_000_000],
    ['20,12345678', 201_234_568],
    ['90', 900_000_000],
    ['20°04\'42,6"', 200_785_000],
    ['20°04′42,6″', 200_785_000],
    ["20º 4' 42.6''", 200_785_000],
    ['20 04 42,6', 200_785_000],
    ['20° 04,71′', 200_785_000],
    ['20 04,71', 200_785_000],
    ['20°30', 205_000_000],
    ['20°04\'42,6" B', 200_785_000],
    ['20,0785 N', 200_785_000],
    ['20,0785 Bắc', 200_785_000],
    ['20,0785 S', -200_785_000],
    ['20,0785 nam', -200_785_000],
    ['', null],
    ['-0', 0],
  ])('%j of latitude is read as %j', (typed, value) => expect(parseDegrees(typed, 'lat')).toEqual({ value }));

  it.each([
    ['105°51\'40,3" Đ', 1_058_611_944],
    ['105,8612 E', 1_058_612_000],
    ['105,8612đông', 1_058_612_000],
    ['1 Tây', -10_000_000],
    ['180', 1_800_000_000],
  ])('%j of longitude is read as %j', (typed, value) =>
    expect(parseDegrees(typed, 'lng')).toEqual({ value }),
  );

  it.each([
    'ở đầu ngõ',
    '20,0785 E',
    '20,0785 Đ',
    '-20 B',
    '20°60',
    '20°04\'60"',
    '20°04,5\'30"',
    '20,5°30',
    '20.078.500',
    '20,0785, 105,8612',
    '1e1',
    '°',
    'B',
    "20'04",
  ])('%j is refused', (typed) => expect(parseDegrees(typed, 'lat')).toEqual({ error: 'invalid_degrees' }));

  it.each([
    ['90,0001', 'lat'],
    ['91', 'lat'],
    ['90°00\'01"', 'lat'],
    ['180,1', 'lng'],
  ] as const)('%j is beyond the %s', (typed, axis) =>
    expect(parseDegrees(typed, axis)).toEqual({ error: 'out_of_range' }),
  );

  it('are shown as they can be typed again', () => {
    for (const value of [200_785_000, 1_058_611_944, -205_000_000, 1, 0, 200_000_000, 1_000_000_000]) {
      expect(parseDegrees(shownDegrees(value), 'lng')).toEqual({ value });
    }
    expect(shownDegrees(200_785_000)).toBe('20,0785');
    expect(shownDegrees(1_000_000_000)).toBe('100');
    expect(shownDegrees(null)).toBe('');
  });

  it('are plausible from the south of the islands to the northern border', () => {
    expect(isPlausible('lat', stored(20.0785))).toBe(true);
    expect(isPlausible('lng', stored(105.8612))).toBe(true);
    expect(isPlausible('lat', stored(8.64))).toBe(true);
    expect(isPlausible('lng', stored(111.92))).toBe(true);
    expect(isPlausible('lat', stored(105.8612))).toBe(false);
    expect(isPlausible('lng', stored(20.0785))).toBe(false);
    expect(isPlausible('lat', -stored(20.0785))).toBe(false);
  });
});
