//! A document: its changes, merged.
//!
//! **Invariant:** a document always holds its skeleton, and every change of it descends from there.

use std::fmt;

use automerge::{Automerge, Change};
use domain::id::{DocumentId, ReviewId, UnitId};

use crate::change::{RawChange, parse};
use crate::error::RecordError;
use crate::heads::{Hash, Heads};
use crate::kind::Kind;
use crate::lineage::{Lineage, order};
use crate::skeleton;

/// What became of a change that was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It was not there before.
    New,
    /// It was there already; nothing changed.
    Already,
    /// Something it was made on is not there; nothing changed. Apply that first, then this again.
    MissingDeps,
}

/// A household or a programme as a set of changes.
#[derive(Clone)]
pub struct Document {
    kind: Kind,
    id: DocumentId,
    pub(crate) lineage: Lineage,
    pub(crate) merged: Automerge,
}

impl fmt::Debug for Document {
    /// Ids only: what a document says about people is not for logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} {})", self.kind, self.id)
    }
}

fn merge(changes: &[Change]) -> Result<Automerge, RecordError> {
    let mut merged = Automerge::new();
    merged.apply_changes(changes.to_vec())?;
    Ok(merged)
}

impl Document {
    /// A new document: its skeleton and nothing else. Send the skeleton like any other change.
    pub fn create(kind: Kind, id: DocumentId) -> Self {
        let mut lineage = Lineage::default();
        lineage.keep(skeleton::skeleton(kind, id));
        let merged = merge(lineage.changes()).expect("a skeleton applies to nothing");
        Self { kind, id, lineage, merged }
    }

    /// The first change of a document, the same bytes on every device.
    pub fn skeleton(kind: Kind, id: DocumentId) -> RawChange {
        RawChange::of(&skeleton::skeleton(kind, id))
    }

    /// The change that makes a review's containers in a household, the same bytes on every device.
    pub fn fixed_review(id: DocumentId, review: ReviewId) -> RawChange {
        RawChange::of(&skeleton::fixed_review(id, review))
    }

    /// The changes of derived actors: an actor of one of these has exactly this change and never another.
    pub fn derived_actor_changes(kind: Kind, id: DocumentId, reviews: &[ReviewId]) -> Vec<RawChange> {
        let mut derived = vec![Self::skeleton(kind, id)];
        if kind == Kind::Household {
            derived.extend(reviews.iter().map(|review| Self::fixed_review(id, *review)));
        }
        derived
    }

    /// The document of a unit's programme of a year.
    pub fn programme_id(unit: UnitId, year: i32) -> DocumentId {
        skeleton::programme_id(unit, year)
    }

    /// The document of a village's meeting in a review.
    pub fn meeting_id(village: UnitId, review: ReviewId) -> DocumentId {
        skeleton::meeting_id(village, review)
    }

    /// Reads a document from its stored changes, in any order, with or without the skeleton.
    ///
    /// # Errors
    /// `Damaged` or `Compressed` bytes, changes of another document (`Foreign`, `MissingDeps`), and whatever `apply`
    /// refuses. Nothing is skipped silently.
    pub fn load<'a>(
        kind: Kind,
        id: DocumentId,
        raw: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, RecordError> {
        let changes: Result<Vec<Change>, _> = raw.into_iter().map(parse).collect();
        Self::of_changes(kind, id, changes?)
    }

    pub(crate) fn of_changes(
        kind: Kind,
        id: DocumentId,
        mut changes: Vec<Change>,
    ) -> Result<Self, RecordError> {
        let mut lineage = Lineage::default();
        lineage.keep(skeleton::skeleton(kind, id));
        changes.sort_unstable_by_key(order);
        for change in changes {
            if !lineage.has(&change.hash().0) {
                lineage.check(&change)?;
                lineage.keep(change);
            }
        }
        let merged = merge(lineage.changes())?;
        Ok(Self { kind, id, lineage, merged })
    }

    /// Applies one change from elsewhere. On an error the document is as it was.
    ///
    /// This checks that the change is whole and fits into the graph of changes; what it may write is for [`crate::Reader`].
    ///
    /// # Errors
    /// `Damaged`, `Compressed`, `Foreign`, `Equivocation`, `Sequence`, `StartOp`.
    pub fn apply(&mut self, raw: &[u8]) -> Result<Applied, RecordError> {
        self.admit(parse(raw)?)
    }

    pub(crate) fn admit(&mut self, change: Change) -> Result<Applied, RecordError> {
        if self.has(&change.hash().0) {
            return Ok(Applied::Already);
        }
        match self.lineage.check(&change) {
            Err(RecordError::MissingDeps) => return Ok(Applied::MissingDeps),
            checked => checked?,
        }
        if let Err(error) = self.merged.apply_changes([change.clone()]) {
            self.merged = merge(self.lineage.changes())?;
            return Err(error.into());
        }
        self.lineage.keep(change);
        Ok(Applied::New)
    }

    /// What the document is about.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The document's id.
    pub fn id(&self) -> DocumentId {
        self.id
    }

    /// The state: give it to the form, and back to `save`.
    pub fn heads(&self) -> Heads {
        Heads::from(self.merged.get_heads())
    }

    /// True if the change is in the document.
    pub fn has(&self, hash: &Hash) -> bool {
        self.lineage.has(hash)
    }

    /// One change.
    pub fn change(&self, hash: &Hash) -> Option<RawChange> {
        self.lineage.find(hash).map(RawChange::of)
    }

    /// Every change, each after all that it has seen; the same order wherever the document is.
    pub fn changes(&self) -> Vec<RawChange> {
        self.lineage.changes().iter().map(RawChange::of).collect()
    }

    /// The document as it was at `heads`: a replay of the changes up to there.
    ///
    /// # Errors
    /// `UnknownHeads` if a head is not in the document, or there is none.
    pub fn at(&self, heads: &Heads) -> Result<Self, RecordError> {
        if *heads == self.heads() {
            return Ok(self.clone());
        }
        let behind = self.lineage.behind(&heads.0).filter(|changes| !changes.is_empty());
        Self::of_changes(self.kind, self.id, behind.ok_or(RecordError::UnknownHeads)?)
    }

    /// Saves and loads the whole document as Automerge does, and compares: hostile changes exist that are taken but
    /// whose document cannot be loaded again.
    ///
    /// # Errors
    /// `Merge` if the document does not come back as it was.
    pub fn verify(&self) -> Result<(), RecordError> {
        let again = Automerge::load(&self.merged.save())?;
        let same = again.get_heads() == self.merged.get_heads()
            && again.hydrate(None) == self.merged.hydrate(None)
            && self.heads() == self.lineage.heads();
        if same { Ok(()) } else { Err(RecordError::Merge("reload differs".to_owned())) }
    }
}
