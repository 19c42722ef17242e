//! `scopes`, `documents`, `changes`, `batches` and `quarantine`, read; and the transaction that writes them.

use std::collections::HashMap;

use domain::id::{ActorId, DocumentId, UnitId};
use records::Hash;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sync::batch::{Signed, SignedBatch};
use sync::pull::{Entry, EntryKind, ScopeState};
use sync::scope::Digest;

use super::keys::KeyStore;
use super::ledger::{self, OpenLedger};
use super::{Sqlite, signed, unsigned};
use crate::database::cipher::DocumentKey;
use crate::database::log::{Log, Logged, Stored, Work};
use crate::database::{DatabaseError, Outcome};

impl Log for Sqlite {
    fn write(&self, now: i64, work: Work<'_>) -> Outcome<()> {
        Sqlite::write(self, |transaction| work(&mut OpenLedger { transaction, keys: &self.keys, now }))
    }

    fn heads(&self, scopes: &[UnitId]) -> Outcome<Vec<ScopeState>> {
        self.read(|connection| {
            let snapshot = connection.unchecked_transaction()?;
            let mut query =
                snapshot.prepare_cached("SELECT head, digest, changes FROM scopes WHERE unit = ?")?;
            let mut found = Vec::new();
            for unit in scopes {
                let row = query.query_row([unit.bytes()], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 16]>(1)?, row.get::<_, i64>(2)?))
                });
                let Some((head, sum, count)) = row.optional()? else { continue };
                let digest = Digest { sum, count: unsigned(count)? };
                found.push(ScopeState { unit: *unit, head: unsigned(head)?, digest });
            }
            Ok(found)
        })
    }

    fn entries(&self, scope: UnitId, after: u64, upto: u64, limit: usize) -> Outcome<Vec<Entry>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT seq, entry, document, kind, batch, hash, body, proposal
                 FROM changes JOIN documents ON documents.id = changes.document
                 WHERE changes.scope = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
            )?;
            let bounds = params![scope.bytes(), signed(after)?, signed(upto)?, signed(limit as u64)?];
            let mut rows = query.query(bounds)?;
            let mut opener = Opener { keys: &self.keys, known: HashMap::new() };
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                entries.push(opener.entry(scope, row)?);
            }
            Ok(entries)
        })
    }

    fn batch(&self, id: &Hash) -> Outcome<Option<SignedBatch>> {
        self.read(|connection| {
            let mut query =
                connection.prepare_cached("SELECT header, signature FROM batches WHERE id = ?")?;
            let row = query.query_row([id], |row| Ok(Signed { bytes: row.get(0)?, signature: row.get(1)? }));
            Ok(row.optional()?.map(SignedBatch))
        })
    }

    fn logged(&self, document: DocumentId) -> Outcome<Option<Logged>> {
        self.read(|connection| {
            let snapshot = connection.unchecked_transaction()?;
            let Some(placed) = ledger::placed(&snapshot, document)? else { return Ok(None) };
            let (changes, last_at) = ledger::changes(&snapshot, &self.keys, document)?;
            Ok(Some(Logged { placed, changes, last_at }))
        })
    }

    fn touched(&self, scope: UnitId, after: u64, upto: u64) -> Outcome<Vec<DocumentId>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT DISTINCT document FROM changes WHERE scope = ? AND seq > ? AND seq <= ?",
            )?;
            let bounds = params![scope.bytes(), signed(after)?, signed(upto)?];
            let rows = query.query_map(bounds, |row| row.get(0).map(DocumentId::new))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    fn stored(&self, scope: UnitId, after: u64, limit: usize) -> Outcome<Vec<Stored>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT seq, document, hash, actor, actor_seq, batch, body FROM changes
                 WHERE scope = ? AND seq > ? ORDER BY seq LIMIT ?",
            )?;
            let mut rows = query.query(params![scope.bytes(), signed(after)?, signed(limit as u64)?])?;
            let mut opener = Opener { keys: &self.keys, known: HashMap::new() };
            let mut stored = Vec::new();
            while let Some(row) = rows.next()? {
                stored.push(opener.stored(row)?);
            }
            Ok(stored)
        })
    }

    fn documents(&self) -> Outcome<Vec<DocumentId>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT id FROM documents ORDER BY id")?;
            let rows = query.query_map([], |row| row.get(0).map(DocumentId::new))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    fn quarantined(&self) -> Outcome<u64> {
        self.read(|connection: &Connection| {
            unsigned(connection.query_row("SELECT count(*) FROM quarantine", [], |row| row.get(0))?)
        })
    }
}

/// Decrypts entries, asking the key store once a document.
struct Opener<'a> {
    keys: &'a KeyStore,
    known: HashMap<DocumentId, DocumentKey>,
}

impl Opener<'_> {
    fn key(&mut self, document: DocumentId) -> Outcome<&DocumentKey> {
        if !self.known.contains_key(&document) {
            self.known.insert(document, self.keys.key(document)?);
        }
        self.known.get(&document).ok_or(DatabaseError::KeyMissing)
    }

    fn stored(&mut self, row: &Row<'_>) -> Outcome<Stored> {
        let document = DocumentId::new(row.get(1)?);
        let hash: Option<Hash> = row.get(2)?;
        let sealed: Option<Vec<u8>> = row.get(6)?;
        let body = match (hash, sealed) {
            (Some(hash), Some(sealed)) => {
                self.key(document).and_then(|key| key.open(document, &hash, &sealed))
            }
            _ => Err(DatabaseError::Damaged("a change without a hash or a body".to_owned())),
        };
        Ok(Stored {
            seq: unsigned(row.get(0)?)?,
            document,
            hash,
            actor: row.get::<_, Option<[u8; 16]>>(3)?.map(ActorId::new),
            actor_seq: row.get::<_, Option<i64>>(4)?.map(unsigned).transpose()?,
            batch: row.get(5)?,
            body,
        })
    }

    fn entry(&mut self, scope: UnitId, row: &Row<'_>) -> Outcome<Entry> {
        let document = DocumentId::new(row.get(2)?);
        let kind = match row.get(1)? {
            ledger::CHANGE => EntryKind::Change,
            other => return Err(DatabaseError::Damaged(format!("entry kind {other}"))),
        };
        let hash: Option<Hash> = row.get(5)?;
        let body: Option<Vec<u8>> = row.get(6)?;
        let bytes = match (hash, body) {
            (Some(hash), Some(body)) => self.key(document)?.open(document, &hash, &body)?,
            _ => Vec::new(),
        };
        Ok(Entry {
            scope,
            seq: unsigned(row.get(0)?)?,
            kind,
            document,
            doc_kind: row.get(3)?,
            batch: row.get(4)?,
            bytes,
            proposal: row.get(7)?,
        })
    }
}
