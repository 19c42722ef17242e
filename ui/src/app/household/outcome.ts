/** What a save did to the class, in words. */
import type { Class } from '../../host/wire';
import { t } from '../../shared/words.svelte';
import type { Outcome } from './openhousehold.svelte';

/** A class in words. */
export function className(found: Class | null): string {
  return found ? t(`class_${found}`) : t('class_undecided');
}

/** One sentence, to be read out and shown. */
export function outcomeWords({ from, to }: Outcome): string {
  return from === to
    ? t('class_same', { class: className(to) })
    : t('class_changed', { from: className(from), to: className(to) });
}
