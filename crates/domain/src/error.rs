//! Why a value was not taken. The words for people are in the messages catalogue, by `code`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A value that cannot be taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invalid {
    /// Not 32 lower-case hex digits.
    #[error("invalid_id")]
    Id,
    /// A field path that does not exist.
    #[error("unknown_field")]
    Field,
    /// The value's type is not that of the field.
    #[error("wrong_type")]
    Type,
    /// Longer than the field allows.
    #[error("too_long")]
    TooLong,
    /// Empty where something is needed.
    #[error("empty")]
    Empty,
    /// Characters that cannot be printed, or that the field does not take.
    #[error("invalid_character")]
    Character,
    /// Not a date of the calendar, or one that has not come yet.
    #[error("invalid_date")]
    Date,
    /// A citizen id that is not 12 digits.
    #[error("invalid_citizen_id")]
    CitizenId,
    /// An amount of money below zero.
    #[error("negative_amount")]
    Negative,
    /// A number outside the field's range.
    #[error("out_of_range")]
    Range,
    /// An answer that is not one of the options.
    #[error("unknown_option")]
    Option,
    /// A question that the rulebook does not have.
    #[error("unknown_question")]
    Question,
    /// A policy that the registry does not have.
    #[error("unknown_policy")]
    Policy,
    /// An ethnicity that is not written `tctk1979:NN`.
    #[error("invalid_ethnicity")]
    Ethnicity,
}

impl Invalid {
    /// The code under which the words for people are found.
    pub fn code(self) -> String {
        self.to_string()
    }
}
