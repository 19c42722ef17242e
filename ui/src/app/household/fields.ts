/** Paths of fields: what they point at, and what stands there. */
import type { Household, Scalar } from '../../host/wire';

/** A path in its parts. `key` of an answer is `<question>[#<option>][/<member>]`. */
export type Path =
  | { of: 'place'; key: string }
  | { of: 'member'; id: string; key: string }
  | { of: 'support'; id: string; key: string }
  | { of: 'answer'; review: string; question: string; option: string | null; member: string | null }
  | { of: 'b1'; review: string }
  | { of: 'review'; review: string; part: string; id: string; key: string }
  | { of: 'root'; key: string };

/** Builds the paths that forms write. */
export const field = {
  place: (key: string): string => `place/${key}`,
  member: (id: string, key: string): string => `members/${id}/${key}`,
  support: (id: string, key: string): string => `supports/${id}/${key}`,
  answer: (review: string, key: string): string => `reviews/${review}/answers/${key}`,
  b1: (review: string): string => `reviews/${review}/b1_entered`,
};

/** Builds the key of an answer. */
export function answerKey(question: string, member?: string | null, option?: string): string {
  return question + (option ? `#${option}` : '') + (member ? `/${member}` : '');
}

/** The parts of the key of an answer. */
export function readAnswerKey(key: string): Pick<Path & { of: 'answer' }, 'question' | 'option' | 'member'> {
  const [subject = '', member = null] = key.split('/');
  const [question = '', option = null] = subject.split('#');
  return { question, option, member };
}

/** Reads a path. */
export function readPath(path: string): Path {
  const [of = '', id = '', part = '', ...rest] = path.split('/');
  if (of === 'place') return { of, key: id };
  if (of === 'members') return { of: 'member', id, key: part };
  if (of === 'supports') return { of: 'support', id, key: part };
  if (of !== 'reviews') return { of: 'root', key: of };
  if (part === 'b1_entered') return { of: 'b1', review: id };
  if (part === 'answers') return { of: 'answer', review: id, ...readAnswerKey(rest.join('/')) };
  return { of: 'review', review: id, part, id: rest[0] ?? '', key: rest[1] ?? '' };
}

function within(record: unknown, key: string): Scalar {
  return ((record as Record<string, Scalar> | undefined)?.[key] ?? null) as Scalar;
}

/** What stands at a path; `null` where nothing does. */
export function storedAt(household: Household, path: string): Scalar {
  const at = readPath(path);
  switch (at.of) {
    case 'place':
      return within(household.place, at.key);
    case 'member':
      return within(household.members[at.id], at.key);
    case 'support':
      return within(household.supports[at.id], at.key);
    case 'answer':
      return within(
        household.reviews[at.review]?.answers,
        answerKey(at.question, at.member, at.option ?? undefined),
      );
    case 'b1':
      return household.reviews[at.review]?.b1_entered ?? null;
    case 'review':
      return null;
    case 'root':
      return within(household, at.key);
  }
}
