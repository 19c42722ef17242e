//! Table `sync_log`: what sync did, for the officer to read out on the telephone.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::error::StoreError;

/// Lines that are kept; older ones are dropped.
pub const LOG_LINES_MAX: u32 = 500;

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Seconds since 1970 by the device's clock.
    pub at: i64,
    /// Words in the catalogue.
    pub code: String,
    /// What the words speak of; ids and numbers only.
    pub params: BTreeMap<String, String>,
}

/// Writes a line and drops those over the limit.
pub(crate) fn add(db: &Connection, line: &LogLine) -> Result<(), StoreError> {
    let params = serde_json::to_string(&line.params).map_err(|_| StoreError::Row("sync_log.params"))?;
    db.execute("INSERT INTO sync_log (at, code, params) VALUES (?1, ?2, ?3)", (line.at, &line.code, params))?;
    let sql = "DELETE FROM sync_log WHERE position <= (SELECT max(position) FROM sync_log) - ?1";
    db.execute(sql, [LOG_LINES_MAX])?;
    Ok(())
}

/// All lines, newest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<LogLine>, StoreError> {
    let mut query = db.prepare("SELECT at, code, params FROM sync_log ORDER BY position DESC")?;
    let mut rows = query.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let params: String = row.get(2)?;
        let params = serde_json::from_str(&params).map_err(|_| StoreError::Row("sync_log.params"))?;
        found.push(LogLine { at: row.get(0)?, code: row.get(1)?, params });
    }
    Ok(found)
}
