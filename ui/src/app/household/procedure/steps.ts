/** How the steps of the procedure are shown; which may be taken is the core's word. */

/** Steps that say why: others have to act on them. */
export const EXPLAINED: ReadonlySet<string> = new Set(['returned', 'complained']);

/** Steps that lead on, before those that hold up. */
export const LEADING: ReadonlySet<string> = new Set([
  'submitted',
  'resubmitted',
  'posted',
  'rechecked',
  'opinion',
]);
