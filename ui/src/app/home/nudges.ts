/** Which reminders stand on the home screen, from what the core counted. */
import type { HomeSummary } from '../../host/wire';
import { t } from '../../shared/words.svelte';
import { p } from '../router';

/** A reminder. */
export type Nudge = {
  about: 'deadline' | 'unsent' | 'photos' | 'app';
  tone: 'quiet' | 'warn' | 'bad';
  words: string;
  href?: string;
};

/** Days before the last one from which on it is spoken of with emphasis. */
const SOON_DAYS = 7;
/** Days after which edits that were not sent are spoken of at all, and with emphasis. */
const UNSENT_DAYS = 2;
const UNSENT_LONG_DAYS = 7;

function deadline(summary: HomeSummary): Nudge | null {
  const { counts, days_left: left } = summary;
  const open = counts.not_started + counts.in_progress + counts.returned;
  if (left === null || open === 0) return null;
  if (left < 0)
    return { about: 'deadline', tone: 'bad', words: t('nudge_overdue', { days: -left, count: open }) };
  const words = left === 0 ? t('nudge_today', { count: open }) : t('nudge_left', { days: left, count: open });
  return { about: 'deadline', tone: left <= SOON_DAYS ? 'warn' : 'quiet', words };
}

function unsent(summary: HomeSummary): Nudge | null {
  const days = summary.unsent_days ?? 0;
  if (days < UNSENT_DAYS) return null;
  const tone = days >= UNSENT_LONG_DAYS ? 'bad' : 'warn';
  return { about: 'unsent', tone, words: t('nudge_unsent', { days }), href: p('/sync') };
}

function photos(summary: HomeSummary): Nudge | null {
  const count = summary.photos_waiting;
  return count === 0 ? null : { about: 'photos', tone: 'quiet', words: t('nudge_photos', { count }) };
}

function app({ newer_app: version }: HomeSummary): Nudge | null {
  return version === null ? null : { about: 'app', tone: 'quiet', words: t('nudge_app', { version }) };
}

/** The reminders, the urgent ones first. */
export function nudges(summary: HomeSummary): Nudge[] {
  const order = { bad: 0, warn: 1, quiet: 2 };
  const told = [deadline(summary), unsent(summary), photos(summary), app(summary)].filter(
    (each) => each !== null,
  );
  return told.sort((one, other) => order[one.tone] - order[other.tone]);
}
