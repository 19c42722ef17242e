//! Counting by village, line and column.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{HouseholdId, UnitId};

use super::{Cell, Line};

/// A count with the households that it was made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) count: i64,
    pub(super) households: BTreeSet<HouseholdId>,
}

impl Tally {
    pub(super) fn cell(&self) -> Cell {
        Cell::Count { count: self.count, households: self.households.iter().copied().collect() }
    }
}

/// The counts of a table by village.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    columns: usize,
    counts: BTreeMap<(UnitId, Line), Vec<Tally>>,
}

impl Ledger {
    pub(super) fn new(columns: usize) -> Self {
        Self { columns, counts: BTreeMap::new() }
    }

    /// Adds a household's part of a cell.
    pub(super) fn add(
        &mut self,
        (unit, line): (UnitId, Line),
        column: usize,
        count: i64,
        household: HouseholdId,
    ) {
        let columns = self.columns;
        let row = self.counts.entry((unit, line)).or_insert_with(|| vec![Tally::default(); columns]);
        row[column].count += count;
        row[column].households.insert(household);
    }

    /// Adds a household and its people.
    pub(super) fn both(&mut self, unit: UnitId, column: usize, people: i64, household: HouseholdId) {
        self.add((unit, Line::Households), column, 1, household);
        self.add((unit, Line::People), column, people, household);
    }

    /// The counts of some villages together.
    pub(super) fn sum(&self, villages: &BTreeSet<UnitId>, line: Line) -> Vec<Tally> {
        let mut sum = vec![Tally::default(); self.columns];
        for unit in villages {
            let Some(row) = self.counts.get(&(*unit, line)) else { continue };
            for (total, tally) in sum.iter_mut().zip(row) {
                total.count += tally.count;
                total.households.extend(&tally.households);
            }
        }
        sum
    }
}
