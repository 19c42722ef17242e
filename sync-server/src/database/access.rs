//! The access log: who in the office read what, and when. Append-only.
//!
//! **Invariant:** the note is on disk before the data leaves the server.

use super::Outcome;

/// Who stands in the log for the command line of the server's own machine.
pub const COMMAND_LINE: &str = "command line";

/// One access. It names what was read, never what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// When.
    pub at: i64,
    /// The office login, or [`COMMAND_LINE`].
    pub who: String,
    /// What was done: `units`, `letter`, `figures`, `checks`, `recognise`, `login`, …
    pub what: String,
    /// What it was about: a unit's or review's id; may be empty.
    pub subject: String,
}

/// The access log of a server.
pub trait AccessLog: Send + Sync {
    /// Appends a note.
    fn note(&self, access: &Access) -> Outcome<()>;

    /// The newest notes first.
    fn accesses(&self, limit: usize) -> Outcome<Vec<Access>>;
}
