/** Moments in words, against the device's clock. */
import { ago } from './format';
import { t } from './words.svelte';

/** Seconds since 1970, now. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** The day of the device's clock, `YYYY-MM-DD`. */
export function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** "5 phút trước". */
export function agoWords(seconds: number): string {
  const { unit, count } = ago(seconds, nowSeconds());
  return t(`ago_${unit}`, { count });
}
