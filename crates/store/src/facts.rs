//! Table `facts`: single values that the device has to remember, by name.

use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// Names of single values. Their text never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The opaque token of the enrolment; a secret.
    Token,
    /// The server's address.
    Server,
    /// The server's public key.
    ServerKey,
    /// What the person called the device.
    DeviceName,
    /// The person on this device.
    Enrolment,
    /// The data set.
    Town,
    /// The life of the server's data set.
    Epoch,
    /// When device and server were last in step, by the server's clock.
    LastSuccess,
    /// The mark of the configuration as it was signed.
    ConfigurationMark,
    /// The version of the app that the town wants.
    AppWanted,
    /// When everything was last compared from the beginning without having come in step since, by the server's clock.
    StartedOver,
}

impl Fact {
    const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Server => "server",
            Self::ServerKey => "server_key",
            Self::DeviceName => "device_name",
            Self::Enrolment => "enrolment",
            Self::Town => "town",
            Self::Epoch => "epoch",
            Self::LastSuccess => "last_success",
            Self::ConfigurationMark => "configuration_mark",
            Self::AppWanted => "app_wanted",
            Self::StartedOver => "started_over",
        }
    }
}

/// Remembers the value in place of the one before.
pub(crate) fn set(db: &Connection, fact: Fact, value: &[u8]) -> Result<(), StoreError> {
    let sql = "INSERT INTO facts (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
    db.prepare_cached(sql)?.execute((fact.name(), value))?;
    Ok(())
}

/// Forgets the value.
pub(crate) fn forget(db: &Connection, fact: Fact) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM facts WHERE name = ?1")?.execute([fact.name()])?;
    Ok(())
}

/// The value, if there is one.
pub(crate) fn get(db: &Connection, fact: Fact) -> Result<Option<Vec<u8>>, StoreError> {
    let mut query = db.prepare_cached("SELECT value FROM facts WHERE name = ?1")?;
    Ok(query.query_row([fact.name()], |row| row.get(0)).optional()?)
}
