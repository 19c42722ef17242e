//! Bodies: a zstd stream of frames that ends with an `End` frame.
//!
//! **Invariant:** inflating stops at the limit; a cut body gives every frame that came whole, a damaged one an error.

use std::io::{Read, Write};

use thiserror::Error;

use crate::code::FaultCode;
use crate::frame::{self, Frame, Kind, Stop};
use crate::limits::{ANSWER_FRAME_MAX, COMPRESSION_LEVEL, FLUSH_EVERY, FRAME_MAX, INFLATED_MAX};
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
    /// The server's refusal of the whole request.
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
}

/// From device to server.
pub const REQUEST: Bounds = Bounds { body: BODY_MAX, inflated: INFLATED_MAX, frame: FRAME_MAX };
/// From server to device.
pub const ANSWER: Bounds =
    Bounds { body: PULL_BODY_MAX, inflated: PULL_INFLATED_MAX, frame: ANSWER_FRAME_MAX };

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

/// Reads a body with one message; a fault in its place is an error of its own.
pub fn read_one<T>(body: &[u8], kind: Kind, bounds: Bounds) -> Result<T, BodyError>
where
    T: for<'b> minicbor::Decode<'b, ()>,
{
    let inflated = inflate(body, bounds)?;
    let (frames, ending) = inflated.frames()?;
    refuse_fault(&frames)?;
    match (frames.as_slice(), ending) {
        ([only], Ending::Complete) if only.kind == kind as u8 => {
            wire::from_bytes(only.payload).ok_or(BodyError::Malformed)
        }
        (_, Ending::Complete) => Err(BodyError::Malformed),
        (_, Ending::Cut) => Err(BodyError::Truncated),
    }
}

/// The body of a refusal of the whole request.
pub fn fault(code: FaultCode) -> Vec<u8> {
    one(Kind::Fault, &code)
}

/// An error if the body is a fault.
pub(crate) fn refuse_fault(frames: &[Frame<'_>]) -> Result<(), BodyError> {
    match frames.first() {
        Some(first) if first.kind == Kind::Fault as u8 => {
            let code = wire::from_bytes(first.payload).ok_or(BodyError::Malformed)?;
            Err(BodyError::Fault(code))
        }
        _ => Ok(()),
    }
}
