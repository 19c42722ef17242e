//! Table `configuration`: what the server owns and this device was given, one version of it.

use domain::configuration::Configuration;
use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// Stores the configuration in place of the one before.
pub(crate) fn write(db: &Connection, configuration: &Configuration) -> Result<(), StoreError> {
    let text = serde_json::to_string(configuration).map_err(|_| StoreError::Row("configuration"))?;
    let version =
        i64::try_from(configuration.version).map_err(|_| StoreError::Row("configuration.version"))?;
    let sql = "INSERT INTO configuration (one, version, text) VALUES (1, ?1, ?2)
               ON CONFLICT (one) DO UPDATE SET version = ?1, text = ?2";
    db.execute(sql, (version, text))?;
    Ok(())
}

/// The configuration, if one has come.
pub(crate) fn read(db: &Connection) -> Result<Option<Configuration>, StoreError> {
    let read = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
    let text = db.query_row("SELECT text FROM configuration", [], read).optional()?;
    let parsed = text.map(|text| serde_json::from_str(&text)).transpose();
    parsed.map_err(|_| StoreError::Row("configuration"))
}
