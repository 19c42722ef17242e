import { beforeEach, describe, expect, it } from 'vitest';
import type { HouseholdPage, Scalar } from '../../../host/wire';
import { speak } from '../../../shared/words.svelte';
import { HOA, QUESTIONS, page, rulebook, village } from '../../testing';
import { earlierWords, unconfirmed } from './earlier';

function after(answers: Record<string, Scalar>): HouseholdPage {
  const previous = {
    review: 'b',
    name: 'Rà soát 2015',
    class: null,
    b1_entered: null,
    confirmed: [],
    answers,
  };
  return page({ previous });
}

describe('the earlier review', () => {
  beforeEach(() => {
    speak('vi');
    village();
  });

  it('is told in the words of the question', () => {
    const before = after({ dien_tich: 48, 'tai_san_tt#tivi': true, [`om_nang/${HOA}`]: false });
    expect(earlierWords(before, QUESTIONS.things)).toBe('nước tivi');
    expect(earlierWords(before, QUESTIONS.ill, HOA)).toBe('Không');
    expect(earlierWords(before, QUESTIONS.water)).toBeNull();
    expect(earlierWords(page(), QUESTIONS.water)).toBeNull();
  });

  it('counts what is asked and has no answer yet, an option of several once', () => {
    const section = rulebook().sections[0];
    if (!section) throw new Error('a rulebook has sections');
    const before = after({ nuoc: 'may', dien_tich: 48, 'tai_san_tt#tivi': true, 'tai_san_tt#radio': true });
    expect(unconfirmed(before, section)).toBe(2);
    expect(unconfirmed(page(), section)).toBe(0);
  });
});
