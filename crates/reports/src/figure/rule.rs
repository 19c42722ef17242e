//! The rules by which figures are counted: `data/figures.toml`.
//!
//! **Invariant:** a rule names only figures that come before or after it in the same file, policies and indicators
//! that the domain ships; a test reads every one.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::lists::Group;

const SHIPPED: &str = include_str!("../../data/figures.toml");

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Households that received a support.
    Households,
    /// Members who received a support.
    People,
    /// Supports.
    Grants,
    /// Sum of supports, in đồng.
    Amount,
    /// Households on the lists.
    Listed,
    /// Members of the households on the lists.
    ListedPeople,
    /// Members of the households on the lists who have a health card.
    Insured,
    /// Communes and wards.
    Units,
    /// Communes and wards whose task is done.
    UnitsDone,
    /// An entered indicator.
    Indicator,
    /// Resident households by the population figures.
    Population,
    /// Households on the list at the opening.
    Start,
    /// Households that left the list.
    Out,
    /// Households that came to the list.
    Into,
    /// Households on the list at the closing.
    End,
}

/// Which days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Everything up to the report's day.
    Cumulative,
    /// The report's period.
    Period,
}

/// How a figure is counted, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The figure's id.
    pub id: String,
    /// What is counted.
    pub count: Count,
    /// By which policies.
    #[serde(default)]
    pub policies: Vec<String>,
    /// Among whom; empty: anyone.
    #[serde(default)]
    pub among: Vec<Group>,
    /// In which days.
    #[serde(default = "cumulative")]
    pub period: Period,
    /// The figure that it is a share of.
    pub share_of: Option<String>,
    /// The figures that must add up to it.
    #[serde(default)]
    pub parts: Vec<String>,
    /// The indicator that it prints.
    pub indicator: Option<String>,
    /// The task that its units have done.
    pub task: Option<String>,
    /// What its approximation is rounded to.
    #[serde(default = "one")]
    pub step: i64,
    /// The label in Vietnamese.
    pub label_vi: String,
    /// The label in English.
    pub label_en: String,
    /// The label where every counted household is poor.
    pub poor_label_vi: Option<String>,
    /// The same in English.
    pub poor_label_en: Option<String>,
    /// Where the figure is printed, and why the rule is this one.
    pub source: String,
}

fn cumulative() -> Period {
    Period::Cumulative
}

fn one() -> i64 {
    1
}

#[derive(Deserialize)]
struct File {
    figure: Vec<Rule>,
}

/// The shipped rules, in the order of the tables.
///
/// # Panics
/// Never: the shipped text is read by a test.
pub fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let file: File = toml::from_str(SHIPPED).expect("the shipped figure rules are well-formed");
        file.figure
    });
    &RULES
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::indicator::{ProgrammeIndicator, ProgrammeTask};
    use domain::policy::Policy;

    use super::*;

    #[test]
    fn every_name_in_a_rule_exists() {
        let ids: BTreeSet<&str> = rules().iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(ids.len(), rules().len(), "an id twice");
        for rule in rules() {
            assert!(
                rule.share_of.iter().chain(&rule.parts).all(|id| ids.contains(id.as_str())),
                "{}",
                rule.id
            );
            assert!(rule.policies.iter().all(|id| Policy::shipped_by_id(id).is_some()), "{}", rule.id);
            assert!(
                rule.indicator.iter().all(|id| ProgrammeIndicator::shipped_by_id(id).is_some()),
                "{}",
                rule.id
            );
            assert!(rule.task.iter().all(|id| ProgrammeTask::shipped_by_id(id).is_some()), "{}", rule.id);
            assert_eq!(rule.indicator.is_some(), rule.count == Count::Indicator, "{}", rule.id);
            assert_eq!(rule.task.is_some(), rule.count == Count::UnitsDone, "{}", rule.id);
            assert!(rule.step >= 1 && !rule.source.is_empty(), "{}", rule.id);
        }
    }
}
