import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import vi from '../../messages/vi.json';

const SOURCE = join(import.meta.dirname, '..');
/** Keys that are put together at run time, by their first word; the core sends codes, the server prints the office. */
const BUILT =
  /^(error|log|office|reason|status|class|state|role|sex|relation|left|removed|stage|step|area|place|member|support|field|conflict|explain_deprived|ago|task|unit|language|verdict|attends|card_warning|duplicate_by|draft|average|photo)_/;

it('every word is used', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => /\.(svelte|ts)$/.test(file) && !/\.test\.ts$/.test(file));
  const text = code.map((file) => readFileSync(join(SOURCE, file), 'utf8')).join('\n');
  const unused = Object.keys(vi).filter((key) => !BUILT.test(key) && !text.includes(`'${key}'`));
  expect(unused).toEqual([]);
});
