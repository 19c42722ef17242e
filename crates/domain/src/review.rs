//! A review (đợt rà soát) as the office opened it, and how far the survey of one household has come in it.
//!
//! **Invariant:** progress depends on what was observed alone, in whatever order it arrived.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::classification::Decision;
use crate::completeness::Completeness;
use crate::household::ReviewRecord;
use crate::id::ReviewId;
use crate::rulebook::Rulebook;
use crate::state::{Owned, state};

/// Yearly, or on request during the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// Định kỳ.
    Periodic,
    /// Thường xuyên.
    AdHoc,
}

/// A review. It pins its rulebook by id and hash; classes are computed with the pinned one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Review {
    /// Stable.
    pub id: ReviewId,
    /// The year of the survey.
    pub year: i32,
    /// Which kind.
    pub kind: ReviewKind,
    /// What people call it: "Rà soát định kỳ năm 2016".
    pub name: String,
    /// The rulebook's id.
    pub rulebook: String,
    /// The rulebook's SHA-256, hex.
    pub rulebook_hash: String,
    /// The day at which ages are computed, `YYYY-MM-DD`.
    pub as_of: String,
    /// First day, `YYYY-MM-DD`.
    pub opened_on: String,
    /// Last day for the villages.
    pub deadline: Option<String>,
    /// The year in which its list takes effect.
    pub list_year: i32,
    /// The SHA-256 of the supplied B1 table, hex; without one the B1 total is entered.
    #[serde(default)]
    pub b1_table: Option<String>,
    /// A second standard beside the national one.
    #[serde(default)]
    pub local_standard: Option<LocalStandard>,
    /// Whether the level above gives its opinion; as the rulebook says when absent.
    #[serde(default)]
    pub opinion: Option<bool>,
    /// Who gives it.
    #[serde(default)]
    pub opinion_of: Option<String>,
}

impl Review {
    /// Whether the level above gives its opinion before the recognition: as the office says, else as the rulebook does.
    pub fn asks_opinion(&self) -> bool {
        let rule = || Rulebook::shipped_by_id(&self.rulebook).is_some_and(|it| it.procedure.opinion.asked);
        self.opinion.unwrap_or_else(rule)
    }
}

/// A standard of the province or town, at which a household is classified as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LocalStandard {
    /// What people call it.
    pub name: String,
    /// The document that sets it.
    pub legal: String,
    /// The thresholds that it replaces, by the rulebook's ids.
    pub thresholds: BTreeMap<String, LocalThreshold>,
}

/// A threshold of a local standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LocalThreshold {
    /// For rural households.
    #[ts(type = "number")]
    pub rural: i64,
    /// For urban households.
    #[ts(type = "number")]
    pub urban: i64,
}

/// How far the survey of one household has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Chưa rà soát: no answer and no B1 total.
    NotStarted,
    /// Đang làm.
    InProgress,
    /// Bị trả lại: sent back by the commune, the meeting or a complaint, to be surveyed again.
    Returned,
    /// Xong: every required answer is there and the class is decided.
    Done,
}

/// The steps that can be recorded, in the order of the procedure.
pub const STEPS: [&str; 11] = [
    "listed",
    "surveyed",
    "submitted",
    "returned",
    "resubmitted",
    "met",
    "not_agreed",
    "posted",
    "complained",
    "rechecked",
    "opinion",
];

/// How far the survey of a household has come.
pub fn progress(record: Option<&ReviewRecord>, completeness: &Completeness, decision: &Decision) -> Progress {
    let touched = record.is_some_and(|record| !record.answers.is_empty() || record.b1_entered.is_some());
    if record.is_some_and(is_sent_back) {
        Progress::Returned
    } else if completeness.is_complete() && decision.class.is_some() {
        Progress::Done
    } else if touched {
        Progress::InProgress
    } else {
        Progress::NotStarted
    }
}

/// True while the household has to be surveyed again. Whether the server recognised or sealed it does not matter here,
/// and an opinion that nobody asked for changes nothing of it.
fn is_sent_back(record: &ReviewRecord) -> bool {
    state(record, Owned::default(), true).stage.is_sent_back()
}

#[cfg(test)]
mod tests;
