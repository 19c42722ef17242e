//! Sync as the officer sees it: what went, what came, what was refused, and the log.

use std::collections::BTreeMap;

use domain::id::DocumentId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FieldEdit;

/// Something that did not go as it should; nothing was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// Words in the catalogue.
    pub code: String,
    /// What the words speak of.
    pub params: BTreeMap<String, String>,
}

/// Answer of `sync.run`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncReport {
    /// Changes sent.
    pub pushed: u32,
    /// Of them: stored by the server now.
    pub stored: u32,
    /// Of them: known to the server before.
    pub already: u32,
    /// Of them: taken as proposals, because the list is closed or the household moved.
    pub proposals: u32,
    /// Of them: refused and set aside.
    pub refused: u32,
    /// Entries received.
    pub pulled: u32,
    /// Pictures that the server took.
    pub photos: u32,
    /// Requests made.
    pub rounds: u32,
    /// The server has everything that waited when the sync began, and the device has everything that the server had.
    pub complete: bool,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

/// A line of the sync log, to be read out on the telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncLine {
    /// Seconds since 1970 by the device's clock.
    pub at: i64,
    /// Words in the catalogue.
    pub code: String,
    /// What the words speak of.
    pub params: BTreeMap<String, String>,
}

/// Answer of `sync.log`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncLog {
    /// Newest first.
    pub lines: Vec<SyncLine>,
}

/// A change that the server refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefusedRow {
    /// Hash of the change, hex.
    pub hash: String,
    /// The document it was for.
    pub document: DocumentId,
    /// What people call the household, if it is one.
    pub name: Option<String>,
    /// Why, coded by the server.
    pub code: String,
    /// When it was refused, seconds since 1970 by the device's clock.
    pub at: i64,
    /// What it would have written.
    pub edits: Vec<FieldEdit>,
}

/// Answer of `refused.list`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefusedList {
    /// Newest first.
    pub rows: Vec<RefusedRow>,
}
