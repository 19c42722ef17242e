//! Pictures of households' photos, each under its household's key, and the pieces of those that are on their way.
//!
//! **Invariant:** a picture is on disk before anybody is told so; a second time changes nothing.
//! **Invariant:** what is on its way becomes a picture in one transaction, after its bytes were held against the hash that
//! the household's document names; until then nobody is given anything of it.
//! **Invariant:** pieces are bounded: [`UNFINISHED_MAX`] pictures an enrolment, none older than [`UNFINISHED_LIFE`].

use domain::id::{EnrolmentId, HouseholdId, PhotoId};
use records::Hash;
use sync::code::PhotoCode;
use sync::photo::{PhotoPut, verdict};

use super::Outcome;
use crate::clock::DAY;

/// Pictures that one enrolment may have on their way; a device sends one after the other. The oldest one is given up.
pub const UNFINISHED_MAX: i64 = 4;
/// How long a piece waits for the rest of its picture, in seconds.
pub const UNFINISHED_LIFE: i64 = 30 * DAY;

/// A piece that arrived.
pub struct Piece<'a> {
    /// What the device says of it, and its bytes; they are possible.
    pub put: &'a PhotoPut,
    /// Who sent it.
    pub enrolment: EnrolmentId,
    /// When, by the server's clock.
    pub at: i64,
}

/// How far a picture has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Came {
    /// Stored, on its way, or why not.
    pub code: PhotoCode,
    /// Bytes that are here from the beginning without a hole.
    pub held: u64,
}

/// The pictures of a server.
pub trait Photos: Send + Sync {
    /// Takes a piece of a picture that its household's document describes. The last one makes the picture.
    fn take_piece(&self, piece: &Piece<'_>) -> Outcome<Came>;

    /// The picture with this hash.
    fn picture(&self, household: HouseholdId, photo: PhotoId, sha256: &Hash) -> Outcome<Option<Vec<u8>>>;
}

/// What is here of the picture of one piece, in the transaction that takes the piece. Nobody else changes it meanwhile.
pub trait Shelf {
    /// Whether the household is there: not purged.
    fn is_open(&mut self) -> Outcome<bool>;

    /// Whether the picture is stored.
    fn is_stored(&mut self) -> Outcome<bool>;

    /// The sender's pieces in their order, each with where it begins.
    fn pieces(&mut self) -> Outcome<Vec<(u64, Vec<u8>)>>;

    /// Gives up what is too old, and the sender's oldest unfinished pictures, so that one more has room.
    fn make_room(&mut self) -> Outcome<()>;

    /// Keeps bytes that begin there, in place of others that do.
    fn add(&mut self, start: u64, bytes: &[u8]) -> Outcome<()>;

    /// Stores the picture; nobody's pieces of it are needed any more.
    fn store(&mut self, jpeg: &[u8]) -> Outcome<()>;

    /// Throws the sender's pieces away.
    fn forget(&mut self) -> Outcome<()>;
}

/// Takes a piece, whichever the database is.
pub fn take(shelf: &mut impl Shelf, put: &PhotoPut) -> Outcome<Came> {
    let none = |code| Ok(Came { code, held: 0 });
    if !shelf.is_open()? {
        return none(PhotoCode::Unknown);
    }
    if shelf.is_stored()? {
        return Ok(Came { code: PhotoCode::Stored, held: put.length });
    }
    let mut jpeg = beginning(shelf.pieces()?);
    let (start, new) = (jpeg.len(), put.after(jpeg.len()));
    jpeg.extend_from_slice(new);
    if (jpeg.len() as u64) < put.length {
        if start == 0 && !new.is_empty() {
            shelf.make_room()?;
        }
        if !new.is_empty() {
            shelf.add(start as u64, new)?;
        }
        return Ok(Came { code: PhotoCode::Part, held: jpeg.len() as u64 });
    }
    match verdict(&jpeg, &put.sha256) {
        PhotoCode::Stored => shelf.store(&jpeg).map(|()| Came { code: PhotoCode::Stored, held: put.length }),
        wrong => shelf.forget().and_then(|()| none(wrong)),
    }
}

/// The bytes from the beginning up to the first hole.
fn beginning(pieces: Vec<(u64, Vec<u8>)>) -> Vec<u8> {
    let mut jpeg = Vec::new();
    for (start, bytes) in pieces {
        if start == jpeg.len() as u64 {
            jpeg.extend(bytes);
        }
    }
    jpeg
}
