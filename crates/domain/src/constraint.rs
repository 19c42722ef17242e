//! Answers that hardly fit together: said in plain words beside the question, never a refusal, because the officer stands
//! at the door and the rule does not.
//!
//! **Invariant:** a constraint is broken only where what is known breaks it, whatever is still missing; an answer that is
//! not there breaks nothing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::field::AnswerKey;
use crate::household::{Household, ReviewRecord};
use crate::id::{MemberId, ReviewId};
use crate::rulebook::condition::Truth;
use crate::rulebook::facts::{Facts, Resident};
use crate::rulebook::{Constraint, Level, Rulebook};

/// A constraint that an answer breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Broken {
    /// Which constraint.
    pub constraint: String,
    /// The question it is said beside, without option.
    pub question: String,
    /// The member it is about.
    pub member: Option<MemberId>,
    /// In Vietnamese.
    pub text_vi: String,
    /// In English.
    pub text_en: String,
}

/// Every constraint that a household's answers break, in the order of the rulebook and of the form.
pub fn broken(rulebook: &Rulebook, household: &Household, review: ReviewId, as_of: NaiveDate) -> Vec<Broken> {
    let empty = ReviewRecord::default();
    let record = household.reviews.get(&review).unwrap_or(&empty);
    let facts = Facts::new(rulebook, household, record, as_of);
    let mut found = Vec::new();
    for constraint in &rulebook.constraints {
        let Some(question) = rulebook.question(&constraint.question) else { continue };
        let people: Vec<Option<Resident<'_>>> = match question.level {
            Level::Household => vec![None],
            Level::Member => facts.residents().iter().copied().map(Some).collect(),
        };
        found.extend(people.into_iter().filter_map(|who| breaks(&facts, constraint, who)));
    }
    found
}

fn breaks(facts: &Facts<'_>, constraint: &Constraint, who: Option<Resident<'_>>) -> Option<Broken> {
    let (question, member) = (&constraint.question, who.map(|who| who.id));
    let key = AnswerKey { question: question.clone(), option: None, member };
    let options = || facts.rulebook().question(question).into_iter().flat_map(|question| question.options());
    let of = |id: &String| AnswerKey { option: Some(id.clone()), ..key.clone() };
    let answered =
        facts.answer(&key).is_some() || options().any(|option| facts.answer(&of(&option.id)).is_some());
    let judged = constraint.when.judge(facts, who);
    (answered && judged.truth == Truth::Yes).then(|| Broken {
        constraint: constraint.id.clone(),
        question: question.clone(),
        member,
        text_vi: constraint.text_vi.clone(),
        text_en: constraint.text_en.clone(),
    })
}

#[cfg(test)]
mod tests;
