//! The lines of every table: communes with their villages, then urban, rural and all.

use std::collections::BTreeSet;

use domain::id::UnitId;
use domain::population::Population;
use domain::rulebook::summary::SummaryTable;
use domain::unit::{Area, Unit, UnitKind, under};

use super::design::{Design, Designed, How};
use super::ledger::Ledger;
use super::{Cell, Column, Level, Line, Row, Table};
use crate::data::TownData;
use crate::figure::Words;

/// A line's villages.
#[derive(Clone, Debug)]
pub(super) struct Group {
    unit: Option<UnitId>,
    number: String,
    name: Words,
    level: Level,
    villages: BTreeSet<UnitId>,
    households: Option<i64>,
    people: Option<i64>,
}

/// The groups of the town: `used` are units with households on a list.
pub(super) fn groups(data: &TownData<'_>, used: &BTreeSet<UnitId>) -> Vec<Group> {
    let all: BTreeSet<UnitId> = under(data.units, data.town).into_iter().collect();
    let mut groups = Vec::new();
    for (at, commune) in communes(data, used).into_iter().enumerate() {
        let number = (at + 1).to_string();
        let inside: BTreeSet<UnitId> = under(data.units, commune.id).into_iter().collect();
        let villages = data.units.iter().filter(|unit| inside.contains(&unit.id) && unit.id != commune.id);
        let villages = villages.filter(|unit| exists(data, unit) || used.contains(&unit.id));
        groups.push(of_unit(data, commune, number.clone(), Level::Commune, inside.clone()));
        for (below, village) in villages.enumerate() {
            let number = format!("{number}.{}", below + 1);
            groups.push(of_unit(data, village, number, Level::Village, BTreeSet::from([village.id])));
        }
    }
    for (area, vi, en) in
        [(Area::Urban, "Khu vực thành thị", "Urban"), (Area::Rural, "Khu vực nông thôn", "Rural")]
    {
        let of_area = |unit: &&Unit| all.contains(&unit.id) && unit.area == area;
        let villages = data.units.iter().filter(of_area).map(|unit| unit.id).collect();
        groups.push(sum(data, (vi, en), Level::Area, villages));
    }
    groups.push(sum(data, ("Tổng cộng", "Total"), Level::Total, all));
    groups
}

fn exists(data: &TownData<'_>, unit: &Unit) -> bool {
    let day = data.days.as_of.to_string();
    unit.valid_from <= day && unit.valid_to.as_ref().is_none_or(|last| day <= *last)
}

/// Communes that exist, and those that had households on a list.
fn communes<'a>(data: &TownData<'a>, used: &BTreeSet<UnitId>) -> Vec<&'a Unit> {
    let inside = under(data.units, data.town);
    let commune = |unit: &&Unit| unit.kind == UnitKind::Commune && inside.contains(&unit.id);
    let counts =
        |unit: &&Unit| exists(data, unit) || under(data.units, unit.id).iter().any(|it| used.contains(it));
    data.units.iter().filter(commune).filter(counts).collect()
}

fn of_unit(
    data: &TownData<'_>,
    unit: &Unit,
    number: String,
    level: Level,
    villages: BTreeSet<UnitId>,
) -> Group {
    let (households, people) = population(data, unit.id).unzip();
    let name = Words { vi: unit.name.clone(), en: unit.name.clone() };
    Group { unit: Some(unit.id), number, name, level, villages, households, people }
}

fn sum(data: &TownData<'_>, (vi, en): (&str, &str), level: Level, villages: BTreeSet<UnitId>) -> Group {
    let own = (level == Level::Total).then(|| population(data, data.town)).flatten();
    let (households, people) = own.or_else(|| together(data, &villages)).unzip();
    let name = Words { vi: vi.to_owned(), en: en.to_owned() };
    Group { unit: None, number: String::new(), name, level, villages, households, people }
}

/// Households and people of a unit: its own figure, or the sum of the units right under it.
fn population(data: &TownData<'_>, unit: UnitId) -> Option<(i64, i64)> {
    let day = data.days.as_of;
    if let Some(own) = Population::as_of(data.population, unit, day) {
        return Some((own.households, own.people));
    }
    let below: Vec<&Unit> =
        data.units.iter().filter(|it| it.parent == Some(unit) && exists(data, it)).collect();
    let parts = below.iter().map(|it| population(data, it.id)).collect::<Option<Vec<_>>>()?;
    let sum = parts.iter().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    (!parts.is_empty()).then_some(sum)
}

/// The population of a set of villages: whole communes by their own figure, others village by village.
fn together(data: &TownData<'_>, villages: &BTreeSet<UnitId>) -> Option<(i64, i64)> {
    let mut sum = (0, 0);
    for commune in communes(data, &BTreeSet::new()) {
        let inside: Vec<&Unit> = data.units.iter().filter(|it| it.parent == Some(commune.id)).collect();
        let those: Vec<&&Unit> = inside.iter().filter(|it| villages.contains(&it.id)).collect();
        let parts = if those.len() == inside.len() && villages.contains(&commune.id) {
            vec![population(data, commune.id)?]
        } else {
            those.iter().map(|it| population(data, it.id)).collect::<Option<Vec<_>>>()?
        };
        sum = parts.iter().fold(sum, |sum, part| (sum.0 + part.0, sum.1 + part.1));
    }
    Some(sum)
}

/// The table from its counts.
pub(super) fn table(groups: &[Group], design: Design<'_>, ledger: &Ledger) -> Table {
    let mut rows = Vec::new();
    for group in groups {
        for line in &design.form.lines {
            let cells = design.columns.iter().map(|column| cell(group, &design, column, ledger, *line));
            rows.push(Row {
                unit: group.unit,
                number: group.number.clone(),
                name: group.name.clone(),
                level: group.level,
                line: *line,
                cells: cells.collect(),
            });
        }
    }
    let SummaryTable { id, sheet, title_vi, title_en, .. } = design.form;
    Table {
        id: id.clone(),
        sheet: sheet.clone(),
        title: Words { vi: title_vi.clone(), en: title_en.clone() },
        identities: design.identities(),
        equal: design.form.equal.clone(),
        columns: design.columns.into_iter().map(|it| Column { id: it.id, words: it.words }).collect(),
        rows,
    }
}

/// What stands in a column: a number, or its share of the number in another.
fn cell(group: &Group, design: &Design<'_>, column: &Designed, ledger: &Ledger, line: Line) -> Cell {
    let whole = whole(group, column, ledger, line);
    let Some(among) = &column.percent_of else { return whole };
    let all = design.columns.iter().find(|it| it.id == *among);
    let all = all.and_then(|all| self::whole(group, all, ledger, line).number());
    match (whole, all) {
        (Cell::Count { count: numerator, households }, Some(denominator)) if denominator > 0 => {
            Cell::Share { numerator, denominator, households }
        }
        _ => Cell::Blank,
    }
}

fn whole(group: &Group, column: &Designed, ledger: &Ledger, line: Line) -> Cell {
    let given = |number: Option<i64>| number.map_or(Cell::Blank, |number| Cell::Given { number });
    match &column.how {
        How::Counted(counted) => ledger.sum(counted, &group.villages, column.count.unwrap_or(line)).cell(),
        How::AllHouseholds => given(group.households),
        How::AllPeople => given(group.people),
        How::Unknown => Cell::Blank,
    }
}
