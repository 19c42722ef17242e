//! The register of recognitions. Append-only: a correction is a later row.
//!
//! **Invariant:** rows are numbered from 1 without gaps and satisfy the domain's register.

use domain::recognition::{Recognition, Register};

use super::Outcome;

/// The register of a server.
pub trait Recognitions: Send + Sync {
    /// The whole register.
    fn register(&self) -> Outcome<Register>;

    /// Appends rows, all or none; they are numbered here, whatever number they carry. Gives the first number. Raises the
    /// configuration version: devices are to learn of them.
    fn recognise(&self, rows: Vec<Recognition>, now: i64) -> Outcome<u64>;
}
