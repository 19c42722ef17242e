/** Numbers, money, dates and times as people here write them; the same in both languages. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (number: number): string => String(number).padStart(2, '0');

/** A whole number in groups of three: 1.223. */
export function grouped(number: number): string {
  const digits = Math.abs(Math.trunc(number)).toString();
  return (number < 0 ? '−' : '') + digits.replace(/\B(?=(\d{3})+$)/g, '.');
}

/** A date `YYYY[-MM[-DD]]` as dd/mm/yyyy, mm/yyyy or yyyy; anything else as it is. */
export function shownDate(stored: string): string {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(stored);
  if (!parts) return stored;
  return parts.slice(1).filter(Boolean).reverse().join('/');
}

/** Seconds since 1970 as dd/mm/yyyy hh:mm, by the clock of the device. */
export function shownTime(seconds: number): string {
  const at = new Date(seconds * 1000);
  const day = `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** How long ago, in the largest whole unit. */
export type Ago = { unit: 'now' | 'minutes' | 'hours' | 'days'; count: number };

/** How long before `now` a moment was; a moment in the future counts as now. */
export function ago(seconds: number, now: number): Ago {
  const passed = Math.max(0, now - seconds);
  if (passed < MINUTE) return { unit: 'now', count: 0 };
  if (passed < HOUR) return { unit: 'minutes', count: Math.floor(passed / MINUTE) };
  if (passed < DAY) return { unit: 'hours', count: Math.floor(passed / HOUR) };
  return { unit: 'days', count: Math.floor(passed / DAY) };
}

/** Age in whole years on a day `YYYY-MM-DD`; a birth date without month or day counts by what is known. */
export function ageOn(born: string, day: string): number | null {
  const year = Number(born.slice(0, 4));
  if (!/^\d{4}(-\d{2}){0,2}$/.test(born) || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const before = day.slice(5, 5 + Math.max(0, born.length - 5)) < born.slice(5);
  return Number(day.slice(0, 4)) - year - (before ? 1 : 0);
}
