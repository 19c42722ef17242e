//! Pull: the entries of the scopes' logs after the cursors, and the state they lead to.
//!
//! **Invariant:** entries of a scope come in sequence without gaps; a batch comes before the entries that name it.

use domain::id::{DocumentId, EpochId, UnitId};
use minicbor::{Decode, Encode};

use crate::Hash;
use crate::batch::{Mark, Signed, SignedBatch};
use crate::body::{self, ANSWER, BodyError, Ending, REQUEST, Writer};
use crate::frame::{Frame, Kind};
use crate::limits::{CHUNK_MAX, FLUSH_EVERY, HEADER_MAX, PULL_BODY_MAX, PULL_INFLATED_MAX, SCOPES_MAX};
use crate::push::{PushAnswer, Verdict};
use crate::scope::Digest;
use crate::standing::Standing;
use crate::wire;

/// What a device asks for; by default everything, in as few bytes as possible.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
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
    /// How the device stands in all of its scopes; see [`standing`](crate::standing::standing). Where the server stands alike it says so and no more.
    #[n(4)]
    #[cbor(with = "crate::wire")]
    pub standing: Option<Standing>,
    /// [`Signed::mark`] of the configuration that the device has: a server that was put back counts up to the same
    /// version once more, with other content. None from a device that does not know it.
    #[n(5)]
    #[cbor(with = "crate::wire")]
    pub config_mark: Option<Mark>,
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
    /// The configuration as signed JSON, if the device has another one.
    #[n(3)]
    pub config: Option<Signed>,
    /// Seconds since 1970 by the server's clock.
    #[n(4)]
    pub server_time: i64,
    /// The server stands as the device said that it does: no scope is listed, and no entry follows.
    #[n(5)]
    pub in_step: bool,
}

impl PullState {
    /// The state after what the answer to a push says that it stored: the server looked before it stored.
    #[must_use]
    pub fn after(mut self, push: &PushAnswer) -> Self {
        for answer in &push.answers {
            let (Verdict::Stored { scope, .. } | Verdict::Proposal { scope, .. }) = answer.verdict else {
                continue;
            };
            if let Some(state) = self.scopes.iter_mut().find(|state| state.unit == scope) {
                state.digest = state.digest.with(&answer.hash);
            }
        }
        self
    }
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
    checked(body::read_one(body, Kind::PullRequest, REQUEST)?)
}

/// Reads a request that came in a frame of another body.
pub(crate) fn request_of(payload: &[u8]) -> Result<PullRequest, BodyError> {
    checked(wire::from_bytes(payload).ok_or(BodyError::Malformed)?)
}

fn checked(request: PullRequest) -> Result<PullRequest, BodyError> {
    if request.cursors.len() > SCOPES_MAX { Err(BodyError::Malformed) } else { Ok(request) }
}

/// Bytes that an entry and its batch take, at most.
const ENTRY_ROOM: usize = CHUNK_MAX + HEADER_MAX + 1024;

/// Writes a pull answer entry by entry, until the bytes asked for are full.
pub struct PullWriter {
    writer: Writer,
    max_bytes: usize,
    empty: bool,
}

impl PullWriter {
    /// Starts the answer with the state.
    pub fn new(state: &PullState, max_bytes: u32) -> Self {
        Self::after(None, state, max_bytes)
    }

    /// Starts with the answer to the push that asked for it.
    pub fn after(push: Option<&PushAnswer>, state: &PullState, max_bytes: u32) -> Self {
        let mut writer = Writer::new();
        if let Some(answer) = push {
            writer.message(Kind::PushAnswer, answer);
        }
        writer.message(Kind::PullState, state);
        writer.flush();
        Self { writer, max_bytes: (max_bytes as usize).min(PULL_BODY_MAX), empty: true }
    }

    /// True while another entry with its batch may be written. An answer always has room for its first entry.
    pub fn has_room(&self) -> bool {
        let inflated_full = self.writer.inflated_len() + ENTRY_ROOM > PULL_INFLATED_MAX;
        let certain = self.writer.flushed_len() + FLUSH_EVERY + ENTRY_ROOM;
        self.empty || (!inflated_full && certain <= self.max_bytes)
    }

    /// Appends a batch; before the first entry that names it.
    pub fn batch(&mut self, batch: &SignedBatch) {
        self.writer.message(Kind::Batch, batch);
    }

    /// Appends an entry.
    pub fn entry(&mut self, entry: &Entry) {
        self.empty = false;
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
    pull_of(&frames, ending)
}

/// The answer in these frames.
pub(crate) fn pull_of(frames: &[Frame<'_>], ending: Ending) -> Result<Pull, BodyError> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{self};

    fn unit(number: u8) -> UnitId {
        UnitId::new([number; 16])
    }

    fn state() -> PullState {
        let scopes = vec![ScopeState { unit: unit(3), head: 9, digest: Digest::default() }];
        let epoch = EpochId::new([2; 16]);
        PullState {
            epoch,
            scopes,
            config_version: 4,
            config: None,
            server_time: 1_480_000_000,
            in_step: false,
        }
    }

    fn entry(seq: u64, bytes: Vec<u8>) -> Entry {
        let (document, kind) = (DocumentId::new([6; 16]), EntryKind::Change);
        let batch = Some([8; 32]);
        Entry { scope: unit(3), seq, kind, document, doc_kind: 1, batch, bytes, proposal: false }
    }

    /// The bytes that `docs/protocol.md` describes.
    #[test]
    fn messages_are_spelt_as_the_protocol_says() {
        let request = PullRequest {
            epoch: None,
            cursors: vec![(unit(3), 5)],
            max_bytes: 1000,
            config_version: 0,
            standing: None,
            config_mark: None,
        };
        let (unit, epoch) = ("03".repeat(16), "02".repeat(16));
        assert_eq!(hex::encode(wire::to_bytes(&request)), format!("84f6818250{unit}051903e800"));
        let digest = format!("8250{}00", "00".repeat(16));
        let time = format!("1a{:08x}", 1_480_000_000);
        let spelt = format!("8650{epoch}818350{unit}09{digest}04f6{time}f4");
        assert_eq!(hex::encode(wire::to_bytes(&state())), spelt);
        let (document, batch) = ("06".repeat(16), "08".repeat(32));
        let change = hex::encode(wire::to_bytes(&entry(1, vec![7])));
        assert_eq!(change, format!("8850{unit}010050{document}015820{batch}4107f4"));
        let left = Entry { kind: EntryKind::Left, batch: None, ..entry(2, vec![]) };
        assert_eq!(hex::encode(wire::to_bytes(&left)), format!("8850{unit}020150{document}01f640f4"));
    }

    /// A device with ten scopes that has nothing to say and nothing to hear: both bodies together.
    #[test]
    fn to_be_in_step_costs_four_hundred_bytes_at_most() {
        use sha2::Digest as _;
        let scopes: Vec<ScopeState> = (0..10_u8)
            .map(|at| {
                let noise = sha2::Sha256::digest([at]);
                let (unit, sum) = (noise[..16].try_into().unwrap(), noise[16..].try_into().unwrap());
                ScopeState { unit: UnitId::new(unit), head: 60_000, digest: Digest { sum, count: 60_000 } }
            })
            .collect();
        let epoch = EpochId::new(sha2::Sha256::digest(b"epoch")[..16].try_into().unwrap());
        let standing = crate::standing::standing(epoch, 7, &scopes);
        let request = PullRequest {
            epoch: Some(epoch),
            cursors: scopes.iter().map(|scope| (scope.unit, scope.head)).collect(),
            max_bytes: 256 * 1024,
            config_version: 7,
            standing: Some(standing),
            config_mark: Some([7; 16]),
        };
        let state = PullState { epoch, scopes: vec![], config_version: 7, in_step: true, ..state() };
        let bytes = request_body(&request).len() + pull_body(&state, &[], &[]).len();
        assert!(bytes <= 400, "{bytes}");
    }

    #[test]
    fn the_last_frame_of_a_body_is_the_end() {
        let mut end = Vec::new();
        frame::write(&mut end, Kind::End, &[]);
        let checksum = crc32c::crc32c(&[15]).to_le_bytes();
        assert_eq!(end, [&[0, 0, 0, 0, 15], checksum.as_slice()].concat());
    }

    #[test]
    fn an_answer_keeps_to_the_bytes_asked_for_and_always_brings_something() {
        // Bytes that do not compress.
        let noise = |seq: u64| -> Vec<u8> {
            let piece = |part: u64| sha2::Sha256::digest((seq * 1000 + part).to_le_bytes());
            (0..200).flat_map(piece).collect()
        };
        use sha2::Digest as _;
        for asked in [1, 100_000, 400_000] {
            let mut writer = PullWriter::new(&state(), asked);
            let mut written = 0;
            while writer.has_room() {
                written += 1;
                writer.entry(&entry(written, noise(written)));
            }
            let body = writer.finish();
            assert!(written > 0);
            assert!(body.len() <= (asked as usize).max(ENTRY_ROOM), "{} of {asked}", body.len());
            assert_eq!(read_pull(&body).unwrap().entries.len() as u64, written);
        }
    }

    #[test]
    fn a_request_with_too_many_scopes_is_malformed() {
        let cursors = vec![(unit(3), 5); SCOPES_MAX + 1];
        let request = PullRequest {
            epoch: None,
            cursors,
            max_bytes: 0,
            config_version: 0,
            standing: None,
            config_mark: None,
        };
        assert_eq!(read_request(&request_body(&request)), Err(BodyError::Malformed));
    }
}
