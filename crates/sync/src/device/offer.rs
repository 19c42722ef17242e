//! From outbox entries to signed batches, and from batches to bodies that keep the limits.
//!
//! **Invariant:** changes are offered after everything that they depend on.
//! **Invariant:** one change that cannot be sent does not hold back another.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{ActorId, DocumentId, EnrolmentId, IncarnationId, TownId, UnitId, UserId};
use ed25519_dalek::SigningKey;

use crate::Hash;
use crate::batch::{BatchHeader, Placement, SignedBatch};
use crate::code::RefusalCode;
use crate::gate::{Outline, preparse};
use crate::limits::{
    BATCH_ACTORS_MAX, BATCH_BYTES_MAX, BATCH_CHANGES_MAX, BATCH_DOCUMENTS_MAX, BATCHES_PER_PUSH_MAX,
    BODY_MAX, INFLATED_MAX, PROTOCOL_VERSION,
};
use crate::pull::PullRequest;
use crate::push::{Chunk, push_and_pull_body, push_body};

/// A change in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The document.
    pub document: DocumentId,
    /// Code of its kind.
    pub kind: u8,
    /// The scope that it is in, as far as the device knows.
    pub scope: UnitId,
    /// The change's hash.
    pub hash: Hash,
    /// The uncompressed change.
    pub bytes: Vec<u8>,
}

impl Offer {
    /// The offer as it travels.
    pub fn chunk(&self) -> Chunk {
        Chunk { document: self.document, hash: self.hash, bytes: self.bytes.clone() }
    }
}

/// Who signs.
#[derive(Clone, Debug)]
pub struct Author<'a> {
    /// The data set.
    pub town: TownId,
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The person.
    pub user: UserId,
    /// The installation.
    pub incarnation: IncarnationId,
    /// Every actor that this enrolment has ever used.
    pub actors: &'a BTreeSet<ActorId>,
    /// The number that the next batch gets.
    pub next_number: u64,
}

/// A batch to be kept before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBatch {
    /// Its id.
    pub id: Hash,
    /// Its number.
    pub number: u64,
    /// The signed header.
    pub batch: SignedBatch,
    /// The changes that it names.
    pub hashes: Vec<Hash>,
}

/// What became of offers that no batch named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signing {
    /// The batches, in the order of sending.
    pub batches: Vec<NewBatch>,
    /// Changes that no server would take: to be set aside like refused ones.
    pub unsendable: Vec<(Hash, RefusalCode)>,
}

/// Groups offers into signed batches.
pub fn sign(offers: &[Offer], author: &Author<'_>, key: &SigningKey) -> Signing {
    let mut signing = Signing::default();
    let mut sound = Vec::new();
    for offer in offers {
        match preparse(&offer.bytes) {
            Ok(outline) if outline.hash == offer.hash => sound.push((offer, outline)),
            Ok(_) => signing.unsendable.push((offer.hash, RefusalCode::Damaged)),
            Err(code) => signing.unsendable.push((offer.hash, code)),
        }
    }
    let mut draft = Draft::default();
    let mut number = author.next_number;
    for (offer, outline) in causal(sound) {
        if !draft.has_room(offer, &outline) {
            signing.batches.push(std::mem::take(&mut draft).finish(author, number, key));
            number += 1;
        }
        draft.add(offer, &outline, author);
    }
    if !draft.documents.is_empty() {
        signing.batches.push(draft.finish(author, number, key));
    }
    signing
}

/// The offers in causal order; else in the order given. Dependencies that are not offered are the server's to have.
fn causal<T>(offers: Vec<(T, Outline)>) -> Vec<(T, Outline)> {
    let mut waiting: BTreeSet<Hash> = offers.iter().map(|(_, outline)| outline.hash).collect();
    let mut ordered = Vec::with_capacity(offers.len());
    let mut rest = offers;
    while !rest.is_empty() {
        let before = rest.len();
        let mut later = Vec::new();
        for (offer, outline) in rest {
            if outline.deps.iter().any(|dep| waiting.contains(dep)) {
                later.push((offer, outline));
            } else {
                waiting.remove(&outline.hash);
                ordered.push((offer, outline));
            }
        }
        rest = later;
        // A circle is impossible between hashes; should the input pretend one, it goes as it came.
        if rest.len() == before {
            ordered.append(&mut rest);
        }
    }
    ordered
}

#[derive(Default)]
struct Draft {
    actors: BTreeSet<ActorId>,
    documents: Vec<Placement>,
    changes: usize,
    bytes: usize,
}

impl Draft {
    fn has_room(&self, offer: &Offer, outline: &Outline) -> bool {
        let known = self.documents.iter().any(|place| place.document == offer.document);
        let new_actor = !self.actors.contains(&outline.actor);
        self.changes < BATCH_CHANGES_MAX
            && self.documents.len() + usize::from(!known) <= BATCH_DOCUMENTS_MAX
            && self.actors.len() + usize::from(new_actor) <= BATCH_ACTORS_MAX
            && (self.changes == 0 || self.bytes + offer.bytes.len() <= BATCH_BYTES_MAX)
    }

    fn add(&mut self, offer: &Offer, outline: &Outline, author: &Author<'_>) {
        if author.actors.contains(&outline.actor) {
            self.actors.insert(outline.actor);
        }
        self.changes += 1;
        self.bytes += offer.bytes.len();
        match self.documents.iter_mut().find(|place| place.document == offer.document) {
            Some(place) => place.hashes.push(offer.hash),
            None => self.documents.push(Placement {
                document: offer.document,
                kind: offer.kind,
                scope: offer.scope,
                hashes: vec![offer.hash],
            }),
        }
    }

    fn finish(self, author: &Author<'_>, number: u64, key: &SigningKey) -> NewBatch {
        let header = BatchHeader {
            version: PROTOCOL_VERSION,
            town: author.town,
            enrolment: author.enrolment,
            user: author.user,
            incarnation: author.incarnation,
            actors: self.actors.into_iter().collect(),
            number,
            documents: self.documents,
        };
        let batch = SignedBatch::sign(&header, key);
        let hashes = header.hashes().copied().collect();
        NewBatch { id: batch.id(), number, batch, hashes }
    }
}

/// A push body with what it offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushBody {
    /// To be posted.
    pub body: Vec<u8>,
    /// The batches in it, whole or in part.
    pub batches: Vec<SignedBatch>,
    /// The changes in it.
    pub hashes: Vec<Hash>,
    /// It asks for a pull as well.
    pub pulls: bool,
}

/// Packs batches into bodies, in order. A batch of which only some changes still wait is sent with those. The last body asks for
/// a pull as well, if there is room for the question.
pub fn bodies(batches: &[(SignedBatch, Vec<Chunk>)], pull: Option<&PullRequest>) -> Vec<PushBody> {
    let mut bodies: Vec<PushBody> = Vec::new();
    let mut packed: Vec<(SignedBatch, Vec<Chunk>)> = Vec::new();
    let mut body = None;
    for piece in batches.iter().flat_map(|(batch, chunks)| pieces(batch, chunks)) {
        packed.push(piece);
        body = match fitting(&packed) {
            Some(longer) => Some(longer),
            None => {
                packed.drain(..packed.len() - 1);
                bodies.extend(body);
                fitting(&packed)
            }
        };
    }
    let asking = pull.and_then(|pull| {
        let asking = push_and_pull_body(&packed, Some(pull));
        (body.is_some() && asking.len() <= BODY_MAX).then_some(asking)
    });
    bodies.extend(body.map(|last| match asking {
        Some(body) => PushBody { body, pulls: true, ..last },
        None => last,
    }));
    bodies
}

/// A batch in pieces of at most [`BATCH_BYTES_MAX`] bytes of changes, each with the batch's header: with the longest
/// header, and if nothing can be compressed, a piece is less than [`BODY_MAX`].
pub(crate) fn pieces(batch: &SignedBatch, chunks: &[Chunk]) -> Vec<(SignedBatch, Vec<Chunk>)> {
    let mut pieces: Vec<(usize, Vec<Chunk>)> = Vec::new();
    for chunk in chunks {
        match pieces.last_mut() {
            Some((bytes, piece)) if *bytes + chunk.bytes.len() <= BATCH_BYTES_MAX => {
                *bytes += chunk.bytes.len();
                piece.push(chunk.clone());
            }
            _ => pieces.push((chunk.bytes.len(), vec![chunk.clone()])),
        }
    }
    pieces.into_iter().map(|(_, piece)| (batch.clone(), piece)).collect()
}

/// The body of these batches, if it keeps the limits.
fn fitting(batches: &[(SignedBatch, Vec<Chunk>)]) -> Option<PushBody> {
    let chunks = || batches.iter().flat_map(|(_, chunks)| chunks);
    let headers: usize = batches.iter().map(|(batch, _)| batch.0.bytes.len()).sum();
    let inflated: usize = chunks().map(|chunk| chunk.bytes.len() + FRAME_ROOM).sum();
    if batches.len() > BATCHES_PER_PUSH_MAX
        || headers + inflated + FRAME_ROOM * (batches.len() + 1) > INFLATED_MAX
    {
        return None;
    }
    let body = push_body(batches);
    let hashes = || chunks().map(|chunk| chunk.hash).collect();
    let names = || batches.iter().map(|(batch, _)| batch.clone()).collect();
    (body.len() <= BODY_MAX).then(|| PushBody { body, batches: names(), hashes: hashes(), pulls: false })
}

/// Bytes that a frame adds to a change or a header, at most: frame, ids, signature, CBOR.
pub(crate) const FRAME_ROOM: usize = 128;

/// Offers of batches in causal order, as far as they are sound; else in the order given.
pub fn in_causal_order(offers: Vec<(Hash, Offer)>) -> Vec<(Hash, Offer)> {
    let sound = offers.into_iter().filter_map(|offer| {
        let outline = preparse(&offer.1.bytes).ok().filter(|outline| outline.hash == offer.1.hash)?;
        Some((offer, outline))
    });
    causal(sound.collect()).into_iter().map(|(offer, _)| offer).collect()
}

/// The signed batches with the chunks that still wait, ready for [`bodies`].
pub fn with_chunks(
    batches: &BTreeMap<Hash, SignedBatch>,
    offers: &[(Hash, Offer)],
) -> Vec<(SignedBatch, Vec<Chunk>)> {
    let mut grouped: Vec<(Hash, Vec<Chunk>)> = Vec::new();
    for (batch, offer) in offers {
        match grouped.last_mut() {
            Some((last, chunks)) if last == batch => chunks.push(offer.chunk()),
            _ => grouped.push((*batch, vec![offer.chunk()])),
        }
    }
    let named = grouped.into_iter().filter_map(|(id, chunks)| {
        let batch = batches.get(&id)?;
        Some((batch.clone(), as_named(batch, chunks)))
    });
    named.collect()
}

/// The chunks in the order in which the batch names them, which is a causal one: then their places follow each other, and
/// the answer says so in one word.
fn as_named(batch: &SignedBatch, mut chunks: Vec<Chunk>) -> Vec<Chunk> {
    let Ok(header) = batch.header() else { return chunks };
    let places: BTreeMap<&Hash, usize> = header.hashes().zip(0..).collect();
    chunks.sort_by_key(|chunk| places.get(&chunk.hash).copied());
    chunks
}
