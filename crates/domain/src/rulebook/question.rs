//! What is asked, and which answers a question takes.
//!
//! **Invariant:** question and option ids are keys of documents: once released they are never renamed or retyped.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::condition::Condition;
use super::{Rulebook, Status};
use crate::entry;
use crate::error::Invalid;
use crate::field::AnswerKey;
use crate::id::PhotoId;
use crate::point::Point;
use crate::scalar::Scalar;

/// A page of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Section {
    /// Key.
    pub id: String,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English.
    pub title_en: String,
    /// Its questions, in the order of the form.
    pub questions: Vec<Question>,
}

/// Whom a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The household: one answer.
    Household,
    /// Each member: one answer a person.
    Member,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// The value in documents.
    pub id: String,
    /// Words in Vietnamese.
    pub text_vi: String,
    /// Words in English.
    pub text_en: String,
}

/// Which answers a question takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum QuestionKind {
    /// True or false.
    YesNo,
    /// The id of one option.
    Choice {
        /// What there is to choose from.
        options: Vec<ChoiceOption>,
    },
    /// Each option is a true or false of its own, under `<question>#<option>`.
    Several {
        /// What there is to choose from.
        options: Vec<ChoiceOption>,
    },
    /// A whole number, both ends included.
    Integer {
        /// Least.
        #[ts(type = "number")]
        min: i64,
        /// Greatest.
        #[ts(type = "number")]
        max: i64,
        /// Printed after the number.
        unit: String,
    },
    /// Whole đồng, none or more.
    Money,
    /// `YYYY[-MM[-DD]]`: month and day need not be known.
    Date,
    /// Words.
    Text {
        /// Most letters.
        max: u32,
    },
    /// A point: see [`crate::point`].
    Place,
    /// The id of a photo of the household.
    Photo {
        /// What it shows: one of [`entry::PHOTO_KINDS`].
        shows: String,
    },
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The key in documents.
    pub id: String,
    /// Whom it is about.
    pub level: Level,
    /// Which answers it takes.
    pub kind: QuestionKind,
    /// Words in Vietnamese.
    pub text_vi: String,
    /// Words in English.
    pub text_en: String,
    /// Needed before the household's survey is complete.
    pub required: bool,
    /// Asked only where this holds; always when absent.
    pub applies: Option<Condition>,
    /// How sure the question's wording is.
    pub status: Status,
    /// Where it was read.
    pub source: String,
}

impl Question {
    /// The options of a choice; none for other kinds.
    pub fn options(&self) -> &[ChoiceOption] {
        match &self.kind {
            QuestionKind::Choice { options } | QuestionKind::Several { options } => options,
            _ => &[],
        }
    }

    /// The option with an id.
    pub fn option(&self, id: &str) -> Option<&ChoiceOption> {
        self.options().iter().find(|option| option.id == id)
    }

    fn fits_key(&self, key: &AnswerKey) -> Result<(), Invalid> {
        if (self.level == Level::Member) != key.member.is_some() {
            return Err(Invalid::Field);
        }
        match (&self.kind, &key.option) {
            (QuestionKind::Several { .. }, Some(option)) => {
                self.option(option).map(|_| ()).ok_or(Invalid::Option)
            }
            (QuestionKind::Several { .. }, None) | (_, Some(_)) => Err(Invalid::Field),
            (_, None) => Ok(()),
        }
    }

    fn fits_value(&self, value: &Scalar) -> Result<(), Invalid> {
        match (&self.kind, value) {
            (QuestionKind::YesNo | QuestionKind::Several { .. }, Scalar::Bool(_)) => Ok(()),
            (QuestionKind::Choice { .. }, Scalar::Text(id)) => {
                self.option(id).map(|_| ()).ok_or(Invalid::Option)
            }
            (QuestionKind::Integer { min, max, .. }, Scalar::Int(number)) => {
                if (min..=max).contains(&number) { Ok(()) } else { Err(Invalid::Range) }
            }
            (QuestionKind::Money, Scalar::Int(_)) => entry::money(value).map(|_| ()),
            (QuestionKind::Date, Scalar::Text(_)) => entry::date(value, None).map(|_| ()),
            (QuestionKind::Text { max }, Scalar::Text(text)) => {
                let fits = text.chars().count() <= usize::try_from(*max).unwrap_or(usize::MAX);
                if fits { Ok(()) } else { Err(Invalid::TooLong) }
            }
            (QuestionKind::Place, Scalar::Text(text)) => text.parse::<Point>().map(|_| ()),
            (QuestionKind::Photo { .. }, Scalar::Text(id)) => id.parse::<PhotoId>().map(|_| ()),
            _ => Err(Invalid::Type),
        }
    }
}

/// Checks an answer against its question. Clearing an answer and "asked, not known" are always possible.
pub fn check_answer(rulebook: &Rulebook, key: &AnswerKey, value: &Scalar) -> Result<(), Invalid> {
    let question = rulebook.question(&key.question).ok_or(Invalid::Question)?;
    question.fits_key(key)?;
    if *value == Scalar::Null || value.is_not_known() {
        return Ok(());
    }
    question.fits_value(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::MemberId;

    fn check(key: &str, value: Scalar) -> Result<(), Invalid> {
        let rulebook = Rulebook::shipped_by_id("2016-2021").unwrap();
        check_answer(rulebook, &key.parse().unwrap(), &value)
    }

    #[test]
    fn an_answer_has_the_type_of_its_question() {
        let member = MemberId::new([7; 16]);
        let cases = [
            ("nuoc".to_owned(), Scalar::text("may"), Ok(())),
            ("nuoc".to_owned(), Scalar::text("ao"), Err(Invalid::Option)),
            ("nuoc".to_owned(), Scalar::Bool(true), Err(Invalid::Type)),
            ("dien_tich".to_owned(), Scalar::Int(0), Err(Invalid::Range)),
            ("dien_tich".to_owned(), Scalar::Int(1), Ok(())),
            ("dien_tich".to_owned(), Scalar::Int(10_000), Ok(())),
            ("dien_tich".to_owned(), Scalar::Int(10_001), Err(Invalid::Range)),
            ("dien_tich".to_owned(), Scalar::text("40"), Err(Invalid::Type)),
            ("vien_thong".to_owned(), Scalar::Bool(false), Ok(())),
            ("vien_thong".to_owned(), Scalar::Int(1), Err(Invalid::Type)),
            ("tai_san_tt#tivi".to_owned(), Scalar::Bool(true), Ok(())),
            ("tai_san_tt#xe_may".to_owned(), Scalar::Bool(true), Err(Invalid::Option)),
            ("tai_san_tt".to_owned(), Scalar::text("tivi"), Err(Invalid::Field)),
            (format!("bhyt/{member}"), Scalar::Bool(true), Ok(())),
            ("bhyt".to_owned(), Scalar::Bool(true), Err(Invalid::Field)),
            (format!("nuoc/{member}"), Scalar::text("may"), Err(Invalid::Field)),
            ("nuoc#may".to_owned(), Scalar::Bool(true), Err(Invalid::Field)),
            ("thu_nhap".to_owned(), Scalar::Int(1), Err(Invalid::Question)),
        ];
        for (key, value, expected) in cases {
            assert_eq!(check(&key, value.clone()), expected, "{key} {value:?}");
        }
    }

    #[test]
    fn money_dates_words_points_and_photos_are_checked_by_their_kind() {
        let question =
            |kind| Question { kind, ..Rulebook::shipped()[0].question("dien_tich").unwrap().clone() };
        let (money, date) = (question(QuestionKind::Money), question(QuestionKind::Date));
        let text = question(QuestionKind::Text { max: 5 });
        let (place, photo) =
            (question(QuestionKind::Place), question(QuestionKind::Photo { shows: "house".to_owned() }));
        let cases = [
            (&money, Scalar::Int(0), Ok(())),
            (&money, Scalar::Int(-1), Err(Invalid::Negative)),
            (&money, Scalar::Int(entry::AMOUNT_MAX), Ok(())),
            (&money, Scalar::Int(entry::AMOUNT_MAX + 1), Err(Invalid::Range)),
            (&money, Scalar::text("1000"), Err(Invalid::Type)),
            (&date, Scalar::text("1990"), Ok(())),
            (&date, Scalar::text("1990-02"), Ok(())),
            (&date, Scalar::text("1990-02-28"), Ok(())),
            (&date, Scalar::text("1990-02-30"), Err(Invalid::Date)),
            (&date, Scalar::text("1899"), Err(Invalid::Range)),
            (&date, Scalar::Int(1990), Err(Invalid::Type)),
            (&text, Scalar::text("đường"), Ok(())),
            (&text, Scalar::text("đường."), Err(Invalid::TooLong)),
            (&text, Scalar::Bool(true), Err(Invalid::Type)),
            (&place, Scalar::text("200785000,1058611944,12"), Ok(())),
            (&place, Scalar::text("200785000,1058611944"), Ok(())),
            (&place, Scalar::text("900000001,0"), Err(Invalid::Range)),
            (&place, Scalar::text("20,0785;105,86"), Err(Invalid::Type)),
            (&place, Scalar::Int(200_785_000), Err(Invalid::Type)),
            (&photo, Scalar::text(PhotoId::new([7; 16]).to_string()), Ok(())),
            (&photo, Scalar::text("nha.jpg"), Err(Invalid::Id)),
            (&photo, Scalar::Bool(true), Err(Invalid::Type)),
        ];
        for (question, value, expected) in cases {
            assert_eq!(question.fits_value(&value), expected, "{:?} {value:?}", question.kind);
        }
    }

    #[test]
    fn any_answer_can_be_cleared_or_not_known() {
        for key in ["nuoc", "dien_tich", "vien_thong", "tai_san_tt#tivi"] {
            assert_eq!(check(key, Scalar::Null), Ok(()));
            assert_eq!(check(key, Scalar::text("?")), Ok(()));
        }
        assert_eq!(check("thu_nhap", Scalar::Null), Err(Invalid::Question));
    }
}
