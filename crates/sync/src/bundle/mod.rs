//! Bundles: signed batches in a file, from phone to phone or to the office, under a code that one person tells another.
//!
//! Whoever takes a file judges each batch by its signer, as if it had come over the network. To write one ends nothing:
//! what waits for the server goes on waiting until the server names it.
//!
//! **Invariant:** a file is taken whole or refused whole: one that is cut, damaged, of another town or of a newer program
//! changes nothing.
//! **Invariant:** nothing of what people entered is readable in a file without its code.

mod code;
mod content;
mod seal;
#[cfg(test)]
mod tests;

use domain::id::TownId;
use thiserror::Error;

pub use code::Code;
pub use content::{Bundle, BundleHeader, Origin, read as read_content, write as write_content};
pub use seal::{FORMAT, Lock, MAGIC, PREFIX, open, seal};

use crate::batch::SignedBatch;
use crate::push::Chunk;

/// Why a file is not taken, or cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BundleError {
    /// Another kind of file.
    #[error("not_a_bundle")]
    NotABundle,
    /// The file's end is missing.
    #[error("truncated_bundle")]
    Truncated,
    /// The file is not as it was written.
    #[error("damaged_bundle")]
    Damaged,
    /// A newer program wrote it.
    #[error("newer_bundle")]
    Newer,
    /// Not the code of this file.
    #[error("wrong_bundle_code")]
    WrongCode,
    /// It belongs to another town's data set.
    #[error("bundle_of_other_town")]
    OtherTown,
    /// Larger than the limit.
    #[error("bundle_too_large")]
    TooLarge,
}

/// The file with these batches, in their order.
pub fn write(
    origin: &Origin,
    batches: &[(SignedBatch, Vec<Chunk>)],
    code: &Code,
    lock: &Lock,
) -> Result<Vec<u8>, BundleError> {
    seal(write_content(origin, batches)?, code, lock)
}

/// Reads a file that belongs to this town.
pub fn read(file: &[u8], code: &Code, town: TownId) -> Result<Bundle, BundleError> {
    read_content(&open(file, code)?, town)
}
