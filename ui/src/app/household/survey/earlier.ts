/** Last year beside this year: what the earlier review observed, in words, and what of it can be confirmed. */
import type { HouseholdPage, Question, Section } from '../../../host/wire';
import { answerKey, readAnswerKey } from '../fields';
import { optionWords, valueWords } from '../labels';

/** The earlier answer to a question in words; null where there is none. */
export function earlierWords(page: HouseholdPage, question: Question, member?: string): string | null {
  const answers = page.previous?.answers;
  if (!answers) return null;
  if (question.kind.type === 'several') {
    const chosen = question.kind.options.filter(
      (option) => answers[answerKey(question.id, member, option.id)] === true,
    );
    return chosen.length === 0 ? null : chosen.map((option) => optionWords(question, option.id)).join(', ');
  }
  const key = answerKey(question.id, member);
  const value = answers[key];
  return value === undefined ? null : valueWords(`reviews/-/answers/${key}`, value, page.household);
}

/** How many earlier answers of a section nothing has answered yet. */
export function unconfirmed(page: HouseholdPage, section: Section): number {
  const questions = new Set(section.questions.map((question) => question.id));
  const now = page.household.reviews[page.review ?? '']?.answers ?? {};
  const asked = new Set(page.completeness?.asked ?? []);
  const keys = Object.keys(page.previous?.answers ?? {}).filter((key) => {
    const { question, member } = readAnswerKey(key);
    const isAsked = asked.size === 0 || asked.has(answerKey(question, member));
    return questions.has(question) && isAsked && now[key] === undefined;
  });
  return new Set(keys.map((key) => answerKey(readAnswerKey(key).question, readAnswerKey(key).member))).size;
}
