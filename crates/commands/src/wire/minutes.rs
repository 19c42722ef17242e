//! The minutes of a session of the village meeting.

use domain::id::{ReviewId, SessionId, UnitId};
use reports::Minutes;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Parameters of `meeting.minutes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MeetingMinutes {
    /// The village.
    pub village: UnitId,
    /// The review; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
    /// The session.
    pub session: SessionId,
}

/// Answer of `meeting.minutes`: a file to keep, and the same words for a page to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MinutesFile {
    /// A name for the file.
    pub file_name: String,
    /// The DOCX in base64, every copy in it.
    pub docx: String,
    /// Its words in their places.
    pub text: Minutes,
}
