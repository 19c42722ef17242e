//! The content of a bundle: frames, of which the first says what it is, and each further one holds a part: a body as a
//! push has it, within the limits of a push once it is inflated.
//!
//! **Invariant:** a bundle is read whole or not at all: each part was read once before any of them is given out.

use domain::id::{EnrolmentId, TownId};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use super::BundleError;
use crate::batch::SignedBatch;
use crate::body::BodyError;
use crate::device::{FRAME_ROOM, pieces};
use crate::frame::{self, Frame, Kind, Stop};
use crate::limits::{
    BATCHES_PER_PUSH_MAX, BUNDLE_INFLATED_MAX, BUNDLE_PART_MAX, BUNDLE_PARTS_MAX, INFLATED_MAX,
    PROTOCOL_VERSION,
};
use crate::push::{Chunk, Push, push_body, read_part};
use crate::wire;

/// What a bundle says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BundleHeader {
    /// [`PROTOCOL_VERSION`].
    #[n(0)]
    pub version: u32,
    /// The data set that the batches belong to.
    #[n(1)]
    #[cbor(with = "crate::wire")]
    pub town: TownId,
    /// The enrolment that wrote the file. Nothing is permitted for its sake: every batch has its own signer.
    #[n(2)]
    #[cbor(with = "crate::wire")]
    pub enrolment: EnrolmentId,
    /// When it was written, seconds since 1970 by the writer's clock.
    #[n(3)]
    pub made_at: i64,
    /// How many parts follow.
    #[n(4)]
    pub parts: u32,
}

/// Who writes a bundle, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The data set.
    pub town: TownId,
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Seconds since 1970.
    pub made_at: i64,
}

/// A bundle that was read whole.
pub struct Bundle {
    /// What it says of itself.
    pub header: BundleHeader,
    parts: Vec<Zeroizing<Vec<u8>>>,
}

impl Bundle {
    /// What was carried, in order, each a push of its own.
    pub fn pushes(&self) -> impl Iterator<Item = Push> + '_ {
        // each was read before
        self.parts.iter().filter_map(|part| read_part(part).ok().map(|(push, _)| push))
    }
}

/// The content with these batches, in their order.
pub fn write(
    origin: &Origin,
    batches: &[(SignedBatch, Vec<Chunk>)],
) -> Result<Zeroizing<Vec<u8>>, BundleError> {
    let parts = packed(batches);
    let count = u32::try_from(parts.len()).map_err(|_| BundleError::TooLarge)?;
    if parts.len() > BUNDLE_PARTS_MAX {
        return Err(BundleError::TooLarge);
    }
    let Origin { town, enrolment, made_at } = *origin;
    let header = BundleHeader { version: PROTOCOL_VERSION, town, enrolment, made_at, parts: count };
    let mut content = Zeroizing::new(Vec::new());
    frame::write(&mut content, Kind::Bundle, &wire::to_bytes(&header));
    parts.iter().for_each(|part| frame::write(&mut content, Kind::BundlePart, &push_body(part)));
    frame::write(&mut content, Kind::End, &[]);
    Ok(content)
}

/// The batches in parts, each within the limits of a push. A batch that has no room goes on in the next part.
fn packed(batches: &[(SignedBatch, Vec<Chunk>)]) -> Vec<Vec<(SignedBatch, Vec<Chunk>)>> {
    let mut parts: Vec<Vec<(SignedBatch, Vec<Chunk>)>> = Vec::new();
    let mut size = 0;
    for piece in batches.iter().flat_map(|(batch, chunks)| pieces(batch, chunks)) {
        let chunks: usize = piece.1.iter().map(|chunk| chunk.bytes.len() + FRAME_ROOM).sum();
        let more = piece.0.0.bytes.len() + FRAME_ROOM + chunks;
        size += more;
        match parts.last_mut() {
            Some(part) if part.len() < BATCHES_PER_PUSH_MAX && size + FRAME_ROOM <= INFLATED_MAX => {
                part.push(piece);
            }
            _ => {
                size = more;
                parts.push(vec![piece]);
            }
        }
    }
    parts
}

/// Reads a content, whole and of this town.
pub fn read(content: &[u8], town: TownId) -> Result<Bundle, BundleError> {
    let (first, mut rest) = next(content)?;
    if Kind::of(first.kind) != Some(Kind::Bundle) {
        return Err(BundleError::Damaged);
    }
    let header: BundleHeader = wire::from_bytes(first.payload).ok_or(BundleError::Damaged)?;
    match header.version {
        PROTOCOL_VERSION if header.town == town => {}
        PROTOCOL_VERSION => return Err(BundleError::OtherTown),
        0 => return Err(BundleError::Damaged),
        _ => return Err(BundleError::Newer),
    }
    let (mut parts, mut inflated) = (Vec::new(), 0);
    loop {
        let (frame, after) = next(rest)?;
        rest = after;
        match Kind::of(frame.kind) {
            Some(Kind::BundlePart) if parts.len() < BUNDLE_PARTS_MAX => {
                inflated += checked(frame.payload)?;
                parts.push(Zeroizing::new(frame.payload.to_vec()));
            }
            Some(Kind::End) if rest.is_empty() && parts.len() == header.parts as usize => {
                return Ok(Bundle { header, parts });
            }
            _ => return Err(BundleError::Damaged),
        }
        if inflated > BUNDLE_INFLATED_MAX {
            return Err(BundleError::TooLarge);
        }
    }
}

fn next(content: &[u8]) -> Result<(Frame<'_>, &[u8]), BundleError> {
    frame::read(content, BUNDLE_PART_MAX).map_err(|stop| match stop {
        Stop::Cut => BundleError::Truncated,
        Stop::Damaged | Stop::TooLong => BundleError::Damaged,
    })
}

/// How large a part is when it is inflated.
fn checked(part: &[u8]) -> Result<usize, BundleError> {
    read_part(part).map(|(_, inflated)| inflated).map_err(|error| match error {
        BodyError::TooLarge | BodyError::Inflated => BundleError::TooLarge,
        _ => BundleError::Damaged,
    })
}
