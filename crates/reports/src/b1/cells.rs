//! The cells of a sheet in a file that anybody may have made.
//!
//! **Invariant:** neither the file's size, nor what it inflates to, nor where its cells stand makes the program take
//! more memory than the limits here allow.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};
use domain::vietnamese::tidy;

use super::fault::B1CellFault;
use super::layout::SHEET;
use super::outline::{Unread, look_over};

/// Bytes of a file.
pub const FILE_MAX: usize = 4 * 1024 * 1024;
/// Cells of a sheet that are not blank.
pub const CELLS_MAX: usize = 20_000;
/// Bytes of the texts of all cells of a sheet: cells may share one text, however long it is.
pub const TEXTS_MAX: usize = 8 * 1024 * 1024;

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
    /// Opens the sheet. A file on which the library panics is none.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, B1CellFault> {
        if bytes.len() > FILE_MAX {
            return Err(unread(Unread::TooLarge));
        }
        look_over(bytes).map_err(unread)?;
        let read = catch_unwind(AssertUnwindSafe(|| Self::read(bytes)));
        read.unwrap_or_else(|_| Err(unread(Unread::Unknown)))
    }

    fn read(bytes: &[u8]) -> Result<Self, B1CellFault> {
        let unknown = || unread(Unread::Unknown);
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| unknown())?;
        let has_sheet = workbook.sheet_names().iter().any(|name| name == SHEET);
        if !has_sheet {
            return Err(B1CellFault::file("b1_not_a_template", ""));
        }
        let mut reader = workbook.worksheet_cells_reader(SHEET).map_err(|_| unknown())?;
        let (mut cells, mut texts) = (BTreeMap::new(), 0);
        while let Some(cell) = reader.next_cell().map_err(|_| unknown())? {
            let (row, column) = cell.get_position();
            texts += text(cell.get_value()).map_or(0, str::len);
            if texts > TEXTS_MAX {
                return Err(unread(Unread::TooLarge));
            }
            let Some(content) = content(cell.get_value()) else { continue };
            if cells.len() == CELLS_MAX {
                return Err(unread(Unread::TooLarge));
            }
            cells.insert((row, u16::try_from(column).map_err(|_| unknown())?), content);
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

fn unread(why: Unread) -> B1CellFault {
    let code = match why {
        Unread::Unknown => "b1_not_a_workbook",
        Unread::TooLarge => "b1_file_too_large",
    };
    B1CellFault::file(code, "")
}

fn text<'a>(value: &'a DataRef<'_>) -> Option<&'a str> {
    match value {
        DataRef::String(words) => Some(words),
        DataRef::SharedString(words) => Some(words),
        _ => None,
    }
}

fn content(value: &DataRef<'_>) -> Option<Cell> {
    if let Some(words) = text(value) {
        return Some(tidy(words)).filter(|tidy| !tidy.is_empty()).map(Cell::Text);
    }
    match value {
        DataRef::Empty => None,
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
