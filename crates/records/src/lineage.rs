//! The graph of a document's changes: which are there, and what each had seen.
//!
//! **Invariant:** changes are ordered by first operation, then hash. A change's first operation comes after everything
//! that it has seen, so this order is causal, and the same in any order of arrival.

use std::collections::{HashMap, HashSet};

use automerge::Change;
use domain::id::ActorId;

use crate::change::author_of;
use crate::error::RecordError;
use crate::heads::{Hash, Heads};

/// The changes of one document.
#[derive(Clone, Default)]
pub(crate) struct Lineage {
    changes: Vec<Change>,
    starts: HashMap<Hash, u64>,
    latest: HashMap<ActorId, (u64, Hash)>,
}

/// Where a change stands in the causal order.
pub(crate) fn order(change: &Change) -> (u64, Hash) {
    (change.start_op().get(), change.hash().0)
}

impl Lineage {
    /// Every change, in causal order.
    pub(crate) fn changes(&self) -> &[Change] {
        &self.changes
    }

    pub(crate) fn has(&self, hash: &Hash) -> bool {
        self.starts.contains_key(hash)
    }

    /// The place of a change in the causal order.
    pub(crate) fn position(&self, hash: &Hash) -> Option<usize> {
        let start = *self.starts.get(hash)?;
        self.changes.binary_search_by_key(&(start, *hash), order).ok()
    }

    pub(crate) fn find(&self, hash: &Hash) -> Option<&Change> {
        self.position(hash).map(|at| &self.changes[at])
    }

    /// The changes that nothing descends from.
    pub(crate) fn heads(&self) -> Heads {
        let seen: HashSet<Hash> = self.changes.iter().flat_map(Change::deps).map(|dep| dep.0).collect();
        let all = self.changes.iter().map(|change| change.hash().0);
        Heads::new(all.filter(|hash| !seen.contains(hash)).collect())
    }

    /// The actor's last change: its sequence number and hash.
    pub(crate) fn latest(&self, actor: ActorId) -> Option<(u64, Hash)> {
        self.latest.get(&actor).copied()
    }

    /// Adds a change that `check` has let through.
    pub(crate) fn keep(&mut self, change: Change) {
        let place = order(&change);
        if let Err(at) = self.changes.binary_search_by_key(&place, order) {
            self.starts.insert(place.1, place.0);
            self.latest.insert(author_of(&change), (change.seq(), place.1));
            self.changes.insert(at, change);
        }
    }

    /// Refuses what would break the order of the graph. Automerge itself panics at a jump in the sequence and takes
    /// any first counter.
    pub(crate) fn check(&self, change: &Change) -> Result<(), RecordError> {
        if change.deps().is_empty() {
            return Err(RecordError::Foreign);
        }
        let mut seen_op = 0;
        for dep in change.deps() {
            seen_op = seen_op.max(self.find(&dep.0).ok_or(RecordError::MissingDeps)?.max_op());
        }
        if change.start_op().get() != seen_op + 1 {
            return Err(RecordError::StartOp);
        }
        self.check_sequence(change)
    }

    fn check_sequence(&self, change: &Change) -> Result<(), RecordError> {
        let (seq, previous) = match self.latest(author_of(change)) {
            None => (0, None),
            Some((seq, hash)) => (seq, Some(hash)),
        };
        if change.seq() <= seq {
            return Err(RecordError::Equivocation);
        }
        let deps: Vec<Hash> = change.deps().iter().map(|dep| dep.0).collect();
        let seen = previous.is_none_or(|hash| self.descends(&deps, &hash));
        if change.seq() == seq + 1 && seen { Ok(()) } else { Err(RecordError::Sequence) }
    }

    /// True if one of `from` is `target` or has seen it.
    pub(crate) fn descends(&self, from: &[Hash], target: &Hash) -> bool {
        let floor = self.starts.get(target).copied().unwrap_or(u64::MAX);
        let later = |hash: &Hash| self.starts.get(hash).is_some_and(|start| *start > floor);
        let mut visited = HashSet::new();
        let mut open: Vec<Hash> = from.to_vec();
        while let Some(hash) = open.pop() {
            if hash == *target {
                return true;
            }
            if later(&hash) && visited.insert(hash) {
                open.extend(self.find(&hash).into_iter().flat_map(Change::deps).map(|dep| dep.0));
            }
        }
        false
    }

    /// The changes at `heads` and everything they have seen, in causal order; `None` if a head is not there.
    pub(crate) fn behind(&self, heads: &[Hash]) -> Option<Vec<Change>> {
        let mut seen = HashSet::new();
        let mut open: Vec<Hash> = heads.to_vec();
        while let Some(hash) = open.pop() {
            let change = self.find(&hash)?;
            if seen.insert(hash) {
                open.extend(change.deps().iter().map(|dep| dep.0));
            }
        }
        Some(self.changes.iter().filter(|change| seen.contains(&change.hash().0)).cloned().collect())
    }
}
