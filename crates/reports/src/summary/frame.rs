//! The lines of every table: communes with their villages, then urban, rural and all.

use std::collections::BTreeSet;

use domain::id::UnitId;
use domain::population::Population;
use domain::unit::{Area, Unit, UnitKind, under};

use super::ledger::{Ledger, Tally};
use super::words::{Heading, headings};
use super::{Cell, Column, Identity, Level, Line, Row, Table};
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

/// How a column comes about.
#[derive(Clone, Copy, Debug)]
pub(super) enum How {
    /// Counted in the ledger.
    Counted,
    /// All households of the unit.
    AllHouseholds,
    /// All people of the unit.
    AllPeople,
    /// One column in a hundred of another.
    Share { of: usize, among: usize },
    /// Nobody says: left to be filled in.
    Unknown,
}

/// A table before it is counted.
pub(super) struct Design {
    pub(super) id: &'static str,
    pub(super) lines: &'static [Line],
    pub(super) columns: Vec<(String, How)>,
    pub(super) identities: Vec<Identity>,
    /// Headings of columns that depend on the rulebook or the people: by column id.
    pub(super) own: Vec<(String, Words)>,
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
pub(super) fn table(groups: &[Group], design: Design, ledger: &Ledger) -> Table {
    let mut rows = Vec::new();
    for group in groups {
        for line in design.lines {
            let counts = ledger.sum(&group.villages, *line);
            rows.push(Row {
                unit: group.unit,
                number: group.number.clone(),
                name: group.name.clone(),
                level: group.level,
                line: *line,
                cells: cells(group, &design, &counts),
            });
        }
    }
    let Heading { title, columns } = headings(design.id);
    let heading = |id: &String| {
        let own = design.own.iter().find(|(of, _)| of == id).map(|(_, words)| words.clone());
        own.or_else(|| columns.get(id).cloned()).unwrap_or_else(|| Words { vi: id.clone(), en: id.clone() })
    };
    let columns =
        design.columns.iter().map(|(id, _)| Column { id: id.clone(), words: heading(id) }).collect();
    Table { id: design.id.to_owned(), title, columns, rows, identities: design.identities }
}

fn cells(group: &Group, design: &Design, counts: &[Tally]) -> Vec<Cell> {
    let given = |number: Option<i64>| number.map_or(Cell::Blank, |number| Cell::Given { number });
    let plain: Vec<Cell> = design
        .columns
        .iter()
        .zip(counts)
        .map(|((_, how), tally)| match how {
            How::Counted => tally.cell(),
            How::AllHouseholds => given(group.households),
            How::AllPeople => given(group.people),
            How::Share { .. } | How::Unknown => Cell::Blank,
        })
        .collect();
    let share = |of: usize, among: usize| {
        let (numerator, denominator) = (plain[of].number()?, plain[among].number()?);
        let households = plain[of].households().to_vec();
        (denominator > 0).then_some(Cell::Share { numerator, denominator, households })
    };
    let cell = |(at, (_, how)): (usize, &(String, How))| match how {
        How::Share { of, among } => share(*of, *among).unwrap_or(Cell::Blank),
        _ => plain[at].clone(),
    };
    design.columns.iter().enumerate().map(cell).collect()
}
