/** What came of votes, in words and colours. The core counts and decides. */
import type { Tally, Verdict } from '../../host/wire';
import { coded, t } from '../../shared/words.svelte';

/** The tone of a verdict. */
export const VERDICT_TONES: Record<Verdict, 'good' | 'warn' | 'bad' | 'quiet'> = {
  agreed: 'good',
  not_agreed: 'warn',
  open: 'quiet',
  impossible: 'bad',
};

/** Hundredths of a percent as people here write them: 83,33. */
export function shownPercent(hundredths: number): string {
  const rest = String(hundredths % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  const whole = String(Math.trunc(hundredths / 100));
  return rest === '' ? whole : `${whole},${rest}`;
}

/** "Đạt: 83,33 % tán thành", and what is needed where it is not. */
export function verdictWords(tally: Tally, needed: number | null): string {
  const words = coded('verdict', tally.verdict, { percent: shownPercent(tally.percent_hundredths) });
  if (tally.verdict !== 'not_agreed' || needed === null) return words;
  return `${words} ${t('meeting_needed', { percent: needed })}`;
}
