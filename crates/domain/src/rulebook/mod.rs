//! A rulebook: the law of one period as data, each value with its status and its source.
//!
//! `load` reads and checks one, `question` says what is asked and which answers it takes, `condition` is the small
//! language of its rules, `facts` is what the rules may look at, `summary` are the period's yearly tables. A review
//! pins its rulebook by id and hash.
//!
//! **Invariant:** a `Rulebook` refers only to questions, options, dimensions and thresholds that it has, and every
//! pair of scores has exactly one class in each area: `load` refuses anything else.
//! **Invariant:** a locked rulebook has neither indicators nor classes, so it decides about nobody.

pub mod condition;
pub mod facts;
pub mod load;
mod pinned;
pub mod procedure;
pub mod question;
pub mod summary;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::b1::B1Table;
use crate::classification::Class;
use crate::unit::Area;
use condition::Condition;
pub use load::{RulebookError, RulebookFault};
pub use pinned::pinned;
pub use procedure::Procedure;
pub use question::{ChoiceOption, Level, Question, QuestionKind, Section, check_answer};

/// How sure a value of the rulebook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Read in the words of the named source.
    Verified,
    /// Read in a source that reports the law.
    Secondary,
    /// Follows from what was read.
    Inferred,
    /// From memory; to be compared with the original before it decides about real people.
    Recall,
    /// Looked for and not found.
    NotFound,
}

/// A number of the law with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Sourced {
    /// The number.
    #[ts(type = "number")]
    pub value: i64,
    /// How sure it is.
    pub status: Status,
    /// The document and article, or why it is taken to be so.
    pub source: String,
}

/// A document that the rulebook rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Legal {
    /// Number and symbol: "59/2015/QĐ-TTg".
    pub number: String,
    /// What it is about, as cited.
    pub title: String,
    /// The day it was signed, `YYYY-MM-DD`.
    pub date: String,
    /// How sure these facts are.
    pub status: Status,
    /// Where they were read.
    pub source: String,
}

/// The years in which the lists of this rulebook's reviews take effect, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListYears {
    /// The first.
    pub from: i32,
    /// The last.
    pub to: i32,
}

/// The B1 total, entered from the paper form. The official table of items is not part of the rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EnteredTotal {
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// How sure the table behind it is.
    pub status: Status,
    /// What is missing, and where it was looked for.
    pub source: String,
    /// The table of items that the review's B1 points are computed with; without one the total is entered.
    #[serde(default, skip_deserializing)]
    pub table: Option<B1Table>,
    /// The table's hash, computed once.
    #[serde(default, skip_deserializing)]
    pub table_hash: Option<String>,
}

/// A dimension of deprivation (chiều thiếu hụt).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Key.
    pub id: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
}

/// An indicator of deprivation (chỉ số thiếu hụt), derived from answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Key.
    pub id: String,
    /// The dimension it belongs to.
    pub dimension: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// How sure the name is.
    pub name_status: Status,
    /// When a household is deprived, in the words of the law.
    pub rule_vi: String,
    /// The same in English.
    pub rule_en: String,
    /// How sure the rule is.
    pub status: Status,
    /// Where it was read.
    pub source: String,
    /// The rule.
    pub deprived: Condition,
}

/// A score at which a class begins or ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Key.
    pub id: String,
    /// For rural households.
    pub rural: Sourced,
    /// For urban households.
    pub urban: Sourced,
}

impl Threshold {
    /// The value for an area.
    pub fn of(&self, area: Area) -> &Sourced {
        match area {
            Area::Rural => &self.rural,
            Area::Urban => &self.urban,
        }
    }
}

/// An income line in đồng a person and month: what the score thresholds stand for. For reading, not for deciding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct IncomeLine {
    /// Key.
    pub id: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// For rural households.
    pub rural: Sourced,
    /// For urban households.
    pub urban: Sourced,
}

/// Which scores make a class. Each bound names a threshold; a bound that is absent holds for every score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ClassRule {
    /// The class.
    pub class: Class,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// B1 is greater than this.
    pub b1_over: Option<String>,
    /// B1 is this or less.
    pub b1_max: Option<String>,
    /// B2 is this or more.
    pub b2_min: Option<String>,
    /// B2 is less than this.
    pub b2_below: Option<String>,
}

/// Answers that hardly fit together, said beside a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Constraint {
    /// Key.
    pub id: String,
    /// The question that it is said beside; about each member where the question is.
    pub question: String,
    /// Where this holds, the answer is doubted.
    pub when: Condition,
    /// Words in Vietnamese.
    pub text_vi: String,
    /// Words in English.
    pub text_en: String,
    /// How sure the limit is.
    pub status: Status,
    /// Where it comes from.
    pub source: String,
}

/// How the average living standard of households that live on farming, forestry, fishery or salt is determined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AverageRule {
    /// The question whether the household lives on that.
    pub farming: String,
    /// The question for its income of twelve months.
    pub income: String,
    /// The income line that the income has to be over.
    pub over: String,
    /// The income line that it may reach.
    pub at_most: String,
    /// How sure the way of determining is.
    pub status: Status,
    /// Where it was read.
    pub source: String,
}

/// The law of one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Rulebook {
    /// Key: "2016-2021".
    pub id: String,
    /// SHA-256 of the file's bytes.
    #[serde(serialize_with = "as_hex")]
    #[ts(type = "string")]
    pub hash: [u8; 32],
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// Where it applies by default.
    pub list_years: ListYears,
    /// What it rests on.
    pub legal: Vec<Legal>,
    /// The B1 total.
    pub b1: EnteredTotal,
    /// What is asked, in the order of the form.
    pub sections: Vec<Section>,
    /// Dimensions, in the order of the form.
    pub dimensions: Vec<Dimension>,
    /// Indicators, in the order of the form.
    pub indicators: Vec<Indicator>,
    /// B2 points of one deprivation.
    pub points_each: Sourced,
    /// Scores at which classes begin and end.
    pub thresholds: Vec<Threshold>,
    /// Income lines.
    pub income_lines: Vec<IncomeLine>,
    /// What hardly fits together.
    pub constraints: Vec<Constraint>,
    /// The average living standard; absent where the law at hand has none.
    pub average: Option<AverageRule>,
    /// Classes, the poorest first; none in a locked rulebook.
    pub classes: Vec<ClassRule>,
    /// How a review is held.
    pub procedure: Procedure,
    /// Why nobody can be classified with it; absent when everybody can.
    pub locked: Option<Locked>,
}

/// Why a rulebook scores nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// In Vietnamese.
    pub reason_vi: String,
    /// In English.
    pub reason_en: String,
    /// Where was looked.
    pub source: String,
}

fn as_hex<S: serde::Serializer>(hash: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&hex::encode(hash))
}

/// The files of the rulebooks that the program knows, oldest period first.
const FILES: [&str; 3] = [
    include_str!("../../rulebooks/2016-2021/rulebook.toml"),
    include_str!("../../rulebooks/2022-2026/rulebook.toml"),
    include_str!("../../rulebooks/2027-2030/rulebook.toml"),
];

/// A file that does not load is left out; a test holds that none is.
static SHIPPED: LazyLock<Vec<Rulebook>> =
    LazyLock::new(|| FILES.iter().filter_map(|file| Rulebook::load(file).ok()).collect());

impl Rulebook {
    /// Reads and checks the text of a rulebook.
    pub fn load(text: &str) -> Result<Self, RulebookError> {
        load::load(text)
    }

    /// The rulebooks that the program knows.
    pub fn shipped() -> &'static [Self] {
        &SHIPPED
    }

    /// The rulebook with an id.
    pub fn shipped_by_id(id: &str) -> Option<&'static Self> {
        Self::shipped().iter().find(|rulebook| rulebook.id == id)
    }

    /// The rulebook that applies by default to a review whose list takes effect in a year.
    pub fn for_list_year(year: i32) -> Option<&'static Self> {
        let holds = |years: ListYears| (years.from..=years.to).contains(&year);
        Self::shipped().iter().find(|rulebook| holds(rulebook.list_years))
    }

    /// The hash as a review pins it, hex.
    pub fn hash_hex(&self) -> String {
        hex::encode(self.hash)
    }

    /// Every question, in the order of the form.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The question with an id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().find(|question| question.id == id)
    }

    /// The threshold with an id.
    pub fn threshold(&self, id: &str) -> Option<&Threshold> {
        self.thresholds.iter().find(|threshold| threshold.id == id)
    }

    /// The rule of a class.
    pub fn class(&self, class: Class) -> Option<&ClassRule> {
        self.classes.iter().find(|rule| rule.class == class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_loads() {
        for file in FILES {
            Rulebook::load(file).unwrap_or_else(|error| panic!("{error}"));
        }
        assert_eq!(Rulebook::shipped().len(), FILES.len());
    }

    #[test]
    fn a_rulebook_is_found_by_its_id_and_by_the_year_of_the_list() {
        let rulebook = Rulebook::shipped_by_id("2016-2021").unwrap();
        assert_eq!(rulebook.id, "2016-2021");
        assert_eq!(rulebook.hash_hex().len(), 64);
        assert_eq!(Rulebook::for_list_year(2016).map(|found| found.id.as_str()), Some("2016-2021"));
        assert_eq!(Rulebook::for_list_year(2021).map(|found| found.id.as_str()), Some("2016-2021"));
        assert_eq!(Rulebook::for_list_year(2015), None);
        let of = |year| Rulebook::for_list_year(year).map(|found| found.id.as_str());
        assert_eq!([of(2022), of(2026)], [Some("2022-2026"); 2]);
        assert_eq!([of(2027), of(2030)], [Some("2027-2030"); 2]);
        assert_eq!(of(2031), None);
        assert_eq!(Rulebook::shipped_by_id("1990"), None);
    }
}
