//! What crosses the border between the app and its screens: plain structs, the same ones in TypeScript.
//!
//! **Invariant:** the committed TypeScript is generated from these structs; a test fails when it differs.

pub mod app;
pub mod bundle;
pub mod config;
pub mod conflict;
pub mod draft;
pub mod earlier;
pub mod home;
pub mod household;
pub mod meeting;
pub mod merging;
pub mod minutes;
pub mod people;
pub mod photo;
pub mod procedure;
pub mod programme;
pub mod sync;
pub mod verify;

use domain::scalar::Scalar;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// No parameters, or no answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A new value of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FieldEdit {
    /// The field's path: `members/<id>/name`.
    pub field: String,
    /// The value; null clears the field.
    pub value: Scalar,
}
