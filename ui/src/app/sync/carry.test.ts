import { beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../host';
import type { BundleReport } from '../../host/wire';
import { speak } from '../../shared/words.svelte';
import { inBase64, takenWords, tone } from './carry';

const report = (more: Partial<BundleReport>): BundleReport => ({
  by: 'Nguyễn Thị Hà',
  made_at: 1_476_000_000,
  new: 0,
  already: 0,
  missing: 0,
  outside: 0,
  households: 0,
  first: [],
  refused: [],
  ...more,
});

describe('a file', () => {
  it('is read whatever bytes it has, and refused before it is read if it is too large', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
    const letters = await inBase64(new File([bytes], 'a.rasoat'));
    expect(Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0))).toEqual(bytes);
    const large = { size: 16 * 1024 * 1024 + 1 } as File;
    await expect(inBase64(large)).rejects.toEqual(new Fault('bundle_too_large', 'refused'));
  });
});

describe('what came of a file', () => {
  beforeEach(() => speak('vi'));

  it('is told as good only when nothing was left out', () => {
    expect(tone(report({ new: 2, already: 3 }))).toBe('good');
    const left = [{ missing: 1 }, { outside: 1 }, { refused: [{ code: 'purged', count: 1 }] }];
    for (const more of left) expect(tone(report(more))).toBe('warn');
  });

  it('is one sentence for each thing, with the reason of a refusal', () => {
    const refused = [{ code: 'bad_signature', count: 2 }];
    const words = takenWords(report({ new: 4, households: 1, already: 3, missing: 1, outside: 2, refused }));
    expect(words).toHaveLength(6);
    expect(words[0]).toContain('Nguyễn Thị Hà');
    expect(words.at(-1)).toContain('Chữ ký');
    expect(takenWords(report({ by: null }))).toHaveLength(2);
  });
});
