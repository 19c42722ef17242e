/** Small pieces of a made-up village for the unit tests; no file outside tests imports it. */
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { useHost, type Host } from '../host';
import type { Config, HouseholdPage, Member, Method, Question, Rulebook } from '../host/wire';
import { session } from './session.svelte';

/** Ids that are easy to read in a failure. */
export const REVIEW = 'a'.repeat(32);
export const VILLAGE = 'b'.repeat(32);
export const OFFICER = 'c'.repeat(32);
export const HOUSEHOLD = 'd'.repeat(32);
export const HOA = '1'.repeat(32);
export const BE = '2'.repeat(32);

const question = (id: string, more: Partial<Question>): Question => ({
  id,
  level: 'household',
  kind: { type: 'yes_no' },
  text_vi: `${id}?`,
  text_en: `${id} in English?`,
  required: true,
  applies: null,
  status: 'verified',
  source: '',
  ...more,
});

const option = (id: string) => ({ id, text_vi: `nước ${id}`, text_en: `${id} water` });

/** The questions that the tests ask. */
export const QUESTIONS = {
  ill: question('om_nang', { level: 'member' }),
  treated: question('di_kham', { level: 'member', applies: { yes: 'om_nang' } }),
  water: question('nuoc', { kind: { type: 'choice', options: [option('may'), option('mua')] } }),
  area: question('dien_tich', { kind: { type: 'integer', min: 1, max: 10_000, unit: 'm²' } }),
  things: question('tai_san_tt', { kind: { type: 'several', options: [option('tivi'), option('radio')] } }),
};

const sourced = (value: number) => ({ value, status: 'verified' as const, source: '' });
const rule = (id: Rulebook['classes'][number]['class'], bounds: object) => ({
  class: id,
  name_vi: id,
  name_en: id,
  b1_over: null,
  b1_max: null,
  b2_min: null,
  b2_below: null,
  ...bounds,
});

/** A rulebook with the thresholds of the first regime. */
export function rulebook(): Rulebook {
  return {
    id: 'test',
    hash: '',
    name_vi: 'Chuẩn thử',
    name_en: 'Test standard',
    list_years: { from: 2016, to: 2021 },
    legal: [],
    b1: { name_vi: 'B1', name_en: 'B1', status: 'not_found', source: '', table: null, table_hash: null },
    sections: [{ id: 'mot', title_vi: 'Một', title_en: 'One', questions: Object.values(QUESTIONS) }],
    dimensions: [{ id: 'nha', name_vi: 'Nhà', name_en: 'Home' }],
    indicators: [],
    points_each: sourced(10),
    thresholds: [
      { id: 'b1_poor', rural: sourced(120), urban: sourced(140) },
      { id: 'b1_near', rural: sourced(150), urban: sourced(175) },
      { id: 'b2_deprived', rural: sourced(30), urban: sourced(30) },
    ],
    income_lines: [],
    constraints: [],
    average: null,
    procedure: {
      steps: [],
      meeting: { percent: null, copies: null },
      posting_days: null,
      recheck_days: null,
      opinion: { asked: false, days: null, status: 'not_found', source: '' },
      deadlines: [],
    },
    locked: null,
    classes: [
      rule('poor_income', { b1_max: 'b1_poor' }),
      rule('poor_deprived', { b1_over: 'b1_poor', b1_max: 'b1_near', b2_min: 'b2_deprived' }),
      rule('near_poor', { b1_over: 'b1_poor', b1_max: 'b1_near', b2_below: 'b2_deprived' }),
      rule('not_poor', { b1_over: 'b1_near' }),
    ],
  };
}

/** What the server has told the device. */
export function config(more: Partial<Config> = {}): Config {
  const user = { id: OFFICER, name: 'Nguyễn Thị Hà', role: 'collector' as const, scopes: [VILLAGE] };
  const village = {
    id: VILLAGE,
    parent: null,
    kind: 'village' as const,
    name: 'Khu phố 3',
    area: 'urban' as const,
  };
  return {
    version: 1,
    town: 'e'.repeat(32),
    user,
    units: [{ ...village, valid_from: '2000-01-01', valid_to: null, successors: [], b1_region: null }],
    users: [user],
    reviews: [
      {
        id: REVIEW,
        year: 2016,
        kind: 'periodic',
        name: 'Rà soát 2016',
        rulebook: 'test',
        rulebook_hash: '',
        as_of: '2016-11-01',
        opened_on: '2016-09-01',
        deadline: null,
        list_year: 2017,
        b1_table: null,
        local_standard: null,
        opinion: null,
        opinion_of: null,
      },
    ],
    current_review: REVIEW,
    rulebook: rulebook(),
    policies: [],
    tasks: [],
    indicators: [],
    ...more,
  };
}

/** A member with the given facts. */
export function member(more: Partial<Member>): Member {
  return {
    name: null,
    sex: null,
    born: null,
    citizen_id: null,
    ethnicity: null,
    relation: null,
    merit: false,
    left: false,
    left_why: null,
    left_on: null,
    came_why: null,
    came_on: null,
    duplicate_why: null,
    order: 0,
    origin: null,
    ...more,
  };
}

/** A household of two whose survey has begun. */
export function page(more: Partial<HouseholdPage> = {}): HouseholdPage {
  const place = { address: 'Số 1', lat: null, lng: null, accuracy_m: null, phone: null, code: null };
  const review = {
    answers: { nuoc: 'may' },
    b1_entered: null,
    visits: {},
    steps: {},
    comments: {},
    choices: {},
  };
  return {
    id: HOUSEHOLD,
    heads: ['h1'],
    village: VILLAGE,
    household: {
      id: HOUSEHOLD,
      place,
      head: HOA,
      members: {
        [HOA]: member({ name: 'Đỗ Văn Hoà', sex: 'male', born: '1968', order: 1 }),
        [BE]: member({ name: 'Đỗ Thị Bé', sex: 'female', born: '2010-05', order: 2 }),
      },
      reviews: { [REVIEW]: review },
      supports: {},
      photos: {},
      removed: false,
      removed_why: null,
      merged_into: null,
      came_why: null,
      removed_on: null,
      removed_note: null,
    },
    review: REVIEW,
    decision: null,
    local: null,
    completeness: {
      answered: 1,
      total: 6,
      missing: ['dien_tich'],
      b1_missing: true,
      births: [],
      asked: ['nuoc', 'dien_tich', 'tai_san_tt', `om_nang/${HOA}`, `om_nang/${BE}`],
    },
    progress: 'in_progress',
    standing: null,
    broken: [],
    member_warnings: [],
    support_warnings: [],
    conflicts: [],
    waiting: 0,
    set_aside: 0,
    previous: null,
    average: null,
    merged_into: null,
    merged_from: [],
    ...more,
  };
}

/** Opens the session and answers commands from a table; what was asked is in the mock's calls. */
export function village(answers: Partial<Record<Method, (params: never) => unknown>> = {}) {
  session.config = config();
  const rpc = vi.fn(async (method: Method, params: unknown) => {
    const answer = answers[method];
    if (!answer) throw new Error(`nobody answers ${method}`);
    return answer(params as never);
  });
  useHost({ rpc } as unknown as Host);
  return rpc;
}

/** Chooses an option by its words. The simulated page does not know `:checked` of options, which Svelte asks for. */
export async function pick(select: HTMLElement, words: string): Promise<void> {
  const list = select as HTMLSelectElement;
  const asked = vi.spyOn(list, 'querySelector').mockImplementation(() => list.selectedOptions[0] ?? null);
  await userEvent.selectOptions(list, words);
  asked.mockRestore();
}
