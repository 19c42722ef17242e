//! What is wrong with a file, cell by cell.

use domain::b1::B1Fault;
use serde::Serialize;

use super::layout::{HEAD_ROW, SHEET, cell_name, column_name};

/// Most faults that a refusal names; a file that is wrong throughout is wrong.
pub const FAULTS_MAX: usize = 200;

/// What can be wrong with a file beside what can be wrong with a table.
pub const FILE_CODES: [&str; 9] = [
    "b1_not_a_workbook",
    "b1_file_too_large",
    "b1_not_a_template",
    "b1_wrong_rulebook",
    "b1_fictitious_unsaid",
    "b1_not_a_number",
    "b1_kind",
    "b1_no_item",
    "b1_differs",
];

/// A file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct B1Refusal {
    /// The faults in the order of the sheet, at most [`FAULTS_MAX`].
    pub faults: Vec<B1CellFault>,
    /// How many there are.
    pub count: usize,
}

/// One fault. The words are in the messages catalogue, under `error_<code>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct B1CellFault {
    /// What is wrong.
    pub code: &'static str,
    /// The sheet.
    pub sheet: &'static str,
    /// The cell, `F7`; nothing if the file is at fault as a whole.
    pub cell: Option<String>,
    /// The row, from 1.
    pub row: Option<u32>,
    /// The column, `F`.
    pub column: Option<String>,
    /// The region, rulebook or word that it is about.
    pub what: String,
}

impl B1CellFault {
    /// A fault of the file.
    pub(super) fn file(code: &'static str, what: &str) -> Self {
        Self { code, sheet: SHEET, cell: None, row: None, column: None, what: what.to_owned() }
    }

    /// A fault of a cell.
    pub(super) fn cell(code: &'static str, (row, column): (u32, u16), what: &str) -> Self {
        Self {
            cell: Some(cell_name(row, column)),
            row: Some(row + 1),
            column: Some(column_name(column)),
            ..Self::file(code, what)
        }
    }

    /// A region without a column.
    pub(super) fn missing_region(region: &str) -> Self {
        let code = B1Fault::MissingRegion.code();
        let region = if region.is_empty() { "–" } else { region };
        Self { row: Some(HEAD_ROW + 1), ..Self::file(code, region) }
    }
}

impl From<B1CellFault> for B1Refusal {
    fn from(fault: B1CellFault) -> Self {
        Self { faults: vec![fault], count: 1 }
    }
}

impl From<Vec<B1CellFault>> for B1Refusal {
    fn from(mut faults: Vec<B1CellFault>) -> Self {
        let count = faults.len();
        faults.truncate(FAULTS_MAX);
        Self { faults, count }
    }
}
