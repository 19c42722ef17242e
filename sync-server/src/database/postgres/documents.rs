//! `documents` and their changes, read: inside the transaction that writes them, and outside.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{DocumentId, UnitId};
use postgres::Row;
use records::Kind;

use super::cell::{bytes, cell};
use super::keys::KeyStore;
use super::session::Session;
use crate::database::log::Placed;
use crate::database::{DatabaseError, Outcome};

/// Where those of the documents are that are there.
pub fn placed(
    session: &mut Session,
    documents: &BTreeSet<DocumentId>,
) -> Outcome<BTreeMap<DocumentId, Placed>> {
    let ids: Vec<&[u8]> = documents.iter().map(|id| id.bytes().as_slice()).collect();
    let sql = "SELECT id, kind, scope, purged_at IS NOT NULL,
                      EXISTS (SELECT 1 FROM changes WHERE document = id AND entry = 1)
               FROM documents WHERE id = ANY ($1)";
    let place = |row: &Row| -> Outcome<(DocumentId, Placed)> {
        let number: i16 = cell(row, 1)?;
        let kind = u8::try_from(number).ok().and_then(Kind::of_number);
        let kind = kind.ok_or_else(|| DatabaseError::Damaged(format!("kind {number}")))?;
        let (scope, purged, moved) = (UnitId::new(bytes(row, 2)?), cell(row, 3)?, cell(row, 4)?);
        Ok((DocumentId::new(bytes(row, 0)?), Placed { kind, scope, moved, purged }))
    };
    session.rows(sql, &[&ids])?.iter().map(place).collect()
}

/// The scopes that a document was in before the one that it is in.
pub fn former(session: &mut Session, document: DocumentId) -> Outcome<Vec<UnitId>> {
    let sql = "SELECT DISTINCT scope FROM changes WHERE document = $1 AND entry = 1
               AND scope <> (SELECT scope FROM documents WHERE id = $1)";
    let rows = session.rows(sql, &[&document.bytes().as_slice()])?;
    rows.iter().map(|row| bytes(row, 0).map(UnitId::new)).collect()
}

/// A document's raw changes in the log's order, each with when it arrived.
pub type Changes = BTreeMap<DocumentId, Vec<(Vec<u8>, i64)>>;

/// The changes of some documents.
pub fn changes(session: &mut Session, keys: &KeyStore, documents: &BTreeSet<DocumentId>) -> Outcome<Changes> {
    let ids: Vec<&[u8]> = documents.iter().map(|id| id.bytes().as_slice()).collect();
    let rows = session.rows(
        "SELECT document, hash, body, arrived_at FROM changes
         WHERE document = ANY ($1) AND entry = 0 AND body IS NOT NULL ORDER BY place",
        &[&ids],
    )?;
    let keys = if rows.is_empty() { BTreeMap::new() } else { keys.keys(documents)? };
    let mut found: Changes = documents.iter().map(|id| (*id, Vec::new())).collect();
    for row in &rows {
        let id = DocumentId::new(bytes(row, 0)?);
        let key = keys.get(&id).ok_or(DatabaseError::KeyMissing)?;
        let body = key.open(id, &bytes(row, 1)?, cell(row, 2)?)?;
        found.entry(id).or_default().push((body, cell(row, 3)?));
    }
    Ok(found)
}
