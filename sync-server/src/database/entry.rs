//! Entries of the log as a row holds them, and their bodies opened with the documents' keys.

use std::collections::HashMap;

use domain::id::{ActorId, DocumentId, UnitId};
use records::Hash;
use sync::pull::{Entry, EntryKind};

use super::cipher::DocumentKey;
use super::log::Stored;
use super::value::unsigned;
use super::{DatabaseError, Outcome};

/// The number of a change among the kinds of entries, as in the log's `entry` column.
pub const CHANGE: i16 = 0;

/// A row of the log.
pub struct EntryRow {
    /// Its place.
    pub seq: i64,
    /// What it is.
    pub entry: i16,
    /// The document that it is about.
    pub document: DocumentId,
    /// The document's kind.
    pub doc_kind: u8,
    /// The hash that it is named by.
    pub hash: Option<Hash>,
    /// Who made it.
    pub actor: Option<ActorId>,
    /// Its number among the actor's changes.
    pub actor_seq: Option<i64>,
    /// It waits for the office's acceptance.
    pub proposal: bool,
    /// The batch that it came in.
    pub batch: Option<Hash>,
    /// The change, encrypted.
    pub body: Option<Vec<u8>>,
}

/// Opens bodies; a key is asked for once a document.
pub struct Opener<'a> {
    key_of: &'a dyn Fn(DocumentId) -> Outcome<DocumentKey>,
    known: HashMap<DocumentId, DocumentKey>,
}

impl<'a> Opener<'a> {
    /// An opener that asks `key_of`.
    pub fn new(key_of: &'a dyn Fn(DocumentId) -> Outcome<DocumentKey>) -> Self {
        Self { key_of, known: HashMap::new() }
    }

    fn open(&mut self, document: DocumentId, hash: &Hash, sealed: &[u8]) -> Outcome<Vec<u8>> {
        if !self.known.contains_key(&document) {
            self.known.insert(document, (self.key_of)(document)?);
        }
        self.known.get(&document).ok_or(DatabaseError::KeyMissing)?.open(document, hash, sealed)
    }

    /// The entry as devices get it.
    pub fn entry(&mut self, scope: UnitId, row: EntryRow) -> Outcome<Entry> {
        let kind = match row.entry {
            CHANGE => EntryKind::Change,
            other => return Err(DatabaseError::Damaged(format!("entry kind {other}"))),
        };
        let bytes = match (row.hash, row.body) {
            (Some(hash), Some(body)) => self.open(row.document, &hash, &body)?,
            _ => Vec::new(),
        };
        Ok(Entry {
            scope,
            seq: unsigned(row.seq)?,
            kind,
            document: row.document,
            doc_kind: row.doc_kind,
            batch: row.batch,
            bytes,
            proposal: row.proposal,
        })
    }

    /// The row as it lies there, damaged or not.
    pub fn stored(&mut self, row: EntryRow) -> Outcome<Stored> {
        let body = match (row.hash, row.body) {
            (Some(hash), Some(sealed)) => self.open(row.document, &hash, &sealed),
            _ => Err(DatabaseError::Damaged("a change without a hash or a body".to_owned())),
        };
        Ok(Stored {
            seq: unsigned(row.seq)?,
            document: row.document,
            hash: row.hash,
            actor: row.actor,
            actor_seq: row.actor_seq.map(unsigned).transpose()?,
            batch: row.batch,
            body,
        })
    }
}
