//! Population figures of units: the denominators of poverty rates, which are never the surveyed households.
//!
//! **Invariant:** a figure is read as of a day; a later figure never changes an earlier rate.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::decimal::Decimal;
use crate::id::UnitId;

/// How many live in a unit, by some source, on some day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Population {
    /// The unit.
    pub unit: UnitId,
    /// Households.
    #[ts(type = "number")]
    pub households: i64,
    /// People.
    #[ts(type = "number")]
    pub people: i64,
    /// The register or yearbook that it was read from.
    pub source: String,
    /// The day it holds for.
    #[ts(type = "string")]
    pub date: NaiveDate,
}

impl Population {
    /// The newest figure of a unit that is not later than `day`; of two of one day, the one entered last.
    pub fn as_of(figures: &[Self], unit: UnitId, day: NaiveDate) -> Option<&Self> {
        figures
            .iter()
            .filter(|figure| figure.unit == unit && figure.date <= day)
            .max_by_key(|figure| figure.date)
    }

    /// So many households of the unit's, in percent with two decimals; `None` without a positive figure.
    pub fn household_rate(&self, households: i64) -> Option<Decimal> {
        Decimal::quotient(households.checked_mul(100)?, self.households, 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(unit: u8, year: i32, households: i64, source: &str) -> Population {
        let date = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        Population {
            unit: UnitId::new([unit; 16]),
            households,
            people: 4 * households,
            source: source.into(),
            date,
        }
    }

    #[test]
    fn the_newest_figure_that_is_not_later_counts() {
        let figures = [figure(1, 2016, 100, "a"), figure(1, 2017, 120, "b"), figure(1, 2017, 121, "c")];
        let at = |year, month, day| {
            let day = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            Population::as_of(&figures, UnitId::new([1; 16]), day).map(|figure| figure.source.as_str())
        };
        assert_eq!(at(2015, 12, 31), None);
        assert_eq!(at(2016, 12, 31), Some("a"));
        assert_eq!(at(2017, 1, 1), Some("c"));
    }

    #[test]
    fn a_rate_divides_by_the_population() {
        let town = figure(1, 2017, 15_000, "a");
        assert_eq!(town.household_rate(428).unwrap().vietnamese(), "2,85");
        assert_eq!(figure(1, 2017, 0, "a").household_rate(1), None);
    }
}
