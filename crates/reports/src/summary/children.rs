//! Children of poor and near-poor households who lack a health card, are malnourished, or do not go to the
//! school of their age.
//!
//! A child lacks what its household is deprived of because of it: the indicator's own rule names the child among the
//! facts that decided it.

use std::collections::BTreeSet;

use domain::date::{PartialDate, ages_on};
use domain::deprivation::{Deprived, Finding};
use domain::id::{HouseholdId, MemberId};
use domain::rulebook::facts::Reason;
use domain::rulebook::summary::Figure;

use super::basis::{Basis, Listed};
use super::ledger::{Ledger, Part};
use crate::figure::present;

/// Its children, and those because of whom it is deprived.
pub(super) fn count(basis: &Basis<'_>, listed: &Listed<'_>, findings: &[Finding], ledger: &mut Ledger) {
    let children = children(basis, listed.id());
    let part = |count: usize| {
        let people = i64::try_from(count).unwrap_or(i64::MAX);
        Part { people, households: people.min(1), ..listed.part() }
    };
    ledger.add(Figure::Children, listed.list, part(children.len()));
    for finding in findings {
        let lacking = because_of(finding).intersection(&children).count();
        ledger.add_about(Figure::ChildDeprivation, listed.list, &finding.indicator, part(lacking));
    }
}

/// Those who live there and are surely children on the review's day.
fn children(basis: &Basis<'_>, household: HouseholdId) -> BTreeSet<MemberId> {
    let Some(tables) = basis.tables else { return BTreeSet::new() };
    let members = basis.surveyed(household).into_iter().flat_map(|it| &it.household.members);
    let child = |born: &Option<String>| {
        let born: Option<PartialDate> = born.as_ref().and_then(|born| born.parse().ok());
        born.is_some_and(|born| *ages_on(&born, basis.day).end() < tables.child_below)
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
