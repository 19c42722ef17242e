/** The parts of a household's record: where they are, what they are called, how far they are. */
import type { HouseholdPage, Section } from '../../host/wire';
import { said, t } from '../../shared/words.svelte';
import { p } from '../router';
import { session } from '../session.svelte';
import { readAnswerKey } from './fields';
import { standing } from './photos/kinds';
import { isSentBack } from './procedure/steps';

/** A part of the record. */
export type Part = {
  /** The part of the address after the household's id. */
  at: string;
  href: string;
  title: string;
  /** Questions that have an answer, of those that are asked. */
  done: { answered: number; total: number } | null;
  /** How many things are in it. */
  count: number | null;
  /** Someone has to look. */
  attention: boolean;
};

function part(page: HouseholdPage, at: string, title: string, more: Partial<Part> = {}): Part {
  const [section = '', item] = at.split('/');
  const params = { id: page.id, section, ...(item ? { item } : {}) };
  const href = item
    ? p('/households/:id/:section/:item', { params: params as typeof params & { item: string } })
    : p('/households/:id/:section', { params });
  return { at, href, title, done: null, count: null, attention: false, ...more };
}

/** How far a section of the form is: what has to be answered; nothing where all of it may be left out. */
export function sectionDone(
  page: HouseholdPage,
  section: Section,
): { answered: number; total: number } | null {
  const needed = section.questions.filter((question) => question.required);
  if (needed.length === 0) return null;
  const mine = new Set(needed.map((question) => question.id));
  const of = (keys: string[]): number => keys.filter((key) => mine.has(readAnswerKey(key).question)).length;
  const total = of(page.completeness?.asked ?? []);
  return { total, answered: total - of(page.completeness?.missing ?? []) };
}

/** The parts that make the class: the sections of the form, and the B1 total where no table computes it. */
export function surveyParts(page: HouseholdPage): Part[] {
  const sections = session.config?.rulebook?.sections ?? [];
  const b1 = page.completeness?.b1_missing === false ? 1 : 0;
  return [
    ...sections.map((section) =>
      part(page, `survey/${section.id}`, said(section.title_vi, section.title_en), {
        done: sectionDone(page, section),
      }),
    ),
    ...(session.config?.rulebook?.b1.table
      ? []
      : [part(page, 'b1', t('household_b1'), { done: { answered: b1, total: 1 } })]),
  ];
}

/** Comments that nobody has dealt with; none is no number. */
function openComments(page: HouseholdPage): number | null {
  const comments = Object.values(page.household.reviews[page.review ?? '']?.comments ?? {});
  return comments.filter((comment) => comment.to === null && !comment.done).length || null;
}

/** The other parts. */
export function recordParts(page: HouseholdPage): Part[] {
  const { members, supports } = page.household;
  const present = Object.values(members).filter((member) => !member.left).length;
  const given = Object.values(supports).filter((support) => !support.removed).length;
  const photos = standing(page.household).length;
  const conflicts = page.conflicts.length;
  return [
    part(page, 'members', t('household_members'), { count: present }),
    part(page, 'place', t('household_place')),
    part(page, 'supports', t('household_supports'), { count: given }),
    part(page, 'photos', t('photos_title'), { count: photos }),
    ...(page.standing
      ? [
          part(page, 'procedure', t('procedure_title'), {
            count: openComments(page),
            attention: isSentBack(page.standing?.stage),
          }),
        ]
      : []),
    part(page, 'history', t('household_history')),
    ...(conflicts > 0
      ? [part(page, 'conflicts', t('household_conflicts'), { count: conflicts, attention: true })]
      : []),
  ];
}

/** The part after this one in the order of work; after the last comes the summary. */
export function nextPart(page: HouseholdPage, at: string): { href: string; title: string } {
  const order = [...recordParts(page).slice(0, 2), ...surveyParts(page)];
  const place = order.findIndex((each) => each.at === at);
  const summary = {
    href: p('/households/:id', { params: { id: page.id } }),
    title: t('household_summary'),
  };
  return (place >= 0 ? order[place + 1] : undefined) ?? summary;
}
