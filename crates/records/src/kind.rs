//! The kinds of documents.
//!
//! **Invariant:** words and numbers of a kind never change; 3 and 4 are kept for meetings and reports.

use std::fmt;
use std::str::FromStr;

use domain::error::Invalid;

/// What a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One household.
    Household,
    /// One unit's programme of one year.
    Programme,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Household, Self::Programme];

    /// The word in the document and in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Programme => "programme",
        }
    }

    /// The number on the wire.
    pub const fn number(self) -> u8 {
        match self {
            Self::Household => 1,
            Self::Programme => 2,
        }
    }

    /// The kind with this number.
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.number() == number)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Kind {
    type Err = Invalid;

    fn from_str(code: &str) -> Result<Self, Invalid> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code).ok_or(Invalid::Option)
    }
}
