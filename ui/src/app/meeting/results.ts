/** What comes of a session for each household, and what holds its conclusion up. The core counts, decides and refuses. */
import type { AgendaLine, MeetingPage, Tally } from '../../host/wire';
import type { Key } from '../../shared/words.svelte';

/** A household that was voted on. */
export type Result = {
  tally: Tally;
  line: AgendaLine | undefined;
  /** Why the session cannot be concluded with it. */
  hindrance: Key | null;
};

/** What was voted on in a session, in the order of the agenda. */
export function resultsOf(page: MeetingPage, session: string): Result[] {
  const place = new Map(page.agenda.map((line, at) => [line.household, at]));
  const at = (tally: Tally): number => place.get(tally.household) ?? page.agenda.length;
  const tallies = page.tallies.filter((each) => each.session === session);
  return tallies
    .sort((one, other) => at(one) - at(other))
    .map((tally) => {
      const line = page.agenda[at(tally)];
      return { tally, line, hindrance: hindrance(page, tally, line) };
    });
}

function hindrance(page: MeetingPage, tally: Tally, line: AgendaLine | undefined): Key | null {
  const of = `votes/${tally.session}/${tally.household}/`;
  if (page.conflicts.some((conflict) => conflict.field.startsWith(of))) return 'error_contested_votes';
  if (tally.verdict === 'impossible') return 'error_votes_over_attendance';
  if (tally.verdict === 'open') return 'error_undecided_votes';
  return line?.votable ? null : 'error_step_not_possible';
}
