//! Pictures of households' photos, each under its household's key.
//!
//! **Invariant:** a picture is on disk before anybody is told so; a second time changes nothing.

use domain::id::{EnrolmentId, HouseholdId, PhotoId};
use records::Hash;

use super::Outcome;

/// A picture that arrived.
pub struct Picture<'a> {
    /// The household.
    pub household: HouseholdId,
    /// The photo.
    pub photo: PhotoId,
    /// Of the bytes.
    pub sha256: Hash,
    /// The bytes.
    pub jpeg: &'a [u8],
    /// Who sent it.
    pub enrolment: EnrolmentId,
    /// When, by the server's clock.
    pub at: i64,
}

/// The pictures of a server.
pub trait Photos: Send + Sync {
    /// Keeps a picture of a household that is in the log.
    fn keep_picture(&self, picture: &Picture<'_>) -> Outcome<()>;

    /// The picture with this hash.
    fn picture(&self, household: HouseholdId, photo: PhotoId, sha256: &Hash) -> Outcome<Option<Vec<u8>>>;
}
