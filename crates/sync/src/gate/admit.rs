//! Admits one change to a document: nothing unchecked is ever applied to the real one.
//!
//! The order: [`preparse`] bounds memory and time; derived actors are compared; the change is applied to a copy, under
//! `catch_unwind`, and the copy is saved, loaded and compared; then paths, roles and values are judged. Only when all
//! of it holds does the copy become the document.
//!
//! **Invariant:** after a refusal the document is the one it was.
//! **Invariant:** a panic of the library is a refusal. Neither memory nor time can be caught; `preparse` bounds them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::field::Field;
use domain::id::{ActorId, ReviewId};
use domain::scalar::Scalar;
use records::{Applied, Document, RawChange, RecordError, touched};

use super::permission::{KnownReview, Signer, judge};
use super::preparse::{Outline, preparse};
use crate::code::RefusalCode;

/// A document with the door that changes come through.
#[derive(Clone)]
pub struct Gate {
    document: Document,
    derived: Vec<RawChange>,
    reviews: Vec<KnownReview>,
}

/// A change that was admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// What it says of itself.
    pub outline: Outline,
    /// The fields that it writes.
    pub touched: Vec<(Field, Scalar)>,
}

/// Why a change was not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is in the document already.
    Already,
    /// Something that it depends on is not in the document.
    MissingDeps,
    /// The document has another change with this actor and sequence.
    Equivocation,
    /// It is refused.
    Code(RefusalCode),
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self::Code(code)
    }
}

impl From<RecordError> for Refusal {
    fn from(error: RecordError) -> Self {
        Self::Code(match error {
            RecordError::MissingDeps => return Self::MissingDeps,
            RecordError::Equivocation => return Self::Equivocation,
            RecordError::Damaged => RefusalCode::Damaged,
            RecordError::Compressed => RefusalCode::Compressed,
            RecordError::Foreign => RefusalCode::Misplaced,
            RecordError::Sequence => RefusalCode::Sequence,
            RecordError::StartOp => RefusalCode::StartOp,
            RecordError::UnknownPath | RecordError::WrongValue | RecordError::Predecessor => {
                RefusalCode::UnknownPath
            }
            _ => RefusalCode::Unstable,
        })
    }
}

impl Gate {
    /// The gate of a document. `reviews` are all that the town has: their containers have derived actors.
    pub fn new(document: Document, reviews: &[KnownReview]) -> Self {
        let ids: Vec<ReviewId> = reviews.iter().map(|review| review.id).collect();
        let derived = Document::derived_actor_changes(document.kind(), document.id(), &ids);
        Self { document, derived, reviews: reviews.to_vec() }
    }

    /// The document with everything admitted so far.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The document with everything admitted.
    pub fn into_document(self) -> Document {
        self.document
    }

    /// True if the actor is one that every device derives alike, and nobody owns.
    pub fn is_derived(&self, actor: &ActorId) -> bool {
        self.derived.iter().any(|change| change.actor == *actor)
    }

    /// Admits a change that the signer wrote.
    ///
    /// # Errors
    /// See [`Refusal`]; the document is as it was.
    pub fn admit(&mut self, chunk: &[u8], signer: &Signer) -> Result<Admitted, Refusal> {
        let outline = preparse(chunk)?;
        if self.document.has(&outline.hash) {
            return Err(Refusal::Already);
        }
        let copied = self.derived.iter().find(|change| change.actor == outline.actor);
        if copied.is_some_and(|derived| derived.bytes != chunk) {
            return Err(RefusalCode::DerivedActor.into());
        }
        let trial = catch_unwind(AssertUnwindSafe(|| try_out(&self.document, chunk, &outline)));
        let (after, touched) = trial.unwrap_or(Err(RefusalCode::Unstable.into()))?;
        judge(signer, &touched, &self.document, &after, &self.reviews)?;
        touched.iter().try_for_each(|(field, value)| check_value(field, value))?;
        self.document = after;
        Ok(Admitted { outline, touched })
    }
}

/// Applies the change to a copy, and reads everything that anyone will ever read of it.
fn try_out(
    document: &Document,
    chunk: &[u8],
    outline: &Outline,
) -> Result<(Document, Vec<(Field, Scalar)>), Refusal> {
    let mut copy = document.clone();
    match copy.apply(chunk)? {
        Applied::New => {}
        Applied::Already => return Err(Refusal::Already),
        Applied::MissingDeps => return Err(Refusal::MissingDeps),
    }
    let applied = copy.change(&outline.hash).ok_or(RefusalCode::Unstable)?;
    if applied.bytes != chunk || !agrees(&applied, outline) {
        return Err(RefusalCode::Unstable.into());
    }
    let touched = touched(&copy, &outline.hash)?;
    copy.verify().map_err(|_| RefusalCode::Unstable)?;
    let (_, _, _) = (copy.household(), copy.programme(), copy.meeting());
    copy.conflicts();
    Ok((copy, touched))
}

/// The library and the pre-parser must read the same change.
fn agrees(applied: &RawChange, outline: &Outline) -> bool {
    applied.actor == outline.actor
        && applied.seq == outline.seq
        && applied.start_op == outline.start_op
        && applied.max_op == outline.max_op
        && applied.time == outline.time
        && applied.visit == outline.visit
        && applied.deps == outline.deps
}

/// A value is taken as its field takes it, in its normal form. There is no clock here: "not in the future" is for the
/// device.
fn check_value(field: &Field, value: &Scalar) -> Result<(), RefusalCode> {
    match domain::entry::check(field, value, None) {
        Ok(normal) if normal == *value => Ok(()),
        _ => Err(RefusalCode::InvalidValue),
    }
}
