//! The key store: a database of its own, with one key a document.
//!
//! **Invariant:** a key is committed before it is given out, and is never replaced.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::DocumentId;

use super::cell::bytes;
use super::{Pool, session_of};
use crate::database::cipher::DocumentKey;
use crate::database::value::random;
use crate::database::{DatabaseError, Outcome};

/// The key store.
pub struct KeyStore(pub Pool);

impl KeyStore {
    /// The keys of these documents with their ids in the store, made where there is none. On disk when this returns.
    pub fn make(
        &self,
        documents: &BTreeSet<DocumentId>,
        now: i64,
    ) -> Outcome<BTreeMap<DocumentId, ([u8; 16], DocumentKey)>> {
        if documents.is_empty() {
            return Ok(BTreeMap::new());
        }
        let fresh = documents.iter().map(|_| random()).collect::<Outcome<Vec<[u8; 48]>>>()?;
        let names: Vec<&[u8]> = documents.iter().map(|id| id.bytes().as_slice()).collect();
        let ids: Vec<&[u8]> = fresh.iter().map(|fresh| &fresh[..16]).collect();
        let secrets: Vec<&[u8]> = fresh.iter().map(|fresh| &fresh[16..]).collect();
        let mut session = session_of(&self.0)?;
        session.run(
            "INSERT INTO keys (id, document, secret, made_at)
             SELECT id, document, secret, $4 FROM unnest($1::bytea[], $2::bytea[], $3::bytea[]) AS new (id, document, secret)
             ON CONFLICT (document) DO NOTHING",
            &[&ids, &names, &secrets, &now],
        )?;
        let rows =
            session.rows("SELECT document, id, secret FROM keys WHERE document = ANY ($1)", &[&names])?;
        rows.iter()
            .map(|row| {
                Ok((DocumentId::new(bytes(row, 0)?), (bytes(row, 1)?, DocumentKey::new(bytes(row, 2)?))))
            })
            .collect()
    }

    /// The keys of those of the documents that have one.
    pub fn keys(&self, documents: &BTreeSet<DocumentId>) -> Outcome<BTreeMap<DocumentId, DocumentKey>> {
        if documents.is_empty() {
            return Ok(BTreeMap::new());
        }
        let names: Vec<&[u8]> = documents.iter().map(|id| id.bytes().as_slice()).collect();
        let sql = "SELECT document, secret FROM keys WHERE document = ANY ($1)";
        let rows = session_of(&self.0)?.rows(sql, &[&names])?;
        rows.iter()
            .map(|row| Ok((DocumentId::new(bytes(row, 0)?), DocumentKey::new(bytes(row, 1)?))))
            .collect()
    }

    /// Notes that the key of a document is to be destroyed.
    pub fn condemn(&self, document: DocumentId, now: i64) -> Outcome<()> {
        let sql = "INSERT INTO condemned (document, at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        session_of(&self.0)?.run(sql, &[&document.bytes().as_slice(), &now]).map(|_| ())
    }

    /// True for a document whose key is destroyed or to be.
    pub fn is_condemned(&self, document: DocumentId) -> Outcome<bool> {
        let sql = "SELECT 1 FROM condemned WHERE document = $1";
        Ok(session_of(&self.0)?.row(sql, &[&document.bytes().as_slice()])?.is_some())
    }

    /// Destroys the key of a document.
    pub fn destroy(&self, document: DocumentId) -> Outcome<()> {
        let sql = "DELETE FROM keys WHERE document = $1";
        session_of(&self.0)?.run(sql, &[&document.bytes().as_slice()]).map(|_| ())
    }

    /// The documents whose keys are destroyed or to be.
    pub fn condemned(&self) -> Outcome<Vec<DocumentId>> {
        let rows = session_of(&self.0)?.rows("SELECT document FROM condemned ORDER BY document", &[])?;
        rows.iter().map(|row| bytes(row, 0).map(DocumentId::new)).collect()
    }

    /// The key of a document.
    pub fn key(&self, document: DocumentId) -> Outcome<DocumentKey> {
        self.keys(&BTreeSet::from([document]))?.remove(&document).ok_or(DatabaseError::KeyMissing)
    }
}
