//! The server's clock: the one place that reads it. Everything else takes the time as an argument.

use chrono::{DateTime, NaiveDate};
use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds in a day.
pub const DAY: i64 = 24 * 60 * 60;
/// Seconds by which local time in Vietnam is ahead of UTC; the country has one zone and no summer time.
const VIETNAM: i64 = 7 * 60 * 60;

/// Seconds since 1970.
#[allow(clippy::disallowed_methods)]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// The day in Vietnam.
pub fn today(at: i64) -> NaiveDate {
    DateTime::from_timestamp(at + VIETNAM, 0).unwrap_or_default().date_naive()
}

/// A moment as people in Vietnam read it: `22/05/2017 14:05`.
pub fn vietnamese(at: i64) -> String {
    DateTime::from_timestamp(at + VIETNAM, 0)
        .map_or_else(String::new, |moment| moment.format("%d/%m/%Y %H:%M").to_string())
}

#[cfg(test)]
mod tests {
    #[test]
    fn people_read_local_time() {
        assert_eq!(super::vietnamese(1_495_436_700), "22/05/2017 14:05");
    }
}
