/**
 * Every word on a screen: two catalogues with the same keys, one language at a time.
 *
 * The catalogues are flat so that the server and the device embed the same two files.
 */
import en from '../../messages/en.json';
import vi from '../../messages/vi.json';
import type { Fault } from '../host';

/** A language of the program. */
export type Language = 'vi' | 'en';
/** A key of the catalogues. */
export type Key = keyof typeof vi;
/** What the words speak of. */
export type Params = Record<string, string | number>;

const catalogues: Record<Language, Record<string, string>> = { vi, en };
const REMEMBERED = 'language';

function remembered(): Language {
  try {
    return localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

let current = $state<Language>(remembered());

/** The language of the screens. */
export function language(): Language {
  return current;
}

/** Changes the language at once and for the next start. */
export function speak(next: Language): void {
  current = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(REMEMBERED, next);
  } catch {
    // a browser without storage forgets the choice, nothing else
  }
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** The words under a key. */
export function t(key: Key, params: Params = {}): string {
  return fill(catalogues[current][key] ?? key, params);
}

/** The words under a key that is put together at run time; `undefined` if the catalogue has none. */
export function lookup(key: string, params: Params = {}): string | undefined {
  const text = catalogues[current][key];
  return text === undefined ? undefined : fill(text, params);
}

/** The words for a code of a closed list: `coded('class', 'near_poor')`. An unknown code stands for itself. */
export function coded(group: string, code: string, params: Params = {}): string {
  return lookup(`${group}_${code}`, params) ?? code;
}

/** The words for a fault. */
export function faultWords(fault: Fault): string {
  return lookup(`error_${fault.code}`, fault.details) ?? t('error_unknown', { code: fault.code });
}

/** Picks from data that carries both languages, as the rulebook and the registries do. */
export function said(inVietnamese: string, inEnglish: string): string {
  return current === 'vi' ? inVietnamese : inEnglish;
}
