import { describe, expect, it } from 'vitest';
import { HOA, REVIEW, page } from '../testing';
import { answerKey, field, readPath, storedAt } from './fields';

const SUPPORT = '9'.repeat(32);

describe('paths', () => {
  it('are read into their parts', () => {
    expect(readPath(field.place('address'))).toEqual({ of: 'place', key: 'address' });
    expect(readPath(field.member(HOA, 'born'))).toEqual({ of: 'member', id: HOA, key: 'born' });
    expect(readPath(field.support(SUPPORT, 'date'))).toEqual({ of: 'support', id: SUPPORT, key: 'date' });
    expect(readPath(field.b1(REVIEW))).toEqual({ of: 'b1', review: REVIEW });
    expect(readPath('head')).toEqual({ of: 'root', key: 'head' });
    expect(readPath(`reviews/${REVIEW}/visits/${SUPPORT}/at`)).toMatchObject({
      of: 'review',
      part: 'visits',
      key: 'at',
    });
  });

  it('of answers name question, option and member', () => {
    const parts = (key: string): object => {
      const { question, option, member } = readPath(field.answer(REVIEW, key)) as Record<string, unknown>;
      return { question, option, member };
    };
    expect(parts('nuoc')).toEqual({ question: 'nuoc', option: null, member: null });
    expect(parts(answerKey('bhyt', HOA))).toEqual({ question: 'bhyt', option: null, member: HOA });
    expect(parts(answerKey('tai_san_tt', null, 'tivi'))).toEqual({
      question: 'tai_san_tt',
      option: 'tivi',
      member: null,
    });
    expect(parts(answerKey('vay', HOA, 'nhcs'))).toEqual({ question: 'vay', option: 'nhcs', member: HOA });
  });
});

describe('what stands at a path', () => {
  const { household } = page();
  it.each([
    ['place/address', 'Số 1'],
    ['place/phone', null],
    ['head', HOA],
    [`members/${HOA}/name`, 'Đỗ Văn Hoà'],
    [`members/${HOA}/merit`, false],
    [`members/${'7'.repeat(32)}/name`, null],
    [`reviews/${REVIEW}/answers/nuoc`, 'may'],
    [`reviews/${REVIEW}/answers/dien_tich`, null],
    [`reviews/${REVIEW}/b1_entered`, null],
    [`reviews/${'7'.repeat(32)}/b1_entered`, null],
  ])('%s', (path, value) => expect(storedAt(household, path)).toBe(value));
});
