//! Form 1: the results — households and people, poor, near-poor, and of average living standard.

use domain::id::{HouseholdId, UnitId};

use super::basis::{Basis, List};
use super::frame::{Design, How, table as framed};
use super::ledger::Ledger;
use super::{Line, Table};

const ID: &str = "t1";
const COLUMNS: [How; 14] = [
    How::AllHouseholds,
    How::AllPeople,
    How::Counted,
    How::Share { of: 2, among: 0 },
    How::Counted,
    How::Share { of: 4, among: 0 },
    How::Unknown,
    How::Unknown,
    How::Counted,
    How::Share { of: 8, among: 1 },
    How::Counted,
    How::Share { of: 10, among: 1 },
    How::Unknown,
    How::Unknown,
];
/// Places of the counted columns: households and people of a list.
const POOR: (usize, usize) = (2, 8);
const NEAR_POOR: (usize, usize) = (4, 10);

pub(super) fn table(basis: &Basis<'_>) -> Table {
    let mut ledger = Ledger::new(COLUMNS.len());
    let mut add = |unit: UnitId, (households, people): (usize, usize), count: i64, id: HouseholdId| {
        ledger.add((unit, Line::Households), households, 1, id);
        ledger.add((unit, Line::Households), people, count, id);
    };
    for listed in basis.listed() {
        let places = if listed.list == List::Poor { POOR } else { NEAR_POOR };
        add(listed.village(), places, listed.row.people, listed.id());
    }
    let columns = COLUMNS.iter().zip(1..).map(|(how, at)| (format!("c{at}"), *how)).collect();
    let design =
        Design { id: ID, lines: &[Line::Households], columns, identities: Vec::new(), own: Vec::new() };
    framed(&basis.groups, design, &ledger)
}
