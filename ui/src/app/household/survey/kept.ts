/** Answers to questions that are not asked any more: they stay in the record, and people are told. */
import type { Question } from '../../../host/wire';
import { answerKey, field, readAnswerKey } from '../fields';
import { optionWords, valueWords } from '../labels';
import type { OpenHousehold } from '../openhousehold.svelte';

/** What stands under a question about the household, or about a member; empty for nothing. */
export function keptWords(open: OpenHousehold, question: Question, review: string, member?: string): string {
  const { household } = open.page;
  if (question.kind.type !== 'several') {
    const at = field.answer(review, answerKey(question.id, member));
    const value = open.value(at);
    return value === null ? '' : valueWords(at, value, household);
  }
  const answers = household.reviews[review]?.answers ?? {};
  const chosen = Object.entries(answers).flatMap(([key, value]) => {
    const told = readAnswerKey(key);
    const mine = told.question === question.id && told.member === (member ?? null);
    return mine && value === true && told.option ? [optionWords(question, told.option)] : [];
  });
  return chosen.join(', ');
}
