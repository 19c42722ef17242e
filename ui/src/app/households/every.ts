/** All households of a query, page by page: what is printed must not end where a page does. */
import { rpc } from '../../host';
import type { HouseholdRow, ListQuery } from '../../host/wire';

/** As many as the core gives at once. */
export const ROWS_MAX = 500;

/** Every household that matches, in the order of the list. */
export async function everyHousehold(query: Omit<ListQuery, 'offset' | 'limit'>): Promise<HouseholdRow[]> {
  const rows: HouseholdRow[] = [];
  for (;;) {
    const page = await rpc('household.list', { ...query, offset: rows.length, limit: ROWS_MAX });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}
