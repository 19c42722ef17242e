/** How the steps of the procedure are shown; which may be taken is the core's word. */
import type { Stage } from '../../../host/wire';

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

const SENT_BACK: ReadonlySet<Stage> = new Set(['returned', 'not_agreed', 'complained']);

/** The household has to be surveyed again. */
export function isSentBack(stage: Stage | undefined): boolean {
  return stage !== undefined && SENT_BACK.has(stage);
}
