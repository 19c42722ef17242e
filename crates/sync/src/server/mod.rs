//! The server's end: what becomes of each change of a push.
//!
//! [`decide`] reads from a [`Shelf`] and writes nothing; what is to be stored comes back as a [`Decision`], which the
//! database puts into the logs in one transaction, and [`Decision::answer`] turns into the answer.
//!
//! **Invariant:** a change is admitted only when everything that it depends on is in the document's log or earlier in
//! the same push, so every prefix of a log applies.
//! **Invariant:** permission is judged on the signer, whoever carries the batch.

mod decision;
mod desk;
mod shelf;
#[cfg(test)]
mod tests;

pub use decision::{Admission, Decision, Quarantined};
pub use shelf::{Found, Held, Shelf};

use crate::gate::Pace;
use crate::push::Push;
use desk::Desk;

/// Decides on a push: as one run, and where that leaves anything open, change by change.
///
/// # Errors
/// Only the shelf's own; whatever the push says comes to a verdict.
pub fn decide<S: Shelf>(shelf: &mut S, push: &Push) -> Result<Decision, S::Error> {
    match at(Pace::Run, shelf, push)? {
        Some(decision) => Ok(decision),
        None => Ok(at(Pace::Each, shelf, push)?.unwrap_or_default()),
    }
}

/// The decision at a pace; none if a document is not sound in the end.
fn at<S: Shelf>(pace: Pace, shelf: &mut S, push: &Push) -> Result<Option<Decision>, S::Error> {
    let mut desk = Desk::new(shelf, push, pace)?;
    for (batch, chunks) in &push.batches {
        desk.batch(batch, chunks)?;
    }
    Ok(desk.finish())
}
