//! The forms that values come in: lines of text, dates, ids, numbers, codes.
//!
//! **Invariant:** each function is idempotent, and refuses characters that a document cannot print.

use std::str::FromStr;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::{
    AMOUNT_MAX, CITIZEN_ID_DIGITS, ETHNICITIES, LIST_MAX, NUMBER_MAX, PHONE_MAX, SHA256_DIGITS, TEXT_MAX,
    TIME_MAX, YEAR_MIN,
};
use crate::date::{PartialDate, parse_day};
use crate::decimal::Decimal;
use crate::error::Invalid;
use crate::field::WORD_MAX;
use crate::id::{HouseholdId, MemberId};
use crate::scalar::Scalar;
use crate::vietnamese::tidy;

type Checked = Result<Scalar, Invalid>;

fn as_text(value: &Scalar) -> Result<&str, Invalid> {
    value.as_text().ok_or(Invalid::Type)
}

/// Control characters, direction marks and what Unicode reserves: invisible, or not allowed in an XML document.
fn is_printable(letter: char) -> bool {
    let direction =
        matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let reserved = letter == '\u{feff}' || u32::from(letter) & 0xfffe == 0xfffe;
    !letter.is_control() && !direction && !reserved
}

fn limited(text: String, longest: usize) -> Checked {
    if text.chars().count() > longest {
        return Err(Invalid::TooLong);
    }
    if !text.chars().all(|letter| is_printable(letter) || letter == '\n') {
        return Err(Invalid::Character);
    }
    Ok(if text.is_empty() { Scalar::Null } else { Scalar::Text(text) })
}

/// One line of text, composed and single-spaced.
pub(super) fn line(value: &Scalar, longest: usize) -> Checked {
    limited(tidy(as_text(value)?), longest)
}

/// Text that may have several lines.
pub(super) fn narrative(value: &Scalar) -> Checked {
    let composed: String = as_text(value)?.replace("\r\n", "\n").nfc().collect();
    limited(composed.trim().to_owned(), TEXT_MAX)
}

/// Text that is taken as it is once its outer spaces are gone.
pub(super) fn exact(value: &Scalar, fits: impl Fn(&str) -> Result<(), Invalid>) -> Checked {
    let text = as_text(value)?.trim();
    if text.is_empty() {
        return Ok(Scalar::Null);
    }
    fits(text).map(|()| Scalar::text(text))
}

/// An answer of any kind; its question says which.
pub(super) fn answer(value: &Scalar) -> Checked {
    match value {
        Scalar::Int(_) => number(value, -NUMBER_MAX, NUMBER_MAX),
        Scalar::Text(_) => narrative(value),
        Scalar::Bool(_) | Scalar::Null => Ok(value.clone()),
    }
}

/// Yes or no.
pub(super) fn flag(value: &Scalar) -> Checked {
    value.as_bool().map(Scalar::Bool).ok_or(Invalid::Type)
}

/// A whole number, both ends included.
pub(super) fn number(value: &Scalar, least: i64, greatest: i64) -> Checked {
    let number = value.as_int().ok_or(Invalid::Type)?;
    if (least..=greatest).contains(&number) { Ok(Scalar::Int(number)) } else { Err(Invalid::Range) }
}

/// An amount in đồng.
pub(super) fn amount(value: &Scalar) -> Checked {
    match value.as_int() {
        Some(dong) if dong < 0 => Err(Invalid::Negative),
        _ => number(value, 0, AMOUNT_MAX),
    }
}

/// Seconds since 1970.
pub(super) fn time(value: &Scalar) -> Checked {
    number(value, 0, TIME_MAX)
}

/// One of the codes.
pub(super) fn one_of(value: &Scalar, codes: &[&str]) -> Checked {
    exact(value, |text| if codes.contains(&text) { Ok(()) } else { Err(Invalid::Option) })
}

/// An id.
pub(super) fn id<T: FromStr<Err = Invalid>>(value: &Scalar) -> Checked {
    exact(value, |text| text.parse::<T>().map(|_| ()))
}

/// A key of a registry: lower-case letters, digits and _.
pub(super) fn word(value: &Scalar, unknown: Invalid) -> Checked {
    exact(value, |text| {
        let plain = text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        if plain && text.len() <= WORD_MAX { Ok(()) } else { Err(unknown) }
    })
}

/// Ids or hashes with commas between them and no spaces.
pub(super) fn list(value: &Scalar, fits: impl Fn(&str) -> Result<(), Invalid>) -> Checked {
    exact(value, |text| {
        if text.split(',').count() > LIST_MAX {
            return Err(Invalid::TooLong);
        }
        text.split(',').try_for_each(&fits)
    })
}

/// A hash, 64 lower-case hex digits.
pub(super) fn sha256(text: &str) -> Result<(), Invalid> {
    let hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if hex && text.len() == SHA256_DIGITS { Ok(()) } else { Err(Invalid::Id) }
}

/// Twelve digits; the spaces that people type between them are left out.
pub(super) fn citizen_id(value: &Scalar) -> Checked {
    let digits: String = as_text(value)?.split_whitespace().collect();
    if digits.is_empty() {
        return Ok(Scalar::Null);
    }
    let plain = digits.len() == CITIZEN_ID_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { Ok(Scalar::Text(digits)) } else { Err(Invalid::CitizenId) }
}

/// `tctk1979:NN`.
pub(super) fn ethnicity(value: &Scalar) -> Checked {
    exact(value, |text| {
        let code = text.strip_prefix("tctk1979:").filter(|code| code.len() == 2);
        let plain = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
        let known = plain.and_then(|code| code.parse().ok()).is_some_and(|code| ETHNICITIES.contains(&code));
        if known { Ok(()) } else { Err(Invalid::Ethnicity) }
    })
}

/// A telephone number as people write it.
pub(super) fn phone(value: &Scalar) -> Checked {
    let checked = line(value, PHONE_MAX)?;
    let plain = |letter: char| letter.is_ascii_digit() || " +-.()".contains(letter);
    match checked.as_text() {
        Some(text) if !text.chars().all(plain) => Err(Invalid::Character),
        _ => Ok(checked),
    }
}

/// The member of another household that this one was copied from: `<household>/<member>`.
pub(super) fn origin(value: &Scalar) -> Checked {
    exact(value, |text| {
        let (household, member) = text.split_once('/').ok_or(Invalid::Id)?;
        household.parse::<HouseholdId>()?;
        member.parse::<MemberId>().map(|_| ())
    })
}

/// `YYYY[-MM[-DD]]` of something that has happened: from 1900 to today.
pub(super) fn date(value: &Scalar, today: Option<NaiveDate>) -> Checked {
    exact(value, |text| {
        let date: PartialDate = text.parse()?;
        if today.is_some_and(|today| date.earliest() > today) {
            return Err(Invalid::Date);
        }
        if date.year() < YEAR_MIN { Err(Invalid::Range) } else { Ok(()) }
    })
}

/// The same, known to the day.
pub(super) fn day(value: &Scalar, today: Option<NaiveDate>) -> Checked {
    let checked = date(value, today)?;
    checked.as_text().map_or(Ok(()), |text| parse_day(text).map(|_| ()))?;
    Ok(checked)
}

/// The period of a support: `2017`, `2017-Q1`, `2017-03`.
pub(super) fn period(text: &str) -> Result<(), Invalid> {
    let year = match text.split_once("-Q") {
        Some((year, "1" | "2" | "3" | "4")) if year.len() == 4 => year,
        Some(_) => return Err(Invalid::Date),
        None => text,
    };
    let date: PartialDate = year.parse()?;
    if date.is_day() || date.year() < YEAR_MIN { Err(Invalid::Date) } else { Ok(()) }
}

/// A number of an indicator: whole, or a decimal as text with a point (`99.9`) without trailing zeros.
pub(super) fn figure(value: &Scalar) -> Checked {
    if let Scalar::Int(_) = value {
        return number(value, -NUMBER_MAX, NUMBER_MAX);
    }
    let text = as_text(value)?.trim();
    if text.is_empty() {
        return Ok(Scalar::Null);
    }
    let figure: Decimal = text.parse()?;
    Ok(figure.whole().map_or_else(|| Scalar::text(figure.to_string()), Scalar::Int))
}
