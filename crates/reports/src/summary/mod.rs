//! The yearly tables: results, movement, deprivations, groups, ethnicities, causes, children — one line a unit, and
//! lines for urban, rural and all. Which tables there are, and what their columns count, is data of the review's
//! rulebook.
//!
//! The lists are read from the register as of the report's first day and its own day, as the figures are; what a
//! household lacks is found by the pinned rulebook. `docs/summary-tables.md` tells how each column is counted.
//!
//! **Invariant:** every line is the sum of its villages; a count names the households that it was made of; an
//! identity of the form that does not hold is named, never mended.

mod basis;
mod children;
mod count;
mod design;
mod frame;
mod groups;
mod identity;
mod ledger;
mod movement;

use serde::Serialize;

use domain::decimal::Decimal;
use domain::id::{HouseholdId, UnitId};
use domain::rulebook::summary::Equal;
pub use domain::rulebook::summary::Line;

use crate::data::TownData;
use crate::figure::Words;
use basis::Basis;

pub use identity::{Identity, checks};

/// The yearly tables that the review's rulebook has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// In the order of the forms.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Key: `t2`.
    pub id: String,
    /// The name of its sheet.
    pub sheet: String,
    /// Its title.
    pub title: Words,
    /// Columns, from the left, after the name of the line.
    pub columns: Vec<Column>,
    /// Lines, from the top.
    pub rows: Vec<Row>,
    /// What has to hold between the columns of a line.
    #[serde(skip)]
    pub identities: Vec<Identity>,
    /// Columns that are the same number as one of another table.
    #[serde(skip)]
    pub equal: Vec<Equal>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Key in its table: `c2`.
    pub id: String,
    /// Its heading.
    pub words: Words,
}

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A commune or ward, with all its villages.
    Commune,
    /// A village.
    Village,
    /// The urban or the rural villages.
    Area,
    /// The whole town.
    Total,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The unit, where the line is one.
    pub unit: Option<UnitId>,
    /// `1`, `1.1`; empty for sums.
    pub number: String,
    /// The unit's name.
    pub name: Words,
    /// What it stands for.
    pub level: Level,
    /// What is counted.
    pub line: Line,
    /// One a column.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cell {
    /// A count.
    Count {
        /// Of households or people.
        count: i64,
        /// The households that it was made of.
        households: Vec<HouseholdId>,
    },
    /// A share, in per cent.
    Share {
        /// The part.
        numerator: i64,
        /// The whole; never zero.
        denominator: i64,
        /// The households of the part.
        households: Vec<HouseholdId>,
    },
    /// A number from another source: a population figure.
    Given {
        /// The number.
        number: i64,
    },
    /// Nothing is known, or nothing to divide by.
    Blank,
}

impl Cell {
    /// The whole number in it.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Count { count, .. } => Some(*count),
            Self::Given { number } => Some(*number),
            Self::Share { .. } | Self::Blank => None,
        }
    }

    /// The per cent in it, with two decimals.
    pub fn percent(&self) -> Option<Decimal> {
        let Self::Share { numerator, denominator, .. } = self else { return None };
        Decimal::quotient(numerator.checked_mul(100)?, *denominator, 2)
    }

    /// The households behind it.
    pub fn households(&self) -> &[HouseholdId] {
        match self {
            Self::Count { households, .. } | Self::Share { households, .. } => households,
            Self::Given { .. } | Self::Blank => &[],
        }
    }
}

impl Summary {
    /// A table by id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }
}

impl Table {
    /// The place of a column.
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }

    /// The line of the whole town.
    pub fn total(&self, line: Line) -> Option<&Row> {
        self.rows.iter().find(|row| row.level == Level::Total && row.line == line)
    }

    /// The cell of a line by its column's id.
    pub fn cell<'t>(&self, row: &'t Row, column: &str) -> Option<&'t Cell> {
        row.cells.get(self.column(column)?)
    }
}

/// The yearly tables that the report's period has.
pub fn summary(data: &TownData<'_>) -> Summary {
    let basis = Basis::new(data);
    let ledger = count::count(&basis);
    let forms = basis.tables.into_iter().flat_map(|tables| &tables.tables);
    let designs = forms.filter_map(|form| design::design(&basis, form, &ledger));
    Summary { tables: designs.map(|design| frame::table(&basis.groups, design, &ledger)).collect() }
}
