//! The meeting of a village in a review: its agenda, its sessions, who came, the votes.

use domain::classification::{Class, ReasonLine};
use domain::id::{DocumentId, HouseholdId, ReviewId, SessionId, UnitId};
use domain::meeting::{Meeting, Tally};
use domain::rulebook::Sourced;
use domain::scalar::Scalar;
use domain::state::Stage;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FieldEdit;
use super::household::Conflict;

/// Parameters of `meeting.open`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MeetingOpen {
    /// The village.
    pub village: UnitId,
    /// The review; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
}

/// Parameters of `meeting.save`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MeetingSave {
    /// The village.
    pub village: UnitId,
    /// The review; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// Touched fields only. Votes over contradicting ones settle them.
    pub edits: Vec<FieldEdit>,
}

/// Parameters of `meeting.session`: a new session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MeetingSession {
    /// The village.
    pub village: UnitId,
    /// The review; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// When it began, seconds since 1970.
    pub at: Scalar,
    /// Where.
    pub place: Scalar,
    /// Who chairs it.
    pub chair: Scalar,
    /// Who keeps the minutes.
    pub secretary: Scalar,
}

/// Parameters of `meeting.person`: someone who came to a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MeetingPerson {
    /// The village.
    pub village: UnitId,
    /// The review; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// The session.
    pub session: SessionId,
    /// Full name.
    pub name: Scalar,
    /// What the person is there for.
    pub role: Scalar,
}

/// Parameters of `meeting.conclude`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MeetingConclude {
    /// The village.
    pub village: UnitId,
    /// The review; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// The session.
    pub session: SessionId,
}

/// A household on the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgendaLine {
    /// The household.
    pub household: HouseholdId,
    /// What people call it.
    pub name: Option<String>,
    /// House number, lane.
    pub address: Option<String>,
    /// Its class on the opening list; null if it is on none.
    pub opening: Option<Class>,
    /// The class that is proposed.
    pub class: Option<Class>,
    /// The classes that it can still come to.
    pub possible: Vec<Class>,
    /// Where it stands in the procedure.
    pub stage: Stage,
    /// It waits for the meeting: a vote on it can be concluded.
    pub votable: bool,
    /// Why it has its class.
    pub reason: Vec<ReasonLine>,
    /// Everything that is asked is answered.
    pub complete: bool,
    /// Its fields with contradicting values.
    pub conflicts: u32,
}

/// Answer of every `meeting` method that shows or changes the meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MeetingPage {
    /// The document's id.
    pub id: DocumentId,
    /// The village.
    pub village: UnitId,
    /// The review.
    pub review: ReviewId,
    /// To be sent back with a save.
    pub heads: Vec<String>,
    /// As it stands.
    pub meeting: Meeting,
    /// The households to speak of: those that come to a list or leave one first.
    pub agenda: Vec<AgendaLine>,
    /// The votes of every session that was not removed, counted.
    pub tallies: Vec<Tally>,
    /// How many percent of those who came have to agree; null where the rulebook does not say.
    pub threshold: Option<Sourced>,
    /// Contradicting values.
    pub conflicts: Vec<Conflict>,
    /// Its changes that the server has not acknowledged.
    pub waiting: u32,
}
