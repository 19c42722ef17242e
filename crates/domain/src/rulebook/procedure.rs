//! The procedure of a review as the law of its period sets it: who meets, how many have to agree, how long a list hangs.
//!
//! **Invariant:** a number that was not found in any source is absent, never guessed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Sourced, Status};

/// The procedure of a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Its steps, in the order of the law.
    pub steps: Vec<ProcedureStep>,
    /// The village meeting.
    pub meeting: MeetingRule,
    /// How long the list hangs, in working days (niêm yết).
    pub posting_days: Option<Sourced>,
    /// How long a re-check after a complaint may take, in working days (phúc tra).
    pub recheck_days: Option<Sourced>,
    /// Whether the level above gives its opinion. The office can say otherwise for a review.
    pub opinion: OpinionRule,
    /// The days of the calendar that the periodic review keeps.
    pub deadlines: Vec<CalendarDay>,
}

/// A step of the procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProcedureStep {
    /// Key.
    pub id: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// How sure it is.
    pub status: Status,
    /// Where it was read.
    pub source: String,
}

/// What the law asks of the village meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MeetingRule {
    /// How many percent of everyone who came have to agree.
    pub percent: Option<Sourced>,
    /// How many copies of the minutes are made.
    pub copies: Option<Sourced>,
}

/// Whether the level above gives its opinion before the recognition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpinionRule {
    /// It does, unless the office says otherwise.
    pub asked: bool,
    /// In how many working days it answers.
    pub days: Option<Sourced>,
    /// How sure this is.
    pub status: Status,
    /// Where it was read.
    pub source: String,
}

/// A day of every year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CalendarDay {
    /// Key.
    pub id: String,
    /// What has to be done until then, or begins then, in Vietnamese.
    pub name_vi: String,
    /// The same in English.
    pub name_en: String,
    /// Month and day, `MM-DD`.
    pub day: String,
    /// How sure it is.
    pub status: Status,
    /// Where it was read.
    pub source: String,
}
