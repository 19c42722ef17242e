import { describe, expect, it } from 'vitest';
import type { HomeSummary } from '../../host/wire';
import { nudges } from './nudges';

const summary = (more: Partial<HomeSummary>): HomeSummary => ({
  review: 'r',
  counts: { not_started: 2, in_progress: 1, returned: 1, done: 5, waiting: 0 },
  sync: {
    last_success: null,
    waiting: 0,
    oldest_unsent: null,
    set_aside: 0,
    running: false,
    syncs: 0,
    live: false,
  },
  conflicts: 0,
  deadline: '2016-12-15',
  days_left: null,
  unsent_days: null,
  photos_waiting: 0,
  newer_app: null,
  ...more,
});
const told = (more: Partial<HomeSummary>): string[] =>
  nudges(summary(more)).map(({ tone, words }) => `${tone}: ${words}`);

describe('reminders', () => {
  it('speak of the last day louder as it comes near', () => {
    expect(told({ days_left: 30 })).toEqual(['quiet: Còn 30 ngày, 4 hộ chưa xong.']);
    expect(told({ days_left: 7 })).toEqual(['warn: Còn 7 ngày, 4 hộ chưa xong.']);
    expect(told({ days_left: 0 })).toEqual(['warn: Hôm nay là ngày cuối, còn 4 hộ chưa xong.']);
    expect(told({ days_left: -2 })).toEqual(['bad: Đã quá hạn 2 ngày, còn 4 hộ chưa xong.']);
  });

  it('are silent when all is done and sent', () => {
    const counts = { not_started: 0, in_progress: 0, returned: 0, done: 9, waiting: 0 };
    expect(told({ days_left: -2, counts, unsent_days: 1 })).toEqual([]);
  });

  it('tell of a newer app without urging', () => {
    expect(told({ newer_app: '1.4.0' })).toEqual([
      'quiet: Đã có bản mới 1.4.0 của chương trình. Nhờ văn phòng cập nhật khi tiện; vẫn làm và gửi bình thường.',
    ]);
  });

  it('put what waits too long first', () => {
    expect(told({ days_left: 30, unsent_days: 8, photos_waiting: 3 })).toEqual([
      'bad: Có phần sửa chờ gửi đã 8 ngày. Hãy tìm nơi có mạng.',
      'quiet: Còn 30 ngày, 4 hộ chưa xong.',
      'quiet: 3 ảnh chờ gửi.',
    ]);
  });
});
