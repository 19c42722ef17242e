//! Frames: `length u32le | kind u8 | payload | crc32c u32le`, where the length counts the payload and the checksum
//! covers kind and payload. Frames follow each other without gaps; the last one of a body is `End`.
//!
//! **Invariant:** nothing is read or reserved by a length that has not been compared with the limit and the input.

/// Bytes around a payload.
pub const OVERHEAD: usize = 4 + 1 + 4;

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A signed batch header.
    Batch = 1,
    /// A change of the batch before it.
    Chunk = 2,
    /// The answer to a push.
    PushAnswer = 3,
    /// A pull request.
    PullRequest = 4,
    /// The state of a pull answer.
    PullState = 5,
    /// A log entry.
    Entry = 6,
    /// A request to enrol.
    EnrolRequest = 7,
    /// The answer to it.
    EnrolAnswer = 8,
    /// What a bundle says of itself.
    Bundle = 9,
    /// A part of a bundle: a body of batches.
    BundlePart = 10,
    /// The body is complete.
    End = 15,
    /// A piece of a picture that is sent.
    PhotoPut = 16,
    /// The answer to it.
    PhotoPutAnswer = 17,
    /// A picture that is asked for, from one of its bytes on.
    PhotoGet = 18,
    /// A piece of the picture.
    PhotoAnswer = 19,
}

impl Kind {
    const ALL: [Self; 15] = [
        Self::Batch,
        Self::Chunk,
        Self::PushAnswer,
        Self::PullRequest,
        Self::PullState,
        Self::Entry,
        Self::EnrolRequest,
        Self::EnrolAnswer,
        Self::Bundle,
        Self::BundlePart,
        Self::End,
        Self::PhotoPut,
        Self::PhotoPutAnswer,
        Self::PhotoGet,
        Self::PhotoAnswer,
    ];

    /// The kind with this number.
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| *kind as u8 == number)
    }
}

/// One frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The kind's number; unknown ones are for the reader to refuse or pass over.
    pub kind: u8,
    /// The content.
    pub payload: &'a [u8],
}

/// Why no further frame can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The input ends inside the frame, or before it.
    Cut,
    /// The checksum does not fit.
    Damaged,
    /// The length is over the limit.
    TooLong,
}

/// Appends a frame.
pub fn write(out: &mut Vec<u8>, kind: Kind, payload: &[u8]) {
    let checked = crc32c::crc32c_append(crc32c::crc32c(&[kind as u8]), payload);
    out.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    out.push(kind as u8);
    out.extend_from_slice(payload);
    out.extend_from_slice(&checked.to_le_bytes());
}

/// Reads the frame at the start of `input`, and returns it with the rest.
pub fn read(input: &[u8], payload_max: usize) -> Result<(Frame<'_>, &[u8]), Stop> {
    let (length, rest) = input.split_first_chunk::<4>().ok_or(Stop::Cut)?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > payload_max {
        return Err(Stop::TooLong);
    }
    let (checked, rest) = rest.split_at_checked(length + 1).ok_or(Stop::Cut)?;
    let (checksum, rest) = rest.split_first_chunk::<4>().ok_or(Stop::Cut)?;
    if crc32c::crc32c(checked) != u32::from_le_bytes(*checksum) {
        return Err(Stop::Damaged);
    }
    let (kind, payload) = checked.split_first().ok_or(Stop::Cut)?;
    Ok((Frame { kind: *kind, payload }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_cut_anywhere_is_cut_and_a_flipped_bit_is_damage() {
        let mut bytes = Vec::new();
        write(&mut bytes, Kind::Chunk, b"payload");
        let (frame, rest) = read(&bytes, 100).unwrap();
        assert_eq!((frame.kind, frame.payload, rest.len()), (2, b"payload".as_slice(), 0));
        for at in 0..bytes.len() {
            assert_eq!(read(&bytes[..at], 100), Err(Stop::Cut));
        }
        for bit in 32..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read(&flipped, 100), Err(Stop::Damaged));
        }
        assert_eq!(read(&bytes, 6), Err(Stop::TooLong));
    }
}
