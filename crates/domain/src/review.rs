//! A review (đợt rà soát) as the office opened it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::ReviewId;

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
}

/// How far the survey of one household has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Chưa rà soát: no answer and no B1 total.
    NotStarted,
    /// Đang làm.
    InProgress,
    /// Bị trả lại: the last step sent it back.
    Returned,
    /// Xong: every required answer is there and the class is decided.
    Done,
}
