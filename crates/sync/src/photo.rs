//! Photos: their bytes travel beside the documents that describe them, after the text.
//!
//! **Invariant:** a picture is known by its SHA-256 alone: the server takes what the household's document describes, and
//! the answer names the hash of what is stored.

use domain::id::{DocumentId, PhotoId};
use minicbor::{Decode, Encode};

use crate::Hash;
use crate::body::{self, ANSWER, BodyError, PHOTO};
use crate::code::{FaultCode, PhotoCode};
use crate::frame::Kind;
use crate::limits::PROTOCOL_VERSION;

/// A picture that a device sends.
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
    /// The bytes.
    #[n(3)]
    #[cbor(with = "crate::wire")]
    pub jpeg: Vec<u8>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PhotoPutAnswer {
    /// Stored, or why not.
    #[n(0)]
    pub code: PhotoCode,
    /// Of the bytes that came.
    #[n(1)]
    #[cbor(with = "crate::wire")]
    pub sha256: Hash,
}

/// Asks for a picture.
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
}

/// The picture.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct PhotoAnswer {
    /// The bytes; empty if the server does not have them, or the person may not see them.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub jpeg: Vec<u8>,
}

fn spoken(version: u32) -> Result<(), BodyError> {
    let known = version == PROTOCOL_VERSION;
    if known { Ok(()) } else { Err(BodyError::Fault(FaultCode::UnsupportedVersion)) }
}

/// The body that sends a picture.
pub fn put_body(household: DocumentId, photo: PhotoId, jpeg: Vec<u8>) -> Vec<u8> {
    body::one(Kind::PhotoPut, &PhotoPut { version: PROTOCOL_VERSION, household, photo, jpeg })
}

/// Reads it.
pub fn read_put(bytes: &[u8]) -> Result<PhotoPut, BodyError> {
    let put: PhotoPut = body::read_one(bytes, Kind::PhotoPut, PHOTO)?;
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

/// The body that asks for a picture.
pub fn get_body(household: DocumentId, photo: PhotoId) -> Vec<u8> {
    body::one(Kind::PhotoGet, &PhotoGet { version: PROTOCOL_VERSION, household, photo })
}

/// Reads it.
pub fn read_get(bytes: &[u8]) -> Result<PhotoGet, BodyError> {
    let get: PhotoGet = body::read_one(bytes, Kind::PhotoGet, PHOTO)?;
    spoken(get.version).map(|()| get)
}

/// The body with the picture.
pub fn answer_body(jpeg: Vec<u8>) -> Vec<u8> {
    body::one(Kind::PhotoAnswer, &PhotoAnswer { jpeg })
}

/// Reads it.
pub fn read_answer(bytes: &[u8]) -> Result<PhotoAnswer, BodyError> {
    body::read_one(bytes, Kind::PhotoAnswer, ANSWER)
}

/// True for bytes that begin and end as a JPEG does, and are not more than a picture may have.
pub fn is_picture(jpeg: &[u8]) -> bool {
    jpeg.len() <= crate::limits::PHOTO_MAX && jpeg.starts_with(&[0xff, 0xd8]) && jpeg.ends_with(&[0xff, 0xd9])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::PHOTO_MAX;

    #[test]
    fn a_picture_comes_whole_or_not_at_all() {
        let (household, photo) = (DocumentId::new([1; 16]), PhotoId::new([2; 16]));
        let jpeg: Vec<u8> = (0..PHOTO_MAX).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect();
        let body = put_body(household, photo, jpeg.clone());
        let put = read_put(&body).unwrap_or_else(|error| panic!("{error}"));
        assert!((put.household, put.photo, &put.jpeg) == (household, photo, &jpeg));
        assert_eq!(read_put(&body[..body.len() / 2]).err(), Some(BodyError::Truncated));
        assert_eq!(read_get(&body).err(), Some(BodyError::Malformed));
        let get = PhotoGet { version: 2, household, photo };
        let newer = body::one(Kind::PhotoGet, &get);
        assert_eq!(read_get(&newer).err(), Some(BodyError::Fault(FaultCode::UnsupportedVersion)));
        let answer = PhotoPutAnswer { code: PhotoCode::Stored, sha256: [7; 32] };
        assert_eq!(read_put_answer(&put_answer_body(&answer)), Ok(answer));
        assert!(
            read_answer(&answer_body(jpeg.clone())).unwrap_or_else(|error| panic!("{error}")).jpeg == jpeg
        );
    }

    #[test]
    fn a_picture_has_a_beginning_an_end_and_a_limit() {
        let of = |length: usize| [&[0xff, 0xd8], vec![0; length - 4].as_slice(), &[0xff, 0xd9]].concat();
        assert!(is_picture(&of(PHOTO_MAX)));
        assert!(!is_picture(&of(PHOTO_MAX + 1)));
        assert!(!is_picture(&of(100)[..99]));
        assert!(!is_picture(b"<html>"));
    }
}
