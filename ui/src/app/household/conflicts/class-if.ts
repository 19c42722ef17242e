/** What choosing a value would make of the household. */
import type { Told } from '../../../host/wire';
import { t } from '../../../shared/words.svelte';
import { session } from '../../session.svelte';
import { className } from '../outcome';

/** "Nếu chọn: Hộ nghèo", or the classes that stay possible; nothing where the field decides about none. */
export function classIf(told: Told): string | null {
  if (told.class) return t('conflict_class_if', { class: className(told.class) });
  if (told.possible.length === 0) return null;
  const all = session.config?.rulebook?.classes.length ?? 0;
  if (told.possible.length >= all) return t('conflict_class_if', { class: className(null) });
  return t('conflict_class_if', { class: told.possible.map(className).join(', ') });
}
