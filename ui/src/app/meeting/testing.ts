/** A small meeting for the unit tests; no file outside tests imports it. */
import type { AgendaLine, Attendee, MeetingPage, Session, Tally } from '../../host/wire';
import { REVIEW, VILLAGE } from '../testing';

/** Ids that are easy to read in a failure. */
export const SESSION = 'f'.repeat(32);
export const HOA = '1'.repeat(32);
export const HUE = '2'.repeat(32);
export const SON = '3'.repeat(32);

/** A household on the agenda. */
export function line(household: string, name: string, more: Partial<AgendaLine> = {}): AgendaLine {
  return {
    household,
    name,
    address: 'Số 1',
    opening: null,
    class: 'near_poor',
    possible: ['near_poor'],
    stage: 'submitted',
    votable: true,
    reason: [],
    complete: true,
    conflicts: 0,
    ...more,
  };
}

/** The votes of the session on a household, counted. */
export function tally(household: string, more: Partial<Tally> = {}): Tally {
  return {
    session: SESSION,
    household,
    for: 4,
    against: 0,
    attendees: 4,
    percent_hundredths: 10_000,
    verdict: 'agreed',
    ...more,
  };
}

/** Somebody who came. */
export const came = (name: string): Attendee => ({ name, role: 'household', present: true });

/** A session at which four people are present. */
export function session(more: Partial<Session> = {}): Session {
  const people = ['An', 'Bình', 'Chi', 'Dũng'].map((name, at) => [`p${at}`, came(`Nguyễn ${name}`)]);
  return {
    at: 1_664_973_000,
    place: 'Nhà văn hoá',
    chair: 'Trần Văn Minh',
    secretary: 'Nguyễn Thị Lan',
    ended_at: null,
    opinions: null,
    concluded: false,
    removed: false,
    attendance: Object.fromEntries(people),
    votes: {},
    ...more,
  };
}

/** A meeting with one session and three households on its agenda. */
export function meetingPage(more: Partial<MeetingPage> = {}, held: Partial<Session> = {}): MeetingPage {
  return {
    id: 'e'.repeat(32),
    village: VILLAGE,
    review: REVIEW,
    heads: ['h1'],
    meeting: { id: 'e'.repeat(32), sessions: { [SESSION]: session(held) } },
    agenda: [line(HOA, 'Đỗ Văn Hoà'), line(HUE, 'Lê Thị Huệ'), line(SON, 'Phạm Văn Sơn')],
    tallies: [],
    threshold: { value: 50, status: 'verified', source: '' },
    conflicts: [],
    waiting: 0,
    ...more,
  };
}

/** Two people who recorded different numbers of those in favour of a household. */
export function conflict(household: string): MeetingPage['conflicts'][number] {
  const told = (hash: string, value: number, by: string) => ({
    hash,
    value,
    by,
    user: null,
    at: 1_664_973_000,
    visit: null,
    class: null,
    possible: [],
  });
  return {
    field: `votes/${SESSION}/${household}/for`,
    kind: 'concurrent',
    values: [told('c1', 4, 'Trần Văn Minh'), told('c2', 3, 'Nguyễn Thị Lan')],
  };
}
