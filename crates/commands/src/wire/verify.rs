//! What the device found when it held everything against itself.

use domain::id::DocumentId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Answer of `app.verify`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Verified {
    /// Nothing is damaged.
    pub sound: bool,
    /// Documents.
    pub documents: u32,
    /// Changes.
    pub changes: u32,
    /// Lists were compared with what the changes make; not where a document cannot be read.
    pub compared: bool,
    /// What is damaged, in the order in which it was found.
    pub damages: Vec<Damage>,
}

/// A damage and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Damage {
    /// What is wrong.
    pub code: DamageCode,
    /// The document, if it is about one.
    pub document: Option<DocumentId>,
    /// The hash that a change is named by.
    pub hash: Option<String>,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DamageCode {
    /// The file is not whole.
    File,
    /// The bytes are no well-formed change, or not the one that the hash names.
    Change,
    /// The changes do not make a document.
    Document,
    /// Lists or search show something else than the changes make.
    List,
}
