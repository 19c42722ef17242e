//! What documents promise, seen from outside: bytes that never change, saves that lose nothing, merges that agree.

// A helper that cannot go on is a failed test.
#![allow(clippy::unwrap_used)]

mod conflicts;
mod golden;
mod hostile;
mod merging;
mod programme;
mod remaking;
mod saving;
mod support;
