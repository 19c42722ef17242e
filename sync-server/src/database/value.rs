//! Values on their way into a database and back.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{DatabaseError, Outcome};
use crate::secret;

/// JSON of a value of ours.
pub fn to_json<T: Serialize>(value: &T) -> Outcome<String> {
    serde_json::to_string(value).map_err(|error| DatabaseError::Failed(error.to_string()))
}

/// A value from JSON that this program wrote.
pub fn of_json<T: DeserializeOwned>(text: &str) -> Outcome<T> {
    serde_json::from_str(text).map_err(|error| DatabaseError::Damaged(error.to_string()))
}

/// A number that a database can hold.
pub fn signed(number: u64) -> Outcome<i64> {
    i64::try_from(number).map_err(|_| DatabaseError::Failed("a number over 63 bits".to_owned()))
}

/// A count from a database.
pub fn unsigned(number: i64) -> Outcome<u64> {
    u64::try_from(number).map_err(|_| DatabaseError::Damaged("a count below zero".to_owned()))
}

/// Randomness for keys and nonces.
pub fn random<const N: usize>() -> Outcome<[u8; N]> {
    secret::random().map_err(|_| DatabaseError::Failed("no randomness".to_owned()))
}
