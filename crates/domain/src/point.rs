//! A point on the ground as one value: `<latitude>,<longitude>[,<accuracy>]`, in degrees × 10⁷ and metres.
//!
//! **Invariant:** a point reads as it is written, and has one spelling: what is stored compares as text.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::entry::{ACCURACY_MAX, LATITUDE_MAX, LONGITUDE_MAX};
use crate::error::Invalid;

/// A point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Degrees north × 10⁷.
    pub lat: i64,
    /// Degrees east × 10⁷.
    pub lng: i64,
    /// Radius in metres, of a point that a device gave.
    pub accuracy: Option<i64>,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.lat, self.lng)?;
        self.accuracy.map_or(Ok(()), |metres| write!(f, ",{metres}"))
    }
}

impl FromStr for Point {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let parts: Vec<&str> = text.split(',').collect();
        let (lat, lng, accuracy) = match parts.as_slice() {
            [lat, lng] => (lat, lng, None),
            [lat, lng, accuracy] => (lat, lng, Some(whole(accuracy, 0..=ACCURACY_MAX)?)),
            _ => return Err(Invalid::Type),
        };
        let point = Self {
            lat: whole(lat, -LATITUDE_MAX..=LATITUDE_MAX)?,
            lng: whole(lng, -LONGITUDE_MAX..=LONGITUDE_MAX)?,
            accuracy,
        };
        if point.to_string() == text { Ok(point) } else { Err(Invalid::Type) }
    }
}

fn whole(text: &str, range: RangeInclusive<i64>) -> Result<i64, Invalid> {
    let number: i64 = text.parse().map_err(|_| Invalid::Type)?;
    if range.contains(&number) { Ok(number) } else { Err(Invalid::Range) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_has_one_spelling_and_lies_on_the_earth() {
        for text in ["200785000,1058611944,12", "-1,0", "900000000,-1800000000,0"] {
            assert_eq!(text.parse::<Point>().unwrap().to_string(), text);
        }
        for (text, why) in [
            ("", Invalid::Type),
            ("1", Invalid::Type),
            ("1,2,3,4", Invalid::Type),
            ("1, 2", Invalid::Type),
            ("+1,2", Invalid::Type),
            ("01,2", Invalid::Type),
            ("1.5,2", Invalid::Type),
            ("900000001,2", Invalid::Range),
            ("1,1800000001", Invalid::Range),
            ("1,2,-1", Invalid::Range),
            ("1,2,100001", Invalid::Range),
        ] {
            assert_eq!(text.parse::<Point>(), Err(why), "{text}");
        }
    }
}
