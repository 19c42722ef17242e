//! The contradictions of a village, household by household.

use domain::id::{HouseholdId, ReviewId, UnitId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::household::Conflict;

/// Parameters of `conflict.list`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConflictQuery {
    /// Only those of this village.
    #[serde(default)]
    #[ts(optional)]
    pub village: Option<UnitId>,
    /// The review whose classes are meant; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
    /// Households to skip.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub offset: u32,
    /// Households to give, at most 50; that many if absent.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// A contradiction and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConflictRow {
    /// The household.
    pub household: HouseholdId,
    /// What people call it.
    pub name: Option<String>,
    /// The village it is in.
    pub village: UnitId,
    /// The contradiction.
    pub conflict: Conflict,
}

/// Answer of `conflict.list`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConflictList {
    /// Households with contradictions, of all pages.
    pub households: u32,
    /// The contradictions of this page's households, in order of their names.
    pub rows: Vec<ConflictRow>,
}
