import { expect, it } from 'vitest';
import type { Class, HouseholdRow } from '../../host/wire';
import { postingLines } from './posting';

const row = (name: string, found: Class | null): HouseholdRow => ({
  id: name,
  name,
  address: `Nhà ${name}`,
  village: 'v',
  members: 1,
  progress: 'done',
  stage: 'met',
  class: found,
  possible: [],
  waiting: 0,
  conflicts: 0,
});

it('the posted list has the poor first, both kinds as one, each by name, and nobody undecided', () => {
  const rows = [
    row('Vũ', 'not_poor'),
    row('Đỗ', 'poor_deprived'),
    row('An', 'near_poor'),
    row('Chu', 'poor_income'),
    row('Bùi', null),
  ];
  const lines = postingLines(rows).map((line) => `${line.name}: ${line.result}`);
  expect(lines).toEqual([
    'Chu: Hộ nghèo',
    'Đỗ: Hộ nghèo',
    'An: Hộ cận nghèo',
    'Vũ: Không thuộc hộ nghèo, hộ cận nghèo',
  ]);
});

it('a posted line holds nothing but head, address and result', () => {
  expect(Object.keys(postingLines([row('An', 'poor')])[0] ?? {})).toEqual([
    'id',
    'name',
    'address',
    'result',
  ]);
});
