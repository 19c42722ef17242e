//! Households that were entered twice: what to decide, the merge, and taking it back.

use domain::id::{HouseholdId, MemberId, SupportId};
use domain::scalar::Scalar;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A member of the record that goes, and who they are in the one that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MergedPerson {
    /// Who.
    pub from: MemberId,
    /// Who they are in the record that stays; null if they are to be copied.
    pub same: Option<MemberId>,
}

/// Parameters of `household.merging`: what merging one record into another has to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MergingQuery {
    /// The record that stays.
    pub id: HouseholdId,
    /// The record that goes.
    pub other: HouseholdId,
    /// Who is who; by citizen id, else by name and year of birth, if absent.
    #[serde(default)]
    #[ts(optional)]
    pub people: Option<Vec<MergedPerson>>,
}

/// A value that the record that stays does not have, or has otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MergedField {
    /// The field of the record that goes: what `household.merge` takes. `place/lat` stands for the whole point.
    pub from: String,
    /// The field of the record that stays.
    pub to: String,
    /// What the record that stays says.
    pub here: Option<Scalar>,
    /// What the record that goes says.
    pub there: Scalar,
}

/// A support of the record that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MergedSupport {
    /// Which.
    pub from: SupportId,
    /// The support of the record that stays which looks the same.
    pub same: Option<SupportId>,
}

/// Answer of `household.merging`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Merging {
    /// Heads of the record that stays, to be sent back.
    pub heads: Vec<String>,
    /// Heads of the record that goes, to be sent back.
    pub other_heads: Vec<String>,
    /// Everybody who lives in the record that goes.
    pub people: Vec<MergedPerson>,
    /// What it says otherwise.
    pub fields: Vec<MergedField>,
    /// Its supports.
    pub supports: Vec<MergedSupport>,
}

/// Parameters of `household.merge`: one record goes, and what is chosen of it is written into the one that stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdMerge {
    /// The record that stays.
    pub id: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// The record that goes.
    pub other: HouseholdId,
    /// Its heads.
    pub other_heads: Vec<String>,
    /// Who is who. A member that is not named is not copied.
    pub people: Vec<MergedPerson>,
    /// Fields of the record that goes whose values are taken: some of those that `household.merging` gives.
    pub take: Vec<String>,
    /// Its supports that are copied.
    pub supports: Vec<SupportId>,
}

/// Parameters of `household.unmerge`: a record that was merged into another is one of its own again. What was copied
/// stays where it was copied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdUnmerge {
    /// The record that went.
    pub id: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
}

/// Another record of the same household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Twin {
    /// The record.
    pub id: HouseholdId,
    /// What people call it, if it is on this device.
    pub name: Option<String>,
}
