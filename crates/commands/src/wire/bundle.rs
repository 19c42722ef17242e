//! Files that carry signed edits from one device to another, or to the office.

use domain::id::HouseholdId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What goes into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BundleWhat {
    /// The records of which something waits for the server.
    Waiting,
    /// Every record of the person's villages.
    Everything,
}

/// Parameters of `bundle.export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BundleExport {
    /// What goes into the file.
    pub what: BundleWhat,
}

/// Answer of `bundle.export`: a file to keep, and the code that opens it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleFile {
    /// A name for the file.
    pub file_name: String,
    /// The file in base64.
    pub file: String,
    /// What whoever opens it has to type: to be told them, not to lie beside the file.
    pub code: String,
    /// Records in it.
    pub documents: u32,
    /// Edits in it.
    pub changes: u32,
}

/// Parameters of `bundle.import`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BundleImport {
    /// The file in base64.
    pub file: String,
    /// Its code, as somebody typed it.
    pub code: String,
}

/// A household that a file brought something of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BroughtHousehold {
    /// The household.
    pub id: HouseholdId,
    /// What people call it.
    pub name: Option<String>,
}

/// Edits that were not taken for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleRefused {
    /// Words in the catalogue.
    pub code: String,
    /// How many.
    pub count: u32,
}

/// Answer of `bundle.import`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleReport {
    /// Who wrote the file, if this device knows them.
    pub by: Option<String>,
    /// When it was written, seconds since 1970 by the writer's clock.
    pub made_at: i64,
    /// Edits that are new here; they wait to be carried to the server.
    pub new: u32,
    /// Edits that were here before.
    pub already: u32,
    /// Edits that build on something that is neither here nor in the file.
    pub missing: u32,
    /// Records outside the person's villages, which are left out.
    pub outside: u32,
    /// Households that something new came of.
    pub households: u32,
    /// The first of them, in order of name.
    pub first: Vec<BroughtHousehold>,
    /// Edits that were not taken, by reason.
    pub refused: Vec<BundleRefused>,
}
