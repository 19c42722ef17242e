//! The sheet of what the report was computed from.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::grid::Grid;
use crate::check::Check;
use crate::data::TownData;
use crate::letter::lines;

/// The lines of the letter's state block, then the last sequence of each scope.
pub(super) fn state(sheet: &mut Worksheet, data: &TownData<'_>, checks: &[Check]) -> Result<(), XlsxError> {
    let mut grid = Grid::new(sheet, "Trạng thái", &[34, 34, 16])?;
    for line in lines(data, checks) {
        grid.line(&line)?;
    }
    grid.head(&["Đơn vị", "Mã đơn vị", "Số thứ tự"])?;
    for (scope, sequence) in &data.state.sequences {
        let number = i64::try_from(*sequence).unwrap_or(i64::MAX);
        grid.row([data.unit_name(*scope).into(), scope.to_string().into(), number.into()])?;
    }
    Ok(())
}
