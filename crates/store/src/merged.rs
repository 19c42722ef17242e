//! Columns `merged_into` and `shown` of `households`: records of households that were entered twice.
//!
//! **Invariant:** `shown` is what the rows of all households say together: a merged record is not shown, but for the one
//! of a circle that stays. It is settled in the transaction that changed any of them.

use domain::id::HouseholdId;
use domain::merging::{Merged, stays};
use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// Every merged record with the one that it names.
pub(crate) fn all(db: &Connection) -> Result<Merged, StoreError> {
    let mut query =
        db.prepare_cached("SELECT id, merged_into FROM households WHERE merged_into IS NOT NULL")?;
    let read = |row: &rusqlite::Row<'_>| Ok((HouseholdId::new(row.get(0)?), HouseholdId::new(row.get(1)?)));
    Ok(query.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// True if the household's row names another one.
pub(crate) fn is_merged(db: &Connection, id: HouseholdId) -> Result<bool, StoreError> {
    let sql = "SELECT merged_into IS NOT NULL FROM households WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([id.0], |row| row.get(0)).optional()?.unwrap_or(false))
}

/// Shows of the merged records those that stay.
pub(crate) fn settle(db: &Connection) -> Result<(), StoreError> {
    let merged = all(db)?;
    let mut update = db.prepare_cached(
        "UPDATE households SET shown = (conflicts > 0 OR (removed = 0 AND ?2)) WHERE id = ?1
         AND shown <> (conflicts > 0 OR (removed = 0 AND ?2))",
    )?;
    for id in merged.keys() {
        update.execute((id.0, stays(&merged, *id)))?;
    }
    Ok(())
}
