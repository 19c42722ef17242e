//! Photos of a household.

use domain::id::{HouseholdId, PhotoId};
use domain::scalar::Scalar;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Parameters of `photo.add`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoAdd {
    /// The household.
    pub household: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// What it shows: `house`, `card`, `paper`, `other`.
    pub kind: Scalar,
    /// The path of the answer that it is, if it answers a question.
    #[serde(default)]
    #[ts(optional)]
    pub answer: Option<String>,
    /// A JPEG or PNG, base64. It is kept smaller, upright, and without what the camera wrote beside it.
    pub image: String,
}

/// Parameters of `photo.remove`: the photo is taken back; its bytes stay for the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoRemove {
    /// The household.
    pub household: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// The photo.
    pub photo: PhotoId,
}

/// Parameters of `photo.get`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoQuery {
    /// The household.
    pub household: HouseholdId,
    /// The photo.
    pub photo: PhotoId,
}

/// Answer of `photo.get`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PhotoFile {
    /// The JPEG, base64; null if the server does not have it yet.
    pub jpeg: Option<String>,
    /// It waits to be sent.
    pub waiting: bool,
}
