//! Table `cursors`: how far each scope's log has been read.

use domain::id::UnitId;
use rusqlite::Connection;

use crate::error::StoreError;

/// The scope's log has been read up to this sequence.
pub(crate) fn set(db: &Connection, scope: UnitId, sequence: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO cursors (scope, sequence) VALUES (?1, ?2)
               ON CONFLICT (scope) DO UPDATE SET sequence = ?2";
    db.prepare_cached(sql)?.execute((scope.0, sequence))?;
    Ok(())
}

/// Moves the cursor by one if this sequence is the next of the log.
pub(crate) fn advance(db: &Connection, scope: UnitId, sequence: i64) -> Result<(), StoreError> {
    let sql = "UPDATE cursors SET sequence = ?2 WHERE scope = ?1 AND sequence = ?2 - 1";
    db.prepare_cached(sql)?.execute((scope.0, sequence))?;
    Ok(())
}

/// All cursors.
pub(crate) fn all(db: &Connection) -> Result<Vec<(UnitId, i64)>, StoreError> {
    let mut query = db.prepare_cached("SELECT scope, sequence FROM cursors ORDER BY scope")?;
    let read = |row: &rusqlite::Row<'_>| Ok((UnitId(row.get(0)?), row.get(1)?));
    Ok(query.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// Forgets all cursors.
pub(crate) fn clear(db: &Connection) -> Result<(), StoreError> {
    db.execute("DELETE FROM cursors", [])?;
    Ok(())
}
