//! Money: whole đồng, and numbers as Vietnamese documents print them.
//!
//! **Invariant:** an amount is an integer; nothing is rounded.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An amount in đồng.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Dong(#[ts(type = "number")] pub i64);

/// The named parts of an amount, greatest first; each but the first has three digits.
const PARTS: [(u64, &str); 4] = [(1_000_000_000, "tỷ"), (1_000_000, "triệu"), (1_000, "nghìn"), (1, "")];

impl Dong {
    /// The amount in words and figures, exact: "129 triệu đồng", "3 tỷ 165 triệu 500 nghìn đồng".
    pub fn words(self) -> String {
        let mut rest = self.0.unsigned_abs();
        if rest == 0 {
            return "0 đồng".to_owned();
        }
        let mut words = Vec::new();
        for (size, name) in PARTS {
            let count = rest / size;
            rest %= size;
            if count > 0 {
                words.push(group_unsigned(count));
                words.extend((!name.is_empty()).then(|| name.to_owned()));
            }
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{} đồng", words.join(" "))
    }

    /// The sum, or nothing where it would not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl fmt::Display for Dong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&group(self.0))
    }
}

impl Add for Dong {
    type Output = Self;

    /// Stops at the greatest amount: entered amounts are limited so that no sum of them comes near it.
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Dong {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Self::add)
    }
}

/// A number with a point after each three digits: 1.223, 129.000.000.
pub fn group(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", group_unsigned(number.unsigned_abs()))
}

fn group_unsigned(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_points() {
        let cases = [
            (0, "0"),
            (7, "7"),
            (999, "999"),
            (1_000, "1.000"),
            (1_223, "1.223"),
            (129_000_000, "129.000.000"),
            (-1_000, "-1.000"),
            (-999, "-999"),
            (i64::MIN, "-9.223.372.036.854.775.808"),
        ];
        for (number, printed) in cases {
            assert_eq!(group(number), printed);
        }
        assert_eq!(Dong(129_000_000).to_string(), "129.000.000");
    }

    #[test]
    fn amounts_have_words() {
        let cases = [
            (0, "0 đồng"),
            (500, "500 đồng"),
            (700_000, "700 nghìn đồng"),
            (129_000_000, "129 triệu đồng"),
            (3_000_000_000, "3 tỷ đồng"),
            (3_165_500_000, "3 tỷ 165 triệu 500 nghìn đồng"),
            (1_000_000_000_000, "1.000 tỷ đồng"),
            (1_001, "1 nghìn 1 đồng"),
            (-2_000_000, "-2 triệu đồng"),
        ];
        for (amount, words) in cases {
            assert_eq!(Dong(amount).words(), words);
        }
    }

    #[test]
    fn amounts_add_up() {
        assert_eq!([Dong(1), Dong(2), Dong(3)].into_iter().sum::<Dong>(), Dong(6));
        assert_eq!(Dong(i64::MAX).checked_add(Dong(1)), None);
    }
}
