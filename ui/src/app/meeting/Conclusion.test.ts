import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MeetingPage } from '../../host/wire';
import { speak } from '../../shared/words.svelte';
import { village } from '../testing';
import Conclusion from './Conclusion.svelte';
import { OpenMeeting, votePath } from './openmeeting.svelte';
import { resultsOf } from './results';
import { HOA, HUE, SESSION, SON, conflict, line, meetingPage, session, tally } from './testing';
import VoteCard from './VoteCard.svelte';

beforeEach(() => speak('vi'));

const hindrances = (page: MeetingPage) =>
  resultsOf(page, SESSION).map(({ tally: { household }, hindrance }) => [household, hindrance]);

describe('the results of a session', () => {
  it('follow the agenda and say what holds the conclusion up', () => {
    const page = meetingPage({
      agenda: [line(HOA, 'Hoà'), line(HUE, 'Huệ', { stage: 'returned', votable: false }), line(SON, 'Sơn')],
      tallies: [tally(SON, { verdict: 'impossible' }), tally(HUE), tally(HOA)],
    });
    expect(hindrances(page)).toEqual([
      [HOA, null],
      [HUE, 'error_step_not_possible'],
      [SON, 'error_votes_over_attendance'],
    ]);
  });

  it('are held up by votes that two people recorded differently, and by votes that do not decide', () => {
    const tallies = [tally(HOA), tally(HUE, { verdict: 'open' })];
    expect(hindrances(meetingPage({ tallies, conflicts: [conflict(HOA)] }))).toEqual([
      [HOA, 'error_contested_votes'],
      [HUE, 'error_undecided_votes'],
    ]);
  });

  it('are told by household before the session is concluded', () => {
    const tallies = [
      tally(HOA),
      tally(HUE, { for: 1, against: 3, percent_hundredths: 2_500, verdict: 'not_agreed' }),
      tally(SON, { verdict: 'open' }),
    ];
    const open = new OpenMeeting(meetingPage({ tallies }));
    render(Conclusion, { open, id: SESSION, sitting: session(), minutes: '#' });
    expect(screen.getByTestId('results-good').textContent).toMatch(/niêm yết.*Đỗ Văn Hoà/s);
    expect(screen.getByTestId('results-warn').textContent).toMatch(
      /rà soát lại.*Lê Thị Huệ.*25%.*cần từ 50%/s,
    );
    expect(screen.getByTestId('results-bad').textContent).toMatch(/Phạm Văn Sơn.*chưa rõ thống nhất/s);
  });
});

describe('a number that is typed', () => {
  const votes = { [HOA]: { for: 4, against: 0, note: null } };
  const saves = (value: number) => [
    expect.objectContaining({ edits: [{ field: votePath(SESSION, HOA, 'for'), value }] }),
  ];

  async function types(page: MeetingPage, typed: string) {
    const rpc = village({ 'meeting.save': () => meetingPage({}, { votes }), 'home.summary': () => null });
    const props = { open: new OpenMeeting(page), id: SESSION, household: HOA, present: 4, closed: false };
    render(VoteCard, props);
    await userEvent.type(screen.getAllByRole('textbox')[0] as HTMLElement, typed);
    await userEvent.click(document.body);
    return rpc.mock.calls.filter(([method]) => method === 'meeting.save').map(([, params]) => params);
  }

  it('mends a stored one key by key, also after a slip', async () => {
    expect(await types(meetingPage({}, { votes }), '{Backspace}3')).toEqual(saves(3));
    cleanup();
    expect(await types(meetingPage({}, { votes }), '{Backspace}x{Backspace}3')).toEqual(saves(3));
  });

  it('and is none is told beside the field and not saved', async () => {
    expect(await types(meetingPage({}, { votes }), 'x')).toEqual([]);
    expect(screen.getByText('Đây không phải là số.')).toBeTruthy();
  });

  it('settles a contradiction even if it is the one that counts', async () => {
    const page = meetingPage({ conflicts: [conflict(HOA)] }, { votes });
    expect(await types(page, '{Backspace}4')).toEqual(saves(4));
  });

  it('and stands there already is no edit where nobody contradicts it', async () => {
    expect(await types(meetingPage({}, { votes }), '{Backspace}4')).toEqual([]);
  });
});
