/** What the posted list says of each household: nothing but head, address and result. */
import type { Class, HouseholdRow, Stage } from '../../host/wire';

/** The stages whose results the village agreed to and the public may see. */
export const POSTED: Stage[] = ['met', 'posted', 'complained', 'rechecked'];

/** A line of the posted list. */
export type PostingLine = { id: string; name: string; address: string; result: string };

/** As the law names the classes; the document is in Vietnamese whatever the screens speak. */
const RESULTS: Record<Class, string> = {
  poor_income: 'Hộ nghèo',
  poor_deprived: 'Hộ nghèo',
  poor: 'Hộ nghèo',
  near_poor: 'Hộ cận nghèo',
  not_poor: 'Không thuộc hộ nghèo, hộ cận nghèo',
};
const ORDER: Class[] = ['poor_income', 'poor_deprived', 'poor', 'near_poor', 'not_poor'];
const KINDS_OF_POOR = 3;

/** Poor ones first, then by name: the two kinds of poor are one for the public. */
export function postingLines(rows: HouseholdRow[]): PostingLine[] {
  const decided = rows.filter((row): row is HouseholdRow & { class: Class } => row.class !== null);
  const rank = (found: Class): number => Math.max(ORDER.indexOf(found), KINDS_OF_POOR - 1);
  const sorted = [...decided].sort(
    (one, other) =>
      rank(one.class) - rank(other.class) || (one.name ?? '').localeCompare(other.name ?? '', 'vi'),
  );
  return sorted.map((row) => ({
    id: row.id,
    name: row.name ?? '',
    address: row.address ?? '',
    result: RESULTS[row.class],
  }));
}
