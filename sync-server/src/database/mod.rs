//! What the server keeps, in words of its own: traits by subject, one implementation a kind of database.
//!
//! Every verb blocks; callers in async code go through `spawn_blocking`. Another database implements the same verbs
//! and passes the same stories.
//!
//! **Invariant:** a verb that returns has been committed and synced to disk, or has changed nothing.

pub mod access;
pub mod cipher;
pub mod facts;
pub mod log;
pub mod people;
pub mod photos;
pub mod register;
pub mod sqlite;
pub mod views;

use crate::fault::{Code, Fault};

/// Why a verb was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseError {
    /// Written by a newer program.
    #[error("the database was written by a newer program")]
    Newer,
    /// Not one of ours, or damaged.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The key store lacks the key of a document in the log.
    #[error("the key store lacks a key")]
    KeyMissing,
    /// The append-only register does not take the row.
    #[error("the register refuses row {row}: {code}")]
    Register {
        /// Which of the rows, from 1.
        row: usize,
        /// Why, as the domain codes it.
        code: String,
    },
    /// The engine failed.
    #[error("the database failed: {0}")]
    Failed(String),
}

impl From<DatabaseError> for Fault {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Newer => Self::of(Code::DatabaseNewer),
            DatabaseError::KeyMissing => Self::of(Code::KeyMissing),
            DatabaseError::Register { row, code } => {
                Self::of(Code::ListRefused).with("row", row).with("reason", code)
            }
            DatabaseError::Damaged(why) => {
                tracing::error!(why, "the database is damaged");
                Self::of(Code::DatabaseDamaged)
            }
            DatabaseError::Failed(why) => {
                tracing::error!(why, "the database failed");
                Self::of(Code::ServerBroken)
            }
        }
    }
}

/// Result of a verb.
pub type Outcome<T> = Result<T, DatabaseError>;

/// Everything the server keeps.
pub trait Database:
    facts::Facts
    + people::People
    + log::Log
    + photos::Photos
    + register::Recognitions
    + access::AccessLog
    + views::Views
{
}

impl<T> Database for T where
    T: facts::Facts
        + people::People
        + log::Log
        + photos::Photos
        + register::Recognitions
        + access::AccessLog
        + views::Views
{
}
