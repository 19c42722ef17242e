//! The kinds of documents.
//!
//! **Invariant:** words and numbers of a kind never change; 4 is kept for reports.

use std::fmt;
use std::str::FromStr;

use domain::error::Invalid;
use domain::field::Field;

/// What a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One household.
    Household,
    /// One unit's programme of one year.
    Programme,
    /// One village's meeting in one review, with all its sessions.
    Meeting,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Household, Self::Programme, Self::Meeting];

    /// The word in the document and in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Programme => "programme",
            Self::Meeting => "meeting",
        }
    }

    /// The number on the wire.
    pub const fn number(self) -> u8 {
        match self {
            Self::Household => 1,
            Self::Programme => 2,
            Self::Meeting => 3,
        }
    }

    /// True if documents of this kind have such a field.
    pub fn holds(self, field: &Field) -> bool {
        match self {
            Self::Household => !field.of_programme() && !field.of_meeting(),
            Self::Programme => field.of_programme(),
            Self::Meeting => field.of_meeting(),
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
