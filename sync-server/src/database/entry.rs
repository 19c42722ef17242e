//! Entries of the log as a row holds them, and their bodies opened with the documents' keys.

use std::collections::HashMap;

use domain::id::{ActorId, DocumentId, UnitId};
use records::Hash;
use sync::pull::{Entry, EntryKind};

use super::cipher::DocumentKey;
use super::log::Stored;
use super::value::unsigned;
use super::{DatabaseError, Outcome};

/// What a row of the log is, as its `entry` column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A change.
    Change,
    /// The document left the scope.
    Left,
    /// The document came to the scope; its changes follow once more.
    Entered,
    /// The document was purged.
    Purged,
    /// A change that came along with its document.
    Carried,
}

impl Mark {
    /// The number in the database.
    pub const fn number(self) -> i16 {
        match self {
            Self::Change => 0,
            Self::Left => 1,
            Self::Entered => 2,
            Self::Purged => 3,
            Self::Carried => 4,
        }
    }

    /// The mark with this number.
    pub fn of(number: i16) -> Outcome<Self> {
        let all = [Self::Change, Self::Left, Self::Entered, Self::Purged, Self::Carried];
        let found = all.into_iter().find(|mark| mark.number() == number);
        found.ok_or_else(|| DatabaseError::Damaged(format!("entry kind {number}")))
    }
}

/// A row of the log.
pub struct EntryRow {
    /// Its place.
    pub seq: i64,
    /// What it is.
    pub mark: Mark,
    /// The document left the scope, or was purged, later in the part of the log that is told.
    pub gone: Option<Mark>,
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
        // what is said of a document that is not here any more: that it is not, at every place that it had
        let kind = match row.gone.unwrap_or(row.mark) {
            Mark::Change | Mark::Carried if row.body.is_none() => EntryKind::Purged,
            Mark::Change | Mark::Carried => EntryKind::Change,
            Mark::Left => EntryKind::Left,
            Mark::Entered => EntryKind::Entered,
            Mark::Purged => EntryKind::Purged,
        };
        let (batch, bytes) = match (kind, row.hash, row.body) {
            (EntryKind::Change, Some(hash), Some(body)) => {
                (row.batch, self.open(row.document, &hash, &body)?)
            }
            _ => (None, Vec::new()),
        };
        Ok(Entry {
            scope,
            seq: unsigned(row.seq)?,
            kind,
            document: row.document,
            doc_kind: row.doc_kind,
            batch,
            bytes,
            proposal: row.proposal,
        })
    }

    /// The row as it lies there, damaged or not.
    pub fn stored(&mut self, row: EntryRow) -> Outcome<Stored> {
        let body = match (row.hash, row.body) {
            (Some(hash), Some(sealed)) => self.open(row.document, &hash, &sealed).map(Some),
            _ if row.gone == Some(Mark::Purged) || !matches!(row.mark, Mark::Change | Mark::Carried) => {
                Ok(None)
            }
            _ => Err(DatabaseError::Damaged("a change without a hash or a body".to_owned())),
        };
        Ok(Stored {
            seq: unsigned(row.seq)?,
            mark: row.mark,
            document: row.document,
            hash: row.hash,
            actor: row.actor,
            actor_seq: row.actor_seq.map(unsigned).transpose()?,
            batch: row.batch,
            body,
        })
    }
}
