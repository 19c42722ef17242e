//! What the rules may look at: one review's answers about one household, and its members' ages at the review's day.
//!
//! **Invariant:** members who left are not among the facts; an answer that was cleared, is not known, or does not
//! fit its question counts as missing, never as a yes or a no.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::question::Question;
use super::{Rulebook, check_answer};
use crate::date::PartialDate;
use crate::field::AnswerKey;
use crate::household::{Household, Member, ReviewRecord};
use crate::id::MemberId;
use crate::scalar::Scalar;

/// A fact that decided something, printable without looking anything up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Reason {
    /// An answer.
    Answer {
        /// Its key.
        key: AnswerKey,
        /// Its value.
        value: Scalar,
        /// The question in Vietnamese.
        question_vi: String,
        /// The question in English.
        question_en: String,
        /// The option in Vietnamese, where the value or the key names one.
        option_vi: Option<String>,
        /// The option in English.
        option_en: Option<String>,
        /// The name of the member it is about.
        member_name: Option<String>,
    },
    /// A member's age at the review's day.
    Age {
        /// The member.
        member: MemberId,
        /// Their name.
        member_name: Option<String>,
        /// `YYYY[-MM[-DD]]`.
        born: String,
        /// Completed years, at least.
        years_min: i32,
        /// Completed years, at most: greater than `years_min` when the birth date is not known to the day.
        years_max: i32,
    },
    /// The number of members.
    Residents {
        /// How many live in the household.
        #[ts(type = "number")]
        count: i64,
    },
}

/// A fact that is not there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// An answer.
    Answer(AnswerKey),
    /// A member's date of birth: absent, or not known closely enough.
    Born(MemberId),
}

/// A member of the household.
#[derive(Clone, Copy, Debug)]
pub struct Resident<'a> {
    /// Whose id.
    pub id: MemberId,
    /// Who.
    pub member: &'a Member,
}

/// What the rules may look at.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    rulebook: &'a Rulebook,
    record: &'a ReviewRecord,
    as_of: NaiveDate,
    residents: Vec<Resident<'a>>,
}

impl<'a> Facts<'a> {
    /// The facts of a household in a review.
    pub fn new(
        rulebook: &'a Rulebook,
        household: &'a Household,
        record: &'a ReviewRecord,
        as_of: NaiveDate,
    ) -> Self {
        let present = household.present().into_iter();
        let residents = present.map(|(id, member)| Resident { id: *id, member }).collect();
        Self { rulebook, record, as_of, residents }
    }

    /// The rulebook that the questions are of.
    pub fn rulebook(&self) -> &'a Rulebook {
        self.rulebook
    }

    /// The members who live in the household, in the order of the form.
    pub fn residents(&self) -> &[Resident<'a>] {
        &self.residents
    }

    /// The value under a key, "asked, not known" included; nothing if it was never written or was cleared.
    pub fn told(&self, key: &AnswerKey) -> Option<&'a Scalar> {
        self.record.answers.get(key).filter(|value| **value != Scalar::Null)
    }

    /// The answer under a key, if it is known and fits its question.
    pub fn answer(&self, key: &AnswerKey) -> Option<&'a Scalar> {
        let value = self.told(key).filter(|value| !value.is_not_known())?;
        check_answer(self.rulebook, key, value).is_ok().then_some(value)
    }

    /// A member's date of birth, if it is a date.
    pub fn born(&self, who: Resident<'_>) -> Option<PartialDate> {
        who.member.born.as_deref()?.parse().ok()
    }

    /// The day at which ages are computed.
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// An answer as a reason.
    pub fn because_answer(&self, question: &Question, key: &AnswerKey, value: &Scalar) -> Reason {
        let named = key.option.as_deref().or(value.as_text());
        let option = named.and_then(|id| question.option(id));
        let who = key.member.and_then(|id| self.residents.iter().find(|resident| resident.id == id));
        Reason::Answer {
            key: key.clone(),
            value: value.clone(),
            question_vi: question.text_vi.clone(),
            question_en: question.text_en.clone(),
            option_vi: option.map(|option| option.text_vi.clone()),
            option_en: option.map(|option| option.text_en.clone()),
            member_name: who.and_then(|resident| resident.member.name.clone()),
        }
    }
}
