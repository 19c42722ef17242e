//! The yearly tables of a period as data: their columns under the form's own words, what each column counts, and what
//! has to hold between them. `docs/summary-tables.md` tells how each figure is counted.
//!
//! The tables decide about nobody, so they are a file of their own beside the rulebook and no part of its hash: a
//! corrected heading leaves the reviews that pinned the rulebook as they are.
//!
//! **Invariant:** tables that load name only figures, columns, indicators and questions that are there.

mod load;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Rulebook, RulebookError, Status};

/// The yearly tables of a rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryTables {
    /// The question of members that tells who can work; absent where the form asks nobody.
    pub labour: Option<String>,
    /// Under this age, in full years, one is a child.
    pub child_below: i32,
    /// In the order of the forms.
    pub tables: Vec<SummaryTable>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryTable {
    /// Key: `t2`.
    pub id: String,
    /// The name of its sheet.
    pub sheet: String,
    /// Its title in Vietnamese.
    pub title_vi: String,
    /// Its title in English.
    pub title_en: String,
    /// How sure the form is.
    pub status: Status,
    /// Where it was read.
    pub source: String,
    /// What the lines of each unit count, from the top.
    pub lines: Vec<Line>,
    /// From the left, after the name of the unit.
    pub columns: Vec<SummaryColumn>,
    /// What has to hold within a line.
    pub sums: Vec<Sum>,
    /// Columns that are the same number as one of another table.
    pub equal: Vec<Equal>,
}

/// A column, or as many as there are things that it repeats.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryColumn {
    /// Key in the table: `c2`; of a repeated column with a `*` where the thing's id comes.
    pub id: String,
    /// Heading in Vietnamese; of a repeated column with `{number}` and `{name}` of the thing.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// What is counted.
    pub figure: Figure,
    /// On which list; of figures about a list only, and of all of those.
    pub list: Option<List>,
    /// Counts this whatever the line counts.
    pub count: Option<Line>,
    /// The indicator, of figures about one.
    pub indicator: Option<String>,
    /// The question, of figures about an answer.
    pub question: Option<String>,
    /// One column for each of these.
    pub each: Option<Each>,
    /// Shown in a hundred of the number in this column.
    pub percent_of: Option<String>,
}

/// What a column counts. Movement is counted by the day before the report's first and by its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// All households of the unit: a population figure.
    AllHouseholds,
    /// All people of the unit: a population figure.
    AllPeople,
    /// Nobody says: left to be filled in.
    Unknown,
    /// On the list at the beginning.
    Start,
    /// Of these, whose head is of an ethnic minority.
    StartMinority,
    /// On the list at the end.
    End,
    /// Of these, whose head is of an ethnic minority.
    EndMinority,
    /// From the poor to the near-poor.
    OutNearPoor,
    /// From the near-poor to the poor.
    OutPoor,
    /// Out of both lists by a decision.
    OutEscaped,
    /// Off the list for another reason; people who are no longer with a household that stayed.
    OutOther,
    /// Off the list for a better state: out of both, or from the poor to the near-poor.
    OutBetter,
    /// From the other list.
    InTransfer,
    /// Back on a list after having left both.
    InAgain,
    /// On the list for the first time.
    InNew,
    /// On the list for another reason; people who came to a household that stayed.
    InOther,
    /// Onto the list in any way but back.
    InFresh,
    /// At the end: nobody can work, and not of a minority.
    GroupWithoutLabour,
    /// At the end: with people of merit, and in no group before.
    GroupMerit,
    /// At the end: in no other group.
    GroupOther,
    /// At the end: the head is Kinh.
    Kinh,
    /// At the end: the head is of one ethnic minority.
    Ethnicity,
    /// At the end: nobody wrote down the head's ethnicity.
    EthnicityUnknown,
    /// At the end: deprivations of all households together.
    Deprivations,
    /// At the end: deprived in an indicator.
    Deprivation,
    /// At the end: gave this answer in the review.
    Answer,
    /// At the end: children who live there.
    Children,
    /// At the end: children because of whom the household is deprived in an indicator.
    ChildDeprivation,
}

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// Hộ nghèo.
    Poor,
    /// Hộ cận nghèo.
    NearPoor,
}

/// What is counted in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Hộ.
    Households,
    /// Nhân khẩu.
    People,
}

/// What a column is repeated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// The indicators of the rulebook.
    Indicators,
    /// The options of the column's question.
    Options,
    /// The ethnic minorities that are on a list, by their codes.
    Ethnicities,
}

/// One column is the sum of some less the sum of others. A repeated column stands for all that it makes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// The column.
    pub column: String,
    /// Added.
    pub plus: Vec<String>,
    /// Taken away.
    #[serde(default)]
    pub minus: Vec<String>,
}

/// A column that is the same number as one of another table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equal {
    /// The column.
    pub column: String,
    /// The other table.
    pub table: String,
    /// The column there.
    pub other: String,
}

impl Figure {
    /// Whether it is about one of the lists.
    pub fn is_of_a_list(self) -> bool {
        !matches!(self, Self::AllHouseholds | Self::AllPeople | Self::Unknown)
    }

    /// Whether only the review's rulebook can tell.
    pub fn is_by_rulebook(self) -> bool {
        matches!(self, Self::Deprivations | Self::Deprivation | Self::Answer | Self::ChildDeprivation)
    }
}

impl SummaryColumn {
    /// Whether what stands in it is a whole number.
    pub fn is_whole(&self) -> bool {
        self.percent_of.is_none()
    }
}

/// The files of the tables that the program knows, by the rulebook that they belong to.
const FILES: [(&str, &str); 2] = [
    ("2016-2021", include_str!("../../../rulebooks/2016-2021/tables.toml")),
    ("2022-2026", include_str!("../../../rulebooks/2022-2026/tables.toml")),
];

/// A file that does not load is left out; a test holds that none is.
static SHIPPED: LazyLock<Vec<(&str, SummaryTables)>> = LazyLock::new(|| {
    let load = |(id, text): &(&'static str, &str)| {
        let rulebook = Rulebook::shipped_by_id(id)?;
        Some((*id, SummaryTables::load(text, rulebook).ok()?))
    };
    FILES.iter().filter_map(load).collect()
});

impl SummaryTables {
    /// Reads and checks the text of a file of tables.
    ///
    /// # Errors
    /// The file is not one, or names what is not there: with the line.
    pub fn load(text: &str, rulebook: &Rulebook) -> Result<Self, RulebookError> {
        load::load(text, rulebook)
    }

    /// The tables of a rulebook; none where no form of its period was found.
    pub fn of(rulebook: &str) -> Option<&'static Self> {
        SHIPPED.iter().find(|(id, _)| *id == rulebook).map(|(_, tables)| tables)
    }
}

#[cfg(test)]
mod tests;
