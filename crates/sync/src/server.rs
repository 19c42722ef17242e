//! The server's end: what becomes of each change of a push.
//!
//! [`decide`] reads from a [`Shelf`] and writes nothing; what is to be stored comes back as a [`Decision`], which the
//! database puts into the logs in one transaction, and [`Decision::answer`] turns into the answer.
//!
//! **Invariant:** a change is admitted only when everything that it depends on is in the document's log or earlier in
//! the same push, so every prefix of a log applies.
//! **Invariant:** permission is judged on the signer, whoever carries the batch.

use std::collections::BTreeMap;

use domain::field::Field;
use domain::id::{ActorId, DocumentId, EnrolmentId, EpochId, ReviewId, TownId, UnitId};
use domain::scalar::Scalar;
use records::{Document, Kind};

use crate::Hash;
use crate::batch::{BatchHeader, Placement, SignedBatch};
use crate::body::Ending;
use crate::code::RefusalCode;
use crate::gate::{Admitted, Gate, Refusal, Signer, preparse, role_writes};
use crate::limits::CHUNK_MAX;
use crate::push::{Answer, Chunk, Push, PushAnswer, Verdict};

/// The years that a programme may be of.
const PROGRAMME_YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// What the decision needs to know of the server's data set. Everything is read in one transaction with the storing.
pub trait Shelf {
    /// What can go wrong below.
    type Error;

    /// The data set.
    fn town(&mut self) -> Result<TownId, Self::Error>;
    /// Every review that the town has.
    fn reviews(&mut self) -> Result<Vec<ReviewId>, Self::Error>;
    /// The signer of an enrolment; `None` if it is unknown or revoked.
    fn signer(&mut self, enrolment: EnrolmentId) -> Result<Option<Signer>, Self::Error>;
    /// The enrolment that an actor belongs to, if it was seen before.
    fn owner(&mut self, actor: ActorId) -> Result<Option<EnrolmentId>, Self::Error>;
    /// A document.
    fn find(&mut self, document: DocumentId) -> Result<Found, Self::Error>;
}

/// Where a document is.
#[derive(Clone, Debug)]
pub enum Found {
    /// Nowhere.
    Nowhere,
    /// In a scope.
    Held(Box<Held>),
    /// It was purged; its id is refused for ever.
    Purged,
}

/// A document in its scope.
#[derive(Clone, Debug)]
pub struct Held {
    /// With every change in the log.
    pub document: Document,
    /// The scope that it is in.
    pub scope: UnitId,
    /// The scopes that it was in before: edits from there are proposals.
    pub former: Vec<UnitId>,
    /// The scope's figures are sealed: further edits are proposals.
    pub sealed: bool,
}

/// A change to be appended to a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Its hash.
    pub hash: Hash,
    /// The document.
    pub document: DocumentId,
    /// The document's kind.
    pub kind: Kind,
    /// The log.
    pub scope: UnitId,
    /// The author's actor; nobody's if it is derived.
    pub actor: ActorId,
    /// The enrolment that owns the actor; none for a derived one.
    pub owner: Option<EnrolmentId>,
    /// The batch that names it.
    pub batch: Hash,
    /// The change.
    pub bytes: Vec<u8>,
    /// The fields that it writes.
    pub touched: Vec<(Field, Scalar)>,
    /// It waits for the office's acceptance.
    pub proposal: bool,
}

/// A refused change of a signed batch: kept for a person to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// The hash that the batch claims.
    pub hash: Hash,
    /// The document that the batch claims.
    pub document: DocumentId,
    /// The batch.
    pub batch: Hash,
    /// Why.
    pub verdict: Verdict,
    /// The bytes as they came; none if there were more than a change may have.
    pub bytes: Vec<u8>,
}

/// What becomes of a push.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// To be appended to the logs, in this order.
    pub admissions: Vec<Admission>,
    /// The documents with the admissions, for the projections.
    pub documents: Vec<Document>,
    /// The batches that admissions and quarantine name.
    pub batches: BTreeMap<Hash, (SignedBatch, BatchHeader)>,
    /// Refused, but signed.
    pub quarantine: Vec<Quarantined>,
    /// The verdicts on everything that was not admitted.
    pub others: BTreeMap<Hash, Verdict>,
    /// The body ended early.
    pub cut: bool,
}

impl Decision {
    /// The answer, given the sequence that each admission got in its scope's log.
    pub fn answer(
        &self,
        epoch: EpochId,
        server_time: i64,
        seq_of: impl Fn(&Hash) -> Option<u64>,
    ) -> PushAnswer {
        let admitted = self.admissions.iter().filter_map(|admission| {
            let (scope, seq) = (admission.scope, seq_of(&admission.hash)?);
            let verdict = if admission.proposal {
                Verdict::Proposal { scope, seq }
            } else {
                Verdict::Stored { scope, seq }
            };
            Some(Answer { hash: admission.hash, verdict })
        });
        let others = self.others.iter().map(|(hash, verdict)| Answer { hash: *hash, verdict: *verdict });
        PushAnswer { epoch, answers: admitted.chain(others).collect(), cut: self.cut, server_time }
    }
}

/// Decides on a push.
///
/// # Errors
/// Only the shelf's own; whatever the push says comes to a verdict.
pub fn decide<S: Shelf>(shelf: &mut S, push: Push) -> Result<Decision, S::Error> {
    let town = shelf.town()?;
    let reviews = shelf.reviews()?;
    let decision = Decision { cut: push.ending == Ending::Cut, ..Decision::default() };
    let mut desk = Desk { shelf, town, reviews, open: BTreeMap::new(), owners: BTreeMap::new(), decision };
    for (batch, chunks) in push.batches {
        desk.batch(batch, chunks)?;
    }
    Ok(desk.finish())
}

/// A document while a push is decided on.
enum Open {
    Nowhere,
    Purged,
    Held { gate: Box<Gate>, scope: UnitId, former: Vec<UnitId>, sealed: bool, changed: bool },
}

struct Desk<'s, S: Shelf> {
    shelf: &'s mut S,
    town: TownId,
    reviews: Vec<ReviewId>,
    open: BTreeMap<DocumentId, Open>,
    owners: BTreeMap<ActorId, EnrolmentId>,
    decision: Decision,
}

/// A verified batch.
struct Batch {
    id: Hash,
    signed: SignedBatch,
    header: BatchHeader,
    signer: Signer,
}

impl<S: Shelf> Desk<'_, S> {
    fn batch(&mut self, signed: SignedBatch, chunks: Vec<Chunk>) -> Result<(), S::Error> {
        match self.verify(signed)? {
            Ok(batch) => chunks.into_iter().try_for_each(|chunk| self.chunk(&batch, chunk)),
            Err(code) => {
                for chunk in chunks {
                    self.rule(chunk.hash, Verdict::Refused { code });
                }
                Ok(())
            }
        }
    }

    fn verify(&mut self, signed: SignedBatch) -> Result<Result<Batch, RefusalCode>, S::Error> {
        let claimed = match signed.header() {
            Ok(header) => header,
            Err(code) => return Ok(Err(code)),
        };
        let Some(signer) = self.shelf.signer(claimed.enrolment)? else {
            return Ok(Err(RefusalCode::UnknownSigner));
        };
        let header = match signed.verify(&signer.key) {
            Ok(header) => header,
            Err(code) => return Ok(Err(code)),
        };
        Ok(if header.user != signer.user {
            Err(RefusalCode::UnknownSigner)
        } else if header.town != self.town {
            Err(RefusalCode::OtherTown)
        } else {
            Ok(Batch { id: signed.id(), signed, header, signer })
        })
    }

    /// Takes note of a verdict. A change that was admitted or known stays so, whatever else the push says of it.
    fn rule(&mut self, hash: Hash, verdict: Verdict) {
        let admitted = self.decision.admissions.iter().any(|admission| admission.hash == hash);
        if !admitted && self.decision.others.get(&hash) != Some(&Verdict::Already) {
            self.decision.others.insert(hash, verdict);
        }
    }

    fn chunk(&mut self, batch: &Batch, chunk: Chunk) -> Result<(), S::Error> {
        if self.decision.admissions.iter().any(|admission| admission.hash == chunk.hash) {
            return Ok(());
        }
        match self.judge(batch, &chunk)? {
            Ok(admission) => {
                self.decision.others.remove(&chunk.hash);
                self.name(batch);
                self.decision.admissions.push(admission);
            }
            Err(refusal) => self.refuse(batch, chunk, refusal),
        }
        Ok(())
    }

    fn refuse(&mut self, batch: &Batch, chunk: Chunk, refusal: Refusal) {
        let verdict = match refusal {
            Refusal::Already => Verdict::Already,
            Refusal::MissingDeps => Verdict::MissingDeps,
            Refusal::Equivocation => Verdict::Equivocation,
            Refusal::Code(code) => Verdict::Refused { code },
        };
        self.rule(chunk.hash, verdict);
        if matches!(refusal, Refusal::Equivocation | Refusal::Code(_)) {
            self.name(batch);
            let Chunk { document, hash, mut bytes } = chunk;
            if bytes.len() > CHUNK_MAX {
                bytes.clear();
            }
            self.decision.quarantine.push(Quarantined { hash, document, batch: batch.id, verdict, bytes });
        }
    }

    fn name(&mut self, batch: &Batch) {
        let named = || (batch.signed.clone(), batch.header.clone());
        self.decision.batches.entry(batch.id).or_insert_with(named);
    }

    fn judge(&mut self, batch: &Batch, chunk: &Chunk) -> Result<Result<Admission, Refusal>, S::Error> {
        self.fetch(chunk.document)?;
        let owner = match preparse(&chunk.bytes) {
            Ok(outline) => self.owner(outline.actor)?,
            Err(code) => return Ok(Err(code.into())),
        };
        let admission = self.admit(batch, chunk, owner);
        if let Ok(Admission { actor, owner: Some(owner), .. }) = &admission {
            self.owners.insert(*actor, *owner);
        }
        Ok(admission)
    }

    fn fetch(&mut self, document: DocumentId) -> Result<(), S::Error> {
        if self.open.contains_key(&document) {
            return Ok(());
        }
        let open = match self.shelf.find(document)? {
            Found::Nowhere => Open::Nowhere,
            Found::Purged => Open::Purged,
            Found::Held(held) => {
                let Held { document, scope, former, sealed } = *held;
                let gate = Box::new(Gate::new(document, &self.reviews));
                Open::Held { gate, scope, former, sealed, changed: false }
            }
        };
        self.open.insert(document, open);
        Ok(())
    }

    fn owner(&mut self, actor: ActorId) -> Result<Option<EnrolmentId>, S::Error> {
        match self.owners.get(&actor) {
            Some(owner) => Ok(Some(*owner)),
            None => self.shelf.owner(actor),
        }
    }

    fn admit(
        &mut self,
        batch: &Batch,
        chunk: &Chunk,
        owner: Option<EnrolmentId>,
    ) -> Result<Admission, Refusal> {
        let outline = preparse(&chunk.bytes)?;
        if outline.hash != chunk.hash {
            return Err(RefusalCode::Damaged.into());
        }
        let named = batch.header.placement(chunk.document, &chunk.hash);
        let place = named.ok_or(RefusalCode::BadSignature)?;
        let kind = Kind::of_number(place.kind).ok_or(RefusalCode::UnknownKind)?;
        let open = self.open.get_mut(&chunk.document).ok_or(RefusalCode::Misplaced)?;
        match open {
            Open::Purged => Err(RefusalCode::Purged.into()),
            Open::Nowhere => {
                let document = create(batch, place, kind, &chunk.bytes)?;
                let gate = Box::new(Gate::new(document, &self.reviews));
                *open =
                    Open::Held { gate, scope: place.scope, former: Vec::new(), sealed: false, changed: true };
                let admitted = Admitted { outline, touched: Vec::new() };
                Ok(admission(batch, chunk, kind, place.scope, admitted, None, false))
            }
            Open::Held { gate, scope, former, sealed, changed } => {
                if gate.document().has(&outline.hash) {
                    return Err(Refusal::Already);
                }
                if gate.document().kind() != kind {
                    return Err(RefusalCode::Misplaced.into());
                }
                let late = reach(&batch.signer, *scope, former)?;
                let owner = match owner {
                    _ if gate.is_derived(&outline.actor) => None,
                    None if batch.header.actors.contains(&outline.actor) => Some(batch.signer.enrolment),
                    Some(owner) if owner == batch.signer.enrolment => Some(owner),
                    _ => return Err(RefusalCode::ForeignActor.into()),
                };
                let admitted = gate.admit(&chunk.bytes, &batch.signer)?;
                *changed = true;
                Ok(admission(batch, chunk, kind, *scope, admitted, owner, late || *sealed))
            }
        }
    }

    fn finish(mut self) -> Decision {
        let documents = self.open.into_values().filter_map(|open| match open {
            Open::Held { gate, changed: true, .. } => Some(gate.into_document()),
            _ => None,
        });
        self.decision.documents = documents.collect();
        self.decision
    }
}

/// A new document: its first change is the skeleton, in a scope that the signer has.
fn create(batch: &Batch, place: &Placement, kind: Kind, bytes: &[u8]) -> Result<Document, Refusal> {
    let id = place.document;
    if Document::skeleton(kind, id).bytes != bytes {
        return Err(Refusal::MissingDeps);
    }
    role_writes(batch.signer.role, kind)?;
    reach(&batch.signer, place.scope, &[])?;
    let is_programme =
        || PROGRAMME_YEARS.into_iter().any(|year| Document::programme_id(place.scope, year) == id);
    if kind == Kind::Programme && !is_programme() {
        return Err(RefusalCode::Misplaced.into());
    }
    Ok(Document::create(kind, id))
}

/// Whether the signer reaches the document by its scope (`false`) or only by one that it was in before (`true`).
fn reach(signer: &Signer, scope: UnitId, former: &[UnitId]) -> Result<bool, RefusalCode> {
    if signer.scopes.contains(&scope) {
        return Ok(false);
    }
    let late = former.iter().any(|unit| signer.scopes.contains(unit));
    if late { Ok(true) } else { Err(RefusalCode::ForbiddenScope) }
}

fn admission(
    batch: &Batch,
    chunk: &Chunk,
    kind: Kind,
    scope: UnitId,
    admitted: Admitted,
    owner: Option<EnrolmentId>,
    proposal: bool,
) -> Admission {
    let Admitted { outline, touched } = admitted;
    let (hash, actor, bytes) = (outline.hash, outline.actor, chunk.bytes.clone());
    let (document, batch) = (chunk.document, batch.id);
    Admission { hash, document, kind, scope, actor, owner, batch, bytes, touched, proposal }
}
