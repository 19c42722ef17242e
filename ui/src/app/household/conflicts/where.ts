/** Where a value was told: the visit it belongs to, with its coordinates when they were recorded. */
import type { HouseholdPage, Told } from '../../../host/wire';
import { t } from '../../../shared/words.svelte';

/** Coordinates are stored in ten-millionths of a degree. */
const DEGREE = 10_000_000;

/** In words; empty when the value was not told on a visit. */
export function whereOf(told: Told, page: HouseholdPage): string {
  if (!told.visit) return '';
  const visits = Object.values(page.household.reviews).map((review) => review.visits[told.visit ?? '']);
  const visit = visits.find((each) => each !== undefined);
  if (visit?.lat == null || visit.lng == null) return t('conflict_visit');
  const degrees = [visit.lat, visit.lng].map((each) => (each / DEGREE).toFixed(5)).join(', ');
  return `${t('conflict_visit')} (${degrees})`;
}
