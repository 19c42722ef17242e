/**
 * A village's meeting while somebody records it.
 *
 * Every entry is saved as soon as it is made: a meeting is no place for a save button. Saves go one after another on
 * the heads of the page that was looked at, so that what a second recorder enters meanwhile is shown beside it and
 * never covered.
 */
import { Fault, rpc } from '../../host';
import type { AgendaLine, Conflict, FieldEdit, MeetingPage, Scalar, Session, Tally } from '../../host/wire';
import { sync } from '../sync/sync.svelte';

/** What a new session is opened with. */
export type NewSession = { at: Scalar; place: Scalar; chair: Scalar; secretary: Scalar };

/** The path of a vote. */
export const votePath = (session: string, household: string, key: 'for' | 'against'): string =>
  `votes/${session}/${household}/${key}`;

/** An open meeting. */
export class OpenMeeting {
  /** As last read. */
  page = $state.raw<MeetingPage>() as MeetingPage;
  /** Saves that are under way or wait. */
  busy = $state(0);
  /** Why the last save failed. */
  fault = $state.raw<Fault | null>(null);

  #last: Promise<unknown> = Promise.resolve();

  constructor(page: MeetingPage) {
    this.page = page;
  }

  /** The sessions that were not taken back, the newest first. */
  get sessions(): [string, Session][] {
    const held = Object.entries(this.page.meeting.sessions).filter(([, session]) => !session.removed);
    return held.sort(([, one], [, other]) => (other.at ?? 0) - (one.at ?? 0));
  }

  /** How many percent of those present have to agree; null where no rule says. */
  get percent(): number | null {
    return this.page.threshold?.value ?? null;
  }

  /** What is known of a household on the agenda. */
  line(household: string): AgendaLine | undefined {
    return this.page.agenda.find((line) => line.household === household);
  }

  /** The counted votes of a session. */
  tallies(session: string): Tally[] {
    return this.page.tallies.filter((tally) => tally.session === session);
  }

  /** The contradicting values of a field. */
  contested(field: string): Conflict | undefined {
    return this.page.conflicts.find((conflict) => conflict.field === field);
  }

  /** Opens a new session. */
  session(fields: NewSession): Promise<boolean> {
    return this.#send((on) => rpc('meeting.session', { ...on, ...fields }));
  }

  /** Somebody came. */
  person(session: string, name: string, role: string): Promise<boolean> {
    return this.#send((on) => rpc('meeting.person', { ...on, session, name, role }));
  }

  /** Saves fields. */
  save(edits: FieldEdit[]): Promise<boolean> {
    return this.#send((on) => rpc('meeting.save', { ...on, edits }));
  }

  /** Writes the verdicts to the households and closes the session. */
  conclude(session: string): Promise<boolean> {
    return this.#send((on) => rpc('meeting.conclude', { ...on, session }));
  }

  /** Reads the meeting anew: a sync may have brought what the other recorder entered. */
  async refresh(): Promise<void> {
    if (this.busy > 0) return;
    const { village, review } = this.page;
    const page = await rpc('meeting.open', { village, review });
    if (this.busy === 0) this.page = page;
  }

  #send(
    call: (on: { village: string; review: string; heads: string[] }) => Promise<MeetingPage>,
  ): Promise<boolean> {
    this.busy += 1;
    const done = this.#last.then(async () => {
      try {
        const { village, review, heads } = this.page;
        this.page = await call({ village, review, heads });
        this.fault = null;
        return true;
      } catch (error) {
        this.fault = Fault.from(error);
        return false;
      } finally {
        this.busy -= 1;
        if (this.busy === 0) void sync.saved();
      }
    });
    this.#last = done;
    return done;
  }
}
