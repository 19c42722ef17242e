//! A unit's programme of a year: the state of its tasks, and indicators that do not come from households.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::DocumentId;
use crate::scalar::Scalar;

/// The programme document of one unit and year, as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Programme {
    /// Derived from the unit and the year.
    pub id: DocumentId,
    /// Tasks by id.
    pub tasks: BTreeMap<String, Task>,
    /// Indicators by id.
    pub indicators: BTreeMap<String, IndicatorEntry>,
}

/// State of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Task {
    /// `not_started`, `in_progress` or `done`.
    pub status: Option<String>,
    /// What came out of it, in words.
    pub result: Option<String>,
}

/// An indicator: a value with its source and date. Who entered it is in the document's history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IndicatorEntry {
    /// A whole number, or a decimal as text with a point: `"99.9"`.
    pub value: Option<Scalar>,
    /// The register or paper that it was read from.
    pub source: Option<String>,
    /// The day it holds for, `YYYY-MM-DD`.
    pub date: Option<String>,
}
