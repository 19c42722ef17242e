//! What every change of a document did, decoded: the ground of history, covered values and permission.
//!
//! **Invariant:** depends on the set of changes only.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use automerge::{Change, ExpandedChange, legacy};
use domain::field::Field;
use domain::id::{DocumentId, ReviewId};
use domain::scalar::Scalar;

use crate::error::RecordError;
use crate::heads::Hash;
use crate::kind::Kind;
use crate::op::{Map, OpId, scalar_of};
use crate::seat::{field_at, is_entry, join};
use crate::skeleton;

/// A value that a change put into a field.
#[derive(Clone, Debug)]
pub(crate) struct Writing {
    /// Where.
    pub field: Field,
    /// What.
    pub value: Scalar,
    /// The operation.
    pub op: OpId,
    /// The operations that it superseded: what its author had seen there.
    pub over: Vec<OpId>,
}

/// What one change did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deeds {
    /// The values it put.
    pub writings: Vec<Writing>,
    /// The maps that its operations work in.
    pub within: HashSet<Map>,
    /// The first thing in it that documents of this kind do not have.
    pub fault: Option<RecordError>,
}

/// The place of a writing: its change in the causal order, and its place in that change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub change: usize,
    pub writing: usize,
}

/// Everything that was written, each change after all that it has seen.
#[derive(Clone)]
pub(crate) struct Past {
    /// By change, in the order in which they were read.
    pub deeds: Vec<Deeds>,
    by_op: HashMap<OpId, At>,
    decoder: Decoder,
}

#[derive(Clone)]
struct Decoder {
    kind: Kind,
    id: DocumentId,
    skeleton: Hash,
    maps: HashMap<Map, Made>,
}

/// A map of the document: where it is, and the change that made it.
#[derive(Clone)]
struct Made {
    path: String,
    by: Hash,
}

impl Past {
    /// Decodes `changes` of a document, which are in causal order: the first is its skeleton.
    pub(crate) fn read(kind: Kind, id: DocumentId, changes: &[Change]) -> Self {
        let skeleton = changes.first().map_or([0; 32], |first| first.hash().0);
        let root = Made { path: String::new(), by: skeleton };
        let decoder = Decoder { kind, id, skeleton, maps: HashMap::from([(Map::Root, root)]) };
        let mut past = Self { deeds: Vec::new(), by_op: HashMap::new(), decoder };
        for change in changes {
            let deeds = past.decode(change);
            past.keep(deeds);
        }
        past
    }

    /// What one more change did, which comes after all that it has seen. It is not kept.
    pub(crate) fn decode(&mut self, change: &Change) -> Deeds {
        self.decoder.change(change)
    }

    /// Keeps what the next change did.
    pub(crate) fn keep(&mut self, deeds: Deeds) {
        let change = self.deeds.len();
        let places = deeds.writings.iter().enumerate();
        self.by_op.extend(places.map(|(writing, put)| (put.op, At { change, writing })));
        self.deeds.push(deeds);
    }

    /// The change that made a map.
    pub(crate) fn maker(&self, map: &Map) -> Option<Hash> {
        self.decoder.maps.get(map).map(|made| made.by)
    }

    /// The writing that this operation was.
    pub(crate) fn find(&self, op: &OpId) -> Option<(At, &Writing)> {
        let at = *self.by_op.get(op)?;
        Some((at, &self.deeds[at.change].writings[at.writing]))
    }

    /// Every writing, oldest first.
    pub(crate) fn writings(&self) -> impl Iterator<Item = (At, &Writing)> {
        self.deeds.iter().enumerate().flat_map(|(change, deeds)| {
            let places = deeds.writings.iter().enumerate();
            places.map(move |(writing, put)| (At { change, writing }, put))
        })
    }

    /// The writings that this one superseded, the later first.
    pub(crate) fn superseded(&self, writing: &Writing) -> Vec<(At, &Writing)> {
        let mut over = writing.over.clone();
        over.sort_unstable_by(|a, b| b.cmp(a));
        over.iter().filter_map(|op| self.find(op)).collect()
    }
}

impl Decoder {
    fn change(&mut self, change: &Change) -> Deeds {
        let expanded = change.decode();
        let fixed = self.is_fixed(change, &expanded);
        let mut deeds = Deeds::default();
        for (nth, op) in expanded.operations.iter().enumerate() {
            let id = legacy::OpId(expanded.start_op.get() + nth as u64, expanded.actor_id.clone());
            let done = OpId::of_legacy(&id).ok_or(RecordError::Damaged);
            deeds.within.extend(Map::of_legacy(&op.obj));
            let done = done.and_then(|id| self.operation(id, op, fixed, change.hash().0));
            match done {
                Ok(writing) => deeds.writings.extend(writing),
                Err(fault) => deeds.fault = deeds.fault.or(Some(fault)),
            }
        }
        if fixed { Deeds::default() } else { deeds }
    }

    /// True for the changes that every device makes alike, byte for byte.
    fn is_fixed(&self, change: &Change, expanded: &ExpandedChange) -> bool {
        let hash = change.hash().0;
        let first = expanded.operations.first();
        let review = first.and_then(|op| match (&op.key, self.path(op)) {
            (legacy::Key::Map(key), Some("reviews")) => key.parse::<ReviewId>().ok(),
            _ => None,
        });
        hash == self.skeleton
            || review.is_some_and(|review| skeleton::fixed_review(self.id, review).hash().0 == hash)
    }

    fn path(&self, op: &legacy::Op) -> Option<&str> {
        let map = Map::of_legacy(&op.obj)?;
        self.maps.get(&map).map(|made| made.path.as_str())
    }

    fn operation(
        &mut self,
        id: OpId,
        op: &legacy::Op,
        fixed: bool,
        by: Hash,
    ) -> Result<Option<Writing>, RecordError> {
        let (legacy::Key::Map(key), Some(path), false) = (&op.key, self.path(op), op.insert) else {
            return Err(RecordError::UnknownPath);
        };
        match &op.action {
            legacy::OpType::Make(automerge::ObjType::Map) => {
                let allowed = fixed || (is_entry(self.kind, path, key) && op.pred.is_empty());
                let path = join(path, key);
                self.maps.insert(Map::Made(id), Made { path, by });
                if allowed { Ok(None) } else { Err(RecordError::UnknownPath) }
            }
            legacy::OpType::Put(value) => {
                let field = field_at(self.kind, path, key).ok_or(RecordError::UnknownPath)?;
                let value = scalar_of(value).ok_or(RecordError::WrongValue)?;
                let over: Option<Vec<OpId>> = op.pred.iter().map(OpId::of_legacy).collect();
                let over = over.ok_or(RecordError::Damaged)?;
                Ok(Some(Writing { field, value, op: id, over }))
            }
            _ => Err(RecordError::UnknownPath),
        }
    }
}

impl Deeds {
    /// The values that stood in the fields when the change was done; a field written twice has the later one.
    pub(crate) fn outcome(&self) -> BTreeMap<Field, Scalar> {
        self.writings.iter().map(|writing| (writing.field.clone(), writing.value.clone())).collect()
    }

    /// What the change superseded in each field.
    pub(crate) fn superseded(&self) -> BTreeMap<&Field, BTreeSet<OpId>> {
        let mut over: BTreeMap<&Field, BTreeSet<OpId>> = BTreeMap::new();
        for writing in &self.writings {
            over.entry(&writing.field).or_default().extend(&writing.over);
        }
        over
    }
}

#[cfg(test)]
mod tests {
    use domain::id::ActorId;

    use super::*;
    use crate::current::Current;
    use crate::document::Document;
    use crate::heads::Heads;
    use crate::save::{Author, Edit};

    /// Saves of one field and a member on older and newer states, so that some values meet and some are superseded.
    fn tangled() -> Document {
        let mut document = Document::create(Kind::Household, DocumentId::new([1; 16]));
        for nth in 0..24_u8 {
            let changes = document.changes();
            let on = usize::from(nth) * 7 % changes.len();
            let form = document.at(&Heads::new(vec![changes[on].hash])).unwrap().heads();
            let paths = ["place/phone".to_owned(), format!("members/{}/name", "0a".repeat(16))];
            let value = Scalar::Int(i64::from(nth % 5));
            let edits = paths.map(|path| Edit { field: path.parse().unwrap(), value: value.clone() });
            let author = Author {
                actor: ActorId::new([nth % 3 + 1; 16]),
                spare: ActorId::new([nth + 100; 16]),
                time: 0,
                visit: None,
            };
            document.save(&form, &edits, &author).unwrap();
        }
        document
    }

    /// Automerge says which values stand; the decoded changes say which were never superseded. It is the same.
    #[test]
    fn what_stands_is_what_nothing_superseded() {
        let document = tangled();
        let past = Past::read(document.kind(), document.id(), document.lineage.changes());
        let over: BTreeSet<OpId> = past.writings().flat_map(|(_, put)| put.over.clone()).collect();
        let mut stands: BTreeMap<Field, BTreeSet<(OpId, Scalar)>> = BTreeMap::new();
        for (_, put) in past.writings().filter(|(_, put)| !over.contains(&put.op)) {
            stands.entry(put.field.clone()).or_default().insert((put.op, put.value.clone()));
        }
        let current = Current::read(document.kind(), &document.merged);
        let merged = current.fields.iter().map(|(field, values)| {
            (field.clone(), values.iter().map(|standing| (standing.op, standing.value.clone())).collect())
        });
        assert_eq!(stands, merged.collect());
        assert!(stands.values().any(|values| values.len() > 2), "the scenario has contradictions");
        assert!(!over.is_empty(), "and superseded values");
    }
}
