/** The programme's fields and values in words. */
import type { Scalar } from '../../host/wire';
import { grouped, shownDate } from '../../shared/format';
import { coded, said, t } from '../../shared/words.svelte';
import { session } from '../session.svelte';

const KEYS = {
  status: 'programme_tasks',
  result: 'programme_result',
  value: 'programme_value',
  source: 'programme_source',
  date: 'programme_date',
} as const;

/** What a field is about: the task or indicator, and which part of it. */
export function fieldWords(field: string): string {
  const [of, id, key = ''] = field.split('/');
  const known = of === 'tasks' ? session.config?.tasks : session.config?.indicators;
  const found = known?.find((each) => each.id === id);
  const name = found ? said(found.name_vi, found.name_en) : (id ?? field);
  return key === 'status' || !(key in KEYS) ? name : `${name} · ${t(KEYS[key as keyof typeof KEYS])}`;
}

/** A value of the programme. */
export function valueWords(field: string, value: Scalar): string {
  if (value === null) return t('history_cleared');
  if (field.endsWith('/status')) return coded('task', String(value));
  if (field.endsWith('/date')) return shownDate(String(value));
  return typeof value === 'number' ? grouped(value) : String(value).replace(/^(-?\d+)\.(\d+)$/, '$1,$2');
}
