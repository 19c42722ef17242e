//! Table `purged`: documents that a person asked to be erased. Their ids are refused for ever.

use domain::id::DocumentId;
use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// The document was purged.
pub(crate) fn add(db: &Connection, document: DocumentId) -> Result<(), StoreError> {
    db.prepare_cached("INSERT INTO purged (id) VALUES (?1) ON CONFLICT DO NOTHING")?.execute([document.0])?;
    Ok(())
}

/// True if the document was purged.
pub(crate) fn has(db: &Connection, document: DocumentId) -> Result<bool, StoreError> {
    let mut query = db.prepare_cached("SELECT 1 FROM purged WHERE id = ?1")?;
    Ok(query.query_row([document.0], |_| Ok(())).optional()?.is_some())
}
