//! The B1 table: the items of form B1 with their points in each region, as the office supplies it.
//!
//! `hash` names a table by its content, `problem` says what is wrong with one, `shipped` is what the program knows
//! of the official tables (not enough of any), `merge` makes questions of the items, `points` counts.
//!
//! **Invariant:** a point is what the table says or absent; none is ever made up.
//! **Invariant:** the id of an answer is made of the words that the officer chose by, so that a corrected table never
//! gives an old answer another meaning: an answer whose words have changed counts as not given.

mod hash;
mod merge;
mod points;
mod problem;
mod shipped;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::rulebook::Status;
pub use hash::answer_id;
pub use merge::SECTION;
pub use points::B1Used;
pub(crate) use points::{Points, points};
pub use problem::{B1Fault, B1Problem, ITEMS_MAX, POINTS_MAX, TEXT_MAX};
pub use shipped::{B1Locked, B1Missing, B1Region, ShippedB1};

/// How many answers an item takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum B1Kind {
    /// Exactly one of them.
    Single,
    /// One of them, or none, which gives no points.
    OneOrNone,
    /// Any of them; the points add up.
    Several,
}

/// An answer of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct B1Answer {
    /// Key in documents: see [`answer_id`].
    pub id: String,
    /// As on the form.
    pub label_vi: String,
    /// In English, if somebody translated it.
    #[serde(default)]
    pub label_en: Option<String>,
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
    /// The households for which the item is not scored, as on the form; chosen like an answer, without points.
    #[serde(default)]
    pub waived_vi: Option<String>,
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

#[cfg(test)]
mod tests;
