/** Files that carry edits from device to device: read for the core, and told in sentences. */
import { Fault } from '../../host';
import type { BundleReport } from '../../host/wire';
import { grouped, shownTime } from '../../shared/format';
import { lookup, t } from '../../shared/words.svelte';

/** Bytes of a file; as the core has it. */
const FILE_MAX = 16 * 1024 * 1024;
/** What such files are to a platform. */
export const KIND = 'application/octet-stream';
/** What their names end with. */
export const ENDING = '.rasoat';

/** The file in base64. Throws a `Fault` for one that is too large or cannot be read. */
export async function inBase64(file: File): Promise<string> {
  if (file.size > FILE_MAX) throw new Fault('bundle_too_large', 'refused');
  const bytes = new Uint8Array(
    await file.arrayBuffer().catch(() => {
      throw new Fault('file_unreadable', 'refused', { file: file.name });
    }),
  );
  let letters = '';
  // a call takes only so many arguments
  for (let at = 0; at < bytes.length; at += 0x8000) {
    letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(letters);
}

const whole = (report: BundleReport): boolean =>
  report.missing === 0 && report.outside === 0 && report.refused.length === 0;

/** Good when nothing was left out. */
export const tone = (report: BundleReport): 'good' | 'warn' => (whole(report) ? 'good' : 'warn');

/** One sentence for each thing to tell: whose file, what came, what did not. */
export function takenWords(report: BundleReport): string[] {
  const count = (key: 'new' | 'already' | 'missing' | 'outside' | 'households'): string =>
    grouped(report[key]);
  const [at, some] = [shownTime(report.made_at), report.new > 0];
  return [
    report.by ? t('carry_by', { by: report.by, at }) : t('carry_by_unknown', { at }),
    some
      ? t('carry_taken_new', { new: count('new'), households: count('households') })
      : t('carry_taken_nothing'),
    ...(report.already > 0 ? [t('carry_taken_already', { already: count('already') })] : []),
    ...(report.missing > 0 ? [t('carry_taken_missing', { missing: count('missing') })] : []),
    ...(report.outside > 0 ? [t('carry_taken_outside', { outside: count('outside') })] : []),
    ...report.refused.map((refused) =>
      t('carry_taken_refused', {
        count: grouped(refused.count),
        why: lookup(`error_${refused.code}`) ?? t('error_unknown', { code: refused.code }),
      }),
    ),
  ];
}
