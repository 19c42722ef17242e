//! Pull: the entries of the scopes' logs after the cursors, and the state they lead to.
//!
//! **Invariant:** entries of a scope come in sequence without gaps; a batch comes before the entries that name it.

use domain::id::{DocumentId, EpochId, UnitId};
use minicbor::{Decode, Encode};

use crate::Hash;
use crate::batch::{Signed, SignedBatch};
use crate::body::{self, ANSWER, BodyError, Ending, REQUEST, Writer};
use crate::frame::{Frame, Kind};
use crate::limits::{ANSWER_FRAME_MAX, FLUSH_EVERY, PULL_BODY_MAX, PULL_INFLATED_MAX, SCOPES_MAX};
use crate::scope::Digest;
use crate::wire;

/// What a device asks for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PullRequest {
    /// The life of the server's data set that the cursors are of; none before the first pull.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub epoch: Option<EpochId>,
    /// The sequence up to which the device has each scope's log. Scopes that are not named are sent from the start.
    #[n(1)]
    #[cbor(with = "crate::wire::list")]
    pub cursors: Vec<(UnitId, u64)>,
    /// How large the answer's body may be, in bytes; the server has a limit of its own.
    #[n(2)]
    pub max_bytes: u32,
    /// The version of the configuration that the device has; 0 for none.
    #[n(3)]
    pub config_version: u64,
}

/// How the server stands.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PullState {
    /// The life of the server's data set.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub epoch: EpochId,
    /// The scopes that the device has now; one that it had and that is not here is lost.
    #[n(1)]
    pub scopes: Vec<ScopeState>,
    /// The newest configuration's version.
    #[n(2)]
    pub config_version: u64,
    /// The configuration as signed JSON, if the device has an older one.
    #[n(3)]
    pub config: Option<Signed>,
    /// Seconds since 1970 by the server's clock.
    #[n(4)]
    pub server_time: i64,
}

/// How one scope's log stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ScopeState {
    /// The scope.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub unit: UnitId,
    /// The last sequence.
    #[n(1)]
    pub head: u64,
    /// The digest at that sequence.
    #[n(2)]
    pub digest: Digest,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum EntryKind {
    /// A change.
    #[n(0)]
    Change,
    /// The document left this scope.
    #[n(1)]
    Left,
    /// The document came to this scope: its earlier changes follow as `Change` entries of other sequences, or are here.
    #[n(2)]
    Entered,
    /// The document was purged: the device erases it.
    #[n(3)]
    Purged,
}

/// An entry of a scope's log.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Entry {
    /// The scope.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub scope: UnitId,
    /// Its place: 1, 2, 3 … without gaps.
    #[n(1)]
    pub seq: u64,
    /// What it is.
    #[n(2)]
    pub kind: EntryKind,
    /// The document.
    #[n(3)]
    #[cbor(with = "crate::wire")]
    pub document: DocumentId,
    /// Code of the document's kind.
    #[n(4)]
    pub doc_kind: u8,
    /// The batch that the change came in; none for the server's own entries.
    #[n(5)]
    #[cbor(with = "crate::wire")]
    pub batch: Option<Hash>,
    /// The change; empty for the other kinds.
    #[n(6)]
    #[cbor(with = "crate::wire")]
    pub bytes: Vec<u8>,
    /// True for a change that waits for the office's acceptance.
    #[n(7)]
    pub proposal: bool,
}

/// A pull answer as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// How the server stands.
    pub state: PullState,
    /// The batches that the entries name.
    pub batches: Vec<SignedBatch>,
    /// The entries in the order of sending.
    pub entries: Vec<Entry>,
    /// Cut when the download ended early: what is here came whole.
    pub ending: Ending,
}

/// The body of a request.
pub fn request_body(request: &PullRequest) -> Vec<u8> {
    body::one(Kind::PullRequest, request)
}

/// Reads a request.
pub fn read_request(body: &[u8]) -> Result<PullRequest, BodyError> {
    let request: PullRequest = body::read_one(body, Kind::PullRequest, REQUEST)?;
    if request.cursors.len() > SCOPES_MAX { Err(BodyError::Malformed) } else { Ok(request) }
}

/// Writes a pull answer entry by entry, until the bytes asked for are full.
pub struct PullWriter {
    writer: Writer,
    max_bytes: usize,
}

impl PullWriter {
    /// Starts the answer with the state.
    pub fn new(state: &PullState, max_bytes: u32) -> Self {
        let mut writer = Writer::new();
        writer.message(Kind::PullState, state);
        writer.flush();
        Self { writer, max_bytes: (max_bytes as usize).min(PULL_BODY_MAX) }
    }

    /// True while another entry may be written. An answer always has room for its first entry.
    pub fn has_room(&self) -> bool {
        let unflushed_bound = FLUSH_EVERY + 2 * ANSWER_FRAME_MAX.min(64 * 1024);
        let inflated_full = self.writer.inflated_len() + 128 * 1024 > PULL_INFLATED_MAX;
        !inflated_full
            && self.writer.flushed_len() + unflushed_bound <= self.max_bytes.max(2 * unflushed_bound)
    }

    /// Appends a batch; before the first entry that names it.
    pub fn batch(&mut self, batch: &SignedBatch) {
        self.writer.message(Kind::Batch, batch);
    }

    /// Appends an entry.
    pub fn entry(&mut self, entry: &Entry) {
        self.writer.message(Kind::Entry, entry);
    }

    /// The body.
    pub fn finish(self) -> Vec<u8> {
        self.writer.finish()
    }
}

/// The body of an answer that is known to fit.
pub fn pull_body(state: &PullState, batches: &[SignedBatch], entries: &[Entry]) -> Vec<u8> {
    let mut writer = PullWriter::new(state, u32::MAX);
    for batch in batches {
        writer.batch(batch);
    }
    for entry in entries {
        writer.entry(entry);
    }
    writer.finish()
}

/// Reads an answer, complete or cut.
pub fn read_pull(body: &[u8]) -> Result<Pull, BodyError> {
    let inflated = body::inflate(body, ANSWER)?;
    let (frames, ending) = inflated.frames()?;
    body::refuse_fault(&frames)?;
    let Some((first, rest)) = frames.split_first() else { return Err(BodyError::Truncated) };
    if first.kind != Kind::PullState as u8 {
        return Err(BodyError::Malformed);
    }
    let state = wire::from_bytes(first.payload).ok_or(BodyError::Malformed)?;
    let mut pull = Pull { state, batches: Vec::new(), entries: Vec::new(), ending };
    for frame in rest {
        take(frame, &mut pull)?;
    }
    Ok(pull)
}

fn take(frame: &Frame<'_>, pull: &mut Pull) -> Result<(), BodyError> {
    match Kind::of(frame.kind) {
        Some(Kind::Batch) => pull.batches.push(wire::from_bytes(frame.payload).ok_or(BodyError::Malformed)?),
        Some(Kind::Entry) => pull.entries.push(wire::from_bytes(frame.payload).ok_or(BodyError::Malformed)?),
        _ => return Err(BodyError::Malformed),
    }
    Ok(())
}
