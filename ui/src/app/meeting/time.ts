/** Moments as the platform's own field for date and time writes them, by the clock of the device. */

const two = (number: number): string => String(number).padStart(2, '0');

/** Seconds since 1970 as `YYYY-MM-DDThh:mm`. */
export function localTime(seconds: number): string {
  const at = new Date(seconds * 1000);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The seconds since 1970 of `YYYY-MM-DDThh:mm`; null if it is none. */
export function readTime(typed: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(typed)) return null;
  const milliseconds = new Date(typed).getTime();
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}
