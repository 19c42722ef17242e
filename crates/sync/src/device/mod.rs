//! The device's end: from the outbox to push bodies, from an answer to what becomes of each change, from a pull answer
//! to what is to be applied.
//!
//! A round is: [`sign`] what no batch names yet, keep the batches; [`bodies`]; post each and act on its [`outcomes`];
//! then [`Cursors::request`], post it, and act on what [`take`] returns, until it says that there is no more.
//!
//! **Invariant:** an outbox row ends only by an answer that names its hash, never by a count or a place in a list.
//! **Invariant:** everything here may be repeated after a crash, and comes to the same.

mod intake;
mod offer;
mod outcome;
#[cfg(test)]
mod tests;

pub use intake::{Cursors, Problem, Step, Taken, compare, take};
pub use offer::{Author, NewBatch, Offer, PushBody, Signing, bodies, in_causal_order, sign, with_chunks};
pub(crate) use offer::{FRAME_ROOM, pieces};
pub use outcome::{Outcome, ancestors, outcomes};
