//! Push: signed batches with their changes, and the answer that names each change by its hash. A push may ask for a pull
//! in the same request.
//!
//! **Invariant:** an answer speaks of a change only by the hash that the request claimed for it.

use domain::id::{DocumentId, EpochId, UnitId};
use minicbor::{Decode, Encode};

use crate::Hash;
use crate::batch::SignedBatch;
use crate::body::{self, ANSWER, BodyError, Ending, Inflated, PART, REQUEST, Writer};
use crate::code::{FaultCode, RefusalCode};
use crate::frame::{Frame, Kind};
use crate::limits::BATCHES_PER_PUSH_MAX;
use crate::pull::{self, Pull, PullRequest};
use crate::version::is_spoken;
use crate::whole::Whole;
use crate::wire;

/// A change on its way.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Chunk {
    /// The document.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub document: DocumentId,
    /// The hash under which the batch names it; recomputed by the reader.
    #[n(1)]
    #[cbor(with = "crate::wire")]
    pub hash: Hash,
    /// The uncompressed change.
    #[n(2)]
    #[cbor(with = "crate::wire")]
    pub bytes: Vec<u8>,
}

/// A push as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// The batches, each with the chunks that came with it.
    pub batches: Vec<(SignedBatch, Vec<Chunk>)>,
    /// What is to be pulled with the answer.
    pub pull: Option<PullRequest>,
    /// Cut when the body ended early: what is here came whole.
    pub ending: Ending,
}

/// What became of one change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Verdict {
    /// In the log.
    #[n(0)]
    Stored {
        /// The scope whose log it is in.
        #[n(0)]
        #[cbor(with = "crate::wire")]
        scope: UnitId,
        /// Its place.
        #[n(1)]
        seq: u64,
    },
    /// Was in the log before.
    #[n(1)]
    Already,
    /// In the log, but counts in no sealed figure until the office accepts it.
    #[n(2)]
    Proposal {
        /// The scope whose log it is in.
        #[n(0)]
        #[cbor(with = "crate::wire")]
        scope: UnitId,
        /// Its place.
        #[n(1)]
        seq: u64,
    },
    /// Something that it depends on is not in the log.
    #[n(3)]
    MissingDeps,
    /// The log has another change with this actor and sequence.
    #[n(4)]
    Equivocation,
    /// Not taken; in quarantine if it was signed.
    #[n(5)]
    Refused {
        /// Why.
        #[n(0)]
        code: RefusalCode,
    },
}

/// The answer to a push.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PushAnswer {
    /// The life of the server's data set; sequences of another one mean nothing.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub epoch: EpochId,
    /// What became of each change.
    #[n(1)]
    pub answers: Vec<Answer>,
    /// True when the request ended early.
    #[n(2)]
    pub cut: bool,
    /// Seconds since 1970 by the server's clock.
    #[n(3)]
    pub server_time: i64,
    /// What became of batches whose changes share a verdict. Empty once it was [read](read_answer).
    #[n(4)]
    pub wholes: Vec<Whole>,
}

/// What became of one change, by its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Answer {
    /// The hash that the request claimed.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub hash: Hash,
    /// The verdict.
    #[n(1)]
    pub verdict: Verdict,
}

/// The body of a push. Whether it keeps the limits is the caller's to check; see [`crate::device::bodies`].
pub fn push_body(batches: &[(SignedBatch, Vec<Chunk>)]) -> Vec<u8> {
    push_and_pull_body(batches, None)
}

/// The body of a push whose answer brings what a pull would.
pub fn push_and_pull_body(batches: &[(SignedBatch, Vec<Chunk>)], pull: Option<&PullRequest>) -> Vec<u8> {
    let mut writer = Writer::new();
    for (batch, chunks) in batches {
        writer.message(Kind::Batch, batch);
        for chunk in chunks {
            writer.message(Kind::Chunk, chunk);
        }
    }
    if let Some(pull) = pull {
        writer.message(Kind::PullRequest, pull);
    }
    writer.finish()
}

/// Reads a push. A cut body gives what came whole; one that is cut before its first change is an error.
pub fn read_push(body: &[u8]) -> Result<Push, BodyError> {
    let push = push_of(&body::inflate(body, REQUEST)?)?;
    if push.ending == Ending::Cut && push.batches.iter().all(|(_, chunks)| chunks.is_empty()) {
        return Err(BodyError::Truncated);
    }
    Ok(push)
}

/// Reads a part of a bundle, a push that is whole and asks for nothing, and says how large it is when inflated.
pub(crate) fn read_part(body: &[u8]) -> Result<(Push, usize), BodyError> {
    let inflated = body::inflate(body, PART)?;
    let push = push_of(&inflated)?;
    match (&push.pull, push.ending) {
        (None, Ending::Complete) => Ok((push, inflated.size())),
        (None, Ending::Cut) => Err(BodyError::Truncated),
        (Some(_), _) => Err(BodyError::Malformed),
    }
}

fn push_of(inflated: &Inflated) -> Result<Push, BodyError> {
    let (frames, ending) = inflated.frames()?;
    let mut push = Push { batches: Vec::new(), pull: None, ending };
    for frame in &frames {
        take(frame, &mut push)?;
    }
    Ok(push)
}

/// The question for a pull comes last, and never alone: that would be a pull.
fn take(frame: &Frame<'_>, push: &mut Push) -> Result<(), BodyError> {
    let read_chunk = || wire::from_bytes(frame.payload).ok_or(BodyError::Malformed);
    let Push { batches, pull, .. } = push;
    match Kind::of(frame.kind) {
        _ if pull.is_some() => Err(BodyError::Malformed),
        Some(Kind::PullRequest) if !batches.is_empty() => {
            *pull = Some(pull::request_of(frame.payload)?);
            Ok(())
        }
        Some(Kind::Batch) if batches.len() < BATCHES_PER_PUSH_MAX => {
            let batch: SignedBatch = wire::from_bytes(frame.payload).ok_or(BodyError::Malformed)?;
            // judged one by one, its changes would be refused and set aside, although nothing is wrong with them
            if batch.version().is_some_and(|version| !is_spoken(version)) {
                return Err(BodyError::Fault(FaultCode::UnsupportedVersion));
            }
            batches.push((batch, Vec::new()));
            Ok(())
        }
        Some(Kind::Chunk) => {
            let (_, chunks) = batches.last_mut().ok_or(BodyError::Malformed)?;
            chunks.push(read_chunk()?);
            Ok(())
        }
        _ => Err(BodyError::Malformed),
    }
}

/// The body of the answer.
pub fn answer_body(answer: &PushAnswer) -> Vec<u8> {
    body::one(Kind::PushAnswer, answer)
}

/// Reads the answer to a push of these batches.
pub fn read_answer(body: &[u8], sent: &[SignedBatch]) -> Result<PushAnswer, BodyError> {
    Ok(body::read_one::<PushAnswer>(body, Kind::PushAnswer, ANSWER)?.spelt_out(sent))
}

/// Reads the answer to a push that asked for a pull as well; of a cut one the pull may be missing, or its end.
pub fn read_answer_and_pull(
    body: &[u8],
    sent: &[SignedBatch],
) -> Result<(PushAnswer, Option<Pull>), BodyError> {
    let inflated = body::inflate(body, ANSWER)?;
    let (frames, ending) = inflated.frames()?;
    let Some((first, rest)) = frames.split_first() else { return Err(BodyError::Truncated) };
    if first.kind != Kind::PushAnswer as u8 {
        return Err(BodyError::Malformed);
    }
    let answer: PushAnswer = wire::from_bytes(first.payload).ok_or(BodyError::Malformed)?;
    let answer = answer.spelt_out(sent);
    let pull = if rest.is_empty() { None } else { Some(pull::pull_of(rest, ending)?) };
    Ok((answer, pull))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(verdict: Verdict) -> String {
        let bytes = wire::to_bytes(&Answer { hash: [1; 32], verdict });
        let spelt = hex::encode(&bytes);
        assert_eq!(wire::from_bytes::<Answer>(&bytes).map(|answer| answer.verdict), Some(verdict));
        spelt.strip_prefix(&format!("825820{}", "01".repeat(32))).unwrap().to_owned()
    }

    /// The bytes that `docs/protocol.md` describes.
    #[test]
    fn verdicts_are_spelt_as_the_protocol_says() {
        let scope = UnitId::new([3; 16]);
        let unit = "03".repeat(16);
        assert_eq!(spelt(Verdict::Stored { scope, seq: 42 }), format!("830050{unit}182a"));
        assert_eq!(spelt(Verdict::Already), "8101");
        assert_eq!(spelt(Verdict::Proposal { scope, seq: 1 }), format!("830250{unit}01"));
        assert_eq!(spelt(Verdict::MissingDeps), "8103");
        assert_eq!(spelt(Verdict::Equivocation), "8104");
        assert_eq!(spelt(Verdict::Refused { code: RefusalCode::OverLimit }), "820503");
    }

    #[test]
    fn a_code_of_a_newer_server_is_read_as_unrecognised() {
        let refused = hex::decode(format!("825820{}82051903e7", "01".repeat(32))).unwrap();
        let answer: Answer = wire::from_bytes(&refused).unwrap();
        assert_eq!(answer.verdict, Verdict::Refused { code: RefusalCode::Unrecognised });
    }

    #[test]
    fn fields_of_a_newer_program_are_passed_over() {
        let chunk = Chunk { document: DocumentId::new([6; 16]), hash: [1; 32], bytes: vec![1, 2, 3] };
        let mut newer = wire::to_bytes(&chunk);
        assert_eq!(newer[0], 0x83);
        newer[0] = 0x84;
        newer.push(0xf5);
        assert_eq!(wire::from_bytes::<Chunk>(&newer), Some(chunk));
    }

    fn question() -> PullRequest {
        PullRequest {
            epoch: None,
            cursors: vec![],
            max_bytes: 9,
            config_version: 0,
            standing: Some([5; 16]),
            config_mark: None,
        }
    }

    #[test]
    fn a_push_asks_for_a_pull_once_and_last_and_never_alone() {
        let (question, batch) = (question(), crate::fixture::officer(20, domain::user::Role::Collector));
        let document = crate::fixture::household(&batch);
        let batches = batch.batches(&crate::fixture::offers(&document));
        let push = read_push(&push_and_pull_body(&batches, Some(&question))).unwrap();
        assert_eq!((push.pull, push.batches.len()), (Some(question.clone()), batches.len()));
        let malformed = |kinds: &[Kind]| {
            let mut writer = Writer::new();
            for kind in kinds {
                match kind {
                    Kind::Batch => writer.message(Kind::Batch, &batches[0].0),
                    Kind::Chunk => writer.message(Kind::Chunk, &batches[0].1[0]),
                    _ => writer.message(Kind::PullRequest, &question),
                }
            }
            read_push(&writer.finish()).err()
        };
        for kinds in [
            &[Kind::PullRequest][..],
            &[Kind::Batch, Kind::Chunk, Kind::PullRequest, Kind::PullRequest],
            &[Kind::Batch, Kind::Chunk, Kind::PullRequest, Kind::Chunk],
            &[Kind::PullRequest, Kind::Batch, Kind::Chunk],
        ] {
            assert_eq!(malformed(kinds), Some(BodyError::Malformed), "{kinds:?}");
        }
    }

    #[test]
    fn a_batch_of_another_version_refuses_the_whole_request() {
        let officer = crate::fixture::officer(20, domain::user::Role::Collector);
        let offers = crate::fixture::offers(&crate::fixture::household(&officer));
        let (batch, chunks) = officer.batches(&offers).remove(0);
        let mut newer = batch.clone();
        newer.0.bytes[1] = 2;
        assert_eq!((batch.version(), newer.version()), (Some(1), Some(2)));
        let both = [(batch, chunks.clone()), (newer, chunks)];
        let unsupported = BodyError::Fault(FaultCode::UnsupportedVersion);
        assert_eq!(read_push(&push_body(&both)).err(), Some(unsupported));
    }

    #[test]
    fn an_id_of_another_length_is_refused() {
        let short = hex::decode("83420101").unwrap();
        assert_eq!(wire::from_bytes::<Chunk>(&short), None);
    }
}
