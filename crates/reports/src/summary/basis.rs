//! What every table is counted from: the lists at the beginning and at the end, and what the review heard.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use domain::classification::Class;
use domain::date::parse_day;
use domain::deprivation::{Finding, findings};
use domain::field::AnswerKey;
use domain::household::ReviewRecord;
use domain::id::{HouseholdId, UnitId};
use domain::recognition::Recognition;
use domain::rulebook::Rulebook;
use domain::rulebook::summary::{List, SummaryTables};
use domain::scalar::Scalar;
use domain::unit::under;

use super::frame::{Group, groups};
use super::ledger::Part;
use crate::data::{Surveyed, TownData};

/// The list that a class is of.
pub(super) fn list_of(class: Class) -> Option<List> {
    match class {
        class if class.is_poor() => Some(List::Poor),
        Class::NearPoor => Some(List::NearPoor),
        _ => None,
    }
}

/// A household on a list.
#[derive(Clone, Copy)]
pub(super) struct Listed<'a> {
    pub(super) row: &'a Recognition,
    pub(super) list: List,
    /// The household as observed, where there is a record of it.
    pub(super) surveyed: Option<&'a Surveyed>,
}

impl Listed<'_> {
    pub(super) fn id(&self) -> HouseholdId {
        self.row.household
    }

    /// The household with its people, in its village.
    pub(super) fn part(&self) -> Part {
        part(self.row)
    }
}

/// A household with the people that it was recognised with.
pub(super) fn part(row: &Recognition) -> Part {
    Part { household: row.household, unit: row.unit, households: 1, people: row.people }
}

/// What every table is counted from.
pub(super) struct Basis<'a> {
    pub(super) data: &'a TownData<'a>,
    pub(super) opening: BTreeMap<HouseholdId, &'a Recognition>,
    pub(super) closing: BTreeMap<HouseholdId, &'a Recognition>,
    /// The tables that the report has; none where no form of its period was found.
    pub(super) tables: Option<&'static SummaryTables>,
    /// The rulebook as the review pinned it.
    pub(super) rulebook: Option<&'static Rulebook>,
    /// The day at which ages are computed.
    pub(super) day: NaiveDate,
    pub(super) groups: Vec<Group>,
    by_id: BTreeMap<HouseholdId, &'a Surveyed>,
}

impl<'a> Basis<'a> {
    pub(super) fn new(data: &'a TownData<'a>) -> Self {
        let inside: BTreeSet<UnitId> = under(data.units, data.town).into_iter().collect();
        let here = |day| {
            let mut rows = data.register.as_of(day);
            rows.retain(|_, row| inside.contains(&row.unit));
            rows
        };
        let (opening, closing) = (here(data.days.from), here(data.days.as_of));
        let used = opening.values().chain(closing.values()).map(|row| row.unit).collect();
        let review = data.state.review.as_ref();
        let rulebook = review.and_then(|review| {
            Rulebook::shipped_by_id(&review.rulebook).filter(|it| it.hash_hex() == review.rulebook_hash)
        });
        Self {
            data,
            opening,
            closing,
            tables: SummaryTables::of(&period(data)),
            rulebook,
            day: review.and_then(|review| parse_day(&review.as_of).ok()).unwrap_or(data.days.as_of),
            groups: groups(data, &used),
            by_id: data.households.iter().map(|it| (it.household.id, it)).collect(),
        }
    }

    pub(super) fn surveyed(&self, household: HouseholdId) -> Option<&'a Surveyed> {
        self.by_id.get(&household).copied()
    }

    /// The households that are on a list in these rows.
    pub(super) fn on_lists(
        &self,
        rows: &BTreeMap<HouseholdId, &'a Recognition>,
    ) -> impl Iterator<Item = Listed<'a>> {
        rows.values().filter_map(|row| {
            let list = list_of(row.class)?;
            Some(Listed { row, list, surveyed: self.surveyed(row.household) })
        })
    }

    /// The households on a list at the end.
    pub(super) fn listed(&self) -> impl Iterator<Item = Listed<'a>> {
        self.on_lists(&self.closing)
    }

    /// What the review observed of a household.
    pub(super) fn record(&self, household: HouseholdId) -> Option<&'a ReviewRecord> {
        let review = self.data.state.review.as_ref()?.id;
        self.surveyed(household)?.household.reviews.get(&review)
    }

    /// The question that tells who can work, where the review's rulebook and its form ask it.
    pub(super) fn labour_question(&self) -> Option<&'static str> {
        self.rulebook.and(self.tables)?.labour.as_deref()
    }

    /// Whether nobody in the household can work: someone was asked, and nobody said yes.
    pub(super) fn has_no_labour(&self, household: HouseholdId) -> bool {
        let Some((question, record)) = self.labour_question().zip(self.record(household)) else {
            return false;
        };
        let Some(surveyed) = self.surveyed(household) else { return false };
        let there = surveyed.household.present().into_iter();
        let said: Vec<bool> = there
            .filter_map(|(id, _)| record.answers.get(&AnswerKey::member(question, *id)))
            .filter_map(Scalar::as_bool)
            .collect();
        !said.is_empty() && said.iter().all(|able| !able)
    }

    /// What a household lacks, by the review's rulebook.
    pub(super) fn findings(&self, household: HouseholdId) -> Vec<Finding> {
        let known = self.rulebook.zip(self.surveyed(household)).zip(self.record(household));
        known.map_or_else(Vec::new, |((rulebook, surveyed), record)| {
            findings(rulebook, &surveyed.household, record, self.day)
        })
    }
}

/// The period whose tables a report has: that of its review's rulebook, else that of its year.
fn period(data: &TownData<'_>) -> String {
    let by_year = || Rulebook::for_list_year(data.days.as_of.year()).map(|rulebook| rulebook.id.clone());
    let review = data.state.review.as_ref().map(|review| review.rulebook.clone());
    review.or_else(by_year).unwrap_or_default()
}
