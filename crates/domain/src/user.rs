//! The people who use the program, and what each may do.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use crate::id::{EnrolmentId, UnitId, UserId};

/// What a user is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Rà soát viên, trưởng thôn: surveys households in own villages.
    Collector,
    /// Công chức xã: checks a commune's villages and keeps the commune's programme.
    CommuneOfficer,
    /// Phòng LĐTBXH: sets up, watches, resolves, closes, reports.
    Office,
    /// Reads.
    Viewer,
}

/// A user, as the devices that may meet their name know them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct User {
    /// Stable.
    pub id: UserId,
    /// Full name, shown beside what they wrote.
    pub name: String,
    /// What they are for.
    pub role: Role,
    /// The scopes whose documents they read and write, villages and units listed one by one.
    pub scopes: Vec<UnitId>,
}

/// The public half of a device's Ed25519 key, as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, TS)]
#[ts(type = "string")]
pub struct PublicKey(pub [u8; 32]);

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", hex::encode(self.0))
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(self.0))
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut key = [0; 32];
        hex::decode_to_slice(String::deserialize(from)?, &mut key).map_err(serde::de::Error::custom)?;
        Ok(Self(key))
    }
}

/// A person's device, as others know it: what it signed can be told without the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Enrolled {
    /// The person on this device.
    pub id: EnrolmentId,
    /// The person.
    pub user: UserId,
    /// What its signatures are verified with.
    pub key: PublicKey,
    /// What it signs is no longer taken.
    pub revoked: bool,
}
