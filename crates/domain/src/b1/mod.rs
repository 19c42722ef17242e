//! The B1 table: the items of form B1 with their points in each region, as the office supplies it.
//!
//! **Invariant:** a point is what the table says or absent; none is ever made up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::rulebook::Status;

/// How many answers an item takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum B1Kind {
    /// One of them.
    Single,
    /// Any of them; the points add up.
    Several,
}

/// An answer of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct B1Answer {
    /// Key in documents.
    pub id: String,
    /// As on the form.
    pub label_vi: String,
    /// Points by region; a region without a known point is absent.
    #[ts(type = "Record<string, number>")]
    pub points: BTreeMap<String, i64>,
}

/// An item of form B1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct B1Item {
    /// Key in documents: `b1_1`.
    pub id: String,
    /// Number on the form.
    pub no: String,
    /// As on the form.
    pub name_vi: String,
    /// In English, if somebody translated it.
    pub name_en: Option<String>,
    /// How many answers it takes.
    pub kind: B1Kind,
    /// The answers, in the order of the form.
    pub answers: Vec<B1Answer>,
    /// How sure it is.
    pub status: Status,
    /// Where it was read.
    pub source: String,
}

/// A B1 table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct B1Table {
    /// The rulebook that it belongs to.
    pub rulebook: String,
    /// What the office calls this version.
    pub version: String,
    /// The document that it was taken from.
    pub legal: String,
    /// Made up for trying the program; never for real households.
    pub fictitious: bool,
    /// Regions, each a column of points.
    pub regions: Vec<String>,
    /// Items, in the order of the form.
    pub items: Vec<B1Item>,
}
