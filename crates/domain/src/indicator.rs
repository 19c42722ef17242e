//! The programme's tasks and indicators: what a unit's yearly document may hold, as data.
//!
//! **Invariant:** ids are keys in documents and keep their meaning for ever; an indicator's value is never computed
//! from households, and a figure that can be counted from households is never an indicator.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::decimal::Decimal;
use crate::error::Invalid;
use crate::programme::{IndicatorEntry, Programme};
use crate::scalar::Scalar;

const SHIPPED: &str = include_str!("../data/programme.toml");

/// Who has a status for a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskLevel {
    /// The town only.
    Town,
    /// The town, and each commune and ward for itself.
    Units,
}

/// A task of the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProgrammeTask {
    /// The key in documents.
    pub id: String,
    /// Who has a status.
    pub level: TaskLevel,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
}

/// What an indicator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorUnit {
    /// People: a whole number.
    People,
    /// A share of one hundred, with decimals.
    Percent,
}

/// An indicator that does not come from households.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProgrammeIndicator {
    /// The key in documents.
    pub id: String,
    /// What it counts.
    pub unit: IndicatorUnit,
    /// The policy whose recipients it counts.
    #[serde(default)]
    pub policy: Option<String>,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
}

#[derive(Deserialize)]
struct Shipped {
    task: Vec<ProgrammeTask>,
    indicator: Vec<ProgrammeIndicator>,
}

fn shipped() -> &'static Shipped {
    static PROGRAMME: LazyLock<Shipped> =
        LazyLock::new(|| toml::from_str(SHIPPED).expect("the shipped programme is well-formed"));
    &PROGRAMME
}

impl ProgrammeTask {
    /// The tasks that every unit's programme starts with, in the order of the report.
    ///
    /// # Panics
    /// Never: the shipped text is read by a test.
    pub fn shipped() -> &'static [Self] {
        &shipped().task
    }

    /// The shipped task with this id.
    pub fn shipped_by_id(id: &str) -> Option<&'static Self> {
        Self::shipped().iter().find(|task| task.id == id)
    }
}

impl ProgrammeIndicator {
    /// The indicators that every unit's programme starts with, in the order of the report.
    ///
    /// # Panics
    /// Never: the shipped text is read by a test.
    pub fn shipped() -> &'static [Self] {
        &shipped().indicator
    }

    /// The shipped indicator with this id.
    pub fn shipped_by_id(id: &str) -> Option<&'static Self> {
        Self::shipped().iter().find(|indicator| indicator.id == id)
    }

    /// The value that someone entered for it: `None` when there is none.
    ///
    /// # Errors
    /// A value that is not a number of this indicator's kind, or a share outside 0 to 100.
    pub fn read(&self, entry: &IndicatorEntry) -> Result<Option<Decimal>, Invalid> {
        let value = match &entry.value {
            None | Some(Scalar::Null) => return Ok(None),
            Some(Scalar::Int(whole)) => Decimal::from(*whole),
            Some(Scalar::Text(text)) => text.parse()?,
            Some(Scalar::Bool(_)) => return Err(Invalid::Type),
        };
        let fits = match self.unit {
            IndicatorUnit::People => value.whole().is_some_and(|people| people >= 0),
            IndicatorUnit::Percent => (Decimal::from(0)..=Decimal::from(100)).contains(&value),
        };
        if fits { Ok(Some(value)) } else { Err(Invalid::Range) }
    }
}

/// State of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Chưa thực hiện.
    NotStarted,
    /// Đang thực hiện.
    InProgress,
    /// Hoàn thành.
    Done,
}

impl TaskStatus {
    /// The status with this code.
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "not_started" => Some(Self::NotStarted),
            "in_progress" => Some(Self::InProgress),
            "done" => Some(Self::Done),
            _ => None,
        }
    }

    /// A task's status in a programme, if someone entered one.
    pub fn in_programme(programme: &Programme, task: &str) -> Option<Self> {
        programme.tasks.get(task)?.status.as_deref().and_then(Self::of)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn entry(value: Scalar) -> IndicatorEntry {
        IndicatorEntry { value: Some(value), ..IndicatorEntry::default() }
    }

    #[test]
    fn the_shipped_programme_has_each_id_once() {
        let tasks: BTreeSet<_> = ProgrammeTask::shipped().iter().map(|task| &task.id).collect();
        let indicators: BTreeSet<_> = ProgrammeIndicator::shipped().iter().map(|it| &it.id).collect();
        assert_eq!(tasks.len(), ProgrammeTask::shipped().len());
        assert_eq!(indicators.len(), ProgrammeIndicator::shipped().len());
        for id in ["survey_database", "plan_2016_2020", "plan_2017", "communication", "party_leadership"] {
            assert!(ProgrammeTask::shipped_by_id(id).is_some(), "{id}");
        }
    }

    #[test]
    fn a_share_is_at_most_one_hundred_and_people_are_whole() {
        let primary = ProgrammeIndicator::shipped_by_id("primary_universal").unwrap();
        let merit = ProgrammeIndicator::shipped_by_id("merit_people").unwrap();
        assert_eq!(primary.read(&entry(Scalar::text("99.9"))).unwrap().unwrap().vietnamese(), "99,9");
        assert_eq!(primary.read(&entry(Scalar::text("100.1"))), Err(Invalid::Range));
        assert_eq!(primary.read(&entry(Scalar::Bool(true))), Err(Invalid::Type));
        assert_eq!(merit.read(&entry(Scalar::Int(1287))), Ok(Some(Decimal::from(1287))));
        assert_eq!(merit.read(&entry(Scalar::text("1287.5"))), Err(Invalid::Range));
        assert_eq!(merit.read(&IndicatorEntry::default()), Ok(None));
    }
}
