/**
 * Which questions are shown while a form is being filled in.
 *
 * The core says what is asked of a household as it was last saved; only conditions on answers that were changed
 * since are judged here, so that "was ill: yes" brings up "was treated?" before anything is saved. What is required
 * and what counts stays the core's word alone.
 */
import type { Condition, Scalar } from '../../../host/wire';

/** The answers changed since the last save; `undefined` for one that was not. */
export type Changed = (question: string) => Scalar | undefined;

type Verdict = boolean | undefined;

function all(verdicts: Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function answered(value: Scalar | undefined, holds: (value: Scalar) => boolean): Verdict {
  return value === undefined ? undefined : holds(value);
}

/** Whether changed answers settle a condition; `undefined` where they do not. */
export function settled(condition: Condition, changed: Changed): Verdict {
  if ('all' in condition) return all(condition.all.map((part) => settled(part, changed)));
  if ('any' in condition) {
    const none = all(condition.any.map((part) => negated(settled(part, changed))));
    return negated(none);
  }
  if ('yes' in condition) return answered(changed(condition.yes), (value) => value === true);
  if ('no' in condition) return answered(changed(condition.no), (value) => value === false);
  if ('choice' in condition) {
    const { question, one_of } = condition.choice;
    return answered(changed(question), (value) => one_of.includes(String(value)));
  }
  return undefined;
}

function negated(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}

/** Whether a question is shown: as changed answers settle it, else as the core said. */
export function isShown(condition: Condition | null, asked: boolean, changed: Changed): boolean {
  return (condition && settled(condition, changed)) ?? asked;
}
