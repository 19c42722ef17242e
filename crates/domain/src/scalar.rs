//! The values that a document's fields hold.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The text that stands for "asked, not known".
pub const NOT_KNOWN: &str = "?";

/// One value of one field. `Null` is a value that someone cleared; a field that was never written is absent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(untagged)]
#[ts(untagged)]
pub enum Scalar {
    /// Cleared.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number: a count, an amount in đồng, square metres.
    Int(#[ts(type = "number")] i64),
    /// Text, a date `YYYY[-MM[-DD]]`, an id, a code.
    Text(String),
}

impl Scalar {
    /// Text from anything that can become it.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// True for "asked, not known".
    pub fn is_not_known(&self) -> bool {
        matches!(self, Self::Text(text) if text == NOT_KNOWN)
    }

    /// The text, if it is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// Yes or no, if it is that.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(yes) => Some(*yes),
            _ => None,
        }
    }
}
