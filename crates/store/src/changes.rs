//! Table `changes`: the truth. One row for each raw change, in order of arrival.

use domain::id::{DocumentId, UnitId};
use records::{Document, Hash, Kind};
use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// A change to be stored.
#[derive(Clone, Copy)]
pub(crate) struct NewChange<'a> {
    pub hash: Hash,
    pub document: DocumentId,
    pub bytes: &'a [u8],
    pub batch: Option<Hash>,
    pub sequence: Option<i64>,
}

/// Stores the change; says whether it was new. One that is here already takes what it lacked: its place, its batch.
pub(crate) fn add(db: &Connection, change: NewChange<'_>) -> Result<bool, StoreError> {
    let NewChange { hash, document, bytes, batch, sequence } = change;
    let sql =
        "UPDATE changes SET sequence = coalesce(?2, sequence), batch = coalesce(batch, ?3) WHERE hash = ?1";
    if db.prepare_cached(sql)?.execute((hash, sequence, batch))? == 1 {
        return Ok(false);
    }
    let sql = "INSERT INTO changes (hash, document, bytes, batch, sequence) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(sql)?.execute((hash, document.0, bytes, batch, sequence))?;
    Ok(true)
}

/// The document, merged from its changes; `None` if there are none.
pub(crate) fn document(db: &Connection, id: DocumentId, kind: Kind) -> Result<Option<Document>, StoreError> {
    let raw = raw(db, id)?;
    if raw.is_empty() {
        return Ok(None);
    }
    let loaded = Document::load(kind, id, raw.iter().map(Vec::as_slice));
    Ok(loaded.map(Some)?)
}

fn raw(db: &Connection, id: DocumentId) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut query = db.prepare_cached("SELECT bytes FROM changes WHERE document = ?1 ORDER BY position")?;
    Ok(query.query_map([id.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// True if the change is here.
pub(crate) fn has(db: &Connection, hash: &Hash) -> Result<bool, StoreError> {
    let mut query = db.prepare_cached("SELECT 1 FROM changes WHERE hash = ?1")?;
    Ok(query.query_row([hash], |_| Ok(())).optional()?.is_some())
}

/// The change has this place in its scope's log.
pub(crate) fn number(db: &Connection, hash: &Hash, sequence: i64) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE changes SET sequence = ?2 WHERE hash = ?1")?.execute((hash, sequence))?;
    Ok(())
}

/// The changes of the scope's documents that the server has: those that do not wait to be sent.
pub(crate) fn settled(db: &Connection, scope: UnitId) -> Result<Vec<Hash>, StoreError> {
    let sql = "SELECT c.hash FROM changes c JOIN documents d ON d.id = c.document
               WHERE d.scope = ?1 AND d.departed = 0
               AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.hash = c.hash)";
    let mut query = db.prepare_cached(sql)?;
    Ok(query.query_map([scope.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The change travels in this batch.
pub(crate) fn enclose(db: &Connection, hash: &Hash, batch: &Hash) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE changes SET batch = ?2 WHERE hash = ?1")?.execute((hash, batch))?;
    Ok(())
}

/// True if the change travels in somebody else's batch.
pub(crate) fn is_carried(db: &Connection, hash: &Hash) -> Result<bool, StoreError> {
    let sql =
        "SELECT 1 FROM changes c JOIN batches b ON b.id = c.batch WHERE c.hash = ?1 AND b.own_number IS NULL";
    Ok(db.prepare_cached(sql)?.query_row([hash], |_| Ok(())).optional()?.is_some())
}

/// The change travels in no batch any more.
pub(crate) fn leave_batch(db: &Connection, hash: &Hash) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE changes SET batch = NULL WHERE hash = ?1")?.execute([hash])?;
    Ok(())
}

/// Removes the change and its outbox row.
pub(crate) fn remove(db: &Connection, hash: &Hash) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM changes WHERE hash = ?1")?.execute([hash])?;
    Ok(())
}
