//! Columns `merged_into` and `shown` of `households`: records of households that were entered twice.
//!
//! **Invariant:** `shown` is what the rows of all households say together: a merged record is shown only where it stays
//! itself. It is settled in the transaction that changed any row.

use std::collections::BTreeSet;

use domain::id::HouseholdId;
use domain::merging::{Merged, keeper};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::StoreError;

/// Every merged record with the one that it names.
pub(crate) fn all(db: &Connection) -> Result<Merged, StoreError> {
    let mut query =
        db.prepare_cached("SELECT id, merged_into FROM households WHERE merged_into IS NOT NULL")?;
    let read = |row: &Row<'_>| Ok((HouseholdId::new(row.get(0)?), HouseholdId::new(row.get(1)?)));
    Ok(query.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// Of the records that merges speak of those that are here and that nobody took out of the lists.
fn listed(db: &Connection, merged: &Merged) -> Result<BTreeSet<HouseholdId>, StoreError> {
    let mut query = db.prepare_cached("SELECT 1 FROM households WHERE id = ?1 AND removed = 0")?;
    let mut found = BTreeSet::new();
    for id in merged.keys().chain(merged.values()) {
        let there: Option<i64> = query.query_row([id.0], |row| row.get(0)).optional()?;
        found.extend(there.map(|_| *id));
    }
    Ok(found)
}

/// Every merged record with the one that stays in its place; itself where it stays.
pub(crate) fn keepers(db: &Connection) -> Result<Merged, StoreError> {
    let merged = all(db)?;
    let listed = listed(db, &merged)?;
    Ok(merged.keys().map(|id| (*id, keeper(&merged, &listed, *id))).collect())
}

/// Shows of the merged records those that stay.
pub(crate) fn settle(db: &Connection) -> Result<(), StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE households SET shown = (conflicts > 0 OR (removed = 0 AND ?2)) WHERE id = ?1
         AND shown <> (conflicts > 0 OR (removed = 0 AND ?2))",
    )?;
    for (id, kept) in keepers(db)? {
        update.execute((id.0, id == kept))?;
    }
    Ok(())
}
