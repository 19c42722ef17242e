//! Opening the file and bringing its schema up to date.
//!
//! **Invariant:** migrations are dated and only appended; a database from a newer program is refused untouched.

use std::path::Path;

use rusqlite::{Connection, ErrorCode};
use rusqlite_migration::{Error, M, MigrationDefinitionError, Migrations};

use crate::error::StoreError;
use crate::key::DatabaseKey;

/// Every migration, oldest first.
const STEPS: &[M<'static>] = &[
    M::up(include_str!("../migrations/2026-11-23-first.sql")),
    M::up(include_str!("../migrations/2026-11-23-photos.sql")),
    M::up(include_str!("../migrations/2026-11-23-stage.sql")),
    M::up(include_str!("../migrations/2026-11-26-search.sql")),
    M::up(include_str!("../migrations/2026-11-26-merged.sql")),
    M::up(include_str!("../migrations/2026-11-26-drafts.sql")),
    M::up(include_str!("../migrations/2026-11-27-departed.sql")),
    M::up(include_str!("../migrations/2026-11-29-carried.sql")),
    M::up(include_str!("../migrations/2026-11-29-photo-sent.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// Pages kept in memory, in KiB. Each page that is read again is decrypted again, which costs more than the reading:
/// with SQLite's own 2,000 KiB a search over 10,000 households takes several times as long.
const CACHE_KIB: i64 = 16 * 1024;

/// Opens the database with its key; makes it if the file does not exist. Says whether an older program wrote it: what
/// is computed has to be computed anew then.
pub(crate) fn open(path: &Path, key: &DatabaseKey) -> Result<(Connection, bool), StoreError> {
    let mut db = Connection::open(path)?;
    key.unlock(&db)?;
    prove_key(&db)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    db.pragma_update(None, "cache_size", -CACHE_KIB)?;
    let before = version(&db)?;
    migrate(&mut db)?;
    let older = before != 0 && before != version(&db)?;
    Ok((db, older))
}

fn version(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// The first read is the first use of the key.
fn prove_key(db: &Connection) -> Result<(), StoreError> {
    let read = db.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0));
    match read {
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Err(StoreError::WrongKey),
        Err(error) => Err(error.into()),
    }
}

fn migrate(db: &mut Connection) -> Result<(), StoreError> {
    MIGRATIONS.to_latest(db).map_err(|error| match error {
        Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
            StoreError::NewerDatabase
        }
        other => StoreError::Migration(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> DatabaseKey {
        DatabaseKey::new([byte; 32])
    }

    #[test]
    fn migrations_are_well_formed() {
        MIGRATIONS.validate().unwrap();
    }

    #[test]
    fn the_file_is_unreadable_without_its_key() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        drop(open(&path, &key(1)).unwrap());
        assert!(!std::fs::read(&path).unwrap().starts_with(b"SQLite format 3"));
        assert!(matches!(open(&path, &key(2)), Err(StoreError::WrongKey)));
        open(&path, &key(1)).unwrap();
    }

    #[test]
    fn a_newer_database_is_refused_untouched() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let (db, _) = open(&path, &key(1)).unwrap();
        db.pragma_update(None, "user_version", 99).unwrap();
        drop(db);
        assert!(matches!(open(&path, &key(1)), Err(StoreError::NewerDatabase)));
        let db = Connection::open(&path).unwrap();
        key(1).unlock(&db).unwrap();
        let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, 99);
    }

    #[test]
    fn every_commit_reaches_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let (db, older) = open(&dir.path().join("a.db"), &key(1)).unwrap();
        assert!(!older, "a new one");
        let number = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!((number("synchronous"), number("foreign_keys")), (2, 1));
        let mode: String = db.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
    }
}
