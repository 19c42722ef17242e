//! The checks page, and the households that its checks are about.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::figures::Places;
use super::grid::{Grid, Value};
use crate::check::{Check, Severity};
use crate::data::TownData;
use crate::letter::open;

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Wrong => "Sai",
        Severity::Open => "Cần xử lý",
        Severity::Note => "Lưu ý",
    }
}

/// One row a check.
pub(super) fn checks(sheet: &mut Worksheet, found: &[Check]) -> Result<(), XlsxError> {
    let mut grid = Grid::new(sheet, "Kiểm tra", &[5, 11, 26, 24, 52, 52, 8])?;
    grid.line(&open(found))?;
    grid.head(&["TT", "Mức độ", "Mã", "Đối tượng", "Nội dung", "English", "Số hộ"])?;
    for (at, check) in found.iter().enumerate() {
        grid.row([
            (at + 1).into(),
            severity(check.severity).into(),
            check.code.key().into(),
            check.subject.as_str().into(),
            check.words.vi.as_str().into(),
            check.words.en.as_str().into(),
            check.households.len().into(),
        ])?;
    }
    Ok(())
}

/// One row for each household of a check.
pub(super) fn households(
    sheet: &mut Worksheet,
    data: &TownData<'_>,
    found: &[Check],
) -> Result<(), XlsxError> {
    let mut grid = Grid::new(sheet, "Hộ cần kiểm tra", &[5, 28, 34, 22, 22])?;
    grid.head(&["TT", "Mã kiểm tra", "Mã hộ", "Thôn, khu phố", "Xã, phường"])?;
    let places = Places::new(data);
    for (at, check) in found.iter().enumerate() {
        for household in &check.households {
            let (village, commune) = places.of(*household);
            grid.row([
                Value::from(at + 1),
                check.code.key().into(),
                household.to_string().into(),
                village,
                commune,
            ])?;
        }
    }
    Ok(())
}
