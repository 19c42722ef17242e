//! The sheets of the yearly tables, one a table, and what their cells were counted from.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use domain::id::HouseholdId;

use super::figures::{Places, percent};
use super::grid::{Grid, Value};
use crate::data::TownData;
use crate::summary::{Cell, Level, Line, Row, Summary, Table};

/// Widths in characters: number, unit, line, and each column.
const NUMBER: u16 = 6;
const UNIT: u16 = 26;
const LINE: u16 = 11;
const COLUMN: u16 = 13;

/// A table, a sheet.
pub(super) fn table(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let lines = table.rows.iter().any(|row| row.line != table.rows[0].line);
    let first = [NUMBER, UNIT].into_iter().chain(lines.then_some(LINE));
    let widths: Vec<u16> = first.chain(table.columns.iter().map(|_| COLUMN)).collect();
    let mut grid = Grid::new(sheet, &table.sheet, &widths)?;
    grid.line(&table.title.vi)?;
    let columns = table.columns.iter().map(|column| column.words.vi.as_str());
    let head: Vec<&str> =
        ["TT", "Đơn vị"].into_iter().chain(lines.then_some("Phân tổ")).chain(columns).collect();
    grid.head(&head)?;
    for row in &table.rows {
        let cells = row.cells.iter().map(value);
        let line = lines.then(|| Value::from(line(row)));
        let first = [row.number.as_str().into(), row.name.vi.as_str().into()].into_iter().chain(line);
        match row.level {
            Level::Village => grid.row(first.chain(cells))?,
            Level::Commune | Level::Area | Level::Total => grid.sum(first.chain(cells))?,
        }
    }
    Ok(())
}

fn line(row: &Row) -> &'static str {
    match row.line {
        Line::Households => "Hộ",
        Line::People => "Nhân khẩu",
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Count { count, .. } => Value::Whole(*count),
        Cell::Given { number } => Value::Whole(*number),
        Cell::Share { .. } => cell.percent().map_or(Value::Blank, percent),
        Cell::Blank => Value::Blank,
    }
}

/// One row for each household in a table: the columns in which it was counted, in its village.
pub(super) fn sources(
    sheet: &mut Worksheet,
    data: &TownData<'_>,
    summary: &Summary,
) -> Result<(), XlsxError> {
    let mut grid = Grid::new(sheet, "Nguồn các biểu", &[16, 34, 22, 22, 60])?;
    grid.head(&["Biểu", "Mã hộ", "Thôn, khu phố", "Xã, phường", "Được tính ở các cột"])?;
    let places = Places::new(data);
    for table in &summary.tables {
        for (household, columns) in counted(table) {
            let (village, commune) = places.of(household);
            let columns = columns.join(", ");
            grid.row([
                table.sheet.as_str().into(),
                household.to_string().into(),
                village,
                commune,
                columns.into(),
            ])?;
        }
    }
    Ok(())
}

fn counted(table: &Table) -> BTreeMap<HouseholdId, Vec<&str>> {
    let mut counted: BTreeMap<HouseholdId, Vec<&str>> = BTreeMap::new();
    for row in table.rows.iter().filter(|row| row.level == Level::Total) {
        for (cell, column) in row.cells.iter().zip(&table.columns) {
            let Cell::Count { households, .. } = cell else { continue };
            for household in households {
                let columns = counted.entry(*household).or_default();
                if !columns.contains(&column.id.as_str()) {
                    columns.push(&column.id);
                }
            }
        }
    }
    counted
}
