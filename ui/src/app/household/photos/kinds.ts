/** What photos show, and those that stand. */
import type { Household, Photo } from '../../../host/wire';

/** As the core has them. */
export const KINDS = ['house', 'card', 'paper', 'other'] as const;

/** The photos that nobody took back, the newest first. */
export function standing(household: Household): [string, Photo][] {
  const kept = Object.entries(household.photos).filter(([, photo]) => !photo.removed);
  return kept.sort(([a, one], [b, other]) => (other.taken_at ?? 0) - (one.taken_at ?? 0) || (a < b ? -1 : 1));
}
