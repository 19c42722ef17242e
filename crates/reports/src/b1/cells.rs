//! The cells of a sheet in a file that anybody may have made.
//!
//! **Invariant:** neither the file's size, nor what it inflates to, nor where its cells stand makes the program take
//! more memory than the limits here allow.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use domain::vietnamese::tidy;
use zip::ZipArchive;

use super::fault::B1CellFault;
use super::layout::SHEET;

/// Bytes of a file.
pub const FILE_MAX: usize = 4 * 1024 * 1024;
/// Bytes that the parts of a file inflate to, together.
pub const INFLATED_MAX: u64 = 32 * 1024 * 1024;
/// Cells of a sheet that are not blank.
pub const CELLS_MAX: usize = 20_000;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Whole(i64),
    /// A fraction, a date, a mistake of a formula: nothing that a table takes.
    Other,
}

/// The cells of the sheet that are not blank, by row and column.
pub(super) struct Cells(BTreeMap<(u32, u16), Cell>);

impl Cells {
    /// Opens the sheet.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, B1CellFault> {
        let no_workbook = || B1CellFault::file("b1_not_a_workbook", "");
        let too_large = || B1CellFault::file("b1_file_too_large", "");
        if bytes.len() > FILE_MAX || inflated(bytes).ok_or_else(no_workbook)? > INFLATED_MAX {
            return Err(too_large());
        }
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| no_workbook())?;
        let has_sheet = workbook.sheet_names().iter().any(|name| name == SHEET);
        if !has_sheet {
            return Err(B1CellFault::file("b1_not_a_template", ""));
        }
        let mut reader = workbook.worksheet_cells_reader(SHEET).map_err(|_| no_workbook())?;
        let mut cells = BTreeMap::new();
        while let Some(cell) = reader.next_cell().map_err(|_| no_workbook())? {
            let (row, column) = cell.get_position();
            let Some(content) = content(cell.get_value()) else { continue };
            if cells.len() == CELLS_MAX {
                return Err(too_large());
            }
            cells.insert((row, u16::try_from(column).map_err(|_| no_workbook())?), content);
        }
        Ok(Self(cells))
    }

    pub(super) fn get(&self, at: (u32, u16)) -> Option<&Cell> {
        self.0.get(&at)
    }

    /// The text of a cell; a number is taken as it is written.
    pub(super) fn text(&self, at: (u32, u16)) -> Option<String> {
        match self.get(at)? {
            Cell::Text(text) => Some(text.clone()),
            Cell::Whole(number) => Some(number.to_string()),
            Cell::Other => None,
        }
    }

    /// The rows from `first` on that have a cell, in order.
    pub(super) fn rows(&self, first: u32) -> Vec<u32> {
        let mut rows: Vec<u32> = self.0.range((first, 0)..).map(|((row, _), _)| *row).collect();
        rows.dedup();
        rows
    }

    /// The columns from `first` on that have a cell in any row from `row` on, in order.
    pub(super) fn columns(&self, row: u32, first: u16) -> Vec<u16> {
        let below = self.0.range((row, 0)..).map(|((_, column), _)| *column);
        let mut columns: Vec<u16> = below.filter(|column| *column >= first).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

/// The bytes that the parts inflate to, counted by inflating them: what a file says of itself may be wrong.
fn inflated(bytes: &[u8]) -> Option<u64> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut total = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).ok()?;
        total += std::io::copy(&mut part.take(INFLATED_MAX + 1), &mut std::io::sink()).ok()?;
        if total > INFLATED_MAX {
            break;
        }
    }
    Some(total)
}

fn content(value: &DataRef<'_>) -> Option<Cell> {
    let text = |text: &str| Some(tidy(text)).filter(|tidy| !tidy.is_empty()).map(Cell::Text);
    match value {
        DataRef::Empty => None,
        DataRef::String(words) => text(words),
        DataRef::SharedString(words) => text(words),
        DataRef::Int(number) => Some(Cell::Whole(*number)),
        DataRef::Float(number) => Some(whole(*number).map_or(Cell::Other, Cell::Whole)),
        _ => Some(Cell::Other),
    }
}

/// A number that a workbook holds exactly.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation, reason = "it is whole and less than what the type holds")]
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}
