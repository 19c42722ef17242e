//! The language of the rules: conditions over answers and ages, answered with yes, no or unknown.
//!
//! There are no variables, no loops and no arithmetic beyond one division; every condition ends. What is missing is
//! neither yes nor no: a condition is decided as soon as the missing facts can no longer change it.
//!
//! **Invariant:** a decided judgement names the facts that decided it; an open one names what is missing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::facts::{Facts, Missing, Reason, Resident};
use super::question::Question;
use crate::date::ages_on;
use crate::field::AnswerKey;
use crate::scalar::Scalar;

/// How deep conditions may be nested.
pub const DEPTH_MAX: usize = 8;

/// Yes, no, or not decided by what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// Holds whatever is still missing.
    Yes,
    /// Does not hold, whatever is still missing.
    No,
    /// Depends on what is missing.
    Unknown,
}

/// Completed years at the review's day: `min` or more, less than `below`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AgeSpan {
    /// At least.
    pub min: Option<i32>,
    /// Less than.
    pub below: Option<i32>,
}

impl AgeSpan {
    fn holds(self, age: i32) -> bool {
        self.min.is_none_or(|min| age >= min) && self.below.is_none_or(|below| age < below)
    }
}

/// One of some options was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneOf {
    /// A choice.
    pub question: String,
    /// Options of it.
    pub one_of: Vec<String>,
}

/// A number is less than a limit for each person of the household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PerPerson {
    /// A whole number about the household.
    pub question: String,
    /// In the question's unit, a person.
    #[ts(type = "number")]
    pub limit: i64,
}

/// More than a share of the household's members meet a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShareOver {
    /// What a member meets.
    pub members: Box<Condition>,
    /// In percent of all members; exactly this share is not more.
    #[ts(type = "number")]
    pub percent: i64,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Each holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It holds for at least one member.
    SomeMember(Box<Condition>),
    /// More than a share of the members meet it.
    ShareOver(ShareOver),
    /// The member's age.
    Age(AgeSpan),
    /// The member was born in this year or later.
    BornFrom(i32),
    /// The answer is yes.
    Yes(String),
    /// The answer is no.
    No(String),
    /// The choice is one of these.
    Choice(OneOf),
    /// Every option of a question with several choices was answered with no.
    NoneChosen(String),
    /// A number divided by the number of members is less than a limit.
    PerPersonBelow(PerPerson),
}

/// What a condition came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Yes, no or unknown.
    pub truth: Truth,
    /// The facts that decided it; empty when it is open.
    pub because: Vec<Reason>,
    /// What could decide it; empty when it is decided.
    pub missing: Vec<Missing>,
}

impl Judgement {
    fn decided(holds: bool, because: Vec<Reason>) -> Self {
        let truth = if holds { Truth::Yes } else { Truth::No };
        Self { truth, because, missing: Vec::new() }
    }

    fn open(missing: Vec<Missing>) -> Self {
        Self { truth: Truth::Unknown, because: Vec::new(), missing }
    }

    /// No part of `parts` is decisive: open if one is open, else what the parts agree on.
    fn agreed(parts: Vec<Self>, holds: bool) -> Self {
        if parts.iter().all(|part| part.truth != Truth::Unknown) {
            return Self::decided(holds, parts.into_iter().flat_map(|part| part.because).collect());
        }
        let mut missing: Vec<_> = parts.into_iter().flat_map(|part| part.missing).collect();
        missing.sort();
        missing.dedup();
        Self::open(missing)
    }

    /// The first part that fails settles it.
    fn all(mut parts: Vec<Self>) -> Self {
        match parts.iter().position(|part| part.truth == Truth::No) {
            Some(first) => parts.swap_remove(first),
            None => Self::agreed(parts, true),
        }
    }

    /// Every part that holds is a reason.
    fn any(parts: Vec<Self>) -> Self {
        if !parts.iter().any(|part| part.truth == Truth::Yes) {
            return Self::agreed(parts, false);
        }
        let holding = parts.into_iter().filter(|part| part.truth == Truth::Yes);
        Self::decided(true, holding.flat_map(|part| part.because).collect())
    }
}

impl Condition {
    /// Judges the condition; `who` is the member it is about, for conditions about one.
    pub fn judge(&self, facts: &Facts<'_>, who: Option<Resident<'_>>) -> Judgement {
        match self {
            Self::All(parts) => Judgement::all(parts.iter().map(|part| part.judge(facts, who)).collect()),
            Self::Any(parts) => Judgement::any(parts.iter().map(|part| part.judge(facts, who)).collect()),
            Self::SomeMember(part) => some_member(part, facts),
            Self::ShareOver(share) => share_over(share, facts),
            Self::Age(span) => age(facts, who, |facts, born| {
                let ages = ages_on(born, facts.as_of());
                agree(ages.clone().all(|age| span.holds(age)), ages.clone().any(|age| span.holds(age)))
            }),
            Self::BornFrom(year) => {
                age(facts, who, |_, born| agree(born.year() >= *year, born.year() >= *year))
            }
            Self::Yes(question) => answer(facts, question, who, |value| value.as_bool() == Some(true)),
            Self::No(question) => answer(facts, question, who, |value| value.as_bool() == Some(false)),
            Self::Choice(choice) => answer(facts, &choice.question, who, |value| {
                value.as_text().is_some_and(|chosen| choice.one_of.iter().any(|option| option == chosen))
            }),
            Self::NoneChosen(question) => none_chosen(facts, question, who),
            Self::PerPersonBelow(rule) => per_person_below(facts, rule),
        }
    }
}

/// Yes if it holds in every case, no if in none, unknown between.
fn agree(in_every: bool, in_some: bool) -> Truth {
    match (in_every, in_some) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::No,
    }
}

/// A household of which no member is known is open: someone lives there.
fn some_member(part: &Condition, facts: &Facts<'_>) -> Judgement {
    let residents = facts.residents();
    if residents.is_empty() {
        return Judgement::open(Vec::new());
    }
    Judgement::any(residents.iter().map(|who| part.judge(facts, Some(*who))).collect())
}

/// Decided once the members who are still open cannot change on which side of the share the household lies.
fn share_over(share: &ShareOver, facts: &Facts<'_>) -> Judgement {
    let residents = facts.residents();
    if residents.is_empty() {
        return Judgement::open(Vec::new());
    }
    let parts: Vec<Judgement> = residents.iter().map(|who| share.members.judge(facts, Some(*who))).collect();
    let count = |truth: Truth| parts.iter().filter(|part| part.truth == truth).count();
    let over = |meeting: usize| {
        let [meeting, all] =
            [meeting, residents.len()].map(|number| i64::try_from(number).unwrap_or(i64::MAX));
        meeting.saturating_mul(100) > share.percent.saturating_mul(all)
    };
    let (least, most) = (count(Truth::Yes), residents.len() - count(Truth::No));
    let holds = match agree(over(least), over(most)) {
        Truth::Unknown => return Judgement::agreed(parts, false),
        decided => decided == Truth::Yes,
    };
    let deciding = if holds { Truth::Yes } else { Truth::No };
    let because = parts.into_iter().filter(|part| part.truth == deciding).flat_map(|part| part.because);
    let people = i64::try_from(residents.len()).unwrap_or(i64::MAX);
    Judgement::decided(holds, because.chain([Reason::Residents { count: people }]).collect())
}

fn age(
    facts: &Facts<'_>,
    who: Option<Resident<'_>>,
    holds: impl Fn(&Facts<'_>, &crate::date::PartialDate) -> Truth,
) -> Judgement {
    let Some(who) = who else { return Judgement::open(Vec::new()) };
    let Some(born) = facts.born(who) else { return Judgement::open(vec![Missing::Born(who.id)]) };
    let ages = ages_on(&born, facts.as_of());
    let because = Reason::Age {
        member: who.id,
        member_name: who.member.name.clone(),
        born: born.to_string(),
        years_min: *ages.start(),
        years_max: *ages.end(),
    };
    match holds(facts, &born) {
        Truth::Yes => Judgement::decided(true, vec![because]),
        Truth::No => Judgement::decided(false, vec![because]),
        Truth::Unknown => Judgement::open(vec![Missing::Born(who.id)]),
    }
}

/// A question and the key of its answer. A household's question may be asked where a member is in view.
fn find<'a>(facts: &Facts<'a>, id: &str, who: Option<Resident<'_>>) -> Option<(&'a Question, AnswerKey)> {
    let question = facts.rulebook().question(id)?;
    let member = match question.level {
        super::Level::Household => None,
        super::Level::Member => Some(who?.id),
    };
    Some((question, AnswerKey { question: id.to_owned(), option: None, member }))
}

fn answer(
    facts: &Facts<'_>,
    id: &str,
    who: Option<Resident<'_>>,
    holds: impl Fn(&Scalar) -> bool,
) -> Judgement {
    let Some((question, key)) = find(facts, id, who) else { return Judgement::open(Vec::new()) };
    match facts.answer(&key) {
        Some(value) => Judgement::decided(holds(value), vec![facts.because_answer(question, &key, value)]),
        None => Judgement::open(vec![Missing::Answer(key)]),
    }
}

fn none_chosen(facts: &Facts<'_>, id: &str, who: Option<Resident<'_>>) -> Judgement {
    let Some((question, key)) = find(facts, id, who) else { return Judgement::open(Vec::new()) };
    let not_chosen = question.options().iter().map(|option| {
        let key = AnswerKey { option: Some(option.id.clone()), ..key.clone() };
        match facts.answer(&key) {
            Some(value) => {
                let because = facts.because_answer(question, &key, value);
                Judgement::decided(value.as_bool() == Some(false), vec![because])
            }
            None => Judgement::open(vec![Missing::Answer(key)]),
        }
    });
    Judgement::all(not_chosen.collect())
}

fn per_person_below(facts: &Facts<'_>, rule: &PerPerson) -> Judgement {
    let Some((question, key)) = find(facts, &rule.question, None) else { return Judgement::open(Vec::new()) };
    let people = i64::try_from(facts.residents().len()).unwrap_or(i64::MAX);
    let Some(value) = facts.answer(&key) else { return Judgement::open(vec![Missing::Answer(key)]) };
    let Some(number) = value.as_int().filter(|_| people > 0) else { return Judgement::open(Vec::new()) };
    let because = vec![facts.because_answer(question, &key, value), Reason::Residents { count: people }];
    Judgement::decided(number < rule.limit.saturating_mul(people), because)
}
