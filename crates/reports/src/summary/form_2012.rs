//! The form of 2012 (TT 21/2012, Mẫu 3), which the regime before 2022 still used: a list at the beginning of the year,
//! who left it, fell back, or came, and the list at its end; once for the poor and once for the near-poor.
//!
//! The form does not say what its percentages are of: lists are taken of all households, leaving of the list at the
//! beginning, coming of the list at the end, minorities of their list.

use domain::movement::{In, Out};

use super::basis::{Basis, List, Listed};
use super::frame::{Design, How, table as framed};
use super::groups::is_minority;
use super::ledger::Ledger;
use super::movement::{Flows, flows};
use super::{Line, Table};

const COLUMNS: [How; 16] = [
    How::AllHouseholds,
    How::Unknown,
    How::Counted,
    How::Share { of: 2, among: 0 },
    How::Counted,
    How::Share { of: 4, among: 2 },
    How::Counted,
    How::Share { of: 6, among: 2 },
    How::Counted,
    How::Share { of: 8, among: 12 },
    How::Counted,
    How::Share { of: 10, among: 12 },
    How::Counted,
    How::Share { of: 12, among: 0 },
    How::Counted,
    How::Share { of: 14, among: 12 },
];
const START: usize = 2;
const START_MINORITY: usize = 4;
const ESCAPED: usize = 6;
const AGAIN: usize = 8;
const NEW: usize = 10;
const END: usize = 12;
const END_MINORITY: usize = 14;

/// Both tables.
pub(super) fn tables(basis: &Basis<'_>) -> Vec<Table> {
    let flows = flows(basis);
    let ids = [("mau3_poor", List::Poor), ("mau3_near", List::NearPoor)];
    ids.map(|(id, list)| table(basis, id, list, &flows)).to_vec()
}

fn table(basis: &Basis<'_>, id: &'static str, list: List, flows: &Flows) -> Table {
    let mut ledger = Ledger::new(COLUMNS.len());
    let lists = [(&basis.opening, START, START_MINORITY), (&basis.closing, END, END_MINORITY)];
    for (rows, all, minority) in lists {
        for row in rows.values().filter(|row| List::of(row.class) == Some(list)) {
            let (place, household) = ((row.unit, Line::Households), row.household);
            let listed = Listed { row, list, surveyed: basis.surveyed(household) };
            ledger.add(place, all, 1, household);
            if is_minority(&listed) {
                ledger.add(place, minority, 1, household);
            }
            let moved =
                if all == START { left(list, flows, household) } else { came(list, flows, household) };
            if let Some(column) = moved {
                ledger.add(place, column, 1, household);
            }
        }
    }
    let columns = COLUMNS.iter().zip(1..).map(|(how, at)| (format!("c{at}"), *how)).collect();
    let design = Design { id, lines: &[Line::Households], columns, identities: Vec::new(), own: Vec::new() };
    framed(&basis.groups, design, &ledger)
}

/// Leaving poverty for the near-poor list is leaving poverty; falling into it from there is not leaving.
fn left(list: List, flows: &Flows, household: domain::id::HouseholdId) -> Option<usize> {
    match (list, flows.out(list, household)?) {
        (_, Out::Escaped) | (List::Poor, Out::ToNearPoor) => Some(ESCAPED),
        _ => None,
    }
}

fn came(list: List, flows: &Flows, household: domain::id::HouseholdId) -> Option<usize> {
    Some(if flows.into(list, household)? == In::Relapsed { AGAIN } else { NEW })
}
