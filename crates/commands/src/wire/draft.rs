//! Drafts: what is typed into a form and not saved yet.

use domain::id::HouseholdId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A form that keeps drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DraftForm {
    /// The fields of a household that exists.
    Record,
    /// A new member.
    Member,
    /// A new support.
    Support,
    /// A new household.
    Household,
}

/// Which draft: parameters of `draft.get` and `draft.drop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftKey {
    /// The household; absent for one that does not exist yet.
    #[serde(default)]
    #[ts(optional)]
    pub household: Option<HouseholdId>,
    /// Which form.
    pub form: DraftForm,
}

/// Parameters of `draft.keep`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftKeep {
    /// The household; absent for one that does not exist yet.
    #[serde(default)]
    #[ts(optional)]
    pub household: Option<HouseholdId>,
    /// Which form.
    pub form: DraftForm,
    /// What was typed, as the form writes it: at most 256 KiB.
    pub content: String,
}

/// Answer of `draft.get`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftFound {
    /// What was typed; null if there is no draft.
    pub content: Option<String>,
    /// When, seconds since 1970.
    pub at: Option<i64>,
}

/// A draft that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftRow {
    /// The household; null for one that does not exist yet.
    pub household: Option<HouseholdId>,
    /// What people call it.
    pub name: Option<String>,
    /// Which form.
    pub form: DraftForm,
    /// When it was typed, seconds since 1970.
    pub at: i64,
}

/// Answer of `draft.list`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftList {
    /// The newest first.
    pub rows: Vec<DraftRow>,
}
