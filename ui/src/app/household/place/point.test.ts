import { beforeEach, describe, expect, it } from 'vitest';
import { speak } from '../../../shared/words.svelte';
import { pointParts, pointText, pointWords } from './point';

describe('a point as one value', () => {
  beforeEach(() => speak('vi'));

  it.each(['200785000,1058611944,12', '200785000,1058611944', '-1,0', ',1058611944', '200785000,'])(
    '%s reads as it is written',
    (text) => expect(pointText(pointParts(text))).toBe(text),
  );

  it('is said in words', () => {
    expect(pointWords('200785000,1058611944,12')).toBe(
      'vĩ độ 20,0785°, kinh độ 105,8611944°, sai số khoảng 12 m',
    );
    expect(pointWords('200785000,1058611944')).toBe('vĩ độ 20,0785°, kinh độ 105,8611944°');
  });
});
