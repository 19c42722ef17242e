//! The village meeting (họp dân) of a review as recorded: sessions, who attended, how they voted.
//!
//! **Invariant:** nothing computed is in here: no count, percentage or verdict.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{DocumentId, HouseholdId, PersonId, SessionId};

/// The meeting of a village in a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Meeting {
    /// The document's id.
    pub id: DocumentId,
    /// Sessions, removed ones included; a repeated meeting is another session.
    #[ts(type = "Record<string, Session>")]
    pub sessions: BTreeMap<SessionId, Session>,
}

/// A session of the meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Session {
    /// When it began, seconds since 1970.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
    /// Where.
    pub place: Option<String>,
    /// Who chaired it.
    pub chair: Option<String>,
    /// Who wrote the minutes.
    pub secretary: Option<String>,
    /// When it ended, seconds since 1970.
    #[ts(type = "number | null")]
    pub ended_at: Option<i64>,
    /// What people said, in words.
    pub opinions: Option<String>,
    /// Its verdicts were written to the households.
    pub concluded: bool,
    /// Entered by mistake.
    pub removed: bool,
    /// Who attended.
    #[ts(type = "Record<string, Attendee>")]
    pub attendance: BTreeMap<PersonId, Attendee>,
    /// How they voted.
    #[ts(type = "Record<string, Vote>")]
    pub votes: BTreeMap<HouseholdId, Vote>,
}

/// A person at a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attendee {
    /// Full name.
    pub name: Option<String>,
    /// Coded: what they attend as.
    pub role: Option<String>,
    /// They came.
    pub present: bool,
}

/// The vote on a household.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Vote {
    /// Agreed with the result.
    #[serde(rename = "for")]
    #[ts(type = "number | null")]
    pub in_favour: Option<i64>,
    /// Did not.
    #[ts(type = "number | null")]
    pub against: Option<i64>,
    /// In words.
    pub note: Option<String>,
}
