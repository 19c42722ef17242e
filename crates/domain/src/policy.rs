//! Support policies: registry entries, so that a support never names its policy in free text.
//!
//! **Invariant:** an id, once released, keeps its meaning for ever; the shipped registry has each id once.

use std::sync::LazyLock;

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

/// The shipped registry's text.
const SHIPPED: &str = include_str!("../data/policies.toml");

#[derive(Deserialize)]
struct Registry {
    policy: Vec<Policy>,
}

impl Policy {
    /// The policies that every town starts with.
    ///
    /// # Panics
    /// Never: the shipped text is read by a test.
    pub fn shipped() -> &'static [Self] {
        static POLICIES: LazyLock<Vec<Policy>> = LazyLock::new(|| {
            let registry: Registry = toml::from_str(SHIPPED).expect("the shipped policies are well-formed");
            registry.policy
        });
        &POLICIES
    }

    /// The shipped policy with this id.
    pub fn shipped_by_id(id: &str) -> Option<&'static Self> {
        Self::shipped().iter().find(|policy| policy.id == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_shipped_registry_has_each_policy_of_the_report_once() {
        let ids: BTreeSet<&str> = Policy::shipped().iter().map(|policy| policy.id.as_str()).collect();
        assert_eq!(ids.len(), Policy::shipped().len());
        let named = "bhyt hoc_duong nha_o_22 nha_o_33 nha_o_48 nha_tieu nuoc_sach thong_tin vay_nhcsxh vay_nhnn \
                     hoa_tang btxh hoc_phi tien_dien";
        assert_eq!(ids, named.split_whitespace().collect());
    }

    #[test]
    fn every_policy_says_how_sure_it_is_and_where_it_was_read() {
        let statuses = ["verified", "secondary", "inferred", "recall", "not_found"];
        for policy in Policy::shipped() {
            assert!(statuses.contains(&policy.status.as_str()), "{}", policy.id);
            assert!(!policy.source.is_empty() && !policy.name_vi.is_empty() && !policy.name_en.is_empty());
            assert!(policy.fixed_amount_dong.is_none_or(|amount| amount > 0));
        }
    }
}
