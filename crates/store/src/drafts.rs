//! Table `drafts`: what is typed into forms and not saved yet.
//!
//! **Invariant:** a draft is read by the form that wrote it and by nothing else: it is never sent and never counted.

use domain::id::HouseholdId;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::StoreError;

/// A form's draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The household; none for one that does not exist yet.
    pub household: Option<HouseholdId>,
    /// Which of its forms, coded.
    pub form: String,
    /// What was typed, as the form writes it.
    pub content: String,
    /// When, seconds since 1970 by the device's clock.
    pub at: i64,
}

fn key(household: Option<HouseholdId>) -> Vec<u8> {
    household.map(|id| id.0.to_vec()).unwrap_or_default()
}

/// Keeps a draft in place of the form's older one.
pub(crate) fn keep(db: &Connection, draft: &Draft) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO drafts (household, form, content, at) VALUES (?1, ?2, ?3, ?4)";
    db.prepare_cached(sql)?.execute((key(draft.household), &draft.form, &draft.content, draft.at))?;
    Ok(())
}

/// The form's draft.
pub(crate) fn find(
    db: &Connection,
    household: Option<HouseholdId>,
    form: &str,
) -> Result<Option<Draft>, StoreError> {
    let sql = "SELECT household, form, content, at FROM drafts WHERE household = ?1 AND form = ?2";
    Ok(db.prepare_cached(sql)?.query_row((key(household), form), read).optional()?)
}

/// Every draft, the newest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<Draft>, StoreError> {
    let sql = "SELECT household, form, content, at FROM drafts ORDER BY at DESC, household, form";
    let mut query = db.prepare_cached(sql)?;
    Ok(query.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// Drops the form's draft.
pub(crate) fn drop(db: &Connection, household: Option<HouseholdId>, form: &str) -> Result<(), StoreError> {
    db.execute("DELETE FROM drafts WHERE household = ?1 AND form = ?2", (key(household), form))?;
    Ok(())
}

/// Drops every draft of a household.
pub(crate) fn remove_household(db: &Connection, household: HouseholdId) -> Result<(), StoreError> {
    db.execute("DELETE FROM drafts WHERE household = ?1", [household.0])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Draft> {
    let household: Vec<u8> = row.get(0)?;
    let household = <[u8; 16]>::try_from(household).ok().map(HouseholdId::new);
    Ok(Draft { household, form: row.get(1)?, content: row.get(2)?, at: row.get(3)? })
}
