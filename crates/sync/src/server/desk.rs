//! The desk that a push is laid on: batches are verified, documents fetched once, changes admitted one by one.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{ActorId, DocumentId, EnrolmentId, TownId, UnitId};
use records::{Document, Kind};

use super::decision::{Admission, Decision, Quarantined};
use super::shelf::{Found, Held, Shelf};
use crate::Hash;
use crate::batch::{BatchHeader, Placement, SignedBatch};
use crate::body::Ending;
use crate::code::RefusalCode;
use crate::gate::{Gate, KnownReview, Outline, Pace, Reach, Refusal, Signer, preparse, reach, role_writes};
use crate::limits::CHUNK_MAX;
use crate::push::{Chunk, Push, Verdict};

/// The years that a programme may be of.
const PROGRAMME_YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// A document while a push is decided on.
enum Open {
    Nowhere,
    Purged,
    Held(Box<Folder>),
}

/// A document that is there.
struct Folder {
    gate: Gate,
    scope: UnitId,
    former: Vec<UnitId>,
    changed: bool,
}

/// A verified batch.
struct Batch {
    id: Hash,
    signed: SignedBatch,
    header: BatchHeader,
    signer: Signer,
}

pub(super) struct Desk<'s, S: Shelf> {
    shelf: &'s mut S,
    town: TownId,
    reviews: Vec<KnownReview>,
    pace: Pace,
    open: BTreeMap<DocumentId, Open>,
    owners: BTreeMap<ActorId, EnrolmentId>,
    admitted: BTreeSet<Hash>,
    /// Documents of which something was refused in this push.
    orphaned: BTreeSet<DocumentId>,
    decision: Decision,
}

impl<'s, S: Shelf> Desk<'s, S> {
    pub(super) fn new(shelf: &'s mut S, push: &Push, pace: Pace) -> Result<Self, S::Error> {
        let (town, reviews) = (shelf.town()?, shelf.reviews()?);
        let decision = Decision { cut: push.ending == Ending::Cut, ..Decision::default() };
        let (open, owners, admitted) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        Ok(Self { shelf, town, reviews, pace, open, owners, admitted, orphaned: BTreeSet::new(), decision })
    }

    /// The decision; none if a document turns out not to be sound.
    pub(super) fn finish(mut self) -> Option<Decision> {
        for open in self.open.into_values() {
            let Open::Held(folder) = open else { continue };
            if !folder.gate.is_sound() {
                return None;
            }
            self.decision.documents.extend(folder.changed.then(|| folder.gate.into_document()));
        }
        Some(self.decision)
    }

    pub(super) fn batch(&mut self, signed: &SignedBatch, chunks: &[Chunk]) -> Result<(), S::Error> {
        match self.verify(signed)? {
            Ok(batch) => chunks.iter().try_for_each(|chunk| self.chunk(&batch, chunk)),
            Err(code) => chunks.iter().try_for_each(|chunk| {
                let verdict = self.known(chunk)?.unwrap_or(Verdict::Refused { code });
                self.rule(chunk.hash, verdict);
                Ok(())
            }),
        }
    }

    /// What is known of a change whose batch does not hold (any more): a signer who was revoked since does not undo what
    /// was taken before.
    fn known(&mut self, chunk: &Chunk) -> Result<Option<Verdict>, S::Error> {
        if !preparse(&chunk.bytes).is_ok_and(|outline| outline.hash == chunk.hash) {
            return Ok(None);
        }
        self.fetch(chunk.document)?;
        Ok(match self.open.get(&chunk.document) {
            Some(Open::Purged) => Some(Verdict::Refused { code: RefusalCode::Purged }),
            Some(Open::Held(folder)) if folder.gate.document().has(&chunk.hash) => Some(Verdict::Already),
            _ => None,
        })
    }

    fn verify(&mut self, signed: &SignedBatch) -> Result<Result<Batch, RefusalCode>, S::Error> {
        let claimed = match signed.header() {
            Ok(header) => header,
            Err(code) => return Ok(Err(code)),
        };
        let Some(signer) = self.shelf.signer(claimed.enrolment)? else {
            return Ok(Err(RefusalCode::UnknownSigner));
        };
        Ok(match signed.verify(&signer.key) {
            Err(code) => Err(code),
            Ok(header) if header.user != signer.user => Err(RefusalCode::UnknownSigner),
            Ok(header) if header.town != self.town => Err(RefusalCode::OtherTown),
            Ok(header) => Ok(Batch { id: signed.id(), signed: signed.clone(), header, signer }),
        })
    }

    /// Takes note of a verdict, unless the change was admitted or known.
    fn rule(&mut self, hash: Hash, verdict: Verdict) {
        let known = self.decision.others.get(&hash) == Some(&Verdict::Already);
        if !known && !self.admitted.contains(&hash) {
            self.decision.others.insert(hash, verdict);
        }
    }

    fn chunk(&mut self, batch: &Batch, chunk: &Chunk) -> Result<(), S::Error> {
        if self.admitted.contains(&chunk.hash) {
            return Ok(());
        }
        match self.judge(batch, chunk)? {
            Ok(admission) => {
                self.decision.others.remove(&chunk.hash);
                self.admitted.insert(chunk.hash);
                self.name(batch);
                self.decision.admissions.push(admission);
            }
            Err(refusal) => self.refuse(batch, chunk, refusal),
        }
        Ok(())
    }

    fn refuse(&mut self, batch: &Batch, chunk: &Chunk, refusal: Refusal) {
        let verdict = match refusal {
            Refusal::Already => Verdict::Already,
            Refusal::MissingDeps => Verdict::MissingDeps,
            Refusal::Equivocation => Verdict::Equivocation,
            Refusal::Code(code) => Verdict::Refused { code },
        };
        self.rule(chunk.hash, verdict);
        // what builds on a beginning that was refused goes where the beginning goes: a person decides on both
        let nowhere = matches!(self.open.get(&chunk.document), Some(Open::Nowhere));
        let orphan = refusal == Refusal::MissingDeps && nowhere && self.orphaned.contains(&chunk.document);
        if matches!(refusal, Refusal::Equivocation | Refusal::Code(_)) || orphan {
            self.orphaned.insert(chunk.document);
            self.name(batch);
            let Chunk { document, hash, ref bytes } = *chunk;
            let bytes = if bytes.len() > CHUNK_MAX { Vec::new() } else { bytes.clone() };
            self.decision.quarantine.push(Quarantined { hash, document, batch: batch.id, verdict, bytes });
        }
    }

    fn name(&mut self, batch: &Batch) {
        let named = || (batch.signed.clone(), batch.header.clone());
        self.decision.batches.entry(batch.id).or_insert_with(named);
    }

    fn judge(&mut self, batch: &Batch, chunk: &Chunk) -> Result<Result<Admission, Refusal>, S::Error> {
        let (outline, kind, place) = match claims(batch, chunk) {
            Ok(claims) => claims,
            Err(code) => return Ok(Err(code.into())),
        };
        self.fetch(chunk.document)?;
        let owner = match self.owners.get(&outline.actor) {
            Some(owner) => Some(*owner),
            None => self.shelf.owner(outline.actor)?,
        };
        let admitted = self.admit(batch, chunk, &outline, kind, place, owner);
        let Ok(mut admission) = admitted else { return Ok(admitted) };
        admission.proposal |= self.shelf.sealed(admission.scope)?;
        Ok(Ok(admission))
    }

    fn fetch(&mut self, document: DocumentId) -> Result<(), S::Error> {
        if self.open.contains_key(&document) {
            return Ok(());
        }
        let open = match self.shelf.find(document)? {
            Found::Nowhere => Open::Nowhere,
            Found::Purged => Open::Purged,
            Found::Held(held) => {
                let Held { document, scope, former } = *held;
                let gate = Gate::new(document, &self.reviews, self.pace);
                Open::Held(Box::new(Folder { gate, scope, former, changed: false }))
            }
        };
        self.open.insert(document, open);
        Ok(())
    }

    fn admit(
        &mut self,
        batch: &Batch,
        chunk: &Chunk,
        outline: &Outline,
        kind: Kind,
        place: &Placement,
        owner: Option<EnrolmentId>,
    ) -> Result<Admission, Refusal> {
        let open = self.open.get_mut(&chunk.document).ok_or(RefusalCode::Misplaced)?;
        let (scope, touched, owner, proposal) = match open {
            Open::Purged => return Err(RefusalCode::Purged.into()),
            Open::Nowhere => {
                let (created, late) = create(batch, place, kind, &chunk.bytes, &self.reviews)?;
                let gate = Gate::new(created, &self.reviews, self.pace);
                let (scope, former) = (place.scope, Vec::new());
                *open = Open::Held(Box::new(Folder { gate, scope, former, changed: true }));
                (scope, Vec::new(), None, late)
            }
            Open::Held(folder) => {
                let late = folder.reach(batch, outline, kind)?;
                let owner = folder.owner(batch, outline, owner)?;
                let touched = folder.gate.admit(&chunk.bytes, outline, &batch.signer)?;
                folder.changed = true;
                (folder.scope, touched, owner, late)
            }
        };
        if let Some(owner) = owner {
            self.owners.insert(outline.actor, owner);
        }
        let (hash, actor, actor_seq) = (outline.hash, outline.actor, outline.seq);
        let (document, bytes, batch) = (chunk.document, chunk.bytes.clone(), batch.id);
        Ok(Admission {
            hash,
            document,
            kind,
            scope,
            actor,
            actor_seq,
            owner,
            batch,
            bytes,
            touched,
            proposal,
        })
    }
}

impl Folder {
    /// Whether the change counts as a late one; refuses those who do not reach the document.
    fn reach(&self, batch: &Batch, outline: &Outline, kind: Kind) -> Result<bool, Refusal> {
        if self.gate.document().has(&outline.hash) {
            return Err(Refusal::Already);
        }
        if self.gate.document().kind() != kind {
            return Err(RefusalCode::Misplaced.into());
        }
        Ok(late(&batch.signer, self.scope, &self.former)?)
    }

    /// The enrolment that the change's actor belongs to: the signer's, or none for a derived one.
    fn owner(
        &self,
        batch: &Batch,
        outline: &Outline,
        known: Option<EnrolmentId>,
    ) -> Result<Option<EnrolmentId>, RefusalCode> {
        let signer = batch.signer.enrolment;
        match known {
            _ if self.gate.is_derived(&outline.actor) => Ok(None),
            Some(owner) if owner == signer => Ok(Some(signer)),
            None if batch.header.actors.contains(&outline.actor) => Ok(Some(signer)),
            _ => Err(RefusalCode::ForeignActor),
        }
    }
}

/// Takes the change apart, and finds where its batch names it.
fn claims<'b>(batch: &'b Batch, chunk: &Chunk) -> Result<(Outline, Kind, &'b Placement), RefusalCode> {
    let outline = preparse(&chunk.bytes)?;
    if outline.hash != chunk.hash {
        return Err(RefusalCode::Damaged);
    }
    let named = batch.header.placement(chunk.document, &chunk.hash);
    let place = named.ok_or(RefusalCode::BadSignature)?;
    let kind = Kind::of_number(place.kind).ok_or(RefusalCode::UnknownKind)?;
    Ok((outline, kind, place))
}

/// A new document: its first change is the skeleton, in a scope that the signer has; or had (`true`).
fn create(
    batch: &Batch,
    place: &Placement,
    kind: Kind,
    bytes: &[u8],
    reviews: &[KnownReview],
) -> Result<(Document, bool), Refusal> {
    let id = place.document;
    if Document::skeleton(kind, id).bytes != bytes {
        return Err(Refusal::MissingDeps);
    }
    role_writes(batch.signer.role, kind)?;
    let late = late(&batch.signer, place.scope, &[])?;
    if belongs(kind, id, place.scope, reviews) {
        Ok((Document::create(kind, id), late))
    } else {
        Err(RefusalCode::Misplaced.into())
    }
}

/// Whether a document with this id can be in the scope: what is derived from a unit is in that unit's log.
fn belongs(kind: Kind, id: DocumentId, scope: UnitId, reviews: &[KnownReview]) -> bool {
    match kind {
        Kind::Household => true,
        Kind::Programme => PROGRAMME_YEARS.into_iter().any(|year| Document::programme_id(scope, year) == id),
        Kind::Meeting => reviews.iter().any(|review| Document::meeting_id(scope, review.id) == id),
    }
}

/// Whether the change comes from somebody who only reached the document before.
fn late(signer: &Signer, scope: UnitId, former: &[UnitId]) -> Result<bool, RefusalCode> {
    match reach(&signer.scopes, &signer.former, scope, former) {
        Reach::Now => Ok(false),
        Reach::Before => Ok(true),
        Reach::Never => Err(RefusalCode::ForbiddenScope),
    }
}
