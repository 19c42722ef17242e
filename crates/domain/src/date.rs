//! Days of the calendar, dates of which only the year or the month is known, and ages.
//!
//! Rules that depend on an age use `ages_on`, which answers with every age that fits what is known: a year of
//! birth alone leaves two. `age_on` takes the middle of what is known and is for showing to people.
//!
//! **Invariant:** a `PartialDate` is a stretch of real days and has one spelling: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Invalid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

/// A date of which at least the year is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    earliest: NaiveDate,
    precision: Precision,
}

impl PartialDate {
    /// The year, which is always known.
    pub fn year(&self) -> i32 {
        self.earliest.year()
    }

    /// The first day that it can be.
    pub fn earliest(&self) -> NaiveDate {
        self.earliest
    }

    /// The last day that it can be.
    pub fn latest(&self) -> NaiveDate {
        let months = match self.precision {
            Precision::Day => return self.earliest,
            Precision::Month => 1,
            Precision::Year => 12,
        };
        let next = self.earliest.checked_add_months(Months::new(months));
        next.and_then(|day| day.checked_sub_days(Days::new(1))).unwrap_or(self.earliest)
    }

    /// True when the day itself is known.
    pub fn is_day(&self) -> bool {
        self.precision == Precision::Day
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(day: NaiveDate) -> Self {
        Self { earliest: day, precision: Precision::Day }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pattern = match self.precision {
            Precision::Year => "%Y",
            Precision::Month => "%Y-%m",
            Precision::Day => "%Y-%m-%d",
        };
        write!(f, "{}", self.earliest.format(pattern))
    }
}

impl FromStr for PartialDate {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let mut parts = text.split('-');
        let year = digits(parts.next(), 4)?;
        let (month, day) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return Err(Invalid::Date);
        }
        let precision = match (month, day) {
            (None, _) => Precision::Year,
            (Some(_), None) => Precision::Month,
            (Some(_), Some(_)) => Precision::Day,
        };
        let month = month.map_or(Ok(1), |part| digits(Some(part), 2))?;
        let day = day.map_or(Ok(1), |part| digits(Some(part), 2))?;
        let year = i32::try_from(year).map_err(|_| Invalid::Date)?;
        let earliest = NaiveDate::from_ymd_opt(year, month, day).ok_or(Invalid::Date)?;
        Ok(Self { earliest, precision })
    }
}

fn digits(part: Option<&str>, width: usize) -> Result<u32, Invalid> {
    let part = part.ok_or(Invalid::Date)?;
    let plain = part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
    if plain { part.parse().map_err(|_| Invalid::Date) } else { Err(Invalid::Date) }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A whole day, `YYYY-MM-DD`.
pub fn parse_day(text: &str) -> Result<NaiveDate, Invalid> {
    let date: PartialDate = text.parse()?;
    if date.is_day() { Ok(date.earliest) } else { Err(Invalid::Date) }
}

/// Completed years of someone born on a day; negative before the birth. Someone born on 29 February is a year
/// older on 1 March of a year that has no such day.
fn completed_years(born: NaiveDate, on: NaiveDate) -> i32 {
    let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
    on.year() - born.year() - i32::from(before_birthday)
}

/// Completed years for showing to people; the middle of the year or month stands for a day that is not known
/// (1 July, the 15th). The law names no such day, so no rule may use this one.
pub fn age_on(born: &PartialDate, on: NaiveDate) -> i32 {
    let middle = match born.precision {
        Precision::Year => NaiveDate::from_ymd_opt(born.year(), 7, 1),
        Precision::Month => born.earliest.with_day(15),
        Precision::Day => None,
    };
    completed_years(middle.unwrap_or(born.earliest), on)
}

/// Every number of completed years that fits what is known of a birth date.
pub fn ages_on(born: &PartialDate, on: NaiveDate) -> RangeInclusive<i32> {
    completed_years(born.latest(), on)..=completed_years(born.earliest(), on)
}

/// Day, month, year as administrative documents write them: a zero before days under 10 and before January and
/// February only (Nghị định 30/2020/NĐ-CP, Phụ lục I): 10/02/2017, 05/3/2020, 22/5/2017.
pub fn vietnamese_day(day: NaiveDate) -> String {
    format!("{:02}/{}/{}", day.day(), vietnamese_month(day), day.year())
}

/// The same in words: "ngày 10 tháng 02 năm 2017".
pub fn vietnamese_day_in_words(day: NaiveDate) -> String {
    format!("ngày {:02} tháng {} năm {}", day.day(), vietnamese_month(day), day.year())
}

fn vietnamese_month(day: NaiveDate) -> String {
    if day.month() <= 2 { format!("{:02}", day.month()) } else { day.month().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_day(text).unwrap()
    }

    fn partial(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_has_one_spelling() {
        for text in ["1950", "2012-02", "2016-02-29", "0999"] {
            assert_eq!(partial(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_not_in_the_calendar_is_refused() {
        let wrong = [
            "",
            "16",
            "2016-",
            "2016-2",
            "2016-13",
            "2016-00",
            "2017-02-29",
            "2016-02-31",
            "2016-2-5",
            "31/02/2016",
            "2016-02-31-01",
            "+016",
            "２０１６",
            "2016-02-1 ",
            "-2016",
        ];
        for text in wrong {
            assert_eq!(text.parse::<PartialDate>(), Err(Invalid::Date), "{text}");
        }
        assert_eq!(parse_day("2016-02"), Err(Invalid::Date));
    }

    #[test]
    fn a_partial_date_spans_its_days() {
        assert_eq!(
            (partial("2016").earliest(), partial("2016").latest()),
            (day("2016-01-01"), day("2016-12-31"))
        );
        assert_eq!(partial("2016-02").latest(), day("2016-02-29"));
        assert_eq!(partial("9999").latest(), day("9999-12-31"));
        assert_eq!(partial("2016-02-05").latest(), day("2016-02-05"));
    }

    #[test]
    fn a_birthday_counts_on_its_day() {
        let born = partial("2010-10-01");
        assert_eq!(age_on(&born, day("2016-09-30")), 5);
        assert_eq!(age_on(&born, day("2016-10-01")), 6);
        assert_eq!(age_on(&born, day("2010-09-30")), -1);
        assert_eq!(age_on(&partial("2000-02-29"), day("2017-02-28")), 16);
        assert_eq!(age_on(&partial("2000-02-29"), day("2017-03-01")), 17);
    }

    #[test]
    fn a_coarse_birth_date_leaves_every_age_that_fits() {
        assert_eq!(ages_on(&partial("2010"), day("2016-10-01")), 5..=6);
        assert_eq!(ages_on(&partial("2010"), day("2016-12-31")), 6..=6);
        assert_eq!(ages_on(&partial("2010-10"), day("2016-10-01")), 5..=6);
        assert_eq!(ages_on(&partial("2010-09"), day("2016-10-01")), 6..=6);
        assert_eq!(age_on(&partial("2010"), day("2016-06-30")), 5);
        assert_eq!(age_on(&partial("2010"), day("2016-07-01")), 6);
        assert_eq!(age_on(&partial("2010-10"), day("2016-10-14")), 5);
    }

    #[test]
    fn documents_write_days_their_own_way() {
        assert_eq!(vietnamese_day(day("2017-02-10")), "10/02/2017");
        assert_eq!(vietnamese_day(day("2017-05-22")), "22/5/2017");
        assert_eq!(vietnamese_day(day("2020-03-05")), "05/3/2020");
        assert_eq!(vietnamese_day_in_words(day("2017-12-01")), "ngày 01 tháng 12 năm 2017");
    }
}
