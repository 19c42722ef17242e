//! What can go wrong with the database.

use thiserror::Error;

/// A failure of the store. The words for people are in the messages catalogue, by code.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The key does not open the file, or the file is not a database.
    #[error("wrong_key")]
    WrongKey,
    /// A newer version of the program wrote the database.
    #[error("newer_database")]
    NewerDatabase,
    /// A stored change cannot be read, or does not fit its document.
    #[error("damaged_record: {0}")]
    Record(#[from] records::RecordError),
    /// What came from the log builds on something that the log before it did not bring.
    #[error("log_gap")]
    LogGap,
    /// A stored value is not of the type that its column holds.
    #[error("damaged_row: {0}")]
    Row(&'static str),
    /// SQLite failed.
    #[error("storage_failed: {0}")]
    Sql(#[source] rusqlite::Error),
    /// The device's disk has no room for it; nothing was changed.
    #[error("disk_full")]
    Full,
    /// The schema could not be brought up to date.
    #[error("migration_failed: {0}")]
    Migration(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Sql(error),
        }
    }
}

impl StoreError {
    /// What happened, for the log: no names, no answers, no SQL values.
    pub fn reason(&self) -> String {
        self.to_string()
    }
}
