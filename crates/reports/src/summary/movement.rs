//! Movement: how the lists of the poor and the near-poor moved between the beginning and the end.
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
use domain::rulebook::summary::{Figure, List};

use super::basis::{Basis, part};
use super::groups::is_minority;
use super::ledger::{Ledger, Part};

fn out_figure(list: List, why: Out) -> Figure {
    match (list, why) {
        (_, Out::Escaped) => Figure::OutEscaped,
        (List::Poor, Out::ToNearPoor) => Figure::OutNearPoor,
        (List::NearPoor, Out::ToPoor) => Figure::OutPoor,
        _ => Figure::OutOther,
    }
}

fn in_figure(why: In) -> Figure {
    match why {
        In::FromNearPoor | In::FromPoor => Figure::InTransfer,
        In::Relapsed => Figure::InAgain,
        In::NewlyArising => Figure::InNew,
        In::MovedIn | In::Split => Figure::InOther,
    }
}

/// Why each household left a list or came to it.
struct Flows {
    out: BTreeMap<(List, HouseholdId), Out>,
    into: BTreeMap<(List, HouseholdId), In>,
}

fn flows(basis: &Basis<'_>) -> Flows {
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
    fn came(&self, list: List, household: HouseholdId) -> Option<In> {
        self.into.get(&(list, household)).copied()
    }

    /// Why a household is no longer on a list.
    fn went(&self, list: List, household: HouseholdId) -> Option<Out> {
        self.out.get(&(list, household)).copied()
    }
}

/// Every figure of the movement, and of the lists at their two ends.
pub(super) fn count(basis: &Basis<'_>, ledger: &mut Ledger) {
    let flows = flows(basis);
    for listed in basis.on_lists(&basis.opening) {
        let (list, before, start) = (listed.list, listed.row, listed.part());
        ledger.add(Figure::Start, list, start);
        if is_minority(&listed) {
            ledger.add(Figure::StartMinority, list, start);
        }
        match flows.went(list, listed.id()) {
            Some(why) => left(ledger, list, why, start),
            None => changed(ledger, list, before, basis.closing.get(&listed.id()).copied()),
        }
    }
    for listed in basis.listed() {
        let (list, now, end) = (listed.list, listed.row, listed.part());
        ledger.add(Figure::End, list, end);
        if is_minority(&listed) {
            ledger.add(Figure::EndMinority, list, end);
        }
        let Some(why) = flows.came(list, listed.id()) else { continue };
        if why != In::Relapsed {
            ledger.add(Figure::InFresh, list, end);
        }
        match (in_figure(why), basis.opening.get(&listed.id())) {
            (Figure::InTransfer, Some(before)) => {
                ledger.add(Figure::InTransfer, list, part(before));
                changed(ledger, list, before, Some(now));
            }
            (figure, _) => ledger.add(figure, list, end),
        }
    }
}

/// Leaving poverty for the near-poor list is leaving poverty; falling into it from there is not leaving.
fn left(ledger: &mut Ledger, list: List, why: Out, start: Part) {
    let figure = out_figure(list, why);
    ledger.add(figure, list, start);
    if matches!(figure, Figure::OutEscaped | Figure::OutNearPoor) {
        ledger.add(Figure::OutBetter, list, start);
    }
}

/// A household that is on the list at both ends, or came to it from the other, and now lives elsewhere in the town or
/// has other people.
fn changed(ledger: &mut Ledger, list: List, before: &Recognition, now: Option<&Recognition>) {
    let Some(now) = now else { return };
    if before.unit != now.unit {
        ledger.add(Figure::OutOther, list, part(before));
        ledger.add(Figure::InOther, list, part(now));
        return;
    }
    let more = now.people - before.people;
    let figure = if more > 0 { Figure::InOther } else { Figure::OutOther };
    ledger.add(figure, list, Part { households: 0, people: more.abs(), ..part(now) });
}
