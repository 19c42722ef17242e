//! Photos: their bytes travel beside the documents that describe them, after the text, in pieces.
//!
//! A picture goes on where it stopped, either way: each piece says where it begins, and each answer how far the whole has come.
//! A piece is a request of its own. A long request of which what came is kept would save the time of an answer, but a proxy
//! that waits for the whole request would let nothing of a cut one through.
//!
//! **Invariant:** a picture is known by its SHA-256 alone: the server takes what the household's document describes, and
//! the answer names the hash of what is stored.

use domain::id::{DocumentId, PhotoId};
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::Hash;
use crate::body::{self, ANSWER, BodyError, REQUEST};
use crate::code::{FaultCode, PhotoCode};
use crate::frame::Kind;
use crate::limits::{PHOTO_MAX, PHOTO_PIECE_MAX, PROTOCOL_VERSION};

/// A piece of a picture that a device sends. Without bytes it only asks how far the picture has come.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct PhotoPut {
    /// [`PROTOCOL_VERSION`].
    #[n(0)]
    pub version: u32,
    /// The household whose document describes it.
    #[n(1)]
    #[cbor(with = "crate::wire")]
    pub household: DocumentId,
    /// The photo.
    #[n(2)]
    #[cbor(with = "crate::wire")]
    pub photo: PhotoId,
    /// Of the whole picture.
    #[n(3)]
    #[cbor(with = "crate::wire")]
    pub sha256: Hash,
    /// Bytes of the whole picture.
    #[n(4)]
    pub length: u64,
    /// Where in it the piece begins.
    #[n(5)]
    pub offset: u64,
    /// The piece's bytes.
    #[n(6)]
    #[cbor(with = "crate::wire")]
    pub piece: Vec<u8>,
}

impl PhotoPut {
    /// True for a piece that a picture can have.
    pub fn is_possible(&self) -> bool {
        let ends = self.offset.checked_add(self.piece.len() as u64);
        (1..=PHOTO_MAX as u64).contains(&self.length)
            && self.piece.len() <= PHOTO_PIECE_MAX
            && ends.is_some_and(|ends| ends <= self.length)
    }

    /// What of the piece comes next after so many bytes: nothing if it is known, or if there is a hole before it.
    pub fn after(&self, held: usize) -> &[u8] {
        let known = (held as u64).checked_sub(self.offset).and_then(|known| usize::try_from(known).ok());
        known.and_then(|known| self.piece.get(known..)).unwrap_or_default()
    }
}

/// How far the picture has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PhotoPutAnswer {
    /// Stored, on its way, or why not.
    #[n(0)]
    pub code: PhotoCode,
    /// Of the picture that the piece is of; if it is stored, that of the bytes on the disk.
    #[n(1)]
    #[cbor(with = "crate::wire")]
    pub sha256: Hash,
    /// Bytes from the beginning that the server has without a hole: the next piece begins here.
    #[n(2)]
    pub held: u64,
}

/// Asks for a picture from one of its bytes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PhotoGet {
    /// [`PROTOCOL_VERSION`].
    #[n(0)]
    pub version: u32,
    /// The household.
    #[n(1)]
    #[cbor(with = "crate::wire")]
    pub household: DocumentId,
    /// The photo.
    #[n(2)]
    #[cbor(with = "crate::wire")]
    pub photo: PhotoId,
    /// Bytes from the beginning that are here already.
    #[n(3)]
    pub offset: u64,
}

/// The next piece of a picture.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct PhotoAnswer {
    /// Bytes of the whole picture; 0 if the server does not have it, or the person may not see it.
    #[n(0)]
    pub length: u64,
    /// The bytes from the one that was asked for, as many as a piece may have.
    #[n(1)]
    #[cbor(with = "crate::wire")]
    pub piece: Vec<u8>,
}

impl PhotoAnswer {
    /// The piece of a picture that begins at `offset`.
    pub fn of(jpeg: &[u8], offset: u64) -> Self {
        Self { length: jpeg.len() as u64, piece: piece(jpeg, offset).1.to_vec() }
    }
}

/// A picture that a device has, for its pieces.
#[derive(Clone, Copy)]
pub struct Whole<'a> {
    /// The household whose document describes it.
    pub household: DocumentId,
    /// The photo.
    pub photo: PhotoId,
    /// Of the bytes.
    pub sha256: Hash,
    /// The bytes.
    pub jpeg: &'a [u8],
}

fn spoken(version: u32) -> Result<(), BodyError> {
    let known = version == PROTOCOL_VERSION;
    if known { Ok(()) } else { Err(BodyError::Fault(FaultCode::UnsupportedVersion)) }
}

/// The piece at `offset`, and where it begins: at the end for whatever is beyond it.
fn piece(jpeg: &[u8], offset: u64) -> (usize, &[u8]) {
    let from = usize::try_from(offset).unwrap_or(usize::MAX).min(jpeg.len());
    let rest = &jpeg[from..];
    (from, &rest[..rest.len().min(PHOTO_PIECE_MAX)])
}

/// The body that sends the piece of a picture at `offset`.
pub fn put_body(whole: &Whole<'_>, offset: u64) -> Vec<u8> {
    let Whole { household, photo, sha256, jpeg } = *whole;
    let (from, piece) = piece(jpeg, offset);
    let (length, offset, piece) = (jpeg.len() as u64, from as u64, piece.to_vec());
    let version = PROTOCOL_VERSION;
    body::one(Kind::PhotoPut, &PhotoPut { version, household, photo, sha256, length, offset, piece })
}

/// Reads it.
pub fn read_put(bytes: &[u8]) -> Result<PhotoPut, BodyError> {
    let put: PhotoPut = body::read_one(bytes, Kind::PhotoPut, REQUEST)?;
    spoken(put.version).map(|()| put)
}

/// The body of the answer.
pub fn put_answer_body(answer: &PhotoPutAnswer) -> Vec<u8> {
    body::one(Kind::PhotoPutAnswer, answer)
}

/// Reads it.
pub fn read_put_answer(bytes: &[u8]) -> Result<PhotoPutAnswer, BodyError> {
    body::read_one(bytes, Kind::PhotoPutAnswer, ANSWER)
}

/// The body that asks for a picture from `offset` on.
pub fn get_body(household: DocumentId, photo: PhotoId, offset: u64) -> Vec<u8> {
    body::one(Kind::PhotoGet, &PhotoGet { version: PROTOCOL_VERSION, household, photo, offset })
}

/// Reads it.
pub fn read_get(bytes: &[u8]) -> Result<PhotoGet, BodyError> {
    let get: PhotoGet = body::read_one(bytes, Kind::PhotoGet, REQUEST)?;
    spoken(get.version).map(|()| get)
}

/// The body with the next piece of the picture.
pub fn answer_body(answer: &PhotoAnswer) -> Vec<u8> {
    body::one(Kind::PhotoAnswer, answer)
}

/// Reads it.
pub fn read_answer(bytes: &[u8]) -> Result<PhotoAnswer, BodyError> {
    body::read_one(bytes, Kind::PhotoAnswer, ANSWER)
}

/// What becomes of a picture whose last byte has come: it is stored, or nothing of it is.
pub fn verdict(jpeg: &[u8], sha256: &Hash) -> PhotoCode {
    if !is_one(jpeg, sha256) {
        PhotoCode::Mismatch
    } else if is_picture(jpeg) {
        PhotoCode::Stored
    } else {
        PhotoCode::Damaged
    }
}

/// True for the bytes that the hash names.
pub fn is_one(jpeg: &[u8], sha256: &Hash) -> bool {
    Sha256::digest(jpeg).as_slice() == sha256
}

/// True for bytes that begin and end as a JPEG does, and are not more than a picture may have.
pub fn is_picture(jpeg: &[u8]) -> bool {
    jpeg.len() <= PHOTO_MAX && jpeg.starts_with(&[0xff, 0xd8]) && jpeg.ends_with(&[0xff, 0xd9])
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUSEHOLD: DocumentId = DocumentId::new([1; 16]);
    const PHOTO: PhotoId = PhotoId::new([2; 16]);

    fn jpeg(length: usize) -> Vec<u8> {
        let middle: Vec<u8> = (0..length - 4).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect();
        [&[0xff, 0xd8], middle.as_slice(), &[0xff, 0xd9]].concat()
    }

    fn put_at(jpeg: &[u8], offset: u64) -> PhotoPut {
        let sha256 = Sha256::digest(jpeg).into();
        let body = put_body(&Whole { household: HOUSEHOLD, photo: PHOTO, sha256, jpeg }, offset);
        assert!(body.len() <= crate::limits::BODY_MAX);
        read_put(&body).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn a_piece_comes_whole_or_not_at_all() {
        let sha256 = [3; 32];
        let body = put_body(&Whole { household: HOUSEHOLD, photo: PHOTO, sha256, jpeg: &jpeg(PHOTO_MAX) }, 0);
        let put = read_put(&body).unwrap_or_else(|error| panic!("{error}"));
        assert!((put.household, put.photo, put.sha256) == (HOUSEHOLD, PHOTO, sha256));
        assert_eq!(read_put(&body[..body.len() / 2]).err(), Some(BodyError::Truncated));
        assert_eq!(read_get(&body).err(), Some(BodyError::Malformed));
        let get = PhotoGet { version: 2, household: HOUSEHOLD, photo: PHOTO, offset: 0 };
        let newer = body::one(Kind::PhotoGet, &get);
        assert_eq!(read_get(&newer).err(), Some(BodyError::Fault(FaultCode::UnsupportedVersion)));
        let answer = PhotoPutAnswer { code: PhotoCode::Part, sha256: [7; 32], held: 9 };
        assert_eq!(read_put_answer(&put_answer_body(&answer)), Ok(answer));
    }

    #[test]
    fn messages_are_spelt_as_the_protocol_page_says() {
        let hex = |bytes: Vec<u8>| hex::encode(bytes);
        let (household, photo, hash) = ("01".repeat(16), "02".repeat(16), "07".repeat(32));
        let answer = PhotoPutAnswer { code: PhotoCode::Part, sha256: [7; 32], held: 32_768 };
        assert_eq!(hex(crate::wire::to_bytes(&answer)), format!("83045820{hash}198000"));
        let get = PhotoGet { version: 1, household: HOUSEHOLD, photo: PHOTO, offset: 32_768 };
        assert_eq!(hex(crate::wire::to_bytes(&get)), format!("840150{household}50{photo}198000"));
        let put = PhotoPut {
            version: 1,
            household: HOUSEHOLD,
            photo: PHOTO,
            sha256: [7; 32],
            length: 32_770,
            offset: 32_768,
            piece: vec![0xff, 0xd9],
        };
        let spelt = format!("870150{household}50{photo}5820{hash}19800219800042ffd9");
        assert_eq!(hex(crate::wire::to_bytes(&put)), spelt);
        let none = PhotoAnswer { length: 0, piece: Vec::new() };
        assert_eq!(hex(crate::wire::to_bytes(&none)), "820040");
    }

    #[test]
    fn pieces_from_where_the_last_one_ended_are_the_picture_either_way() {
        for length in [4, 5_000, PHOTO_PIECE_MAX, PHOTO_PIECE_MAX + 1, PHOTO_MAX] {
            let picture = jpeg(length);
            let (mut sent, mut fetched, mut rounds) = (Vec::new(), Vec::new(), 0);
            while sent.len() < length {
                let put = put_at(&picture, sent.len() as u64);
                assert!(put.is_possible());
                let held = sent.len();
                sent.extend_from_slice(put.after(held));
                let answer = PhotoAnswer::of(&picture, fetched.len() as u64);
                fetched.extend(read_answer(&answer_body(&answer)).unwrap_or_else(|e| panic!("{e}")).piece);
                rounds += 1;
            }
            assert!(sent == picture && fetched == picture, "{length}");
            assert_eq!(rounds, length.div_ceil(PHOTO_PIECE_MAX));
            assert!(PhotoAnswer::of(&picture, u64::MAX).piece.is_empty());
            assert_eq!(put_at(&picture, u64::MAX).offset, length as u64);
        }
    }

    #[test]
    fn of_a_piece_only_what_comes_next_is_new() {
        let put = |offset: u64| PhotoPut { offset, piece: b"efgh".to_vec(), ..put_at(&jpeg(100), 0) };
        assert_eq!(put(4).after(4), b"efgh");
        assert_eq!(put(4).after(6), b"gh");
        assert_eq!(put(4).after(8), b"");
        assert_eq!(put(4).after(50), b"", "known");
        assert_eq!(put(4).after(3), b"", "a hole before it");
        assert_eq!(put(u64::MAX).after(3), b"");
    }

    #[test]
    fn a_piece_is_within_its_picture_and_its_limits() {
        let whole = put_at(&jpeg(PHOTO_MAX), 0);
        let with = |length: usize, offset: u64, piece: usize| {
            PhotoPut { length: length as u64, offset, piece: vec![0; piece], ..whole.clone() }.is_possible()
        };
        assert!(with(PHOTO_MAX, (PHOTO_MAX - PHOTO_PIECE_MAX) as u64, PHOTO_PIECE_MAX));
        assert!(with(100, 100, 0), "only a question");
        assert!(!with(0, 0, 0));
        assert!(!with(PHOTO_MAX + 1, 0, 1));
        assert!(!with(PHOTO_MAX, 0, PHOTO_PIECE_MAX + 1));
        assert!(!with(100, 99, 2));
        assert!(!with(100, u64::MAX, 1));
    }

    #[test]
    fn a_picture_is_stored_if_it_is_the_one_and_a_picture() {
        let picture = jpeg(100);
        let told = |bytes: &[u8], of: &[u8]| verdict(bytes, &Sha256::digest(of).into());
        assert_eq!(told(&picture, &picture), PhotoCode::Stored);
        assert_eq!(told(&picture[..99], &picture), PhotoCode::Mismatch);
        assert_eq!(told(&picture[..99], &picture[..99]), PhotoCode::Damaged);
        assert_eq!(told(b"<html>", b"<html>"), PhotoCode::Damaged);
        assert!(is_picture(&jpeg(PHOTO_MAX)) && !is_picture(&jpeg(PHOTO_MAX + 1)));
    }
}
