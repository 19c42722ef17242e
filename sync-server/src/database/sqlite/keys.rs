//! `keys.db`: one key a document.
//!
//! **Invariant:** a key is committed before it is given out, and is never replaced.

use std::path::Path;
use std::sync::Mutex;

use domain::id::DocumentId;
use rusqlite::{Connection, OptionalExtension, params};
use rusqlite_migration::{M, Migrations};

use super::{empty_wal, in_transaction, lock, open};
use crate::database::cipher::DocumentKey;
use crate::database::value::random;
use crate::database::{DatabaseError, Outcome};

/// The key store.
pub struct KeyStore(Mutex<Connection>);

impl KeyStore {
    /// Opens the file.
    pub fn open(path: &Path) -> Outcome<Self> {
        let migrations = Migrations::new(vec![
            M::up(include_str!("../../../migrations/sqlite/keys/2026-11-23-first.sql")),
            M::up(include_str!("../../../migrations/sqlite/keys/2026-11-27-condemned.sql")),
        ]);
        Ok(Self(Mutex::new(open(path, &migrations, "FULL")?)))
    }

    /// The key of a document with its id in the store, made if there is none. On disk when this returns.
    pub fn make(&self, document: DocumentId, now: i64) -> Outcome<([u8; 16], DocumentKey)> {
        let fresh: [u8; 48] = random()?;
        let (id, secret) = (&fresh[..16], &fresh[16..]);
        in_transaction(&mut lock(&self.0), |transaction| {
            transaction.execute(
                "INSERT INTO keys (id, document, secret, made_at) VALUES (?, ?, ?, ?)
                 ON CONFLICT (document) DO NOTHING",
                params![id, document.bytes(), secret, now],
            )?;
            let row = transaction.query_row(
                "SELECT id, secret FROM keys WHERE document = ?",
                [document.bytes()],
                |row| Ok((row.get(0)?, DocumentKey::new(row.get(1)?))),
            )?;
            Ok(row)
        })
    }

    /// Notes that the key of a document is to be destroyed.
    pub fn condemn(&self, document: DocumentId, now: i64) -> Outcome<()> {
        let sql = "INSERT INTO condemned (document, at) VALUES (?, ?) ON CONFLICT DO NOTHING";
        lock(&self.0).execute(sql, params![document.bytes(), now])?;
        Ok(())
    }

    /// True for a document whose key is destroyed or to be.
    pub fn is_condemned(&self, document: DocumentId) -> Outcome<bool> {
        let connection = lock(&self.0);
        let mut query = connection.prepare_cached("SELECT 1 FROM condemned WHERE document = ?")?;
        Ok(query.exists([document.bytes()])?)
    }

    /// Destroys the key of a document.
    pub fn destroy(&self, document: DocumentId) -> Outcome<()> {
        lock(&self.0).execute("DELETE FROM keys WHERE document = ?", [document.bytes()])?;
        Ok(())
    }

    /// The documents whose keys are destroyed or to be.
    pub fn condemned(&self) -> Outcome<Vec<DocumentId>> {
        let connection = lock(&self.0);
        let mut query = connection.prepare_cached("SELECT document FROM condemned ORDER BY document")?;
        let rows = query.query_map([], |row| row.get(0).map(DocumentId::new))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Leaves nothing of a destroyed key in the files.
    pub fn scrub(&self) -> Outcome<()> {
        empty_wal(&lock(&self.0))
    }

    /// The key of a document.
    pub fn key(&self, document: DocumentId) -> Outcome<DocumentKey> {
        let connection = lock(&self.0);
        let mut query = connection.prepare_cached("SELECT secret FROM keys WHERE document = ?")?;
        let key = query.query_row([document.bytes()], |row| row.get(0).map(DocumentKey::new)).optional()?;
        key.ok_or(DatabaseError::KeyMissing)
    }
}
