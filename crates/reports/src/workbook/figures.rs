//! The sheets of figures and of what each was counted from.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use domain::decimal::Decimal;
use domain::id::HouseholdId;

use super::grid::{Grid, Value};
use crate::data::{Surveyed, TownData};
use crate::figure::{self, Figure, Figures, Period};

/// A decimal as the number that a workbook holds.
pub(super) fn percent(share: Decimal) -> Value {
    #[allow(clippy::cast_precision_loss, reason = "workbooks know no other numbers")]
    Value::Percent(share.hundredths() as f64 / 100.0)
}

/// One row a figure.
pub(super) fn figures(sheet: &mut Worksheet, all: &Figures) -> Result<(), XlsxError> {
    let mut grid = Grid::new(sheet, "Số liệu", &[5, 24, 36, 28, 15, 7, 10, 10, 20, 9, 10, 16, 22, 34])?;
    grid.head(&[
        "TT",
        "Mã",
        "Tên số liệu",
        "Name",
        "Giá trị",
        "Đơn vị",
        "Tử số",
        "Mẫu số",
        "Mẫu số là",
        "Tỷ lệ %",
        "Kỳ tính",
        "Chính sách",
        "Nguồn nhập",
        "Cách tính",
    ])?;
    for (at, figure) in all.all.iter().enumerate() {
        grid.row(row(at + 1, figure, all))?;
    }
    Ok(())
}

fn row(number: usize, figure: &Figure, all: &Figures) -> Vec<Value> {
    let (value, unit) = match figure.value {
        Some(figure::Value::Count(count)) => (Value::Whole(count), ""),
        Some(figure::Value::Dong(amount)) => (Value::Whole(amount), "đồng"),
        Some(figure::Value::Percent(share)) => (percent(share), "%"),
        None => (Value::Blank, ""),
    };
    let share = figure.share.as_ref();
    let of = share.and_then(|share| all.get(&share.of)).map(|of| of.label.vi.clone());
    let period = match figure.rule.period {
        _ if figure.rule.policies.is_empty() => "",
        Period::Cumulative => "lũy kế",
        Period::Period => "trong kỳ",
    };
    let entered = figure.evidence.entered.as_ref();
    let entered =
        entered.map(|it| [it.source.clone(), it.date.clone()].into_iter().flatten().collect::<Vec<_>>());
    vec![
        number.into(),
        figure.id.as_str().into(),
        figure.label.vi.as_str().into(),
        figure.label.en.as_str().into(),
        value,
        unit.into(),
        share.map(|share| share.numerator).into(),
        share.map(|share| share.denominator).into(),
        of.into(),
        share.and_then(|share| share.percent()).map_or(Value::Blank, percent),
        period.into(),
        figure.rule.policies.join(", ").into(),
        entered.map(|parts| parts.join("; ")).into(),
        figure.rule.source.as_str().into(),
    ]
}

/// One row for each thing that was counted.
pub(super) fn sources(sheet: &mut Worksheet, data: &TownData<'_>, all: &Figures) -> Result<(), XlsxError> {
    let mut grid = Grid::new(sheet, "Nguồn", &[24, 34, 22, 22, 34, 34])?;
    grid.head(&["Mã số liệu", "Mã hộ", "Thôn, khu phố", "Xã, phường", "Mã thành viên", "Mã hỗ trợ"])?;
    let places = Places::new(data);
    for figure in &all.all {
        for row in places.rows(figure) {
            grid.row(row)?;
        }
    }
    Ok(())
}

/// Where households are.
pub(super) struct Places<'a> {
    data: &'a TownData<'a>,
    by_id: BTreeMap<HouseholdId, &'a Surveyed>,
}

impl<'a> Places<'a> {
    pub(super) fn new(data: &'a TownData<'a>) -> Self {
        Self { data, by_id: data.households.iter().map(|it| (it.household.id, it)).collect() }
    }

    /// The village and the commune of a household.
    pub(super) fn of(&self, household: HouseholdId) -> (Value, Value) {
        let village = self.by_id.get(&household).and_then(|it| self.data.unit(it.village));
        let commune = village.and_then(|village| village.parent).and_then(|id| self.data.unit(id));
        (village.map(|unit| unit.name.clone()).into(), commune.map(|unit| unit.name.clone()).into())
    }

    fn rows(&self, figure: &Figure) -> Vec<Vec<Value>> {
        let evidence = &figure.evidence;
        let row = |household: HouseholdId, member: Value, support: Value| {
            let (village, commune) = self.of(household);
            vec![figure.id.as_str().into(), household.to_string().into(), village, commune, member, support]
        };
        if !evidence.supports.is_empty() {
            let given = evidence.supports.iter().map(|it| {
                let support =
                    self.by_id.get(&it.household).and_then(|at| at.household.supports.get(&it.support));
                let member = support.and_then(|support| support.member).map(|member| member.to_string());
                row(it.household, member.into(), it.support.to_string().into())
            });
            return given.collect();
        }
        if !evidence.members.is_empty() {
            let members = evidence.members.iter();
            return members.map(|it| row(it.household, it.member.to_string().into(), Value::Blank)).collect();
        }
        evidence.households.iter().map(|household| row(*household, Value::Blank, Value::Blank)).collect()
    }
}
