//! The figures as a workbook: every number with its numerator, its denominator and what it was counted from; the
//! movement; the yearly tables; the checks page; the state of the data.
//!
//! **Invariant:** households and members appear by id only: no name, citizen id or birth date is in the file; the
//! same data gives the same bytes.

mod checks;
mod figures;
mod grid;
mod movement;
mod state;
mod summary;

use chrono::Datelike;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::check::Check;
use crate::data::TownData;
use crate::error::ReportError;
use crate::figure::Figures;

/// The figures, their sources, the movement, the checks and the state as XLSX.
///
/// # Errors
/// The workbook cannot be written.
pub fn figures_xlsx(data: &TownData<'_>, all: &Figures, open: &[Check]) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    let day = data.days.as_of;
    let year = u16::try_from(day.year()).unwrap_or(u16::MAX);
    let created = ExcelDateTime::from_ymd(
        year,
        u8::try_from(day.month()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )?;
    let title = format!("Số liệu giảm nghèo {}", data.unit_name(data.town));
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    figures::figures(workbook.add_worksheet(), all)?;
    figures::sources(workbook.add_worksheet(), data, all)?;
    movement::movement(workbook.add_worksheet(), all)?;
    let tables = crate::summary::summary(data);
    for table in &tables.tables {
        summary::table(workbook.add_worksheet(), table)?;
    }
    summary::sources(workbook.add_worksheet(), data, &tables)?;
    checks::checks(workbook.add_worksheet(), open)?;
    checks::households(workbook.add_worksheet(), data, open)?;
    state::state(workbook.add_worksheet(), data, open)?;
    Ok(workbook.save_to_buffer()?)
}
