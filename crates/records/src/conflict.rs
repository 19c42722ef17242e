//! Values that contradict each other, and values that were covered without anyone choosing.
//!
//! A field is in *conflict* while it has different values that had not seen each other. A value is *covered* when one
//! save superseded several different values and its change holds no choice for the field: its author may have seen
//! only the winner. A choice for the field, in the same change or in one that has seen it, settles this.
//!
//! **Invariant:** computed from the set of changes, so the same in any order of arrival.

use std::collections::{BTreeMap, BTreeSet};

use domain::field::{ChoiceKey, Field};
use domain::id::{ActorId, VisitId};
use domain::scalar::Scalar;

use crate::change::{author_of, visit_of};
use crate::current::{Current, contradict};
use crate::document::Document;
use crate::heads::Hash;
use crate::kind::Kind;
use crate::op::OpId;
use crate::past::{At, Past, Writing};

/// A value, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The value.
    pub value: Scalar,
    /// The change that holds it.
    pub hash: Hash,
    /// The signed batch of the change says which user and device this is.
    pub actor: ActorId,
    /// Seconds since 1970, by the device's clock: a claim.
    pub time: i64,
    /// The visit in which it was written.
    pub visit: Option<VisitId>,
}

/// Why a field needs a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// Different values stand beside each other.
    Concurrent,
    /// A later save covered values that its author may not have seen.
    Covered,
}

/// A field that needs a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub field: Field,
    /// Why.
    pub kind: ConflictKind,
    /// What was said, the value that stands first. For covered values, the others are those that do not stand.
    pub values: Vec<Told>,
}

/// The fields of the document that need a person, by field.
pub(crate) fn conflicts(document: &Document, current: &Current) -> Vec<Conflict> {
    let past = Past::read(document.kind(), document.id(), document.lineage.changes());
    let mut conflicts = document.concurrent(current, &past);
    // A programme has no choices: its form shows the contradicting values, and writing over them chooses.
    if document.kind() == Kind::Household {
        conflicts.extend(document.covered(current, &past));
    }
    conflicts.sort_by(|a, b| (&a.field, a.kind).cmp(&(&b.field, b.kind)));
    conflicts
}

impl Document {
    fn told(&self, at: At, writing: &Writing) -> Told {
        let change = &self.lineage.changes()[at.change];
        Told {
            value: writing.value.clone(),
            hash: change.hash().0,
            actor: author_of(change),
            time: change.timestamp(),
            visit: visit_of(change),
        }
    }

    fn concurrent(&self, current: &Current, past: &Past) -> Vec<Conflict> {
        let contested = current.fields.iter().filter(|(_, values)| contradict(values));
        let conflict = contested.map(|(field, values)| Conflict {
            field: field.clone(),
            kind: ConflictKind::Concurrent,
            values: values
                .iter()
                .filter_map(|standing| past.find(&standing.op))
                .map(|(at, writing)| self.told(at, writing))
                .collect(),
        });
        conflict.collect()
    }

    fn covered(&self, current: &Current, past: &Past) -> Vec<Conflict> {
        let mut unseen: BTreeMap<&Field, BTreeSet<OpId>> = BTreeMap::new();
        let choices = choices(past);
        for (change, deeds) in past.deeds.iter().enumerate() {
            for (field, over) in deeds.superseded() {
                if differ(past, &over) && !self.is_chosen(&choices, change, field) {
                    unseen.entry(field).or_default().extend(over);
                }
            }
        }
        unseen.into_iter().filter_map(|(field, lost)| self.cover(current, past, field, &lost)).collect()
    }

    /// True if someone chose for the field in this change, or having seen it.
    fn is_chosen(&self, choices: &[(usize, Field)], covering: usize, field: &Field) -> bool {
        let hash = |change: usize| self.lineage.changes()[change].hash().0;
        let mut for_field = choices.iter().filter(|(_, chosen)| chosen == field);
        for_field.any(|(change, _)| self.lineage.descends(&[hash(*change)], &hash(covering)))
    }

    fn cover(
        &self,
        current: &Current,
        past: &Past,
        field: &Field,
        lost: &BTreeSet<OpId>,
    ) -> Option<Conflict> {
        let standing = current.values(field);
        let stands: BTreeSet<&Scalar> = standing.iter().map(|standing| &standing.value).collect();
        let (winner_at, winner) = past.find(&standing.first()?.op)?;
        let lost = lost.iter().rev().filter_map(|op| past.find(op));
        let gone = lost.filter(|(_, writing)| !stands.contains(&writing.value));
        let gone: Vec<Told> = gone.map(|(at, writing)| self.told(at, writing)).collect();
        if gone.is_empty() {
            return None;
        }
        let values = std::iter::once(self.told(winner_at, winner)).chain(gone).collect();
        Some(Conflict { field: field.clone(), kind: ConflictKind::Covered, values })
    }
}

/// True if these operations put different values.
fn differ(past: &Past, ops: &BTreeSet<OpId>) -> bool {
    let values: BTreeSet<&Scalar> =
        ops.iter().filter_map(|op| past.find(op)).map(|(_, put)| &put.value).collect();
    values.len() > 1
}

/// Every choice: the change that holds it, and the field it is for.
fn choices(past: &Past) -> Vec<(usize, Field)> {
    let fields = past.writings().filter_map(|(at, writing)| match &writing.field {
        Field::Choice(_, _, ChoiceKey::Field) => Some((at.change, writing.value.as_text()?.parse().ok()?)),
        _ => None,
    });
    fields.collect()
}
