//! Last year beside this year.

use std::collections::BTreeMap;

use domain::classification::Class;
use domain::field::AnswerKey;
use domain::id::{HouseholdId, MemberId, ReviewId};
use domain::scalar::Scalar;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Parameters of `household.confirm`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdConfirm {
    /// The household.
    pub id: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// The section of the open review's form that is as it was in the earlier review.
    pub section: String,
    /// Only the answers about this member.
    #[serde(default)]
    #[ts(optional)]
    pub member: Option<MemberId>,
}

/// What the latest earlier review observed of the household, as far as the review that is looked at asks the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Previous {
    /// The earlier review.
    pub review: ReviewId,
    /// What people call it.
    pub name: String,
    /// The class that it came to, by its own rulebook.
    pub class: Option<Class>,
    /// Its answers that fit the questions of the review that is looked at. They count for nothing until confirmed.
    #[ts(type = "Record<string, Scalar>")]
    pub answers: BTreeMap<AnswerKey, Scalar>,
    /// Its B1 total as entered, in points.
    #[ts(type = "number | null")]
    pub b1_entered: Option<i64>,
    /// Sections of the review that is looked at that someone confirmed unchanged.
    pub confirmed: Vec<String>,
}
