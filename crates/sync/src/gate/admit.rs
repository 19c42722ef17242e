//! Admits changes to a document: nothing unchecked stays in it.
//!
//! The order for each change: [`preparse`](super::preparse()) bounds memory and time; derived actors are compared; the change is read
//! against the document, its paths, role and values are judged; it is applied, under `catch_unwind`. What was applied is
//! verified: saved, loaded, compared and read. That costs more than all the rest, so it is done in one of two ways, with
//! the same outcome:
//!
//! - [`Pace::Run`]: once, after all changes that came together ([`Gate::is_sound`]). If it fails, or a change has to be
//!   refused when it was applied already, nothing is sure and everything is done again in the other way.
//! - [`Pace::Each`]: after each change, on a copy that becomes the document when all of it holds.
//!
//! **Invariant:** in [`Pace::Each`] the document is the one it was after a refusal; in [`Pace::Run`] it is, or the gate
//! is not sound.
//! **Invariant:** a panic of the library is a refusal. Neither memory nor time can be caught; `preparse` bounds them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::field::Field;
use domain::id::{ActorId, ReviewId};
use domain::scalar::Scalar;
use records::{Document, Kind, RawChange, Reader, Reading, RecordError};

use super::permission::{KnownReview, Signer, has_author, judge_entries, role_writes};
use super::preparse::Outline;
use crate::code::RefusalCode;

/// How often what was applied is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Once, after a run of changes.
    Run,
    /// After each change.
    Each,
}

/// A document with the door that changes come through.
#[derive(Clone)]
pub struct Gate {
    reader: Reader,
    derived: Vec<RawChange>,
    reviews: Vec<KnownReview>,
    pace: Pace,
    /// A change was applied, or half of it, that was to be refused.
    spoiled: bool,
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
    pub fn new(document: Document, reviews: &[KnownReview], pace: Pace) -> Self {
        let ids: Vec<ReviewId> = reviews.iter().map(|review| review.id).collect();
        let derived = Document::derived_actor_changes(document.kind(), document.id(), &ids);
        let reader = Reader::new(document);
        Self { reader, derived, reviews: reviews.to_vec(), pace, spoiled: false }
    }

    /// The document with everything admitted so far.
    pub fn document(&self) -> &Document {
        self.reader.document()
    }

    /// The document with everything admitted.
    pub fn into_document(self) -> Document {
        self.reader.into_document()
    }

    /// True if the actor is one that every device derives alike, and nobody owns.
    pub fn is_derived(&self, actor: &ActorId) -> bool {
        self.derived.iter().any(|change| change.actor == *actor)
    }

    /// Whether the document is what its changes make of it, and can be saved, loaded and read. After a run of changes
    /// only: of each single one it is known.
    pub fn is_sound(&self) -> bool {
        let document = self.reader.document();
        self.pace == Pace::Each || (!self.spoiled && caught(|| verify(document)).is_ok())
    }

    /// Admits a change that the signer wrote; the fields that it writes.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn admit(
        &mut self,
        chunk: &[u8],
        outline: &Outline,
        signer: &Signer,
    ) -> Result<Vec<(Field, Scalar)>, Refusal> {
        if self.document().has(&outline.hash) {
            return Err(Refusal::Already);
        }
        let copied = self.derived.iter().find(|change| change.actor == outline.actor);
        if copied.is_some_and(|derived| derived.bytes != chunk) {
            return Err(RefusalCode::DerivedActor.into());
        }
        let Self { reader, reviews, .. } = self;
        let (reading, touched) = caught(|| read(reader, chunk, outline))?;
        judge_alone(&touched, signer, reader.document())?;
        match self.pace {
            Pace::Each => {
                let mut copy = reader.clone();
                caught(|| apply(&mut copy, reading, &touched, signer, reviews))?;
                caught(|| verify(copy.document()))?;
                *reader = copy;
            }
            Pace::Run => {
                let applied = caught(|| apply(reader, reading, &touched, signer, reviews));
                self.spoiled |= applied.is_err();
                applied?;
            }
        }
        Ok(touched)
    }
}

/// A panic is a refusal. What it left half done is thrown away with the copy, or spoils the gate.
fn caught<T>(act: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or(Err(RefusalCode::Unstable.into()))
}

type Touched = Vec<(Field, Scalar)>;

fn read(reader: &mut Reader, chunk: &[u8], outline: &Outline) -> Result<(Reading, Touched), Refusal> {
    let reading = reader.read(chunk)?;
    let raw = reading.raw();
    if raw.bytes != chunk || !agrees(&raw, outline) {
        return Err(RefusalCode::Unstable.into());
    }
    let touched = reading.touched();
    Ok((reading, touched))
}

/// What can be said of a change before it is applied.
fn judge_alone(touched: &Touched, signer: &Signer, document: &Document) -> Result<(), RefusalCode> {
    role_writes(signer.role, document.kind())?;
    touched.iter().try_for_each(|(field, value)| check_value(field, value))
}

/// Applies the change. Who wrote its entries is seen when they are there.
fn apply(
    reader: &mut Reader,
    reading: Reading,
    touched: &Touched,
    signer: &Signer,
    reviews: &[KnownReview],
) -> Result<(), Refusal> {
    let before = has_author(touched).then(|| reader.document().household());
    reader.take(reading)?;
    match before {
        Some(before) => Ok(judge_entries(signer, touched, &before, &reader.document().household(), reviews)?),
        None => Ok(()),
    }
}

/// Reads everything that anyone will ever read of the document, as it is and as it comes back from a save.
fn verify(document: &Document) -> Result<(), Refusal> {
    document.verify().map_err(|_| RefusalCode::Unstable)?;
    let snapshot = document.snapshot();
    match document.kind() {
        Kind::Household => drop(snapshot.household()),
        Kind::Programme => drop(snapshot.programme()),
        Kind::Meeting => drop(snapshot.meeting()),
    }
    snapshot.conflicts();
    Ok(())
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
