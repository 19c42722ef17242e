//! What the server keeps, in words of its own: traits by subject, one implementation a kind of database.
//!
//! Every verb blocks; callers in async code go through `spawn_blocking`. Another database implements the same verbs
//! and passes the same stories.
//!
//! **Invariant:** a verb that returns has been committed and synced to disk, or has changed nothing.

pub mod access;
pub mod cipher;
mod entry;
pub mod facts;
pub mod live;
pub mod log;
pub mod people;
pub mod photos;
pub mod postgres;
pub mod register;
pub mod sqlite;
mod value;
pub mod views;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use zeroize::Zeroizing;

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
    /// An address that is none of PostgreSQL, or leads to another machine.
    #[error("not an address of PostgreSQL on this machine")]
    Address,
    /// The key store would be in the town's database.
    #[error("the key store is not apart")]
    KeysNotApart,
    /// There is no room left on the disk.
    #[error("the disk is full")]
    Full,
    /// The engine failed.
    #[error("the database failed: {0}")]
    Failed(String),
}

impl From<DatabaseError> for Fault {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Newer => Self::of(Code::DatabaseNewer),
            DatabaseError::KeyMissing => Self::of(Code::KeyMissing),
            DatabaseError::Address => Self::of(Code::DatabaseAddress),
            DatabaseError::KeysNotApart => Self::of(Code::KeysNotApart),
            DatabaseError::Register { row, code } => {
                Self::of(Code::ListRefused).with("row", row).with("reason", code)
            }
            DatabaseError::Full => {
                tracing::error!("the disk is full");
                Self::of(Code::ServerFull)
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

/// Where a town's data is. No `Debug`: an address may hold a password.
#[derive(Clone)]
pub enum Location {
    /// SQLite files in a folder.
    Folder(PathBuf),
    /// PostgreSQL.
    Postgres {
        /// Address of the town's database.
        town: Zeroizing<String>,
        /// Address of the key store.
        keys: Zeroizing<String>,
    },
}

impl Location {
    /// True if there may be a town; a folder without one is not made.
    pub fn is_there(&self) -> bool {
        match self {
            Self::Folder(folder) => folder.join("town.db").is_file(),
            Self::Postgres { .. } => true,
        }
    }

    /// Opens the database, making what is not there yet.
    pub fn open(&self) -> Outcome<Arc<dyn Database>> {
        Ok(match self {
            Self::Folder(folder) => Arc::new(sqlite::Sqlite::open(folder)?),
            Self::Postgres { town, keys } => Arc::new(postgres::Postgres::open(town, keys)?),
        })
    }
}

impl<P: AsRef<Path>> From<P> for Location {
    fn from(folder: P) -> Self {
        Self::Folder(folder.as_ref().to_owned())
    }
}

/// Everything the server keeps.
pub trait Database:
    facts::Facts
    + people::People
    + log::Log
    + live::Live
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
        + live::Live
        + photos::Photos
        + register::Recognitions
        + access::AccessLog
        + views::Views
{
}
