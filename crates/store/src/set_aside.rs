//! Table `set_aside`: changes that the server refused, kept with the reason and with what they would have written.

use domain::field::Field;
use domain::id::DocumentId;
use domain::scalar::Scalar;
use records::Hash;
use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// A refused change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The change.
    pub hash: Hash,
    /// Its document.
    pub document: DocumentId,
    /// Why, coded by the server.
    pub code: String,
    /// When the refusal was heard, by the device's clock.
    pub at: i64,
    /// What it would have written.
    pub edits: Vec<(Field, Scalar)>,
}

/// The code of what another person wrote on top of something that was refused.
pub const ORPHAN: &str = "missing_deps";

/// Keeps the refused change with its bytes and its batch. Before it leaves the table of changes.
pub(crate) fn add(db: &Connection, refused: &SetAside, bytes: &[u8]) -> Result<(), StoreError> {
    let edits = serde_json::to_string(&refused.edits).map_err(|_| StoreError::Row("set_aside.edits"))?;
    let sql = "INSERT INTO set_aside (hash, document, bytes, code, at, edits, batch)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT batch FROM changes WHERE hash = ?1))
               ON CONFLICT (hash) DO NOTHING";
    db.execute(sql, (refused.hash, refused.document.0, bytes, &refused.code, refused.at, edits))?;
    Ok(())
}

/// All refused changes, newest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<SetAside>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT hash, document, code, at, edits FROM set_aside ORDER BY position DESC")?;
    let mut rows = query.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let edits: String = row.get(4)?;
        found.push(SetAside {
            hash: row.get(0)?,
            document: DocumentId(row.get(1)?),
            code: row.get(2)?,
            at: row.get(3)?,
            edits: serde_json::from_str(&edits).map_err(|_| StoreError::Row("set_aside.edits"))?,
        });
    }
    Ok(found)
}

/// What others wrote of the document and what it builds on was refused: hash, bytes, batch.
pub(crate) fn orphans(
    db: &Connection,
    document: DocumentId,
) -> Result<Vec<(Hash, Vec<u8>, Hash)>, StoreError> {
    let sql = "SELECT hash, bytes, batch FROM set_aside
               WHERE document = ?1 AND code = ?2 AND batch IS NOT NULL ORDER BY position";
    let mut query = db.prepare_cached(sql)?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    Ok(query.query_map((document.0, ORPHAN), read)?.collect::<Result<_, _>>()?)
}

/// How many changes were refused, of one document or in all.
pub(crate) fn count(db: &Connection, document: Option<DocumentId>) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM set_aside WHERE ?1 IS NULL OR document = ?1";
    Ok(db.query_row(sql, [document.map(|id| id.0)], |row| row.get(0))?)
}

/// Why the change was refused, if it was.
pub(crate) fn code(db: &Connection, hash: &Hash) -> Result<Option<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT code FROM set_aside WHERE hash = ?1")?;
    Ok(query.query_row([hash], |row| row.get(0)).optional()?)
}

/// Forgets a refused change.
pub(crate) fn remove(db: &Connection, hash: &Hash) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM set_aside WHERE hash = ?1")?.execute([hash])?;
    Ok(())
}

/// Forgets the refused changes of a document.
pub(crate) fn remove_document(db: &Connection, document: DocumentId) -> Result<(), StoreError> {
    db.execute("DELETE FROM set_aside WHERE document = ?1", [document.0])?;
    Ok(())
}
