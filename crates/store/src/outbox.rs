//! Table `outbox`: changes that the server has not acknowledged.
//!
//! **Invariant:** a row ends only by the hash of its change: acknowledged, or set aside.

use domain::id::{DocumentId, UnitId};
use records::{Hash, Kind};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::StoreError;

/// A change as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// The change.
    pub hash: Hash,
    /// Its document.
    pub document: DocumentId,
    /// The document's kind.
    pub kind: Kind,
    /// The document's scope.
    pub scope: UnitId,
    /// The chunk.
    pub bytes: Vec<u8>,
    /// The signed batch that it travels in, once there is one.
    pub batch: Option<Hash>,
}

/// How much waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Changes.
    pub changes: u32,
    /// When the oldest was made, by the device's clock.
    pub oldest: Option<i64>,
}

/// The change waits from now on, behind everything that waits already; nothing happens if it waits.
pub(crate) fn add(db: &Connection, hash: &Hash, document: DocumentId, since: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO outbox (hash, document, since) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING";
    db.prepare_cached(sql)?.execute((hash, document.0, since))?;
    Ok(())
}

/// The change no longer waits; says whether it did.
pub(crate) fn end(db: &Connection, hash: &Hash) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("DELETE FROM outbox WHERE hash = ?1")?.execute([hash])? == 1)
}

/// No change of the document waits.
pub(crate) fn end_document(db: &Connection, document: DocumentId) -> Result<(), StoreError> {
    db.execute("DELETE FROM outbox WHERE document = ?1", [document.0])?;
    Ok(())
}

/// When the document's oldest waiting change was made.
pub(crate) fn since(db: &Connection, document: DocumentId) -> Result<Option<i64>, StoreError> {
    Ok(db.query_row("SELECT min(since) FROM outbox WHERE document = ?1", [document.0], |row| row.get(0))?)
}

const COLUMNS: &str = "SELECT c.hash, c.document, d.kind, d.scope, c.bytes, c.batch";

fn unsent(row: &Row<'_>) -> Result<Unsent, StoreError> {
    Ok(Unsent {
        hash: row.get(0)?,
        document: DocumentId(row.get(1)?),
        kind: Kind::of_number(row.get(2)?).ok_or(StoreError::Row("documents.kind"))?,
        scope: UnitId(row.get(3)?),
        bytes: row.get(4)?,
        batch: row.get(5)?,
    })
}

/// The changes that wait, oldest first, at most `bytes` of them but always one.
pub(crate) fn first(db: &Connection, bytes: usize) -> Result<Vec<Unsent>, StoreError> {
    let sql = format!(
        "{COLUMNS} FROM outbox o JOIN changes c ON c.hash = o.hash JOIN documents d ON d.id = o.document
         ORDER BY o.position"
    );
    let mut query = db.prepare_cached(&sql)?;
    let mut rows = query.query([])?;
    let (mut found, mut size) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let unsent = unsent(row)?;
        size += unsent.bytes.len();
        if size > bytes && !found.is_empty() {
            break;
        }
        found.push(unsent);
    }
    Ok(found)
}

/// The changes that wait and travel in no batch yet, oldest first.
pub(crate) fn unsigned(db: &Connection) -> Result<Vec<Unsent>, StoreError> {
    let sql = "FROM outbox o JOIN changes c ON c.hash = o.hash JOIN documents d ON d.id = o.document
               WHERE c.batch IS NULL ORDER BY o.position";
    all(db, sql)
}

/// The changes that travel in a batch, in order of arrival: of documents of which something waits, or of all that are shown
/// besides.
pub(crate) fn travelling(db: &Connection, everything: bool) -> Result<Vec<Unsent>, StoreError> {
    let shown = if everything { "d.departed = 0" } else { "0" };
    let sql = format!(
        "FROM changes c JOIN documents d ON d.id = c.document WHERE c.batch IS NOT NULL
         AND ({shown} OR EXISTS (SELECT 1 FROM outbox o WHERE o.document = d.id)) ORDER BY c.position"
    );
    all(db, &sql)
}

fn all(db: &Connection, from: &str) -> Result<Vec<Unsent>, StoreError> {
    let mut query = db.prepare_cached(&format!("{COLUMNS} {from}"))?;
    let mut rows = query.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(unsent(row)?);
    }
    Ok(found)
}

/// How much waits in all.
pub(crate) fn waiting(db: &Connection) -> Result<Waiting, StoreError> {
    let read = |row: &rusqlite::Row<'_>| Ok(Waiting { changes: row.get(0)?, oldest: row.get(1)? });
    Ok(db.query_row("SELECT count(*), min(since) FROM outbox", [], read)?)
}

/// How many changes of the document wait.
pub(crate) fn waiting_of(db: &Connection, document: DocumentId) -> Result<u32, StoreError> {
    Ok(db.query_row("SELECT count(*) FROM outbox WHERE document = ?1", [document.0], |row| row.get(0))?)
}

/// True if the change waits.
pub(crate) fn has(db: &Connection, hash: &Hash) -> Result<bool, StoreError> {
    let found = db.query_row("SELECT 1 FROM outbox WHERE hash = ?1", [hash], |_| Ok(())).optional()?;
    Ok(found.is_some())
}
