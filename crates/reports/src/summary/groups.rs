//! Forms 8 and 9: the poor and the near-poor by group and by ethnicity.
//!
//! The form takes the groups of a list away from its total, so a household can be in one only. A household is of an
//! ethnic minority if its head is; else it has no labour if the survey says so; else it is one of merit if someone who
//! lives in it is; else it is another. A head whose ethnicity nobody wrote down counts as another.

use std::collections::{BTreeMap, BTreeSet};

use super::basis::{Basis, List, Listed};
use super::frame::{Design, How, table as framed};
use super::ledger::Ledger;
use super::{Identity, Line, Table};
use crate::figure::{Words, present};

/// Columns of one list in form 8: all, minority, no labour, merit, others.
const GROUPS: usize = 5;
/// Columns of one list in form 9 before the minorities: all, Kinh, all minorities.
const BEFORE: usize = 3;
/// How ethnicities are written: the numbers of the list of 1979.
const PREFIX: &str = "tctk1979:";
const KINH: &str = "tctk1979:01";
const LINES: &[Line] = &[Line::Households];
/// The names of the list of 1979, in the order of their numbers.
const NAMES: &str = include_str!("../../data/ethnicities-1979.txt");

/// Form 8.
pub(super) fn table(basis: &Basis<'_>) -> Table {
    let mut ledger = Ledger::new(2 * GROUPS);
    for listed in basis.listed() {
        let first = start(listed.list, GROUPS);
        let place = (listed.village(), Line::Households);
        ledger.add(place, first, 1, listed.id());
        ledger.add(place, first + group(basis, &listed), 1, listed.id());
    }
    let how =
        |at| if at % GROUPS == 3 && basis.labour_question().is_none() { How::Unknown } else { How::Counted };
    let columns = (1..=2 * GROUPS).map(|at| (format!("c{at}"), how(at))).collect();
    let identities = [0, GROUPS].map(|at| Identity::new(at + 4, &[at], &[at + 1, at + 2, at + 3])).to_vec();
    framed(&basis.groups, Design { id: "t8", lines: LINES, columns, identities, own: Vec::new() }, &ledger)
}

fn start(list: List, columns: usize) -> usize {
    if list == List::Poor { 0 } else { columns }
}

/// The group of a household: the first that holds.
fn group(basis: &Basis<'_>, listed: &Listed<'_>) -> usize {
    if is_minority(listed) {
        1
    } else if basis.has_no_labour(listed.id()) {
        2
    } else if has_merit(basis, listed) {
        3
    } else {
        4
    }
}

fn has_merit(basis: &Basis<'_>, listed: &Listed<'_>) -> bool {
    let members = listed.surveyed.into_iter().flat_map(|it| it.household.members.values());
    members.filter(|member| present(member, basis.data.days.as_of)).any(|member| member.merit)
}

/// Whether a household is of an ethnic minority: unknown is no.
pub(super) fn is_minority(listed: &Listed<'_>) -> bool {
    ethnicity(listed).is_some_and(|code| code != KINH)
}

/// The ethnicity of a household: that of its head.
fn ethnicity<'a>(listed: &Listed<'a>) -> Option<&'a str> {
    let household = &listed.surveyed?.household;
    household.members.get(&household.head?)?.ethnicity.as_deref()
}

/// Form 9: the ethnicities that are on a list, in the order of their codes. Heads whose ethnicity nobody wrote down
/// are only in the total.
pub(super) fn ethnicities(basis: &Basis<'_>) -> Table {
    let found: BTreeSet<&str> =
        basis.listed().filter_map(|it| ethnicity(&it)).filter(|it| *it != KINH).collect();
    let places: BTreeMap<&str, usize> = found.iter().copied().zip(BEFORE..).collect();
    let width = BEFORE + found.len() + 1;
    let mut ledger = Ledger::new(2 * width);
    for listed in basis.listed() {
        let (first, place) = (start(listed.list, width), (listed.village(), Line::Households));
        ledger.add(place, first, 1, listed.id());
        let columns = match ethnicity(&listed) {
            Some(KINH) => vec![1],
            Some(code) => [2].into_iter().chain(places.get(code).copied()).collect(),
            None => vec![width - 1],
        };
        columns.into_iter().for_each(|column| ledger.add(place, first + column, 1, listed.id()));
    }
    let (columns, own) = columns(&found);
    let sums = |first: usize| {
        let minorities: Vec<usize> = (first + BEFORE..first + width - 1).collect();
        [
            Identity::new(first, &[first + 1, first + 2, first + width - 1], &[]),
            Identity::new(first + 2, &minorities, &[]),
        ]
    };
    let identities = [0, width].into_iter().flat_map(sums).collect();
    framed(&basis.groups, Design { id: "t9", lines: LINES, columns, identities, own }, &ledger)
}

type Columns = (Vec<(String, How)>, Vec<(String, Words)>);

fn columns(found: &BTreeSet<&str>) -> Columns {
    let (mut columns, mut own) = (Vec::new(), Vec::new());
    for (key, vi, en) in [("poor", "Hộ nghèo", "Poor"), ("near", "Hộ cận nghèo", "Near-poor")] {
        let mut push = |id: &str, name: [&str; 2]| {
            let id = format!("{key}/{id}");
            let words = Words { vi: format!("{vi} – {}", name[0]), en: format!("{en} – {}", name[1]) };
            columns.push((id.clone(), How::Counted));
            own.push((id, words));
        };
        push("all", ["Tổng số", "All"]);
        push("kinh", ["Kinh", "Kinh"]);
        push("minority", ["Tổng DTTS", "All minorities"]);
        found.iter().for_each(|code| push(code, [name(code); 2]));
        push("unknown", ["Chưa ghi dân tộc", "Not written down"]);
    }
    (columns, own)
}

/// The name of an ethnicity, or its code where the list of 1979 does not have it.
fn name(code: &str) -> &str {
    let number = code.strip_prefix(PREFIX).and_then(|number| number.parse::<usize>().ok());
    let line = number.and_then(|number| NAMES.lines().nth(number.checked_sub(1)?));
    line.unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_1979_has_54_names() {
        assert_eq!(NAMES.lines().count(), 54);
        assert_eq!(
            [name("tctk1979:01"), name("tctk1979:06"), name("tctk1979:54")],
            ["Kinh", "Mường", "Rơ-măm"]
        );
        assert_eq!([name("tctk1979:00"), name("tctk1979:55")], ["tctk1979:00", "tctk1979:55"]);
    }
}
