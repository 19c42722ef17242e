//! One change: made from operations, or read from bytes that somebody else made.
//!
//! **Invariant:** a change that left this module is uncompressed, has its checksum, 16-byte actors and no extra bytes.

use std::num::NonZeroU64;

use automerge::{Change, ChangeHash, ExpandedChange, legacy};
use domain::id::{ActorId, VisitId};
use sha2::{Digest, Sha256};

use crate::error::RecordError;
use crate::heads::Hash;
use crate::op::{Map, OpId, actor_of};

/// First bytes of every Automerge chunk.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// Chunk type of an uncompressed change.
const CHANGE_CHUNK: u8 = 1;
/// Chunk type of a compressed change.
const COMPRESSED_CHUNK: u8 = 2;

/// A change as it is stored and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawChange {
    /// Its name.
    pub hash: Hash,
    /// Who made it: one app start of one user.
    pub actor: ActorId,
    /// The actor's first change in this document is 1.
    pub seq: u64,
    /// Counter of its first operation.
    pub start_op: u64,
    /// Counter of its last operation.
    pub max_op: u64,
    /// Seconds since 1970, by the device's clock: a claim.
    pub time: i64,
    /// The visit in which it was made.
    pub visit: Option<VisitId>,
    /// The changes it was made on.
    pub deps: Vec<Hash>,
    /// The uncompressed chunk.
    pub bytes: Vec<u8>,
}

impl RawChange {
    /// Reads a chunk without a document: for databases and messages that carry bytes.
    ///
    /// # Errors
    /// `Compressed` or `Damaged`.
    pub fn read(raw: &[u8]) -> Result<Self, RecordError> {
        parse(raw).map(|change| Self::of(&change))
    }

    pub(crate) fn of(change: &Change) -> Self {
        Self {
            hash: change.hash().0,
            actor: author_of(change),
            seq: change.seq(),
            start_op: change.start_op().get(),
            max_op: change.max_op(),
            time: change.timestamp(),
            visit: visit_of(change),
            deps: change.deps().iter().map(|dep| dep.0).collect(),
            bytes: change.raw_bytes().to_vec(),
        }
    }
}

/// The actor of a change that `parse` or `Draft` has let through.
pub(crate) fn author_of(change: &Change) -> ActorId {
    actor_of(change.actor_id()).unwrap_or(ActorId::new([0; 16]))
}

/// The visit that a change names.
pub(crate) fn visit_of(change: &Change) -> Option<VisitId> {
    change.message().and_then(|message| message.parse().ok())
}

/// Reads one chunk. Automerge parses a change without looking at its checksum: most single-bit flips would be taken.
///
/// # Errors
/// `Compressed` for compressed chunks; `Damaged` for anything else that is not exactly one change of ours.
pub(crate) fn parse(raw: &[u8]) -> Result<Change, RecordError> {
    let (head, rest) = raw.split_at_checked(8).ok_or(RecordError::Damaged)?;
    match rest.first() {
        Some(&CHANGE_CHUNK) => {}
        Some(&COMPRESSED_CHUNK) => return Err(RecordError::Compressed),
        _ => return Err(RecordError::Damaged),
    }
    let hash: Hash = Sha256::digest(rest).into();
    if head[..4] != MAGIC || head[4..] != hash[..4] {
        return Err(RecordError::Damaged);
    }
    let change = Change::try_from(raw).map_err(|_| RecordError::Damaged)?;
    let ours = change.actors().all(|actor| actor_of(actor).is_some()) && change.extra_bytes().is_empty();
    if ours && !change.is_empty() && change.hash().0 == hash { Ok(change) } else { Err(RecordError::Damaged) }
}

/// A change in the making. Built from operations and not by an Automerge transaction, because a transaction turns
/// "put the winning value again" into deletes of the losers: two people who then choose differently at the same time
/// would not meet a conflict.
pub(crate) struct Draft {
    /// Who makes it.
    pub actor: ActorId,
    /// The actor's next sequence number.
    pub seq: u64,
    /// Highest counter among everything it has seen.
    pub seen_op: u64,
    /// Seconds since 1970.
    pub time: i64,
    /// The visit.
    pub visit: Option<VisitId>,
    /// The heads it is made on.
    pub deps: Vec<Hash>,
    /// What it does.
    pub ops: Vec<legacy::Op>,
}

impl Draft {
    /// Adds an operation and says which id it has.
    pub(crate) fn add(&mut self, op: legacy::Op) -> OpId {
        self.ops.push(op);
        OpId { counter: self.seen_op + self.ops.len() as u64, actor: self.actor }
    }

    /// Makes an empty map under `key`.
    pub(crate) fn make(&mut self, map: Map, key: &str) -> Map {
        Map::Made(self.add(crate::op::make(map, key)))
    }

    /// The change.
    pub(crate) fn finish(self) -> Change {
        Change::from(ExpandedChange {
            operations: self.ops,
            actor_id: self.actor.bytes().as_slice().into(),
            hash: None,
            seq: self.seq,
            start_op: NonZeroU64::MIN.saturating_add(self.seen_op),
            time: self.time,
            message: self.visit.map(|visit| visit.to_string()),
            deps: self.deps.into_iter().map(ChangeHash).collect(),
            extra_bytes: Vec::new(),
            author: None,
        })
    }
}
