//! Enrolling, unlocking, locking.

use domain::id::UserId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the app can do at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nobody is enrolled on this device yet.
    Unenrolled,
    /// Someone is enrolled; the PIN is needed.
    Locked,
    /// The database is open.
    Open,
}

/// Answer of `app.status`, `app.enrol`, `app.unlock`, `app.lock`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppStatus {
    /// What can be done now.
    pub phase: Phase,
    /// Whose device this is, once unlocked.
    pub user: Option<UserId>,
    /// The person's name, once unlocked.
    pub user_name: Option<String>,
    /// What the person called the device.
    pub device_name: Option<String>,
    /// Address of the town's server.
    pub server: Option<String>,
    /// Version of the program.
    pub version: String,
}

/// Parameters of `app.enrol`.
#[derive(Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AppEnrol {
    /// Address of the town's server: `https://…`.
    pub server: String,
    /// The one-time code from the office.
    pub code: String,
    /// Six digits or more; never leaves the device.
    pub pin: String,
    /// What the person calls the device.
    pub device_name: String,
}

/// Parameters of `app.unlock`.
#[derive(Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AppUnlock {
    /// The PIN chosen at enrolment.
    pub pin: String,
}
