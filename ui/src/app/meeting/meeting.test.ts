import { describe, expect, it, vi } from 'vitest';
import { Fault, useHost, type Host } from '../../host';
import type { MeetingPage, Tally } from '../../host/wire';
import { OpenMeeting } from './openmeeting.svelte';
import { localTime, readTime } from './time';
import { shownPercent, verdictWords } from './verdict';

function page(heads: string): MeetingPage {
  return {
    id: 'm',
    village: 'v',
    review: 'r',
    heads: [heads],
    meeting: { id: 'm', sessions: {} },
    agenda: [],
    tallies: [],
    threshold: null,
    conflicts: [],
    waiting: 0,
  };
}

describe('entries of a meeting', () => {
  it('are saved one after another, each on what the one before answered', async () => {
    const heads: string[] = [];
    const rpc = vi.fn((method: string, params: { heads: string[] }) => {
      if (method !== 'meeting.save') return Promise.resolve({});
      heads.push(params.heads[0] ?? '');
      return Promise.resolve(page(`after-${heads.length}`));
    });
    useHost({ rpc } as unknown as Host);
    const open = new OpenMeeting(page('first'));
    const edit = [{ field: 'votes/s/h/for', value: 1 }];
    await Promise.all([open.save(edit), open.save(edit), open.save(edit)]);
    expect(heads).toEqual(['first', 'after-1', 'after-2']);
    expect(open.busy).toBe(0);
  });

  it('that are refused leave the page as it was, and the next one goes on', async () => {
    let calls = 0;
    const rpc = (method: string): Promise<unknown> => {
      if (method !== 'meeting.save') return Promise.resolve({});
      calls += 1;
      return calls === 1 ? Promise.reject(new Fault('out_of_range')) : Promise.resolve(page('second'));
    };
    useHost({ rpc } as unknown as Host);
    const open = new OpenMeeting(page('first'));
    const [refused, saved] = await Promise.all([open.save([]), open.save([])]);
    expect([refused, saved, open.page.heads]).toEqual([false, true, ['second']]);
    expect(open.fault).toBeNull();
  });
});

describe('a verdict', () => {
  const tally = (verdict: Tally['verdict'], percent_hundredths: number): Tally => ({
    session: 's',
    household: 'h',
    for: 1,
    against: 0,
    attendees: 3,
    percent_hundredths,
    verdict,
  });

  it('is a share as people here write it', () => {
    expect([0, 3333, 5000, 8330, 10000].map(shownPercent)).toEqual(['0', '33,33', '50', '83,3', '100']);
  });

  it('says what is needed where it falls short', () => {
    expect(verdictWords(tally('not_agreed', 3333), 50)).toBe('Chưa đạt: 33,33% tán thành (cần từ 50%)');
    expect(verdictWords(tally('agreed', 5000), 50)).toBe('Thống nhất: 50% tán thành');
    expect(verdictWords(tally('not_agreed', 0), null)).toBe('Chưa đạt: 0% tán thành');
  });
});

it('a moment goes into the field for date and time and comes back', () => {
  const seconds = 1_476_000_000;
  expect(readTime(localTime(seconds))).toBe(seconds);
  expect(readTime('')).toBeNull();
  expect(readTime('2016-13-01T00:00')).toBeNull();
});
