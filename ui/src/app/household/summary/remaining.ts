/** What is still to do before the survey is complete: each with its words and the way to it. */
import type { HouseholdPage } from '../../../host/wire';
import { said, t } from '../../../shared/words.svelte';
import { p } from '../../router';
import { session } from '../../session.svelte';
import { answerKey, field, readAnswerKey, readPath } from '../fields';
import { fieldLabel, memberName } from '../labels';

/** One thing to do. `jump` names the question to go to on the page. */
export type Remaining = { key: string; part: string; words: string; href: string; jump: string | null };

/** Everything that is missing, in the order of the form; what was typed and cannot be saved comes first. */
export function remaining(page: HouseholdPage, wrong: string[]): Remaining[] {
  const review = page.review ?? '';
  const sections = session.config?.rulebook?.sections ?? [];
  const to = (section: string, item?: string): string =>
    item
      ? p('/households/:id/:section/:item', { params: { id: page.id, section, item } })
      : p('/households/:id/:section', { params: { id: page.id, section } });
  const of = (key: string): Remaining[] => {
    const { question } = readAnswerKey(key);
    const section = sections.find((each) => each.questions.some((one) => one.id === question));
    if (!section) return [];
    const words = fieldLabel(field.answer(review, key), page.household);
    const part = said(section.title_vi, section.title_en);
    return [{ key, part, words, href: to('survey', section.id), jump: question }];
  };
  const people = (id: string): Remaining => ({
    key: `born/${id}`,
    part: t('household_members'),
    words: t('remaining_birth', { name: memberName(page.household, id) }),
    href: to('members', id),
    jump: null,
  });
  const unsaved = wrong.flatMap((path) => {
    const at = readPath(path);
    const words = t('remaining_wrong', { field: fieldLabel(path, page.household) });
    if (at.of === 'answer') return of(at.question).map((one) => ({ ...one, key: path, words }));
    if (at.of === 'member') return [{ ...people(at.id), key: path, words }];
    return [];
  });
  const b1: Remaining[] = page.completeness?.b1_missing
    ? [{ key: 'b1', part: t('household_b1'), words: t('field_b1_entered'), href: to('b1'), jump: null }]
    : [];
  const doubts = page.broken.flatMap((one) =>
    of(answerKey(one.question, one.member)).map((to) => ({
      ...to,
      key: `${one.constraint}/${to.key}`,
      words: `${to.words} — ${said(one.text_vi, one.text_en)}`,
    })),
  );
  const births = (page.completeness?.births ?? []).map(people);
  return [...unsaved, ...doubts, ...births, ...(page.completeness?.missing ?? []).flatMap(of), ...b1];
}
