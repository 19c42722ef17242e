//! Bundles on a device: what it writes into a file for others, and what it takes from theirs.
//!
//! **Invariant:** to write a file ends nothing that waits for the server.
//! **Invariant:** what a file brings is judged by its signers with the rules of the server's own gate; a file that is not taken
//! has changed nothing.

mod export;
mod import;

pub(crate) use export::export;
pub(crate) use import::import;

use sync::bundle::BundleError;

use crate::fault::{ErrorCode, Fault};

impl From<BundleError> for Fault {
    fn from(error: BundleError) -> Self {
        Self::new(match error {
            BundleError::NotABundle => ErrorCode::NotABundle,
            BundleError::Truncated => ErrorCode::TruncatedBundle,
            BundleError::Damaged => ErrorCode::DamagedBundle,
            BundleError::Newer => ErrorCode::NewerBundle,
            BundleError::WrongCode => ErrorCode::WrongBundleCode,
            BundleError::OtherTown => ErrorCode::BundleOfOtherTown,
            BundleError::TooLarge => ErrorCode::BundleTooLarge,
        })
    }
}
