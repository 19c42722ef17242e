//! What is wrong with a table, and where. A table with a single problem is used for nothing.
//!
//! **Invariant:** a table without problems has exactly one point for each answer in each region, and no household's
//! points can leave the range of the B1 total.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{B1Item, B1Kind, B1Table, ShippedB1};
use crate::entry::B1_MAX;
use crate::field::AnswerKey;
use crate::vietnamese::{fold, tidy};

/// Most items of a table, and most answers of an item.
pub const ITEMS_MAX: usize = 100;
/// Greatest points of one answer. The greatest threshold known is 175: more than this is a slip of the keyboard.
pub const POINTS_MAX: i64 = 200;
/// Longest name, label, version or document, in letters.
pub const TEXT_MAX: usize = 300;

/// What can be wrong. The words are in the messages catalogue, under `error_b1_<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum B1Fault {
    /// No item at all, or too many.
    Items,
    /// No answer at all, or too many.
    Answers,
    /// The version or the document is empty or too long.
    Label,
    /// A number, name or answer without words, or with too many.
    Text,
    /// A region that the rulebook does not have.
    UnknownRegion,
    /// A region that the table does not have.
    MissingRegion,
    /// A region, item or answer that is there twice.
    Duplicate,
    /// No point for an answer in a region.
    BlankPoint,
    /// Less than zero, or more than one answer can give.
    PointRange,
    /// The most points that a household can have are more than a form takes.
    TotalRange,
    /// An id that cannot be a key in documents.
    Key,
}

impl B1Fault {
    /// Every fault.
    pub const ALL: [Self; 11] = [
        Self::Items,
        Self::Answers,
        Self::Label,
        Self::Text,
        Self::UnknownRegion,
        Self::MissingRegion,
        Self::Duplicate,
        Self::BlankPoint,
        Self::PointRange,
        Self::TotalRange,
        Self::Key,
    ];

    /// The code under which the words for people are found.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Items => "b1_items",
            Self::Answers => "b1_answers",
            Self::Label => "b1_label",
            Self::Text => "b1_text",
            Self::UnknownRegion => "b1_unknown_region",
            Self::MissingRegion => "b1_missing_region",
            Self::Duplicate => "b1_duplicate",
            Self::BlankPoint => "b1_blank_point",
            Self::PointRange => "b1_point_range",
            Self::TotalRange => "b1_total_range",
            Self::Key => "b1_key",
        }
    }
}

/// A problem and its place: nothing for the table as a whole, an item, an answer of it, and a region.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct B1Problem {
    /// What is wrong.
    pub fault: B1Fault,
    /// Which item, from 0.
    pub item: Option<usize>,
    /// Which answer of it, from 0.
    pub answer: Option<usize>,
    /// Which region.
    pub region: Option<String>,
}

impl B1Problem {
    fn table(fault: B1Fault) -> Self {
        Self { fault, item: None, answer: None, region: None }
    }

    fn of(self, item: usize) -> Self {
        Self { item: Some(item), ..self }
    }

    fn answer(self, answer: usize) -> Self {
        Self { answer: Some(answer), ..self }
    }

    fn region(self, region: &str) -> Self {
        Self { region: Some(region.to_owned()), ..self }
    }
}

impl B1Table {
    /// True if it can be scored with.
    pub fn is_complete(&self) -> bool {
        self.problems().is_empty()
    }

    /// Everything that is wrong, in the order of the table.
    pub fn problems(&self) -> Vec<B1Problem> {
        let mut found = self.label_problems();
        found.extend(self.region_problems());
        if self.items.is_empty() || self.items.len() > ITEMS_MAX {
            found.push(B1Problem::table(B1Fault::Items));
        }
        let mut numbers = BTreeSet::new();
        let mut ids = BTreeSet::new();
        for (at, item) in self.items.iter().enumerate() {
            let new = numbers.insert(fold(&tidy(&item.no))) & ids.insert(&item.id);
            if !new {
                found.push(B1Problem::table(B1Fault::Duplicate).of(at));
            }
            found.extend(item_problems(item, &self.regions).into_iter().map(|problem| problem.of(at)));
        }
        let most = |region: &String| self.items.iter().map(|item| item.most(region)).sum::<i64>();
        let over = self.regions.iter().filter(|region| most(region) > B1_MAX);
        found.extend(over.map(|region| B1Problem::table(B1Fault::TotalRange).region(region)));
        found
    }

    fn label_problems(&self) -> Vec<B1Problem> {
        let fits = [&self.version, &self.legal].into_iter().all(|text| is_text(text));
        if fits { Vec::new() } else { vec![B1Problem::table(B1Fault::Label)] }
    }

    /// The regions are those of the rulebook, if they are known; else the table says which there are.
    fn region_problems(&self) -> Vec<B1Problem> {
        let known = ShippedB1::of(&self.rulebook).map(|shipped| shipped.region_ids()).unwrap_or_default();
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for region in &self.regions {
            let fault = if !seen.insert(region) {
                B1Fault::Duplicate
            } else if !is_region(region) || !(known.is_empty() || known.contains(&region.as_str())) {
                B1Fault::UnknownRegion
            } else {
                continue;
            };
            found.push(B1Problem::table(fault).region(region));
        }
        let missing = known.iter().filter(|region| !self.regions.iter().any(|it| it == **region));
        found.extend(missing.map(|region| B1Problem::table(B1Fault::MissingRegion).region(region)));
        if self.regions.is_empty() && known.is_empty() {
            found.push(B1Problem::table(B1Fault::MissingRegion));
        }
        found
    }
}

impl B1Item {
    /// The most points that a household can have for it.
    fn most(&self, region: &str) -> i64 {
        let points = self.answers.iter().filter_map(|answer| answer.points.get(region).copied());
        match self.kind {
            B1Kind::Single | B1Kind::OneOrNone => points.max().unwrap_or(0),
            B1Kind::Several => points.fold(0, i64::saturating_add),
        }
    }
}

fn item_problems(item: &B1Item, regions: &[String]) -> Vec<B1Problem> {
    let mut found = Vec::new();
    let waived = item.waived_vi.as_deref().is_none_or(is_text);
    if !(is_text(&item.no) && is_text(&item.name_vi) && waived) {
        found.push(B1Problem::table(B1Fault::Text));
    }
    if !is_key(&item.id) {
        found.push(B1Problem::table(B1Fault::Key));
    }
    if item.answers.is_empty() || item.answers.len() > ITEMS_MAX {
        found.push(B1Problem::table(B1Fault::Answers));
    }
    let mut seen = BTreeSet::new();
    for (at, answer) in item.answers.iter().enumerate() {
        let mut problem = |fault| found.push(B1Problem::table(fault).answer(at));
        if !is_text(&answer.label_vi) {
            problem(B1Fault::Text);
        } else if !seen.insert(answer.id.as_str()) {
            problem(B1Fault::Duplicate);
        } else if !is_key(&answer.id) {
            problem(B1Fault::Key);
        }
        for region in regions {
            let fault = match answer.points.get(region) {
                None => B1Fault::BlankPoint,
                Some(points) if !(0..=POINTS_MAX).contains(points) => B1Fault::PointRange,
                Some(_) => continue,
            };
            found.push(B1Problem::table(fault).answer(at).region(region));
        }
        let strange = answer.points.keys().filter(|region| !regions.contains(region));
        found
            .extend(strange.map(|region| B1Problem::table(B1Fault::UnknownRegion).answer(at).region(region)));
    }
    found
}

fn is_text(text: &str) -> bool {
    let tidy = tidy(text);
    (1..=TEXT_MAX).contains(&tidy.chars().count())
}

/// Upper-case letters, digits and _: `NT_DBSH`.
fn is_region(region: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_');
    (1..=40).contains(&region.len()) && region.bytes().all(plain)
}

fn is_key(id: &str) -> bool {
    id.parse::<AnswerKey>().is_ok_and(|key| key == AnswerKey::household(id))
}
