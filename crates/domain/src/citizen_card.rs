//! The citizen card: the text of its QR code, and what its number says of its holder.
//!
//! The text is `number|old number|name|ddmmyyyy|sex|address|ddmmyyyy`, the last one the day of issue; newer cards may
//! have more after it. Digit 4 of the number tells century and sex, digits 5 and 6 the year of birth.
//!
//! **Invariant:** a card that was read has a number, a name and a possible day of birth; what only contradicts itself
//! is a warning, because cards with mistakes exist and the person is there.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use crate::date::PartialDate;
use crate::entry::{ADDRESS_MAX, CITIZEN_ID_DIGITS, NAME_MAX, YEAR_MIN};
use crate::vietnamese::tidy;

/// Longest text that is looked at, in bytes: a QR code holds no more.
pub const TEXT_MAX: usize = 2953;
/// Parts of the text that every card has.
const PARTS: usize = 7;
/// Parts that a text has at least when it is the beginning of a card's.
const PARTS_BEGUN: usize = 2;
/// Digits of the number before the citizen card.
const OLD_ID_DIGITS: [usize; 2] = [9, 12];

/// What a card says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CitizenCard {
    /// 12 digits.
    pub citizen_id: String,
    /// The number of the identity card before it, 9 or 12 digits.
    pub old_id: Option<String>,
    /// Full name.
    pub name: String,
    /// `male` or `female`; null where the card says something else.
    pub sex: Option<String>,
    /// `YYYY-MM-DD`.
    pub born: String,
    /// Place of residence as printed.
    pub address: Option<String>,
    /// `YYYY-MM-DD`.
    pub issued_on: Option<String>,
    /// What does not fit together.
    pub warnings: Vec<IdWarning>,
}

/// What does not fit together between a number and its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IdWarning {
    /// The number is one of the other sex.
    SexDiffers,
    /// The number is one of another century.
    CenturyDiffers,
    /// The number is one of another year of birth.
    YearDiffers,
}

/// Why a text is no card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CardError {
    /// Not the text of a citizen card.
    #[error("not_a_card")]
    NotACard,
    /// A card's text that ends too early.
    #[error("truncated")]
    Truncated,
    /// The number is not 12 digits.
    #[error("number")]
    Number,
    /// The name is empty or not a name.
    #[error("name")]
    Name,
    /// A date that is not in the calendar, before 1900 or in the future.
    #[error("date")]
    Date,
}

/// Reads the text of a card's QR code.
///
/// # Errors
/// `NotACard` for any other text; otherwise the part that is damaged.
pub fn read(text: &str, today: NaiveDate) -> Result<CitizenCard, CardError> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    begins_like_a_card(text, &parts)?;
    let [number, old, name, born, sex, address, issued] =
        parts[..].first_chunk().ok_or(CardError::Truncated)?;
    if !is_number(number) {
        return Err(CardError::Number);
    }
    let born = day(born, today)?;
    let issued_on = if issued.is_empty() { None } else { Some(day(issued, today)?) };
    if issued_on.is_some_and(|issued| issued < born) {
        return Err(CardError::Date);
    }
    let sex = sex_code(sex).map(str::to_owned);
    Ok(CitizenCard {
        warnings: citizen_id_warnings(number, sex.as_deref(), Some(&born.into())),
        citizen_id: (*number).to_owned(),
        old_id: old_number(old)?,
        name: line(name, NAME_MAX).ok_or(CardError::Name)?,
        sex,
        born: born.to_string(),
        address: line(address, ADDRESS_MAX),
        issued_on: issued_on.map(|day| day.to_string()),
    })
}

/// A number and a bar are what every card begins with; a lone number may be one that was cut.
fn begins_like_a_card(text: &str, parts: &[&str]) -> Result<(), CardError> {
    let numeric = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let begins = parts.first().is_some_and(|number| numeric(number));
    if text.len() > TEXT_MAX || !begins || parts.len() < PARTS_BEGUN {
        return Err(CardError::NotACard);
    }
    if parts.len() < PARTS { Err(CardError::Truncated) } else { Ok(()) }
}

fn is_number(text: &str) -> bool {
    text.len() == CITIZEN_ID_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn old_number(text: &str) -> Result<Option<String>, CardError> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    match text {
        "" => Ok(None),
        _ if plain && OLD_ID_DIGITS.contains(&text.len()) => Ok(Some(text.to_owned())),
        _ => Err(CardError::Number),
    }
}

fn line(text: &str, longest: usize) -> Option<String> {
    let line = tidy(text);
    let fits = !line.is_empty() && line.chars().count() <= longest && !line.chars().any(char::is_control);
    fits.then_some(line)
}

/// `ddmmyyyy`, from 1900 to today.
fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, CardError> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CardError::Date);
    }
    let day = NaiveDate::parse_from_str(text, "%d%m%Y").map_err(|_| CardError::Date)?;
    let possible = day.year() >= YEAR_MIN && day <= today;
    if possible { Ok(day) } else { Err(CardError::Date) }
}

fn sex_code(text: &str) -> Option<&'static str> {
    match tidy(text).to_lowercase().as_str() {
        "nam" => Some("male"),
        "nữ" => Some("female"),
        _ => None,
    }
}

/// What a number says of sex and birth that the person's own facts contradict. A number that is not 12 digits says
/// nothing, and neither does a province code that nobody knows.
pub fn citizen_id_warnings(number: &str, sex: Option<&str>, born: Option<&PartialDate>) -> Vec<IdWarning> {
    if !is_number(number) {
        return Vec::new();
    }
    let digit = |at: usize| i32::from(number.as_bytes()[at] - b'0');
    let (told, year) = (digit(3), digit(4) * 10 + digit(5));
    let (century, told_sex) = (1900 + told / 2 * 100, if told % 2 == 0 { "male" } else { "female" });
    let mut warnings = Vec::new();
    if sex.is_some_and(|sex| sex != told_sex) {
        warnings.push(IdWarning::SexDiffers);
    }
    if let Some(born) = born.map(PartialDate::year) {
        if born.div_euclid(100) * 100 != century {
            warnings.push(IdWarning::CenturyDiffers);
        }
        if born.rem_euclid(100) != year {
            warnings.push(IdWarning::YearDiffers);
        }
    }
    warnings
}

#[cfg(test)]
mod tests;
