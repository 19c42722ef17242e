//! The home screen: how far the survey is, and how far behind the server.

use domain::id::ReviewId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Parameters of `home.summary`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HomeQuery {
    /// The review to count for; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
}

/// Households by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StateCounts {
    /// Chưa rà soát.
    pub not_started: u32,
    /// Đang làm.
    pub in_progress: u32,
    /// Bị trả lại.
    pub returned: u32,
    /// Xong.
    pub done: u32,
    /// Chờ gửi: households with edits that the server has not acknowledged, whatever their state.
    pub waiting: u32,
}

/// How far this device is behind the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncState {
    /// When everything was last in step, seconds since 1970 by the server's clock.
    pub last_success: Option<i64>,
    /// Changes that the server has not acknowledged.
    pub waiting: u32,
    /// When the oldest of them was made, seconds since 1970 by the device's clock.
    pub oldest_unsent: Option<i64>,
    /// Changes that the server refused.
    pub set_aside: u32,
    /// A sync is under way.
    pub running: bool,
    /// Syncs that have ended since the app was started: another number than before means that records may have come.
    pub syncs: u32,
    /// The server can be heard: what others send is here at once.
    pub live: bool,
}

/// Answer of `home.summary`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HomeSummary {
    /// The review that was counted for.
    pub review: Option<ReviewId>,
    /// Households by state.
    pub counts: StateCounts,
    /// The sync pill.
    pub sync: SyncState,
    /// Households with contradicting values.
    pub conflicts: u32,
    /// Last day of the review for the villages, `YYYY-MM-DD`.
    pub deadline: Option<String>,
    /// Days until then by the device's calendar: 0 on the day, below it afterwards.
    #[ts(type = "number | null")]
    pub days_left: Option<i64>,
    /// Whole days since the oldest change that waits was made.
    #[ts(type = "number | null")]
    pub unsent_days: Option<i64>,
    /// Photos that wait to be sent.
    pub photos_waiting: u32,
    /// The version of the app that the town wants, where it is newer than this one. Nothing waits for it.
    pub newer_app: Option<String>,
}
