import { render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Decision, Finding } from '../../../host/wire';
import { speak } from '../../../shared/words.svelte';
import { BE, HOA, page, rulebook, village } from '../../testing';
import ClassCard from './ClassCard.svelte';
import LocalClass from './LocalClass.svelte';
import FindingCard from './FindingCard.svelte';
import { factWords, reasonWords } from './reasons';
import { b1Limits, scaleEnd, stretches } from './scale';

beforeEach(() => {
  speak('vi');
  village();
});

const line = (code: Decision['reason'][number]['code'], params: Record<string, number>) => ({
  code,
  params,
  status: null,
  sources: [],
});

describe('reasons', () => {
  it('are sentences with the numbers of the core', () => {
    expect(reasonWords(line('b1_between', { b1: 150, over: 140, limit: 175 }))).toBe(
      'B1 = 150: trên 140 đến 175 điểm.',
    );
    expect(reasonWords(line('b2_at_least', { b2_min: 30, b2_max: 50, limit: 30 }))).toBe(
      'B2 = 30–50: từ 30 điểm trở lên.',
    );
    expect(reasonWords(line('b2_below', { b2_min: 20, b2_max: 20, limit: 30 }))).toBe(
      'B2 = 20: dưới 30 điểm.',
    );
  });

  it('have words for every code in both languages', () => {
    const codes = [
      'no_members',
      'b1_missing',
      'b1_items_open',
      'b1_no_region',
      'b1_at_most',
      'b1_over',
      'b1_between',
      'b2_at_least',
      'b2_below',
      'b2_open',
      'b2_not_needed',
    ] as const;
    for (const language of ['vi', 'en'] as const) {
      speak(language);
      for (const code of codes) expect(reasonWords(line(code, {}))).not.toBe(code);
    }
  });

  it('name the answer, the age or the number of people that decided', () => {
    const answer = { fact: 'answer', key: 'nuoc', question_vi: 'Nước?', question_en: 'Water?' } as const;
    const option = { option_vi: 'nước mưa', option_en: 'rain' };
    expect(factWords({ ...answer, ...option, value: 'mua', member_name: null })).toEqual({
      label: 'Nước?',
      value: 'nước mưa',
    });
    expect(factWords({ ...answer, ...option, value: false, member_name: null }).value).toBe(
      'nước mưa: Không',
    );
    const nothing = { option_vi: null, option_en: null };
    expect(factWords({ ...answer, ...nothing, value: true, member_name: 'Bé' })).toEqual({
      label: 'Bé · Nước?',
      value: 'Có',
    });
    const age = { fact: 'age', member: BE, member_name: 'Bé', born: '2010-05' } as const;
    expect(factWords({ ...age, years_min: 6, years_max: 6 }).value).toBe('6 tuổi');
    expect(factWords({ ...age, years_min: 5, years_max: 6 })).toEqual({
      label: 'Bé · sinh 05/2010',
      value: '5–6 tuổi',
    });
    expect(factWords({ fact: 'residents', count: 4 }).value).toBe('4 người');
  });
});

describe('the B1 scale', () => {
  it('takes its thresholds and classes from the rulebook', () => {
    expect(b1Limits(rulebook(), 'rural')).toEqual([120, 150]);
    const urban = stretches(rulebook(), 'urban', 260).map(({ from, to, classes }) => [
      from,
      to,
      classes.join(),
    ]);
    expect(urban).toEqual([
      [0, 140, 'poor_income'],
      [140, 175, 'poor_deprived,near_poor'],
      [175, 260, 'not_poor'],
    ]);
  });

  it('has room for a total beyond the last threshold', () => {
    expect(scaleEnd([140, 175], null)).toBe(260);
    expect(scaleEnd([140, 175], 900)).toBe(900);
    expect(scaleEnd([], null)).toBe(1);
  });
});

const finding: Finding = {
  indicator: 'y_te',
  name_vi: 'Dịch vụ y tế',
  name_en: 'Health services',
  dimension: 'nha',
  deprived: 'unknown',
  because: [],
  missing: [`om_nang/${HOA}`, 'tai_san_tt#tivi', 'tai_san_tt#radio'],
  births: [BE],
  points: 0,
  status: 'recall',
  source: 'QĐ 1614',
};

describe('the class card', () => {
  it('names the class, the reasons and how sure each bound is', () => {
    const decision: Decision = {
      class: 'poor_deprived',
      possible: ['poor_deprived'],
      score: { b1: 150, b1_used: null, b2_min: 30, b2_max: 30, findings: [finding], lines: [] },
      reason: [
        { ...line('b2_at_least', { b2_min: 30, b2_max: 30, limit: 30 }), status: 'recall' },
        line('b2_at_least', { b2_min: 30, b2_max: 30, limit: 20 }),
      ],
      rulebook: 'test',
      rulebook_hash: '',
      area: 'urban',
    };
    render(ClassCard, { decision, completeness: null });
    expect(screen.getByRole('heading', { name: 'Hộ nghèo thiếu hụt dịch vụ' })).toBeTruthy();
    expect(screen.getByText(/B2 = 30: từ 30 điểm trở lên/)).toBeTruthy();
    expect(screen.getByText('theo trí nhớ – cần đối chiếu')).toBeTruthy();
    expect(screen.getByTestId('b2-points').textContent).toBe('30 điểm');
  });

  it('names the class under the local standard beside the national one', () => {
    const reason = [line('b1_at_most', { b1: 130, limit: 130 })];
    const local = {
      name: 'Chuẩn của tỉnh',
      legal: '1/NQ-HĐND',
      class: 'poor_income' as const,
      possible: [],
      reason,
    };
    render(LocalClass, { local });
    expect(screen.getByTestId('local-class').textContent).toMatch(
      /Theo Chuẩn của tỉnh:\s*Hộ nghèo về thu nhập/,
    );
    expect(screen.getByText('Căn cứ: 1/NQ-HĐND')).toBeTruthy();
  });

  it('says what an open indicator still needs', () => {
    render(FindingCard, { finding, household: page().household });
    expect(screen.getByText('Chưa rõ')).toBeTruthy();
    expect(screen.getByText('Đỗ Văn Hoà · om_nang?')).toBeTruthy();
    expect(screen.getByText('Đỗ Thị Bé · Ngày sinh')).toBeTruthy();
    expect(screen.getAllByText('tai_san_tt?')).toHaveLength(1);
  });
});
