//! Everything a report is computed from, as one value: the report is a pure function of it.
//!
//! **Invariant:** two equal `TownData` give byte-equal documents; nothing else is read.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use domain::citation::Citation;
use domain::household::Household;
use domain::id::{HouseholdId, UnitId};
use domain::policy::Policy;
use domain::population::Population;
use domain::programme::Programme;
use domain::recognition::Register;
use domain::review::{Progress, Review};
use domain::unit::{Unit, UnitKind, under};

use crate::letter::Letter;

/// A town, as the report sees it.
#[derive(Clone, Copy, Debug)]
pub struct TownData<'a> {
    /// The town's unit.
    pub town: UnitId,
    /// Units, those of the town at least.
    pub units: &'a [Unit],
    /// Every household of the town, those taken out of the lists included.
    pub households: &'a [Surveyed],
    /// Who was recognised as what, from when.
    pub register: &'a Register,
    /// Population figures.
    pub population: &'a [Population],
    /// The citation registry.
    pub citations: &'a [Citation],
    /// The policy registry.
    pub policies: &'a [Policy],
    /// Programme documents of the town and its communes.
    pub programmes: &'a [UnitProgramme],
    /// The days the report speaks of.
    pub days: ReportDays,
    /// The letter's own settings.
    pub letter: &'a Letter,
    /// What the data was read from.
    pub state: &'a ReportState,
}

/// The days the report speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDays {
    /// The day as of which recognitions, members and cumulative supports are read.
    pub as_of: NaiveDate,
    /// First day of the period: the opening lists are those of this day.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// The year of the programme documents.
    pub year: i32,
}

/// A household with what the review has made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surveyed {
    /// The village it is in.
    pub village: UnitId,
    /// The household as observed.
    pub household: Household,
    /// It was entered twice, and another record stays in its place.
    #[serde(default)]
    pub merged: bool,
    /// How far its survey in the report's review has come.
    pub progress: Progress,
    /// Fields whose contradicting values nobody has chosen between.
    pub conflicts: usize,
}

/// A unit's programme of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitProgramme {
    /// The unit.
    pub unit: UnitId,
    /// The year.
    pub year: i32,
    /// Its tasks and indicators.
    pub programme: Programme,
}

/// The exact state that the data was read from; printed on the report, so that it can be computed again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportState {
    /// The review whose answers are read.
    pub review: Option<Review>,
    /// Each scope with the last sequence that was read.
    pub sequences: Vec<(UnitId, u64)>,
    /// The configuration's version.
    pub config_version: u64,
}

impl<'a> TownData<'a> {
    /// The town's unit.
    pub fn town_unit(&self) -> Option<&'a Unit> {
        self.unit(self.town)
    }

    /// A unit by id.
    pub fn unit(&self, id: UnitId) -> Option<&'a Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// A unit's name, or its id where the unit is not known.
    pub fn unit_name(&self, id: UnitId) -> String {
        self.unit(id).map_or_else(|| id.to_string(), |unit| unit.name.clone())
    }

    /// The town's communes and wards that existed on the report's day.
    pub fn communes(&self) -> Vec<&'a Unit> {
        let inside = under(self.units, self.town);
        let day = self.days.as_of.to_string();
        let exists =
            |unit: &&Unit| unit.valid_from <= day && unit.valid_to.as_ref().is_none_or(|last| day <= *last);
        let commune = |unit: &&Unit| unit.kind == UnitKind::Commune && inside.contains(&unit.id);
        self.units.iter().filter(commune).filter(exists).collect()
    }

    /// The programme of a unit in the report's year.
    pub fn programme(&self, unit: UnitId) -> Option<&'a Programme> {
        let found = self.programmes.iter().find(|it| it.unit == unit && it.year == self.days.year);
        found.map(|it| &it.programme)
    }

    /// A policy by id.
    pub fn policy(&self, id: &str) -> Option<&'a Policy> {
        self.policies.iter().find(|policy| policy.id == id)
    }

    /// A cited document by its registry key.
    pub fn citation(&self, key: &str) -> Option<&'a Citation> {
        self.citations.iter().find(|citation| citation.id == key)
    }

    /// The households that are in the review's lists: neither taken out nor merged into another.
    pub fn living(&self) -> impl Iterator<Item = &'a Surveyed> {
        self.households.iter().filter(|it| !it.household.removed && !it.merged)
    }

    /// Why households were taken out of the lists, coded.
    pub(crate) fn removed(&self) -> BTreeMap<HouseholdId, String> {
        let why = |it: &Surveyed| match (it.merged, it.household.removed) {
            (true, _) => Some("merged".to_owned()),
            (false, removed) => it.household.removed_why.clone().filter(|_| removed),
        };
        self.households.iter().filter_map(|it| Some((it.household.id, why(it)?))).collect()
    }

    /// Why households came, coded: of those only that no review before the report's has surveyed, for the others came
    /// in an earlier year.
    pub(crate) fn came(&self) -> BTreeMap<HouseholdId, String> {
        let review = self.state.review.as_ref().map(|review| review.id);
        let is_first = |it: &&Surveyed| it.household.reviews.keys().all(|known| Some(*known) == review);
        let came = self.households.iter().filter(is_first);
        came.filter_map(|it| Some((it.household.id, it.household.came_why.clone()?))).collect()
    }

    /// A household by id.
    pub fn household(&self, id: HouseholdId) -> Option<&'a Surveyed> {
        self.households.iter().find(|it| it.household.id == id)
    }
}
