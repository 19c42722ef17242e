/** Fields and values in words: for history, conflicts, refusals and explanations. */
import type { Household, Question, Scalar } from '../../host/wire';
import { shownDegrees } from '../../shared/degrees';
import { ethnicityName } from '../../shared/ethnicities';
import { grouped, shownDate } from '../../shared/format';
import { coded, lookup, said, t } from '../../shared/words.svelte';
import { session } from '../session.svelte';
import { readPath, type Path } from './fields';
import { pointWords } from './place/point';

/** "Asked, not known" as it is stored. */
export const NOT_KNOWN = '?';

const DATES = new Set(['born', 'left_on', 'date']);
const CODED: Record<string, string> = {
  sex: 'sex',
  relation: 'relation',
  left_why: 'left',
  removed_why: 'removed',
};
const PARTS: Record<string, Parameters<typeof t>[0]> = {
  visits: 'field_visit',
  steps: 'field_step',
  comments: 'field_comment',
  choices: 'field_choice',
};

/** A member's name, or what stands for it. */
export function memberName(household: Household | null, id: string): string {
  return household?.members[id]?.name ?? t('member_unnamed');
}

function answerLabel(path: Path & { of: 'answer' }, household: Household | null): string {
  const question = session.question(path.question);
  const words = question ? said(question.text_vi, question.text_en) : path.question;
  const option = path.option && question ? optionWords(question, path.option) : null;
  const member = path.member ? memberName(household, path.member) : null;
  return [member, words, option].filter(Boolean).join(' · ');
}

/** The name of a field: whose it is, and what it says. */
export function fieldLabel(field: string, household: Household | null): string {
  const path = readPath(field);
  switch (path.of) {
    case 'place':
      return lookup(`place_${path.key}`) ?? t('field_other');
    case 'member':
      return `${memberName(household, path.id)} · ${lookup(`member_${path.key}`) ?? lookup(`field_${path.key}`) ?? path.key}`;
    case 'support':
      return supportLabel(path, household);
    case 'answer':
      return answerLabel(path, household);
    case 'b1':
      return t('field_b1_entered');
    case 'review':
      return t(PARTS[path.part] ?? 'field_other');
    case 'root':
      return lookup(`field_${path.key}`) ?? t('field_other');
  }
}

function supportLabel(path: Path & { of: 'support' }, household: Household | null): string {
  const policy = session.policy(household?.supports[path.id]?.policy ?? '');
  const key = path.key === 'amount_dong' ? 'amount' : path.key;
  const name = policy ? said(policy.name_vi, policy.name_en) : t('household_supports');
  return `${name} · ${lookup(`support_${key}`) ?? path.key}`;
}

/** An option of a question in words. */
export function optionWords(question: Question, id: string): string {
  if (question.kind.type !== 'choice' && question.kind.type !== 'several') return id;
  const option = question.kind.options.find((each) => each.id === id);
  return option ? said(option.text_vi, option.text_en) : id;
}

function answerWords(question: Question, value: string | number): string {
  if (question.kind.type === 'integer') return `${grouped(Number(value))} ${question.kind.unit}`;
  if (question.kind.type === 'money') return t('support_amount_words', { amount: grouped(Number(value)) });
  if (question.kind.type === 'date') return shownDate(String(value));
  if (question.kind.type === 'place') return pointWords(String(value));
  if (question.kind.type === 'photo') return t('question_photo');
  return optionWords(question, String(value));
}

/** A value in words, read with the field that it stands in. */
export function valueWords(field: string, value: Scalar, household: Household | null): string {
  if (value === null) return t('history_cleared');
  if (value === NOT_KNOWN) return t('not_known');
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  const path = readPath(field);
  if (path.of === 'answer') {
    const question = session.question(path.question);
    return question ? answerWords(question, value) : String(value);
  }
  const key = 'key' in path ? path.key : '';
  if (key === 'lat' || key === 'lng') return `${shownDegrees(value)}°`;
  if (key === 'amount_dong') return t('support_amount_words', { amount: grouped(Number(value)) });
  if (typeof value === 'number') return grouped(value);
  if (key === 'policy') return policyName(value);
  if (key === 'member' || key === 'head') return memberName(household, value);
  if (key === 'ethnicity') return ethnicityName(value);
  if (DATES.has(key)) return shownDate(value);
  const group = CODED[key];
  return group ? coded(group, value) : value;
}

/** A policy's name. */
export function policyName(id: string): string {
  const policy = session.policy(id);
  return policy ? said(policy.name_vi, policy.name_en) : id;
}
