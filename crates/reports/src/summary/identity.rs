//! What has to hold in the tables, and the checks for where it does not.

use domain::id::HouseholdId;
use domain::money::group;
use domain::rulebook::summary::Equal;

use super::{Cell, Level, Line, Row, Summary, Table};
use crate::check::{Check, CheckCode};

/// One column is the sum of some others less the sum of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    column: usize,
    plus: Vec<usize>,
    minus: Vec<usize>,
}

impl Identity {
    /// `column` = the sum of `plus` less the sum of `minus`, by their places.
    pub(super) fn new(column: usize, plus: &[usize], minus: &[usize]) -> Self {
        Self { column, plus: plus.to_vec(), minus: minus.to_vec() }
    }

    /// The number that stands there and the one that follows from the others, where they differ.
    fn broken(&self, row: &Row) -> Option<(i64, i64)> {
        let number = |at: &usize| row.cells.get(*at).and_then(Cell::number);
        let sum = |places: &[usize]| places.iter().map(number).sum::<Option<i64>>();
        let (stands, follows) = (number(&self.column)?, sum(&self.plus)? - sum(&self.minus)?);
        (stands != follows).then_some((stands, follows))
    }
}

/// Every identity that does not hold, and every share over the whole.
pub fn checks(summary: &Summary) -> Vec<Check> {
    let mut found = Vec::new();
    for table in &summary.tables {
        for row in &table.rows {
            found.extend(table.identities.iter().filter_map(|identity| sums(table, row, identity)));
            found.extend(shares(table, row));
        }
    }
    for table in &summary.tables {
        found.extend(table.equal.iter().flat_map(|it| equal(summary, table, it)));
    }
    found
}

fn place(table: &Table, row: &Row) -> [(&'static str, String); 2] {
    let vi = if row.line == Line::People { "nhân khẩu" } else { "hộ" };
    let en = if row.line == Line::People { "people" } else { "households" };
    [
        ("subject", format!("{}, {} ({vi})", table.title.vi, row.name.vi)),
        ("subject_en", format!("{}, {} ({en})", table.title.en, row.name.en)),
    ]
}

fn subject(table: &Table, row: &Row) -> String {
    let unit = row.unit.map_or_else(|| row.name.en.to_lowercase(), |unit| unit.to_string());
    format!("{}/{unit}", table.id)
}

fn sums(table: &Table, row: &Row, identity: &Identity) -> Option<Check> {
    let (stands, follows) = identity.broken(row)?;
    let column = &table.columns[identity.column].words;
    let [vi, en] = place(table, row);
    let params = [
        vi,
        en,
        ("column", column.vi.clone()),
        ("column_en", column.en.clone()),
        ("value", group(stands)),
        ("computed", group(follows)),
    ];
    Some(Check::new(CheckCode::SummaryIdentity, &subject(table, row), &params))
}

/// The town's own shares are among the figures, which have a check of their own.
fn shares(table: &Table, row: &Row) -> Vec<Check> {
    let over = row.cells.iter().zip(&table.columns).filter_map(|(cell, column)| match cell {
        Cell::Share { numerator, denominator, .. } if numerator > denominator => {
            Some((*numerator, *denominator, &column.words))
        }
        _ => None,
    });
    let check = |(numerator, denominator, words): (i64, i64, &crate::figure::Words)| {
        let [(_, vi), (_, en)] = place(table, row);
        let params = [
            ("subject", format!("{vi}, {}", words.vi)),
            ("subject_en", format!("{en}, {}", words.en)),
            ("numerator", group(numerator)),
            ("denominator", group(denominator)),
        ];
        Check::new(CheckCode::ShareOverWhole, &subject(table, row), &params)
    };
    if row.level == Level::Total { Vec::new() } else { over.map(check).collect() }
}

fn equal(summary: &Summary, first: &Table, equal: &Equal) -> Vec<Check> {
    let Some(second) = summary.table(&equal.table) else { return Vec::new() };
    let rows = first.rows.iter().zip(&second.rows);
    let differing = rows.filter_map(|(a, b)| {
        let (a_cell, b_cell) = (first.cell(a, &equal.column)?, second.cell(b, &equal.other)?);
        let (is, other) = (a_cell.number()?, b_cell.number()?);
        let households: Vec<HouseholdId> = only_in_one(a_cell, b_cell);
        let [vi, en] = place(first, a);
        let params = [
            vi,
            en,
            ("column", first.columns[first.column(&equal.column)?].words.vi.clone()),
            ("column_en", first.columns[first.column(&equal.column)?].words.en.clone()),
            ("other", second.title.vi.clone()),
            ("other_en", second.title.en.clone()),
            ("value", group(is)),
            ("computed", group(other)),
        ];
        let check = Check::new(CheckCode::SummaryCross, &subject(first, a), &params);
        (is != other).then_some(Check { households, ..check })
    });
    differing.collect()
}

fn only_in_one(a: &Cell, b: &Cell) -> Vec<HouseholdId> {
    let (a, b) = (a.households(), b.households());
    let alone = a.iter().filter(|id| !b.contains(id)).chain(b.iter().filter(|id| !a.contains(id)));
    alone.copied().collect()
}
