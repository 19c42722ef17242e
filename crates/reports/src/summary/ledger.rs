//! What was counted: by figure, list and village, of households and of people.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{HouseholdId, UnitId};
use domain::rulebook::summary::{Figure, Line, List};

use super::Cell;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Counted {
    pub(super) figure: Figure,
    pub(super) list: List,
    /// The indicator, option or ethnicity that it is about; empty where it is about none.
    pub(super) about: String,
}

/// A count with the households that it was made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    count: i64,
    households: BTreeSet<HouseholdId>,
}

impl Tally {
    pub(super) fn cell(&self) -> Cell {
        Cell::Count { count: self.count, households: self.households.iter().copied().collect() }
    }
}

/// A household's part of a figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) household: HouseholdId,
    pub(super) unit: UnitId,
    pub(super) households: i64,
    pub(super) people: i64,
}

/// One figure by village.
type ByVillage = BTreeMap<(UnitId, Line), Tally>;

/// Every count of a town.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    /// By what a figure is about.
    counts: BTreeMap<(Figure, List), BTreeMap<String, ByVillage>>,
}

impl Ledger {
    /// Adds a household's part of a figure.
    pub(super) fn add(&mut self, figure: Figure, list: List, part: Part) {
        self.add_about(figure, list, "", part);
    }

    /// Adds a household's part of a figure about an indicator, an option or an ethnicity.
    pub(super) fn add_about(&mut self, figure: Figure, list: List, about: &str, part: Part) {
        let counts = self.counts.entry((figure, list)).or_default().entry(about.to_owned()).or_default();
        for (line, count) in [(Line::Households, part.households), (Line::People, part.people)] {
            if count != 0 {
                let tally = counts.entry((part.unit, line)).or_default();
                tally.count += count;
                tally.households.insert(part.household);
            }
        }
    }

    /// What a figure is about in this town, in order.
    pub(super) fn about(&self, figure: Figure) -> BTreeSet<&str> {
        let of = self.counts.iter().filter(|((it, _), _)| *it == figure);
        of.flat_map(|(_, counts)| counts.keys().map(String::as_str)).collect()
    }

    /// A figure in some villages together.
    pub(super) fn sum(&self, counted: &Counted, villages: &BTreeSet<UnitId>, line: Line) -> Tally {
        let mut sum = Tally::default();
        let counts = self.counts.get(&(counted.figure, counted.list));
        let Some(counts) = counts.and_then(|counts| counts.get(&counted.about)) else { return sum };
        for tally in villages.iter().filter_map(|unit| counts.get(&(*unit, line))) {
            sum.count += tally.count;
            sum.households.extend(&tally.households);
        }
        sum
    }
}
