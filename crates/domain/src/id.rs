//! Identifiers: 16 bytes, written as 32 lower-case hex digits wherever they are text.
//!
//! **Invariant:** an id has exactly one spelling, so equal ids are equal map keys.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Invalid;

/// Length of every identifier in bytes.
pub const ID_BYTES: usize = 16;

fn parse_hex(text: &str) -> Option<[u8; ID_BYTES]> {
    let lower = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !lower || text.len() != 2 * ID_BYTES {
        return None;
    }
    let mut bytes = [0; ID_BYTES];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; ID_BYTES]);

        impl $name {
            /// The id with these bytes.
            pub const fn new(bytes: [u8; ID_BYTES]) -> Self {
                Self(bytes)
            }

            /// The bytes of the id.
            pub const fn bytes(&self) -> &[u8; ID_BYTES] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                parse_hex(text).map(Self).ok_or(Invalid::Id)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl ts_rs::TS for $name {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;
            fn name(_: &ts_rs::Config) -> String {
                "string".to_owned()
            }
            fn inline(_: &ts_rs::Config) -> String {
                "string".to_owned()
            }
        }
    )+};
}

ids! {
    /// A document that is merged: a household, a programme, a meeting.
    DocumentId,
    /// A unit of the administrative tree.
    UnitId,
    /// A person in a household.
    MemberId,
    /// A review (đợt rà soát).
    ReviewId,
    /// A visit of an officer to a household.
    VisitId,
    /// A step of the review procedure.
    StepId,
    /// A comment on a question.
    CommentId,
    /// A person's choice between contradicting values.
    ChoiceId,
    /// A support that a household or member received.
    SupportId,
    /// A photo.
    PhotoId,
    /// A session of a village meeting; a repeated meeting is another one.
    SessionId,
    /// Someone who attends a village meeting.
    PersonId,
    /// A person who uses the program.
    UserId,
    /// One user on one device.
    EnrolmentId,
    /// An installation on a device; kept outside its backups.
    IncarnationId,
    /// The data set of a town's server.
    TownId,
    /// A life of a server's data set: another one after a restore.
    EpochId,
    /// A source of changes inside one document: one app start of one user.
    ActorId,
}

/// A household is a document.
pub type HouseholdId = DocumentId;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        let text = "00112233445566778899aabbccddeeff";
        let id: UnitId = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        for wrong in ["00112233445566778899AABBCCDDEEFF", "0011", "", "g0112233445566778899aabbccddeeff"] {
            assert_eq!(wrong.parse::<UnitId>(), Err(Invalid::Id));
        }
    }
}
