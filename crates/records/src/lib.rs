//! Household and programme documents, and how they become Automerge changes and back.
//!
//! A document is the set of its raw changes. Automerge merges them; this crate decides which changes are made at all
//! (`skeleton`, `save`), and reads what they say now (`snapshot`, `read`), what contradicts (`conflict`) and what happened
//! (`history`). It knows no clock, disk, network or randomness: times and actors are arguments.
//!
//! **Invariant:** the bytes of skeletons and fixed changes, the keys and the types of values never change once a
//! version has been released; `tests/fixtures` hold the bytes.
//! **Invariant:** an ordinary change makes the maps of new entries and puts scalars into fields; nothing is deleted.
//! **Invariant:** whatever is read from a document depends on the set of its changes, never on their order of arrival.

mod change;
mod conflict;
mod current;
mod document;
mod error;
mod heads;
mod history;
mod kind;
mod lineage;
mod op;
mod past;
mod read;
mod reader;
mod remake;
mod save;
mod seat;
mod skeleton;
mod snapshot;

pub use change::RawChange;
pub use conflict::{Conflict, ConflictKind, Told};
pub use document::{Applied, Document};
pub use error::RecordError;
pub use heads::{Hash, Heads};
pub use history::{Event, Rewrite};
pub use kind::Kind;
pub use read::supposing;
pub use reader::{Reader, Reading};
pub use remake::Remade;
pub use save::{Author, Edit};
pub use snapshot::Snapshot;
