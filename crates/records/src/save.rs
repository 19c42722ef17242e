//! Saving a section of a form: one change, made on the state that the form was opened on.
//!
//! **Invariant:** an answer that arrived while the form was open is never superseded by the save: it has not been seen.
//! **Invariant:** only what differs from the state on the form is written; over a contradiction, everything given is.

use std::collections::{BTreeMap, BTreeSet};

use automerge::Change;
use domain::field::Field;
use domain::id::{ActorId, ReviewId, VisitId};
use domain::scalar::Scalar;

use crate::change::{Draft, RawChange};
use crate::current::{Current, contradict};
use crate::document::{Applied, Document};
use crate::error::RecordError;
use crate::heads::{Hash, Heads};
use crate::kind::Kind;
use crate::op::{Map, OpId, put};
use crate::seat::{is_entry, seat};
use crate::skeleton;

/// A field and its new value. `Null` clears; an entry's first field makes the entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where.
    pub field: Field,
    /// The new value.
    pub value: Scalar,
}

/// Who saves, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author {
    /// This app start of this user.
    pub actor: ActorId,
    /// A fresh one, for the case that `actor` has made changes that the form had not seen.
    pub spare: ActorId,
    /// Seconds since 1970.
    pub time: i64,
    /// The visit in which it is made.
    pub visit: Option<VisitId>,
}

impl Document {
    /// Saves edits made on a form that was opened on `opened_on`, and applies them. Returns the new changes, to be
    /// stored and sent: first the fixed changes of reviews that were not there, then the change itself. Returns nothing
    /// if every field holds its new value already and nobody contradicts it.
    ///
    /// # Errors
    /// `UnknownHeads`; `UnknownPath` for a field of another kind of document; `ActorInUse` if the spare actor is not
    /// fresh.
    pub fn save(
        &mut self,
        opened_on: &Heads,
        edits: &[Edit],
        author: &Author,
    ) -> Result<Vec<RawChange>, RecordError> {
        let mut form = self.at(opened_on)?;
        let edits = form.effective(edits)?;
        if edits.is_empty() {
            return Ok(Vec::new());
        }
        let mut made = form.open_reviews(edits.keys().filter_map(Field::review).collect())?;
        made.push(self.draft(&form, &edits, author)?.finish());
        self.take(made)
    }

    /// The edits that say something new: the last one of each field, without those that change nothing.
    fn effective(&self, edits: &[Edit]) -> Result<BTreeMap<Field, Scalar>, RecordError> {
        if edits.iter().any(|edit| !self.kind().holds(&edit.field)) {
            return Err(RecordError::UnknownPath);
        }
        let current = Current::read(self.kind(), &self.merged);
        let mut last: BTreeMap<Field, Scalar> =
            edits.iter().map(|edit| (edit.field.clone(), edit.value.clone())).collect();
        last.retain(|field, value| {
            let standing = current.values(field);
            let now = standing.first().map_or(&Scalar::Null, |standing| &standing.value);
            now != value || contradict(standing)
        });
        Ok(last)
    }

    /// Makes the containers of reviews that are not there yet.
    fn open_reviews(&mut self, reviews: BTreeSet<ReviewId>) -> Result<Vec<Change>, RecordError> {
        let mut made = Vec::new();
        for review in reviews {
            let fixed = skeleton::fixed_review(self.id(), review);
            if self.admit(fixed.clone())? == Applied::New {
                made.push(fixed);
            }
        }
        Ok(made)
    }

    /// The change with these edits on the state of the form.
    fn draft(
        &self,
        form: &Self,
        edits: &BTreeMap<Field, Scalar>,
        author: &Author,
    ) -> Result<Draft, RecordError> {
        let (actor, seq) = self.next_of(form, author)?;
        let deps = form.heads().0;
        let seen_op = form.lineage.changes().iter().map(Change::max_op).max().unwrap_or(0);
        let (time, visit) = (author.time, author.visit);
        let mut draft = Draft { actor, seq, seen_op, time, visit, deps, ops: Vec::new() };
        let mut current = Current::read(form.kind(), &form.merged);
        for (field, value) in edits {
            write(form.kind(), &mut draft, &mut current, field, value)?;
        }
        Ok(draft)
    }

    /// The actor that has made nothing the form had not seen, and its next sequence number.
    fn next_of(&self, form: &Self, author: &Author) -> Result<(ActorId, u64), RecordError> {
        for actor in [author.actor, author.spare] {
            match self.lineage.latest(actor) {
                None => return Ok((actor, 1)),
                Some((seq, hash)) if form.has(&hash) => return Ok((actor, seq + 1)),
                Some(_) => {}
            }
        }
        Err(RecordError::ActorInUse)
    }

    /// Applies changes that were made here, and returns those that are new.
    fn take(&mut self, made: Vec<Change>) -> Result<Vec<RawChange>, RecordError> {
        let mut new = Vec::new();
        for change in made {
            let raw = RawChange::of(&change);
            if self.admit(change)? == Applied::New {
                new.push(raw);
            }
        }
        Ok(new)
    }

    /// The hash of a review's fixed change.
    pub(crate) fn review_hash(&self, review: ReviewId) -> Hash {
        skeleton::fixed_review(self.id(), review).hash().0
    }
}

/// Puts one field. Where an entry was made twice at the same time, both hold it, so that no other value stays.
fn write(
    kind: Kind,
    draft: &mut Draft,
    current: &mut Current,
    field: &Field,
    value: &Scalar,
) -> Result<(), RecordError> {
    let seat = seat(field);
    for map in maps(kind, draft, current, &seat.map)? {
        let here = current.values(field).iter().filter(|standing| standing.map == map);
        let mut over: Vec<OpId> = here.map(|standing| standing.op).collect();
        over.sort_unstable();
        draft.add(put(map, &seat.key, value, &over));
    }
    Ok(())
}

/// The maps at `path`; an entry that is not there is made.
fn maps(kind: Kind, draft: &mut Draft, current: &mut Current, path: &str) -> Result<Vec<Map>, RecordError> {
    if let Some(maps) = current.maps.get(path) {
        return Ok(maps.clone());
    }
    let (parent, key) = path.rsplit_once('/').ok_or(RecordError::UnknownPath)?;
    if !is_entry(kind, parent, key) {
        return Err(RecordError::UnknownPath);
    }
    let parents = current.maps.get(parent).ok_or(RecordError::UnknownPath)?;
    let parent = *parents.first().ok_or(RecordError::UnknownPath)?;
    let entry = draft.make(parent, key);
    current.maps.insert(path.to_owned(), vec![entry]);
    Ok(vec![entry])
}
