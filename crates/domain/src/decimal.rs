//! Exact decimals for shares and indicators: no floating point comes near a printed figure.
//!
//! **Invariant:** two decimals are equal only if they print the same: trailing zeros are never kept.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Invalid;

/// Most digits after the point.
pub const DECIMALS_MAX: u32 = 6;

/// A decimal number; stored as text with a point (`99.9`), printed in Vietnamese with a comma (`99,9`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    digits: i64,
    decimals: u32,
}

impl Decimal {
    /// `digits` × 10^−`decimals`.
    pub fn new(digits: i64, decimals: u32) -> Self {
        let (mut digits, mut decimals) = (digits, decimals);
        while decimals > 0 && digits % 10 == 0 {
            digits /= 10;
            decimals -= 1;
        }
        Self { digits, decimals }
    }

    /// A quotient rounded half up to so many decimals; `None` for a denominator that is not positive.
    pub fn quotient(numerator: i64, denominator: i64, decimals: u32) -> Option<Self> {
        if denominator <= 0 || decimals > DECIMALS_MAX {
            return None;
        }
        let (numerator, denominator) = (i128::from(numerator), i128::from(denominator));
        let scaled = (numerator * 10_i128.pow(decimals) * 2 + denominator).div_euclid(2 * denominator);
        Some(Self::new(i64::try_from(scaled).ok()?, decimals))
    }

    /// The whole part, rounded down.
    pub fn floor(self) -> i64 {
        self.digits.div_euclid(10_i64.pow(self.decimals))
    }

    /// Digits after the point.
    pub fn decimals(self) -> u32 {
        self.decimals
    }

    /// The number rounded half up to so many decimals.
    pub fn rounded(self, decimals: u32) -> Self {
        if decimals >= self.decimals {
            return self;
        }
        let unit = 10_i64.pow(self.decimals - decimals);
        let (below, rest) = (self.digits.div_euclid(unit), self.digits.rem_euclid(unit));
        Self::new(below + i64::from(rest * 2 >= unit), decimals)
    }

    /// The number times one hundred, rounded down.
    pub fn hundredths(self) -> i64 {
        let hundredths = self.scaled().div_euclid(10_i128.pow(DECIMALS_MAX - 2));
        i64::try_from(hundredths).unwrap_or(i64::MAX)
    }

    /// The number when it has no decimals.
    pub fn whole(self) -> Option<i64> {
        (self.decimals == 0).then_some(self.digits)
    }

    /// As Vietnamese print it: `99,9`.
    pub fn vietnamese(self) -> String {
        self.to_string().replace('.', ",")
    }

    fn scaled(self) -> i128 {
        i128::from(self.digits) * 10_i128.pow(DECIMALS_MAX - self.decimals)
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self::new(whole, 0)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.scaled().cmp(&other.scaled())
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.decimals == 0 {
            return write!(f, "{}", self.digits);
        }
        let unit = 10_i64.pow(self.decimals).unsigned_abs();
        let (sign, digits) = (if self.digits < 0 { "-" } else { "" }, self.digits.unsigned_abs());
        write!(f, "{sign}{}.{:0width$}", digits / unit, digits % unit, width = self.decimals as usize)
    }
}

impl FromStr for Decimal {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let decimals = u32::try_from(fraction.len()).map_err(|_| Invalid::Range)?;
        let shaped = !unsigned.is_empty() && plain(unsigned) && plain(fraction) && !text.ends_with('.');
        if !shaped || decimals > DECIMALS_MAX {
            return Err(Invalid::Type);
        }
        let digits = format!("{whole}{fraction}").parse().map_err(|_| Invalid::Range)?;
        Ok(Self::new(digits, decimals))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_nine_of_four_hundred_and_twenty_eight_is_not_what_the_paper_says() {
        assert_eq!(Decimal::quotient(4900, 428, 2).unwrap().vietnamese(), "11,45");
        assert_eq!(Decimal::quotient(122_300, 1588, 2).unwrap().vietnamese(), "77,02");
        assert_eq!(Decimal::quotient(42_800, 428, 2).unwrap().vietnamese(), "100");
        assert_eq!(Decimal::quotient(1, 0, 2), None);
    }

    #[test]
    fn text_and_value_are_one() {
        for text in ["0", "99.9", "-0.5", "100", "3.05"] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
        assert_eq!("99.90".parse::<Decimal>(), "99.9".parse());
        for wrong in ["", ".5", "5.", "9,9", "1e3", "+1", "1.0000001", "99999999999999999999"] {
            assert!(wrong.parse::<Decimal>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn rounding_is_half_up() {
        let rounded = |text: &str, decimals| text.parse::<Decimal>().unwrap().rounded(decimals).to_string();
        assert_eq!(rounded("77.02", 0), "77");
        assert_eq!(rounded("11.45", 1), "11.5");
        assert_eq!(rounded("11.35", 2), "11.35");
        assert_eq!(rounded("-0.5", 0), "0");
    }

    #[test]
    fn order_is_by_value() {
        assert!("99.9".parse::<Decimal>().unwrap() < Decimal::from(100));
        assert!("11.35".parse::<Decimal>().unwrap() < "11.45".parse().unwrap());
        assert_eq!("77.9".parse::<Decimal>().unwrap().floor(), 77);
    }
}
