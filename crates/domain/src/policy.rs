//! Support policies: registry entries, so that a support never names its policy in free text.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whom a policy's support goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Beneficiary {
    /// The household.
    Household,
    /// One member.
    Member,
}

/// A policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Policy {
    /// The key in documents; fixed for ever.
    pub id: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// The legal basis, as cited.
    pub legal: String,
    /// Whom it goes to.
    pub beneficiary: Beneficiary,
    /// `housing`, `loan`, `health`, `education`, `water`, `latrine`, `information`, `social`, `cremation`, `electricity`.
    pub group: String,
    /// The amount of one grant where it is fixed, in đồng.
    #[ts(type = "number | null")]
    pub fixed_amount_dong: Option<i64>,
    /// How sure the facts are: `verified`, `secondary`, `inferred`, `recall`, `not_found`.
    pub status: String,
    /// Where they were read.
    pub source: String,
}
