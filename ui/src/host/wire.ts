/** The structs that cross the border, as the commands generate them. */
import type * as made from '../bindings';

export type * from '../bindings';

export type Class = 'poor_income' | 'poor_deprived' | 'near_poor' | 'not_poor';
export type Truth = 'yes' | 'no' | 'unknown';
export type Status = 'verified' | 'secondary' | 'inferred' | 'recall' | 'not_found';
export type Level = 'household' | 'member';
export type AgeSpan = { min: number | null; below: number | null };
export type OneOf = { question: string; one_of: string[] };
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { some_member: Condition }
  | { age: AgeSpan }
  | { born_from: number }
  | { yes: string }
  | { no: string }
  | { choice: OneOf }
  | { none_chosen: string }
  | { per_person_below: { question: string; limit: number } };
export type ChoiceOption = { id: string; text_vi: string; text_en: string };
export type QuestionKind =
  | { type: 'yes_no' }
  | { type: 'choice'; options: ChoiceOption[] }
  | { type: 'several'; options: ChoiceOption[] }
  | { type: 'integer'; min: number; max: number; unit: string };
export type Question = {
  id: string;
  level: Level;
  kind: QuestionKind;
  text_vi: string;
  text_en: string;
  required: boolean;
  applies: Condition | null;
  status: Status;
  source: string;
};
export type Section = { id: string; title_vi: string; title_en: string; questions: Question[] };
export type Sourced = { value: number; status: Status; source: string };
export type Dimension = { id: string; name_vi: string; name_en: string };
export type Indicator = {
  id: string;
  dimension: string;
  name_vi: string;
  name_en: string;
  rule_vi: string;
  rule_en: string;
  name_status: Status;
  status: Status;
  source: string;
};
export type Threshold = { id: string; rural: Sourced; urban: Sourced };
export type ClassRule = {
  class: Class;
  name_vi: string;
  name_en: string;
  b1_over: string | null;
  b1_max: string | null;
  b2_min: string | null;
  b2_below: string | null;
};
export type Rulebook = {
  id: string;
  name_vi: string;
  name_en: string;
  b1: { name_vi: string; name_en: string; status: Status; source: string };
  sections: Section[];
  dimensions: Dimension[];
  indicators: Indicator[];
  points_each: Sourced;
  thresholds: Threshold[];
  classes: ClassRule[];
};
export type Reason =
  | {
      fact: 'answer';
      key: string;
      value: made.Scalar;
      question_vi: string;
      question_en: string;
      option_vi: string | null;
      option_en: string | null;
      member_name: string | null;
    }
  | {
      fact: 'age';
      member: string;
      member_name: string | null;
      born: string;
      years_min: number;
      years_max: number;
    }
  | { fact: 'residents'; count: number };
export type Finding = {
  indicator: string;
  name_vi: string;
  name_en: string;
  dimension: string;
  deprived: Truth;
  because: Reason[];
  missing: string[];
  births: string[];
  points: number;
  status: Status;
  source: string;
};
export type ReasonLine = {
  code: string;
  params: Record<string, made.Scalar>;
  status: Status | null;
  sources: string[];
};
export type Decision = {
  class: Class | null;
  possible: Class[];
  score: { b1: number | null; b2_min: number; b2_max: number; findings: Finding[] };
  reason: ReasonLine[];
  rulebook: string;
  area: made.Area;
};
export type Completeness = {
  answered: number;
  total: number;
  missing: string[];
  b1_missing: boolean;
  births: string[];
  asked: string[];
};
export type ProgrammeTask = { id: string; level: 'town' | 'units'; name_vi: string; name_en: string };
export type ProgrammeIndicator = {
  id: string;
  unit: 'people' | 'percent';
  name_vi: string;
  name_en: string;
};

export type Config = made.Config & {
  rulebook: Rulebook | null;
  tasks: ProgrammeTask[];
  indicators: ProgrammeIndicator[];
};
export type HouseholdRow = made.HouseholdRow & { class: Class | null; possible: Class[] };
export type HouseholdList = { total: number; rows: HouseholdRow[] };
export type HouseholdPage = made.HouseholdPage & {
  decision: Decision | null;
  completeness: Completeness | null;
};

type Widened<A> = A extends made.HouseholdPage
  ? HouseholdPage
  : A extends made.Config
    ? Config
    : A extends made.HouseholdList
      ? HouseholdList
      : A;

/** The name of a command. */
export type Method = keyof made.Methods;
/** What a command takes. */
export type Params<M extends Method> = made.Methods[M]['params'];
/** What a command answers. */
export type Answer<M extends Method> = Widened<made.Methods[M]['answer']>;
