/** What people type, read into what is stored. A refusal is a code of the catalogue's `error_…`. */
import type { Scalar } from '../host/wire';

/** A value to store, or why the text cannot be one. Empty text clears the field. */
export type Parsed = { value: Scalar } | Unread;

/** Why there is no value to store, with the text or the value that was refused. */
export type Unread = { error: string; typed?: string; refused?: Scalar };

/** Digits of a citizen id. */
export const CITIZEN_ID_DIGITS = 12;
const FIRST_YEAR = 1900;
/** Greatest amount of one support, in đồng; as the core has it. */
const AMOUNT_MAX = 1_000_000_000_000;
const DIGITS_MAX = 15;

const CLEARED: Parsed = { value: null };

/** Names and other lines of text: composed, without outer or repeated spaces, as the core stores them. */
export function parseText(typed: string, max: number): Parsed {
  const tidy = typed.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (tidy === '') return CLEARED;
  return [...tidy].length > max ? { error: 'too_long' } : { value: tidy };
}

/** Several lines of text: composed, without outer spaces; the lines stay. */
export function parseLines(typed: string, max: number): Parsed {
  const tidy = typed.normalize('NFC').trim();
  if (tidy === '') return CLEARED;
  return [...tidy].length > max ? { error: 'too_long' } : { value: tidy };
}

/** A whole number; points and spaces that group digits are taken as such. */
export function parseInteger(typed: string, min: number, max: number): Parsed {
  const plain = typed.trim().replace(/[.\s]/g, '');
  if (plain === '') return CLEARED;
  if (!/^[-−]?\d+$/.test(plain) || plain.length > DIGITS_MAX) return { error: 'not_a_number' };
  const number = Number(plain.replace('−', '-'));
  return number < min || number > max ? { error: 'out_of_range' } : { value: number };
}

/** An amount in đồng. */
export function parseDong(typed: string): Parsed {
  const parsed = parseInteger(typed, Number.MIN_SAFE_INTEGER, AMOUNT_MAX);
  return 'value' in parsed && Number(parsed.value) < 0 ? { error: 'negative_amount' } : parsed;
}

/** A figure: a whole number, or a decimal with a comma (a point is taken as well) that is stored with a point. */
export function parseFigure(typed: string): Parsed {
  const plain = typed.trim().replace(/\s/g, '');
  if (/^-?\d{1,3}(\.\d{3})+$/.test(plain) || /^-?\d*$/.test(plain)) {
    return parseInteger(plain, -(10 ** DIGITS_MAX), 10 ** DIGITS_MAX);
  }
  const decimal = /^(-?\d{1,12})[.,](\d{1,6})$/.exec(plain);
  if (!decimal) return { error: 'not_a_number' };
  const digits = (decimal[2] ?? '').replace(/0+$/, '');
  return { value: digits === '' ? Number(decimal[1]) : `${Number(decimal[1])}.${digits}` };
}

/** A citizen id: twelve digits, spaces forgiven. */
export function parseCitizenId(typed: string): Parsed {
  const digits = typed.replace(/\s/g, '');
  if (digits === '') return CLEARED;
  return /^\d{12}$/.test(digits) ? { value: digits } : { error: 'invalid_citizen_id' };
}

/** What the digits of a citizen id say of its owner. */
export type IdSays = { sex: 'male' | 'female'; year: number };

/** The fourth digit tells century and sex, the next two the year. */
export function citizenIdSays(id: string): IdSays | null {
  if (!/^\d{12}$/.test(id)) return null;
  const coded = Number(id[3]);
  const century = 1900 + 100 * Math.floor(coded / 2);
  return { sex: coded % 2 === 0 ? 'male' : 'female', year: century + Number(id.slice(4, 6)) };
}

/** A telephone number as people write it. */
export function parsePhone(typed: string, max: number): Parsed {
  const parsed = parseText(typed, max);
  const plain = !('value' in parsed) || parsed.value === null || /^[\d +\-.()]+$/.test(String(parsed.value));
  return plain ? parsed : { error: 'invalid_phone' };
}

/** A year or a quarter: 2017, 2017-Q1. */
export function parsePeriod(typed: string): Parsed {
  const text = typed.trim().toUpperCase();
  if (text === '') return CLEARED;
  return /^\d{4}(-Q[1-4])?$/.test(text) ? { value: text } : { error: 'invalid_period' };
}

/** The days of a month. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function pieces(typed: string): string[] {
  const joined = /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
  return joined ? joined.slice(1) : typed.split(/[/.\-\s]+/);
}

/** A date typed dd/mm/yyyy, mm/yyyy or yyyy; `today` is the last day it may be. */
export function parseDate(typed: string, today: string): Parsed {
  const text = typed.trim();
  if (text === '') return CLEARED;
  const parts = pieces(text).reverse();
  const wrong: Parsed = { error: 'invalid_date' };
  if (parts.length > 3 || !parts.every((part) => /^\d+$/.test(part)) || parts[0]?.length !== 4) return wrong;
  const [year = 0, month = 1, day = 1] = parts.map(Number);
  if (year < FIRST_YEAR || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return wrong;
  const stored = parts.map((part, at) => (at === 0 ? part : part.padStart(2, '0'))).join('-');
  return stored.slice(0, stored.length) > today.slice(0, stored.length) ? wrong : { value: stored };
}
