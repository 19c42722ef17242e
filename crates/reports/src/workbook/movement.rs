//! The sheet of the movement of both lists.

use rust_xlsxwriter::{Worksheet, XlsxError};

use domain::movement::{Flow, In, Out};

use super::grid::{Grid, Value};
use crate::figure::Figures;

const OUT: [(Out, &str); 9] = [
    (Out::Escaped, "Thoát"),
    (Out::ToNearPoor, "Chuyển sang cận nghèo"),
    (Out::ToPoor, "Chuyển sang nghèo"),
    (Out::MovedOut, "Chuyển đi"),
    (Out::Died, "Chết"),
    (Out::Split, "Tách hộ"),
    (Out::Merged, "Nhập hộ"),
    (Out::Mistake, "Nhập nhầm"),
    (Out::Unexplained, "Chưa rõ lý do"),
];
const INTO: [(In, &str); 6] = [
    (In::FromNearPoor, "Từ cận nghèo"),
    (In::FromPoor, "Từ nghèo"),
    (In::Relapsed, "Tái"),
    (In::NewlyArising, "Phát sinh"),
    (In::MovedIn, "Chuyển đến"),
    (In::Split, "Tách hộ"),
];

/// Start, out by reason, in by reason, end; and whether end = start − out + in.
pub(super) fn movement(sheet: &mut Worksheet, all: &Figures) -> Result<(), XlsxError> {
    let mut grid = Grid::new(sheet, "Diễn biến", &[34, 16, 16])?;
    grid.head(&["Diễn biến", "Hộ nghèo", "Hộ cận nghèo"])?;
    let (poor, near_poor) = (&all.movement.poor, &all.movement.near_poor);
    let mut row = |name: &str, count: &dyn Fn(&Flow) -> usize| {
        grid.row([name.into(), count(poor).into(), count(near_poor).into()])
    };
    row("Đầu kỳ", &|flow| flow.start.len())?;
    row("Ra khỏi danh sách", &Flow::out_count)?;
    for (reason, name) in OUT {
        row(&format!("   {name}"), &|flow| flow.out.get(&reason).map_or(0, |it| it.len()))?;
    }
    row("Vào danh sách", &Flow::in_count)?;
    for (reason, name) in INTO {
        row(&format!("   {name}"), &|flow| flow.into.get(&reason).map_or(0, |it| it.len()))?;
    }
    row("Cuối kỳ", &|flow| flow.end.len())?;
    let holds = |flow: &Flow| Value::from(if flow.identity().is_ok() { "đúng" } else { "sai" });
    grid.row(["Cuối kỳ = đầu kỳ - ra + vào".into(), holds(poor), holds(near_poor)])
}
