//! The people who use the program, and what each may do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{UnitId, UserId};

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
