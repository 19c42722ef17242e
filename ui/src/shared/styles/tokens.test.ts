import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

function channel(hex: string): number {
  const share = parseInt(hex, 16) / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** Relative luminance of a token, as WCAG defines it. */
function luminance(token: string): number {
  const [, red = '', green = '', blue = ''] =
    new RegExp(`--${token}: #(\\w{2})(\\w{2})(\\w{2});`).exec(css) ?? [];
  return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const TONES = ['good', 'warn', 'bad', 'info', 'quiet'];

describe('in full sun', () => {
  it.each([
    ...['paper', 'surface', 'sunken'].flatMap((ground) => [
      ['ink', ground],
      ['ink-soft', ground],
      ['brand', ground],
    ]),
    ...TONES.map((tone) => [tone, `${tone}-tint`]),
    ...TONES.map((tone) => [tone, 'surface']),
    ['brand', 'brand-tint'],
    ['brand-strong', 'brand-tint'],
    ['on-brand', 'brand'],
    ['on-brand', 'brand-strong'],
    ['on-brand-soft', 'brand'],
  ])('%s on %s is text of 7:1', (ink = '', ground = '') =>
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(7),
  );

  it.each([
    ['edge', 'surface'],
    ['edge', 'paper'],
    ['spark', 'brand'],
    ...TONES.map((tone) => [`${tone}-fill`, 'surface']),
  ])('%s on %s is an edge or a sign of 3:1', (sign = '', ground = '') =>
    expect(contrast(sign, ground)).toBeGreaterThanOrEqual(3),
  );
});
