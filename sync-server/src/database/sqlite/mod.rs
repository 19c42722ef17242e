//! The database in three SQLite files: `town.db` (the truth), `keys.db` (the documents' keys, backed up apart) and
//! `views.db` (computed, may be deleted).
//!
//! **Invariant:** WAL with `synchronous=FULL` for truth and keys: what was committed survives a loss of power.
//! **Invariant:** a document's key is committed before the first change that needs it.

mod access;
mod facts;
mod keys;
mod ledger;
mod live;
mod log;
mod people;
mod photos;
mod register;
mod views;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use self::keys::KeyStore;
use super::live::{Teller, teller};
use super::{DatabaseError, Outcome};

/// How long a writer waits for another process's write.
const BUSY_WAIT: Duration = Duration::from_secs(20);
/// Read connections that are kept open.
const READERS_KEPT: usize = 4;

/// The database of one town.
pub struct Sqlite {
    path: PathBuf,
    writer: Arc<Mutex<Connection>>,
    readers: Mutex<Vec<Connection>>,
    keys: KeyStore,
    views: Mutex<Connection>,
    teller: Teller,
    /// Other processes are watched.
    watched: Once,
}

impl Sqlite {
    /// Opens the files in a folder, making what is not there yet. A newer or damaged file is refused untouched.
    pub fn open(folder: &Path) -> Outcome<Self> {
        make_private(folder)?;
        let path = folder.join("town.db");
        let town = Migrations::new(vec![
            M::up(include_str!("../../../migrations/sqlite/town/2026-11-23-first.sql")),
            M::up(include_str!("../../../migrations/sqlite/town/2026-11-26-photos.sql")),
            M::up(include_str!("../../../migrations/sqlite/town/2026-11-27-moves.sql")),
            M::up(include_str!("../../../migrations/sqlite/town/2026-11-27-quarantine.sql")),
            M::up(include_str!("../../../migrations/sqlite/town/2026-11-27-acceptances.sql")),
            M::up(include_str!("../../../migrations/sqlite/town/2026-11-29-photo-pieces.sql")),
        ]);
        let views = Migrations::new(vec![
            M::up(include_str!("../../../migrations/sqlite/views/2026-11-23-first.sql")),
            M::up(include_str!("../../../migrations/sqlite/views/2026-11-26-merged.sql")),
        ]);
        Ok(Self {
            writer: Arc::new(Mutex::new(open(&path, &town, "FULL")?)),
            readers: Mutex::new(Vec::new()),
            keys: KeyStore::open(&folder.join("keys.db"))?,
            views: Mutex::new(open(&folder.join("views.db"), &views, "NORMAL")?),
            teller: teller(),
            watched: Once::new(),
            path,
        })
    }

    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Outcome<T>) -> Outcome<T> {
        in_transaction(&mut lock(&self.writer), work)
    }

    /// Reads on a connection of its own, beside a writer. Anything but reading is refused by the engine.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Outcome<T>) -> Outcome<T> {
        let kept = lock(&self.readers).pop();
        let connection = kept.map_or_else(|| self.reader(), Ok)?;
        let result = work(&connection);
        let mut readers = lock(&self.readers);
        if readers.len() < READERS_KEPT {
            readers.push(connection);
        }
        result
    }

    fn reader(&self) -> Outcome<Connection> {
        let connection = Connection::open(&self.path)?;
        connection.busy_timeout(BUSY_WAIT)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }
}

fn make_private(folder: &Path) -> Outcome<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| DatabaseError::Failed(error.kind().to_string()))
}

fn open(path: &Path, migrations: &Migrations<'_>, synchronous: &str) -> Outcome<Connection> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_WAIT)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", synchronous)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    migrations.to_latest(&mut connection)?;
    Ok(connection)
}

/// Moves everything from the write-ahead log into the file and empties it.
fn empty_wal(connection: &Connection) -> Outcome<()> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

fn in_transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Outcome<T>,
) -> Outcome<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let result = work(&transaction)?;
    transaction.commit()?;
    Ok(result)
}

/// A panic in a transaction has rolled it back, so the connection behind a poisoned lock is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl From<rusqlite::Error> for DatabaseError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl From<rusqlite_migration::Error> for DatabaseError {
    fn from(error: rusqlite_migration::Error) -> Self {
        use rusqlite_migration::{Error, MigrationDefinitionError};
        match error {
            Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => Self::Newer,
            Error::RusqliteError { err, .. } => err.into(),
            other => Self::Failed(other.to_string()),
        }
    }
}
