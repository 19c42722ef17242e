import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import en from '../../messages/en.json';
import vi from '../../messages/vi.json';
import { Fault } from '../host';
import { coded, faultWords, lookup, said, speak, t } from './words.svelte';

const ROOT = join(import.meta.dirname, '../../..');
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').sort();

/** The codes of a `codes!` table in Rust: text in quotes after `=`. */
function codesIn(file: string, row: RegExp): string[] {
  const source = readFileSync(join(ROOT, file), 'utf8').replace(/\/\/.*$/gm, '');
  return [...source.matchAll(row)].map((found) => found[1] ?? '');
}

describe('the catalogues', () => {
  it('have the same keys in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(vi));
  });

  it('have words under every key, with the same placeholders', () => {
    for (const [key, text] of Object.entries(vi)) {
      const other = (en as Record<string, string>)[key] ?? '';
      expect(text.trim(), key).not.toBe('');
      expect(other.trim(), key).not.toBe('');
      expect(placeholders(other), key).toEqual(placeholders(text));
    }
  });

  it('hold Vietnamese in composed form', () => {
    for (const [key, text] of Object.entries(vi)) expect(text, key).toBe(text.normalize('NFC'));
  });

  it('have words for every code that the commands and the server can answer', () => {
    const commands = codesIn('crates/commands/src/fault.rs', /^\s+\w+ = "(\w+)" (?:Refused|Broken)/gm);
    const sync = codesIn('crates/sync/src/code.rs', /^\s+\w+ = \d+ "(\w+)"/gm);
    expect(commands.length).toBeGreaterThan(40);
    expect(sync.length).toBeGreaterThan(25);
    for (const code of [...commands, ...sync]) expect(lookup(`error_${code}`), code).toBeDefined();
  });
});

describe('words', () => {
  beforeEach(() => speak('vi'));

  it('change with the language at once', () => {
    expect(t('nav_home')).toBe('Trang chủ');
    expect(said('nước máy', 'piped water')).toBe('nước máy');
    speak('en');
    expect(t('nav_home')).toBe('Home');
    expect(said('nước máy', 'piped water')).toBe('piped water');
    expect(document.documentElement.lang).toBe('en');
  });

  it('are filled with what they speak of, once', () => {
    expect(t('list_total', { total: '1.223' })).toBe('1.223 hộ');
    expect(t('class_changed', { from: '{to}', to: 'b' })).toBe('Kết quả đổi từ “{to}” sang “b”');
  });

  it('say an unknown code itself, and an unknown fault with its code', () => {
    expect(coded('relation', 'child')).toBe('Con');
    expect(coded('relation', 'cousin')).toBe('cousin');
    expect(faultWords(new Fault('wrong_pin', 'refused'))).toBe('Mã PIN không đúng.');
    expect(faultWords(new Fault('never_heard_of'))).toContain('(never_heard_of)');
  });
});
