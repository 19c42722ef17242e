//! Form 11: children of poor and near-poor households who lack a health card, are malnourished, or do not go to the
//! school of their age.
//!
//! A child lacks what its household is deprived of because of it: the indicator's own rule names the child among the
//! facts that decided it.

use std::collections::BTreeSet;

use domain::date::{PartialDate, ages_on};
use domain::deprivation::{Deprived, Finding};
use domain::id::{HouseholdId, MemberId};
use domain::rulebook::facts::Reason;

use super::basis::{Basis, List};
use super::frame::{Design, How, table as framed};
use super::ledger::Ledger;
use super::{Line, Table};
use crate::figure::present;

/// Under this age one is a child.
const CHILD_BELOW: i32 = 16;
/// The indicators of the form's columns.
const INDICATORS: [&str; 3] = ["bhyt", "dinh_duong", "gd_tre_em"];
const WIDTH: usize = 1 + INDICATORS.len();

/// The table; none where the rulebook has not these indicators.
pub(super) fn table(basis: &Basis<'_>) -> Option<Table> {
    let known = |id: &str| basis.rulebook.is_some_and(|it| it.indicators.iter().any(|one| one.id == id));
    if !INDICATORS.iter().all(|id| known(id)) {
        return None;
    }
    let mut ledger = Ledger::new(2 * WIDTH);
    for listed in basis.listed() {
        let (first, place) =
            (if listed.list == List::Poor { 0 } else { WIDTH }, (listed.village(), Line::People));
        let children = children(basis, listed.id());
        let mut add = |column: usize, count: usize| {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            if count > 0 {
                ledger.add(place, first + column, count, listed.id());
            }
        };
        add(0, children.len());
        for finding in basis.findings(listed.id()) {
            if let Some(at) = INDICATORS.iter().position(|id| *id == finding.indicator) {
                add(1 + at, because_of(&finding).intersection(&children).count());
            }
        }
    }
    let columns = (1..=2 * WIDTH).map(|at| (format!("c{at}"), How::Counted)).collect();
    let design =
        Design { id: "t11", lines: &[Line::People], columns, identities: Vec::new(), own: Vec::new() };
    Some(framed(&basis.groups, design, &ledger))
}

/// Those who live there and are surely under sixteen on the review's day.
fn children(basis: &Basis<'_>, household: HouseholdId) -> BTreeSet<MemberId> {
    let members = basis.surveyed(household).into_iter().flat_map(|it| &it.household.members);
    let child = |born: &Option<String>| {
        let born: Option<PartialDate> = born.as_ref().and_then(|born| born.parse().ok());
        born.is_some_and(|born| *ages_on(&born, basis.day).end() < CHILD_BELOW)
    };
    let there = members.filter(|(_, member)| present(member, basis.data.days.as_of) && child(&member.born));
    there.map(|(id, _)| *id).collect()
}

/// The members whose answers made the household deprived.
fn because_of(finding: &Finding) -> BTreeSet<MemberId> {
    if finding.deprived != Deprived::Yes {
        return BTreeSet::new();
    }
    let member = |reason: &Reason| match reason {
        Reason::Answer { key, .. } => key.member,
        Reason::Age { .. } | Reason::Residents { .. } => None,
    };
    finding.because.iter().filter_map(member).collect()
}
