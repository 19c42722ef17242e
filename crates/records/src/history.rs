//! Who wrote what, and when.

use domain::field::Field;
use domain::id::{ActorId, VisitId};
use domain::scalar::Scalar;

use crate::change::{author_of, visit_of};
use crate::document::Document;
use crate::heads::Hash;
use crate::past::{Deeds, Past};

/// One saved section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The change.
    pub hash: Hash,
    /// The signed batch of the change says which user and device this is.
    pub actor: ActorId,
    /// Seconds since 1970, by the device's clock: a claim.
    pub time: i64,
    /// The visit in which it was made.
    pub visit: Option<VisitId>,
    /// What it wrote.
    pub edits: Vec<Rewrite>,
}

/// A field that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// Where.
    pub field: Field,
    /// The new value.
    pub value: Scalar,
    /// The value that its author had seen there; of contradicting values the winner.
    pub before: Option<Scalar>,
}

impl Document {
    /// Every save, the newest first. What had seen another save comes before it, whatever the clocks say; saves that
    /// had not seen each other are ordered alike on every device.
    pub fn history(&self) -> Vec<Event> {
        let changes = self.lineage.changes();
        let past = Past::read(self.kind(), self.id(), changes);
        let both = changes.iter().zip(&past.deeds).filter(|(_, deeds)| !deeds.writings.is_empty());
        let events = both.map(|(change, deeds)| Event {
            hash: change.hash().0,
            actor: author_of(change),
            time: change.timestamp(),
            visit: visit_of(change),
            edits: rewrites(&past, deeds),
        });
        let mut events: Vec<Event> = events.collect();
        events.reverse();
        events
    }

    /// The fields that a change put values into, in the order of its operations; none if it is not there.
    pub fn written(&self, hash: &Hash) -> Vec<(Field, Scalar)> {
        let past = Past::read(self.kind(), self.id(), self.lineage.changes());
        let writings = self.lineage.position(hash).map(|at| past.deeds[at].writings.as_slice());
        let both = writings.unwrap_or_default().iter();
        both.map(|writing| (writing.field.clone(), writing.value.clone())).collect()
    }
}

fn rewrites(past: &Past, deeds: &Deeds) -> Vec<Rewrite> {
    let rewrite = deeds.writings.iter().map(|writing| Rewrite {
        field: writing.field.clone(),
        value: writing.value.clone(),
        before: past.superseded(writing).first().map(|(_, over)| over.value.clone()),
    });
    rewrite.collect()
}
