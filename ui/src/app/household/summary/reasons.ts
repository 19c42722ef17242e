/** The core's explanations in words. It sends codes and numbers; nothing is decided here. */
import type { Reason, ReasonLine } from '../../../host/wire';
import { grouped, shownDate } from '../../../shared/format';
import { coded, said, t } from '../../../shared/words.svelte';
import { session } from '../../session.svelte';
import { readAnswerKey } from '../fields';
import { valueWords } from '../labels';

function shown(value: unknown): string {
  return typeof value === 'number' ? grouped(value) : String(value ?? '');
}

/** A line of the explanation of a class. */
export function reasonWords(line: ReasonLine): string {
  const entries = Object.entries(line.params).map(([name, value]) => [name, shown(value)] as const);
  const params: Record<string, string> = Object.fromEntries(entries);
  const b2 = [params.b2_min ?? '', params.b2_max ?? '']
    .filter((each, at, both) => at === 0 || each !== both[0])
    .join('–');
  return coded('reason', line.code, { ...params, b2 });
}

/** A fact that decided an indicator. */
export function factWords(reason: Reason): { label: string; value: string } {
  switch (reason.fact) {
    case 'answer': {
      const question = said(reason.question_vi, reason.question_en);
      const label = [reason.member_name, question].filter(Boolean).join(' · ');
      const option = reason.option_vi === null ? null : said(reason.option_vi, reason.option_en ?? '');
      return { label, value: answerWords(reason, option) };
    }
    case 'age': {
      const years =
        reason.years_min === reason.years_max
          ? `${reason.years_min}`
          : `${reason.years_min}–${reason.years_max}`;
      const who = reason.member_name ?? t('member_unnamed');
      return {
        label: `${who} · ${t('fact_born', { date: shownDate(reason.born) })}`,
        value: t('member_age', { age: years }),
      };
    }
    case 'residents':
      return { label: t('fact_residents'), value: t('list_members', { count: reason.count }) };
  }
}

function answerWords(reason: Reason & { fact: 'answer' }, option: string | null): string {
  // an option of several is the subject of its own yes or no
  if (option !== null && typeof reason.value === 'boolean')
    return `${option}: ${reason.value ? t('yes') : t('no')}`;
  return option ?? valueWords(`reviews/-/answers/${reason.key}`, reason.value, null);
}

/** A question that is still open, with the member it is about. */
export function missingWords(key: string, nameOf: (member: string) => string): string {
  const { question, member } = readAnswerKey(key);
  const asked = session.question(question);
  const words = asked ? said(asked.text_vi, asked.text_en) : question;
  return [member ? nameOf(member) : null, words].filter(Boolean).join(' · ');
}
