import { describe, expect, it } from 'vitest';
import { ago, ageOn, grouped, shownDate, shownTime } from './format';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1223, '1.223'],
    [129_000_000, '129.000.000'],
    [-4500, '−4.500'],
  ])('%d is written %s', (number, written) => expect(grouped(number)).toBe(written));
});

describe('dates', () => {
  it.each([
    ['2017-05-22', '22/05/2017'],
    ['2017-05', '05/2017'],
    ['1968', '1968'],
    ['khoảng 1970', 'khoảng 1970'],
  ])('%s is shown as %s', (stored, shown) => expect(shownDate(stored)).toBe(shown));

  it('show a moment by the clock of the device', () => {
    const at = new Date(2017, 4, 22, 7, 5).getTime() / 1000;
    expect(shownTime(at)).toBe('22/05/2017 07:05');
  });
});

describe('how long ago', () => {
  const now = 1_000_000;
  it.each([
    [now + 500, 'now', 0],
    [now - 59, 'now', 0],
    [now - 60, 'minutes', 1],
    [now - 3599, 'minutes', 59],
    [now - 3600, 'hours', 1],
    [now - 86_399, 'hours', 23],
    [now - 86_400 * 3, 'days', 3],
  ])('%d before now', (at, unit, count) => expect(ago(at, now)).toEqual({ unit, count }));
});

describe('ages', () => {
  it.each([
    ['2000-11-01', '2016-11-01', 16],
    ['2000-11-02', '2016-11-01', 15],
    ['2000-11', '2016-11-01', 16],
    ['2000-12', '2016-11-01', 15],
    ['2000', '2016-11-01', 16],
    ['xưa', '2016-11-01', null],
    ['2000', '', null],
  ])('born %s, on %s', (born, day, years) => expect(ageOn(born, day)).toBe(years));
});
