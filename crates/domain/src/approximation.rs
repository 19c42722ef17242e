//! Words of approximation in reports: "gần 1.300", "trên 1.600", "hơn 3 tỷ đồng".
//!
//! A value is brought to the nearest multiple of a step: from below it is *nearly* that multiple, from above it is
//! *more than* it. The word is never typed by a person, so it cannot say the wrong side.
//!
//! **Invariant:** a word is only used within 5 % of the number it stands by: *nearly n* is 0,95 n to n, *more than
//! n* is n to 1,05 n. Where the step is too coarse for that, the exact value is given.

use serde::{Deserialize, Serialize};

/// How far from the named number a value may be, as a part of the number: one twentieth.
pub const TOLERANCE_PART: i64 = 20;

/// The side of the named number that a value is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nearness {
    /// The number itself.
    Exactly,
    /// A little less: gần.
    Nearly,
    /// A little more: trên, hơn.
    MoreThan,
}

/// A number and the side of it that the value is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approximation {
    /// The side.
    pub nearness: Nearness,
    /// The named number.
    pub number: i64,
}

impl Approximation {
    /// The approximation of a value to the nearest multiple of `step`.
    pub fn of(value: i64, step: i64) -> Self {
        let exact = Self { nearness: Nearness::Exactly, number: value };
        if step <= 1 || value <= 0 {
            return exact;
        }
        let below = value - value % step;
        let number = if value % step > step / 2 { below.saturating_add(step) } else { below };
        let nearness = match value.cmp(&number) {
            std::cmp::Ordering::Less => Nearness::Nearly,
            std::cmp::Ordering::Equal => Nearness::Exactly,
            std::cmp::Ordering::Greater => Nearness::MoreThan,
        };
        let found = Self { nearness, number };
        if found.covers(value) { found } else { exact }
    }

    /// Whether the words hold for a value.
    pub fn covers(self, value: i64) -> bool {
        let room = self.number / TOLERANCE_PART;
        match self.nearness {
            Nearness::Exactly => value == self.number,
            Nearness::Nearly => (self.number - room..=self.number).contains(&value),
            Nearness::MoreThan => (self.number..=self.number + room).contains(&value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(value: i64, step: i64) -> (Nearness, i64) {
        let found = Approximation::of(value, step);
        (found.nearness, found.number)
    }

    #[test]
    fn the_words_of_the_report_come_from_the_values() {
        assert_eq!(about(1287, 100), (Nearness::Nearly, 1300));
        assert_eq!(about(1623, 100), (Nearness::MoreThan, 1600));
        assert_eq!(about(97, 100), (Nearness::Nearly, 100));
        assert_eq!(about(1223, 10), (Nearness::MoreThan, 1220));
        assert_eq!(about(3_052_000_000, 1_000_000_000), (Nearness::MoreThan, 3_000_000_000));
        assert_eq!(about(1300, 100), (Nearness::Exactly, 1300));
    }

    #[test]
    fn too_coarse_a_step_gives_the_value_itself() {
        assert_eq!(about(3_400_000_000, 1_000_000_000), (Nearness::Exactly, 3_400_000_000));
        assert_eq!(about(40, 100), (Nearness::Exactly, 40));
        assert_eq!(about(0, 100), (Nearness::Exactly, 0));
    }

    #[test]
    fn the_words_always_hold() {
        for value in 0..5000 {
            for step in [1, 10, 100, 1000] {
                assert!(Approximation::of(value, step).covers(value), "{value} {step}");
            }
        }
    }
}
