//! Table `batches`: the signed headers under which changes travel, our own and those of others.

use records::Hash;
use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// Length of a signature in bytes.
pub const SIGNATURE_BYTES: usize = 64;

/// A signed batch header, as sent or received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Hash of header and signature, as the protocol defines it.
    pub id: Hash,
    /// The header's bytes; what was signed.
    pub header: Vec<u8>,
    /// The signature.
    pub signature: [u8; SIGNATURE_BYTES],
}

/// Stores the batch; `own_number` is the number that this device gave it.
pub(crate) fn add(db: &Connection, batch: &Batch, own_number: Option<i64>) -> Result<(), StoreError> {
    let sql = "INSERT INTO batches (id, own_number, header, signature) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (id) DO NOTHING";
    db.prepare_cached(sql)?.execute((batch.id, own_number, &batch.header, batch.signature))?;
    Ok(())
}

/// The batch with this id.
pub(crate) fn find(db: &Connection, id: &Hash) -> Result<Option<Batch>, StoreError> {
    let mut query = db.prepare_cached("SELECT id, header, signature FROM batches WHERE id = ?1")?;
    let read =
        |row: &rusqlite::Row<'_>| Ok(Batch { id: row.get(0)?, header: row.get(1)?, signature: row.get(2)? });
    Ok(query.query_row([id], read).optional()?)
}

/// The number for this device's next batch; numbers grow by one.
pub(crate) fn next_number(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.query_row("SELECT coalesce(max(own_number), 0) + 1 FROM batches", [], |row| row.get(0))?)
}
