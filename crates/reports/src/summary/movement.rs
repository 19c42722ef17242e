//! Forms 2 and 3: how the lists of the poor and the near-poor moved between the beginning and the end.
//!
//! A transfer between the lists is counted where the household lived at the beginning and with its people of then,
//! in both tables, so that they agree; that it moved, or has other people now, stands in the columns of other
//! reasons, as does every household that stayed and has other people now.
//!
//! **Invariant:** in every line, end = start − out + in, for households and for people.

use std::collections::BTreeMap;

use domain::id::HouseholdId;
use domain::movement::{Flow, In, Known, Out, movement};
use domain::recognition::Recognition;

use super::basis::{Basis, List};
use super::frame::{Design, How, table as framed};
use super::ledger::Ledger;
use super::{Identity, Line, Table};

const COLUMNS: usize = 9;
/// Places of the columns.
const START: usize = 0;
const OUT_OTHER: usize = 3;
const IN_TRANSFER: usize = 4;
const IN_AGAIN: usize = 5;
const IN_NEW: usize = 6;
const IN_OTHER: usize = 7;
const END: usize = 8;

/// A transfer goes to the column of form 2 or of form 3.
fn out_column(list: List, why: Out) -> usize {
    match (list, why) {
        (List::Poor, Out::ToNearPoor) | (List::NearPoor, Out::Escaped) => 1,
        (List::Poor, Out::Escaped) | (List::NearPoor, Out::ToPoor) => 2,
        _ => OUT_OTHER,
    }
}

fn in_column(why: In) -> usize {
    match why {
        In::FromNearPoor | In::FromPoor => IN_TRANSFER,
        In::Relapsed => IN_AGAIN,
        In::NewlyArising => IN_NEW,
        In::MovedIn | In::Split => IN_OTHER,
    }
}

/// Both tables.
pub(super) fn tables(basis: &Basis<'_>) -> Vec<Table> {
    let flows = flows(basis);
    List::BOTH.map(|list| table(basis, list, &flows)).to_vec()
}

/// Why each household left a list or came to it.
pub(super) struct Flows {
    out: BTreeMap<(List, HouseholdId), Out>,
    into: BTreeMap<(List, HouseholdId), In>,
}

pub(super) fn flows(basis: &Basis<'_>) -> Flows {
    let data = basis.data;
    let (removed, came) = (data.removed(), data.came());
    let earlier: Vec<Recognition> =
        data.register.rows().iter().filter(|row| row.from < data.days.from).cloned().collect();
    let known = Known { removed: &removed, came: &came, earlier: &earlier };
    let moved = movement(&basis.opening, &basis.closing, known);
    let mut flows = Flows { out: BTreeMap::new(), into: BTreeMap::new() };
    for (list, flow) in [(List::Poor, &moved.poor), (List::NearPoor, &moved.near_poor)] {
        flows.take(list, flow);
    }
    flows
}

impl Flows {
    fn take(&mut self, list: List, flow: &Flow) {
        let out = flow.out.iter().flat_map(|(why, those)| those.iter().map(move |id| (*id, *why)));
        self.out.extend(out.map(|(id, why)| ((list, id), why)));
        let into = flow.into.iter().flat_map(|(why, those)| those.iter().map(move |id| (*id, *why)));
        self.into.extend(into.map(|(id, why)| ((list, id), why)));
    }

    /// Why a household is on a list that it was not on.
    pub(super) fn into(&self, list: List, household: HouseholdId) -> Option<In> {
        self.into.get(&(list, household)).copied()
    }

    /// Why a household is no longer on a list.
    pub(super) fn out(&self, list: List, household: HouseholdId) -> Option<Out> {
        self.out.get(&(list, household)).copied()
    }
}

fn table(basis: &Basis<'_>, list: List, flows: &Flows) -> Table {
    let mut ledger = Ledger::new(COLUMNS);
    let on_list = |row: &&Recognition| List::of(row.class) == Some(list);
    for (id, before) in basis.opening.iter().filter(|(_, row)| on_list(row)) {
        ledger.both(before.unit, START, before.people, *id);
        match flows.out(list, *id) {
            Some(why) => ledger.both(before.unit, out_column(list, why), before.people, *id),
            None => changed(&mut ledger, before, basis.closing.get(id).copied()),
        }
    }
    for (id, now) in basis.closing.iter().filter(|(_, row)| on_list(row)) {
        ledger.both(now.unit, END, now.people, *id);
        match (flows.into(list, *id), basis.opening.get(id)) {
            (Some(In::FromNearPoor | In::FromPoor), Some(before)) => {
                ledger.both(before.unit, IN_TRANSFER, before.people, *id);
                changed(&mut ledger, before, Some(now));
            }
            (Some(why), _) => ledger.both(now.unit, in_column(why), now.people, *id),
            (None, _) => {}
        }
    }
    let id = if list == List::Poor { "t2" } else { "t3" };
    let columns = (1..=COLUMNS).map(|at| (format!("c{at}"), How::Counted)).collect();
    let identities = vec![Identity::new(END, &[START, 4, 5, 6, 7], &[1, 2, 3])];
    let lines = &[Line::Households, Line::People];
    framed(&basis.groups, Design { id, lines, columns, identities, own: Vec::new() }, &ledger)
}

/// A household that is on the list at both ends, or came to it from the other, and now lives elsewhere in the town or
/// has other people.
fn changed(ledger: &mut Ledger, before: &Recognition, now: Option<&Recognition>) {
    let Some(now) = now else { return };
    let id = now.household;
    if before.unit != now.unit {
        ledger.both(before.unit, OUT_OTHER, before.people, id);
        ledger.both(now.unit, IN_OTHER, now.people, id);
        return;
    }
    let more = now.people - before.people;
    match more {
        0 => {}
        1.. => ledger.add((now.unit, Line::People), IN_OTHER, more, id),
        _ => ledger.add((now.unit, Line::People), OUT_OTHER, -more, id),
    }
}
