import { describe, expect, it } from 'vitest';
import {
  citizenIdSays,
  parseCitizenId,
  parseDate,
  parseDong,
  parseFigure,
  parseInteger,
  parsePeriod,
  parsePhone,
  parseText,
} from './parse';

const TODAY = '2017-05-22';

describe('dates', () => {
  it.each([
    ['22/5/2017', '2017-05-22'],
    ['22-05-2017', '2017-05-22'],
    ['1.2.1980', '1980-02-01'],
    ['01021980', '1980-02-01'],
    ['02/1980', '1980-02'],
    ['1980', '1980'],
    ['29/02/2016', '2016-02-29'],
    ['2017', '2017'],
    ['', null],
  ])('%j is read as %j', (typed, value) => expect(parseDate(typed, TODAY)).toEqual({ value }));

  it.each([
    '31/02/2017',
    '29/02/2015',
    '32/01/2000',
    '00/01/2000',
    '13/2000',
    '1/1/80',
    '1899',
    '23/05/2017',
    '06/2017',
    'hôm nay',
    '1/2/3/2000',
  ])('%j is no date that has come', (typed) =>
    expect(parseDate(typed, TODAY)).toEqual({ error: 'invalid_date' }),
  );
});

describe('numbers and money', () => {
  it('take points and spaces as groups', () => {
    expect(parseDong('129.000.000')).toEqual({ value: 129_000_000 });
    expect(parseDong('40 000 000')).toEqual({ value: 40_000_000 });
    expect(parseDong('')).toEqual({ value: null });
  });

  it('refuse what is negative, no number, or too much', () => {
    expect(parseDong('-1')).toEqual({ error: 'negative_amount' });
    expect(parseDong('1e9')).toEqual({ error: 'not_a_number' });
    expect(parseDong('9999999999999')).toEqual({ error: 'out_of_range' });
    expect(parseDong('9'.repeat(400))).toEqual({ error: 'not_a_number' });
    expect(parseInteger('0', 1, 10_000)).toEqual({ error: 'out_of_range' });
    expect(parseInteger('10.000', 1, 10_000)).toEqual({ value: 10_000 });
  });

  it('read figures with a comma or a point', () => {
    expect(parseFigure('99,9')).toEqual({ value: '99.9' });
    expect(parseFigure('99.90')).toEqual({ value: '99.9' });
    expect(parseFigure('100,0')).toEqual({ value: 100 });
    expect(parseFigure('1.223')).toEqual({ value: 1223 });
    expect(parseFigure('9,9,9')).toEqual({ error: 'not_a_number' });
  });
});

describe('citizen ids', () => {
  it('have twelve digits', () => {
    expect(parseCitizenId('038 068 000 123')).toEqual({ value: '038068000123' });
    expect(parseCitizenId('03806800012')).toEqual({ error: 'invalid_citizen_id' });
    expect(parseCitizenId('03806800012x')).toEqual({ error: 'invalid_citizen_id' });
  });

  it('tell sex and year of birth', () => {
    expect(citizenIdSays('038068000123')).toEqual({ sex: 'male', year: 1968 });
    expect(citizenIdSays('038304000123')).toEqual({ sex: 'female', year: 2004 });
    expect(citizenIdSays('12')).toBeNull();
  });
});

describe('text', () => {
  it('is tidied and composed', () => {
    expect(parseText('  Đô\u0303   Văn ', 20)).toEqual({ value: 'Đỗ Văn' });
    expect(parseText('   ', 20)).toEqual({ value: null });
  });

  it('is counted in letters', () => {
    expect(parseText('ễ'.repeat(120), 120)).toEqual({ value: 'ễ'.repeat(120) });
    expect(parseText('a'.repeat(10_000), 120)).toEqual({ error: 'too_long' });
  });

  it('of telephones and periods has a form', () => {
    expect(parsePhone('+84 (0)912.000-111', 20)).toEqual({ value: '+84 (0)912.000-111' });
    expect(parsePhone('gọi chị Hà', 20)).toEqual({ error: 'invalid_phone' });
    expect(parsePeriod('2017-q1')).toEqual({ value: '2017-Q1' });
    expect(parsePeriod('quý 1')).toEqual({ error: 'invalid_period' });
  });
});
