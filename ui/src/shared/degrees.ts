/**
 * Degrees of latitude and longitude as people write them: `20,0785`, `20°04,71′`, `20°04′42,6″ Bắc`.
 *
 * They are stored as whole numbers of 10⁻⁷ degrees, as the core has them. `N` is north, as devices and maps print it,
 * never "nam".
 */
import type { Scalar } from '../host/wire';
import type { Parsed } from './parse';

/** Stored units of one degree. */
const UNITS = 10_000_000;
/** Decimals of a stored degree. */
const DECIMALS = 7;
/** Greatest degree of an axis. */
const MOST = { lat: 90, lng: 180 };
/** What may stand behind the number, and the sign that it gives. */
const SIDES: Record<Axis, Record<string, 1 | -1>> = {
  lat: { n: 1, b: 1, bắc: 1, s: -1, nam: -1 },
  lng: { e: 1, đ: 1, đông: 1, w: -1, t: -1, tây: -1 },
};
const NUMBER = /^([-−]?)(\d{1,3}(?:[.,]\d+)?)°?$/;
const SEXAGESIMAL =
  /^([-−]?)(\d{1,3})(?:°| )\s*(\d{1,2}(?:[.,]\d+)?)(?:'|(?= )|$)(?:\s*(\d{1,2}(?:[.,]\d+)?)(?:"|''|$))?$/;

/** A line of the net of coordinates. */
export type Axis = 'lat' | 'lng';

const number = (text: string | undefined): number => Number((text ?? '0').replace(',', '.'));

/** One spelling of the marks for degrees, minutes and seconds. */
function plain(typed: string): string {
  const text = typed.normalize('NFC').trim().toLowerCase().replace(/[º˚]/g, '°').replace(/[′’‘]/g, "'");
  return text
    .replace(/[″”“]/g, '"')
    .replace(/\s*([°'"])\s*/g, '$1')
    .replace(/\s+/g, ' ');
}

/** The degrees of a text without its side; `null` if it says none. */
function degrees(text: string): number | null {
  const simple = NUMBER.exec(text);
  if (simple) return number(simple[2]) * (simple[1] ? -1 : 1);
  const parts = SEXAGESIMAL.exec(text);
  if (!parts) return null;
  const [, sign, whole, minutes, seconds] = parts;
  if (number(minutes) >= 60 || number(seconds) >= 60) return null;
  if (seconds !== undefined && /[.,]/.test(minutes ?? '')) return null;
  return (number(whole) + number(minutes) / 60 + number(seconds) / 3600) * (sign ? -1 : 1);
}

/** Reads degrees of an axis. */
export function parseDegrees(typed: string, axis: Axis): Parsed {
  const text = plain(typed);
  if (text === '') return { value: null };
  const side = /^(.*?)\s*(\p{L}+)$/u.exec(text);
  const sign = side ? SIDES[axis][side[2] ?? ''] : 1;
  const read = degrees(side ? (side[1] ?? '') : text);
  if (read === null || sign === undefined || (side && read < 0)) return { error: 'invalid_degrees' };
  if (Math.abs(read) > MOST[axis]) return { error: 'out_of_range' };
  return { value: stored(read * sign) };
}

/** Degrees in the unit that is stored. */
export function stored(read: number): number {
  // adding zero makes the negative zero a plain one
  return Math.round(read * UNITS) + 0;
}

/** Stored degrees as a decimal with a comma: 20,0785. */
export function shownDegrees(value: Scalar): string {
  if (typeof value !== 'number') return '';
  const text = (value / UNITS).toFixed(DECIMALS).replace(/\.?0+$/, '');
  return text.replace('.', ',').replace('-', '−');
}

/** Stored degrees around Vietnam with its islands; what lies outside is likely mistyped. */
const AROUND = { lat: [6, 24], lng: [102, 118] } as const;

/** True where a Vietnamese household can be. */
export function isPlausible(axis: Axis, value: number): boolean {
  const [least, most] = AROUND[axis];
  return value >= least * UNITS && value <= most * UNITS;
}
