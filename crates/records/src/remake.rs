//! Rebuilding a document without refused changes, keeping every edit that was made after them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use automerge::Change;
use domain::id::ActorId;

use crate::change::{RawChange, author_of, visit_of};
use crate::document::Document;
use crate::error::RecordError;
use crate::heads::{Hash, Heads};
use crate::past::{Deeds, Past};
use crate::save::{Author, Edit};
use crate::skeleton;

/// A change that was made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remade {
    /// The change that depended on a refused one.
    pub old: Hash,
    /// What stands in for it.
    pub new: RawChange,
}

/// A document that is being rebuilt.
struct Rebuild<'a> {
    document: Document,
    refused: &'a BTreeSet<Hash>,
    /// For a change that is gone: what its dependants are made on instead.
    instead: HashMap<Hash, Vec<Hash>>,
    /// The fresh actor of an actor whose changes are made again.
    actors: BTreeMap<ActorId, ActorId>,
    remade: Vec<Remade>,
}

impl Document {
    /// The document without the refused changes. Edits that were made on top of them are made again, by fresh actors,
    /// with their times and visits, on whatever is left of what they had seen. An edit that would change nothing there,
    /// or that belongs to a review whose containers were refused, is not made again.
    ///
    /// A refused change has not reached the server, so what depends on it is this device's own.
    ///
    /// # Errors
    /// `SkeletonRefused` if nothing of the document can be kept.
    pub fn remake(
        &self,
        refused: &BTreeSet<Hash>,
        fresh: &mut dyn FnMut() -> ActorId,
    ) -> Result<(Self, Vec<Remade>), RecordError> {
        self.remake_beside(refused, &BTreeSet::new(), fresh)
    }

    /// As `remake`, with changes that are sound but whose place in their actor's sequence is taken by another: they
    /// are made again as well.
    ///
    /// # Errors
    /// As `remake`.
    pub fn remake_beside(
        &self,
        refused: &BTreeSet<Hash>,
        displaced: &BTreeSet<Hash>,
        fresh: &mut dyn FnMut() -> ActorId,
    ) -> Result<(Self, Vec<Remade>), RecordError> {
        if refused.contains(&skeleton::skeleton(self.kind(), self.id()).hash().0) {
            return Err(RecordError::SkeletonRefused);
        }
        let changes = self.lineage.changes();
        let past = Past::read(self.kind(), self.id(), changes);
        let lost = self.lost(&refused.union(displaced).copied().collect());
        let kept = changes.iter().filter(|change| !lost.contains(&change.hash().0)).cloned().collect();
        let document = Self::of_changes(self.kind(), self.id(), kept)?;
        let (instead, actors, remade) = (HashMap::new(), BTreeMap::new(), Vec::new());
        let mut rebuild = Rebuild { document, refused, instead, actors, remade };
        for (change, deeds) in changes.iter().zip(&past.deeds) {
            if lost.contains(&change.hash().0) {
                rebuild.again(change, deeds, fresh)?;
            }
        }
        Ok((rebuild.document, rebuild.remade))
    }

    /// These changes and everything that has seen them.
    fn lost(&self, gone: &BTreeSet<Hash>) -> BTreeSet<Hash> {
        let mut lost = BTreeSet::new();
        for change in self.lineage.changes() {
            let hash = change.hash().0;
            if gone.contains(&hash) || change.deps().iter().any(|dep| lost.contains(&dep.0)) {
                lost.insert(hash);
            }
        }
        lost
    }
}

impl Rebuild<'_> {
    fn again(
        &mut self,
        change: &Change,
        deeds: &Deeds,
        fresh: &mut dyn FnMut() -> ActorId,
    ) -> Result<(), RecordError> {
        let old = change.hash().0;
        let mut stands_on = self.stands_on(change);
        if !self.refused.contains(&old) {
            let edits = self.edits(deeds);
            let actor = *self.actors.entry(author_of(change)).or_insert_with(fresh);
            let (time, visit) = (change.timestamp(), visit_of(change));
            let author = Author { actor, spare: actor, time, visit };
            let new = self.document.save(&Heads::new(stands_on.clone()), &edits, &author)?;
            if let Some(new) = new.last() {
                stands_on = vec![new.hash];
                self.remade.push(Remade { old, new: new.clone() });
            }
        }
        self.instead.insert(old, stands_on);
        Ok(())
    }

    /// What is left of the state that a change was made on.
    fn stands_on(&self, change: &Change) -> Vec<Hash> {
        let left = change.deps().iter().flat_map(|dep| match self.instead.get(&dep.0) {
            Some(instead) => instead.clone(),
            None => vec![dep.0],
        });
        left.collect()
    }

    fn edits(&self, deeds: &Deeds) -> Vec<Edit> {
        let outcome = deeds.outcome().into_iter();
        let keep = outcome.filter(|(field, _)| {
            let review = field.review().map(|review| self.document.review_hash(review));
            !review.is_some_and(|hash| self.refused.contains(&hash))
        });
        keep.map(|(field, value)| Edit { field, value }).collect()
    }
}
