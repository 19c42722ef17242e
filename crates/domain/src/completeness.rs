//! What is asked of a household, and what of it is still unanswered.
//!
//! **Invariant:** a question is asked unless it is known not to apply, or another answer has to come first; a date
//! of birth that is not known does not hide a question.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::field::AnswerKey;
use crate::household::{Household, ReviewRecord};
use crate::id::{MemberId, ReviewId};
use crate::rulebook::condition::Truth;
use crate::rulebook::facts::{Facts, Missing};
use crate::rulebook::{Level, Question, QuestionKind, Rulebook};
use crate::scalar::Scalar;
use crate::scoring::entered_b1;

/// How much of a review's form is filled in. A B1 total that is entered counts as one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Completeness {
    /// Required questions with an answer; "asked, not known" is one.
    #[ts(type = "number")]
    pub answered: usize,
    /// Required questions that are asked of this household.
    #[ts(type = "number")]
    pub total: usize,
    /// Required questions without an answer, in the order of the form; a question with several choices without option.
    pub missing: Vec<AnswerKey>,
    /// The B1 total was not entered; never where a table computes it, whose items are questions like others.
    pub b1_missing: bool,
    /// Members whose date of birth is needed, or needed more closely, to know what to ask.
    pub births: Vec<MemberId>,
    /// Every question that is asked of this household now, required or not, in the order of the form.
    pub asked: Vec<AnswerKey>,
}

impl Completeness {
    /// True when no required question is left.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && !self.b1_missing
    }
}

/// What is asked of a household in a review, and what is missing.
pub fn completeness(
    rulebook: &Rulebook,
    household: &Household,
    review: ReviewId,
    as_of: NaiveDate,
) -> Completeness {
    let empty = ReviewRecord::default();
    let record = household.reviews.get(&review).unwrap_or(&empty);
    let facts = Facts::new(rulebook, household, record, as_of);
    let form = asked(&facts);
    let required =
        |key: &&AnswerKey| rulebook.question(&key.question).is_some_and(|question| question.required);
    let needed: Vec<&AnswerKey> = form.keys.iter().filter(required).collect();
    let missing: Vec<AnswerKey> =
        needed.iter().filter(|key| !is_answered(&facts, key)).map(|key| (*key).clone()).collect();
    let entered = usize::from(rulebook.b1.table.is_none());
    let b1_missing = entered == 1 && entered_b1(record).is_none();
    Completeness {
        answered: needed.len() - missing.len() + entered - usize::from(b1_missing),
        total: needed.len() + entered,
        missing,
        b1_missing,
        births: form.births.into_iter().collect(),
        asked: form.keys,
    }
}

/// The questions that are asked now, and the members whose dates of birth would tell more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// Keys without options.
    pub keys: Vec<AnswerKey>,
    /// Members.
    pub births: BTreeSet<MemberId>,
}

/// What is asked of a household.
pub(crate) fn asked(facts: &Facts<'_>) -> Form {
    let mut form = Form::default();
    for question in facts.rulebook().questions() {
        match question.level {
            Level::Household => form.ask(facts, question, None),
            Level::Member => (0..facts.residents().len()).for_each(|at| form.ask(facts, question, Some(at))),
        }
    }
    form
}

impl Form {
    fn ask(&mut self, facts: &Facts<'_>, question: &Question, resident: Option<usize>) {
        let who = resident.map(|at| facts.residents()[at]);
        let judged = question.applies.as_ref().map(|applies| applies.judge(facts, who));
        let waits = |missing: &Missing| matches!(missing, Missing::Answer(_));
        if let Some(judged) = judged {
            self.births.extend(judged.missing.iter().filter_map(|missing| match missing {
                Missing::Born(member) => Some(*member),
                Missing::Answer(_) => None,
            }));
            if judged.truth == Truth::No || judged.missing.iter().any(waits) {
                return;
            }
        }
        self.keys.push(AnswerKey {
            question: question.id.clone(),
            option: None,
            member: who.map(|who| who.id),
        });
    }
}

fn is_answered(facts: &Facts<'_>, key: &AnswerKey) -> bool {
    let settled =
        |key: &AnswerKey| facts.told(key).is_some_and(Scalar::is_not_known) || facts.answer(key).is_some();
    let Some(question) = facts.rulebook().question(&key.question) else { return false };
    let QuestionKind::Several { options } = &question.kind else { return settled(key) };
    let keys = || options.iter().map(|option| AnswerKey { option: Some(option.id.clone()), ..key.clone() });
    keys().any(|key| facts.answer(&key) == Some(&Scalar::Bool(true))) || keys().all(|key| settled(&key))
}

#[cfg(test)]
mod tests;
