//! Bodies: a zstd stream of frames that ends with an `End` frame.
//!
//! **Invariant:** inflating stops at the limit; a cut body gives every frame that came whole, a damaged one an error.

use std::io::{Read, Write};

use thiserror::Error;

use crate::code::FaultCode;
use crate::frame::{self, Frame, Kind, Stop};
use crate::limits::{
    ANSWER_FRAME_MAX, BUNDLE_PART_MAX, COMPRESSION_LEVEL, FLUSH_EVERY, FRAME_MAX, INFLATED_MAX,
};
use crate::limits::{BODY_MAX, PULL_BODY_MAX, PULL_INFLATED_MAX, WINDOW_LOG_MAX};
use crate::wire;

/// Why a body cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BodyError {
    /// Larger than the limit.
    #[error("body_too_large")]
    TooLarge,
    /// Inflates beyond the limit.
    #[error("inflated_too_large")]
    Inflated,
    /// Not zstd, a wrong checksum, a frame where it does not belong.
    #[error("damaged_body")]
    Damaged,
    /// Ends before the first whole message.
    #[error("truncated_body")]
    Truncated,
    /// A message that is not what the protocol says.
    #[error("malformed_message")]
    Malformed,
    /// The refusal of a whole request, in the server's words.
    #[error("{0}")]
    Fault(FaultCode),
}

impl BodyError {
    /// The code of the refusal.
    pub fn fault(self) -> FaultCode {
        match self {
            Self::TooLarge => FaultCode::BodyTooLarge,
            Self::Inflated => FaultCode::InflatedTooLarge,
            Self::Damaged => FaultCode::DamagedBody,
            Self::Truncated => FaultCode::TruncatedBody,
            Self::Malformed => FaultCode::MalformedMessage,
            Self::Fault(code) => code,
        }
    }
}

/// The limits of one direction.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    body: usize,
    inflated: usize,
    frame: usize,
    /// A refusal of the whole request may come in its place.
    or_fault: bool,
}

/// From device to server.
pub const REQUEST: Bounds =
    Bounds { body: BODY_MAX, inflated: INFLATED_MAX, frame: FRAME_MAX, or_fault: false };
/// A part of a bundle: as large as a request once it is inflated.
pub const PART: Bounds =
    Bounds { body: BUNDLE_PART_MAX, inflated: INFLATED_MAX, frame: FRAME_MAX, or_fault: false };
/// From server to device.
pub const ANSWER: Bounds =
    Bounds { body: PULL_BODY_MAX, inflated: PULL_INFLATED_MAX, frame: ANSWER_FRAME_MAX, or_fault: true };

/// Writes a body, frame by frame.
pub struct Writer {
    stream: zstd::stream::write::Encoder<'static, Vec<u8>>,
    unflushed: usize,
    inflated: usize,
}

impl Writer {
    /// An empty body.
    pub fn new() -> Self {
        let stream = zstd::stream::write::Encoder::new(Vec::new(), COMPRESSION_LEVEL);
        let mut stream = stream.expect("the compressor starts with a constant level");
        stream.window_log(WINDOW_LOG_MAX).expect("the compressor takes a constant window");
        Self { stream, unflushed: 0, inflated: 0 }
    }

    /// Appends a frame.
    pub fn frame(&mut self, kind: Kind, payload: &[u8]) {
        let mut framed = Vec::with_capacity(payload.len() + frame::OVERHEAD);
        frame::write(&mut framed, kind, payload);
        self.inflated += framed.len();
        self.unflushed += framed.len();
        self.stream.write_all(&framed).expect("memory takes every write");
        if self.unflushed >= FLUSH_EVERY {
            self.flush();
        }
    }

    /// Appends a frame with a message.
    pub fn message<T: minicbor::Encode<()>>(&mut self, kind: Kind, message: &T) {
        self.frame(kind, &wire::to_bytes(message));
    }

    /// Makes everything so far readable by a reader whose download is cut here.
    pub fn flush(&mut self) {
        self.stream.flush().expect("memory takes every write");
        self.unflushed = 0;
    }

    /// Bytes of the body that are certain: everything up to the last flush.
    pub fn flushed_len(&self) -> usize {
        self.stream.get_ref().len()
    }

    /// Bytes of the body before compression.
    pub fn inflated_len(&self) -> usize {
        self.inflated
    }

    /// The complete body.
    pub fn finish(mut self) -> Vec<u8> {
        self.frame(Kind::End, &[]);
        self.stream.finish().expect("memory takes every write")
    }
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

/// How a body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With its end frame.
    Complete,
    /// In the middle: what came whole before is good.
    Cut,
}

/// A refusal of the whole request: JSON with a code, and words for people that a client need not read.
#[derive(serde::Deserialize)]
struct Told {
    code: FaultCode,
}

/// An inflated body.
pub struct Inflated {
    bytes: Vec<u8>,
    bounds: Bounds,
}

/// Inflates a body, complete or cut, within the bounds.
pub fn inflate(body: &[u8], bounds: Bounds) -> Result<Inflated, BodyError> {
    if body.len() > bounds.body {
        return Err(BodyError::TooLarge);
    }
    if bounds.or_fault && body.starts_with(b"{") {
        let told: Told = serde_json::from_slice(body).map_err(|_| BodyError::Malformed)?;
        return Err(BodyError::Fault(told.code));
    }
    let stream = zstd::stream::read::Decoder::with_buffer(body).map_err(|_| BodyError::Damaged)?;
    let mut stream = stream.single_frame();
    stream.window_log_max(WINDOW_LOG_MAX).map_err(|_| BodyError::Damaged)?;
    let mut bytes = Vec::new();
    let mut piece = [0; FLUSH_EVERY];
    loop {
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => bytes.extend_from_slice(&piece[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => break,
            Err(_) => return Err(BodyError::Damaged),
        }
        if bytes.len() > bounds.inflated {
            return Err(BodyError::Inflated);
        }
    }
    Ok(Inflated { bytes, bounds })
}

impl Inflated {
    /// Bytes after inflating.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Every whole frame before the end, and how the body ended.
    pub fn frames(&self) -> Result<(Vec<Frame<'_>>, Ending), BodyError> {
        let mut frames = Vec::new();
        let mut rest = self.bytes.as_slice();
        loop {
            match frame::read(rest, self.bounds.frame) {
                Ok((end, rest)) if end.kind == Kind::End as u8 => {
                    return if rest.is_empty() {
                        Ok((frames, Ending::Complete))
                    } else {
                        Err(BodyError::Damaged)
                    };
                }
                Ok((frame, after)) => {
                    frames.push(frame);
                    rest = after;
                }
                Err(Stop::Cut) => return Ok((frames, Ending::Cut)),
                Err(Stop::Damaged | Stop::TooLong) => return Err(BodyError::Damaged),
            }
        }
    }
}

/// A body with one message.
pub fn one<T: minicbor::Encode<()>>(kind: Kind, message: &T) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.message(kind, message);
    writer.finish()
}

/// Reads a body with one message.
pub fn read_one<T>(body: &[u8], kind: Kind, bounds: Bounds) -> Result<T, BodyError>
where
    T: for<'b> minicbor::Decode<'b, ()>,
{
    let inflated = inflate(body, bounds)?;
    let (frames, ending) = inflated.frames()?;
    match (frames.as_slice(), ending) {
        ([only], Ending::Complete) if only.kind == kind as u8 => {
            wire::from_bytes(only.payload).ok_or(BodyError::Malformed)
        }
        (_, Ending::Complete) => Err(BodyError::Malformed),
        (_, Ending::Cut) => Err(BodyError::Truncated),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_over_its_limits_is_refused_before_it_is_inflated_further() {
        assert_eq!(inflate(&vec![0; BODY_MAX + 1], REQUEST).err(), Some(BodyError::TooLarge));
        let mut writer = Writer::new();
        writer.frame(Kind::Chunk, &vec![0; INFLATED_MAX + 1]);
        let bomb = writer.finish();
        assert!(bomb.len() < 1024);
        assert_eq!(inflate(&bomb, REQUEST).err(), Some(BodyError::Inflated));
        assert!(inflate(&bomb, ANSWER).is_ok());
    }

    #[test]
    fn a_refusal_of_the_whole_request_is_read_by_its_code() {
        let read = |body: &str| read_one::<u64>(body.as_bytes(), Kind::PushAnswer, ANSWER).err();
        let revoked = r#"{"code":"revoked_token","vi":"Thiết bị đã bị thu hồi.","en":"Revoked."}"#;
        assert_eq!(read(revoked), Some(BodyError::Fault(FaultCode::RevokedToken)));
        assert_eq!(read(r#"{"code":"of_a_newer_server"}"#), Some(BodyError::Fault(FaultCode::Unrecognised)));
        assert_eq!(read("{"), Some(BodyError::Malformed));
        assert_eq!(read("<html>"), Some(BodyError::Damaged));
        let request = read_one::<u64>(revoked.as_bytes(), Kind::PullRequest, REQUEST).err();
        assert_eq!(request, Some(BodyError::Damaged));
    }

    #[test]
    fn one_message_is_one_message() {
        let body = one(Kind::PullRequest, &7_u64);
        assert_eq!(read_one::<u64>(&body, Kind::PullRequest, REQUEST), Ok(7));
        assert_eq!(read_one::<u64>(&body, Kind::PullState, REQUEST), Err(BodyError::Malformed));
        assert_eq!(read_one::<u64>(&[], Kind::PullRequest, REQUEST), Err(BodyError::Truncated));
        for cut in 1..body.len() {
            let read = read_one::<u64>(&body[..cut], Kind::PullRequest, REQUEST);
            assert!(read.is_err() || read == Ok(7));
        }
        let mut two = Writer::new();
        two.message(Kind::PullRequest, &7_u64);
        two.message(Kind::PullRequest, &7_u64);
        assert_eq!(read_one::<u64>(&two.finish(), Kind::PullRequest, REQUEST), Err(BodyError::Malformed));
    }
}
