//! The programme of a unit in a year.

use domain::id::{DocumentId, UnitId};
use domain::programme::Programme;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FieldEdit;
use super::household::Conflict;

/// Parameters of `programme.open`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeOpen {
    /// The unit.
    pub unit: UnitId,
    /// The year.
    pub year: i32,
}

/// Parameters of `programme.save`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeSave {
    /// The unit.
    pub unit: UnitId,
    /// The year.
    pub year: i32,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// Touched fields only.
    pub edits: Vec<FieldEdit>,
}

/// Answer of `programme.open` and `programme.save`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProgrammePage {
    /// The document's id.
    pub id: DocumentId,
    /// The unit.
    pub unit: UnitId,
    /// The year.
    pub year: i32,
    /// To be sent back with a save.
    pub heads: Vec<String>,
    /// As it stands.
    pub programme: Programme,
    /// Contradicting values.
    pub conflicts: Vec<Conflict>,
    /// Its changes that the server has not acknowledged.
    pub waiting: u32,
}
