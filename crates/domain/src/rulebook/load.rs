//! Reads a rulebook from TOML and refuses a bad one, with the line and the reason.
//!
//! **Invariant:** what comes out of `load` keeps the promises of `Rulebook`; nothing after it checks them again.

mod average;
mod constraints;
mod form;

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use thiserror::Error;
use toml::Spanned;

use super::condition::DEPTH_MAX;
use super::question::{Question, Section};
use super::{
    AverageRule, ClassRule, Constraint, Dimension, EnteredTotal, IncomeLine, Indicator, Legal, ListYears,
    Locked, Procedure, Rulebook, Sourced, Threshold,
};
use crate::classification::{Class, b1_samples, b2_steps, classes_at};
use crate::field::AnswerKey;
use crate::unit::Area;

/// Why a rulebook was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct RulebookError {
    /// The line of the item at fault, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: RulebookFault,
}

/// What is wrong with an item of a rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)]
pub enum RulebookFault {
    #[error("not a rulebook: {0}")]
    Syntax(String),
    #[error("`{0}` is not a key: lower-case letters, digits and _ only")]
    Key(String),
    #[error("`{0}` is there twice")]
    Duplicate(String),
    #[error("there is no question `{0}`")]
    UnknownQuestion(String),
    #[error("option `{option}` can never be chosen: question `{question}` does not have it")]
    UnreachableOption { question: String, option: String },
    #[error("there is no dimension `{0}`")]
    UnknownDimension(String),
    #[error("there is no income line `{0}`")]
    UnknownLine(String),
    #[error("there is no threshold `{0}`")]
    UnknownThreshold(String),
    #[error("threshold `{id}` has no value for the {area} area")]
    MissingArea { id: String, area: &'static str },
    #[error("question `{0}` does not take the answers that the condition asks for")]
    WrongKind(String),
    #[error("nothing lies between the ends of the range")]
    EmptyRange,
    #[error("the list is empty")]
    EmptyList,
    #[error("the condition is about a member and stands outside some_member")]
    NoMember,
    #[error("some_member inside a condition about a member")]
    NestedMember,
    #[error("conditions are nested more than {DEPTH_MAX} deep")]
    TooDeep,
    #[error("points of a deprivation must be greater than zero")]
    NoPoints,
    #[error("no class in the {area} area for B1 {b1} and B2 {b2}")]
    Gap { area: &'static str, b1: i64, b2: i64 },
    #[error("two classes in the {area} area for B1 {b1} and B2 {b2}")]
    Overlap { area: &'static str, b1: i64, b2: i64 },
    #[error("a locked rulebook has no indicators and no classes")]
    ScoresAlthoughLocked,
    #[error("there are no classes, and nothing says why the rulebook is locked")]
    NoClasses,
    #[error("no score makes this class in the {area} area")]
    UnreachableClass { area: &'static str },
    #[error("no photo shows `{0}`")]
    UnknownPhotoKind(String),
    #[error("there is no indicator `{0}`")]
    UnknownIndicator(String),
    #[error("there is no table `{0}`")]
    UnknownTable(String),
    #[error("the table has no column `{0}`")]
    UnknownColumn(String),
    #[error("column `{0}` has no whole number in it")]
    NotWhole(String),
    #[error("`{0}` does not fit: the figure needs it, or has no use for it")]
    Missing(&'static str),
    #[error("the figure is not one of this list")]
    NotOfThisList,
}

pub(super) type Checked = Result<(), RulebookFault>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: Spanned<String>,
    name_vi: String,
    name_en: String,
    list_years: Spanned<ListYears>,
    points_each: Spanned<Sourced>,
    b1: EnteredTotal,
    legal: Vec<Legal>,
    #[serde(default)]
    sections: Vec<Spanned<RawSection>>,
    #[serde(default)]
    dimensions: Vec<Spanned<Dimension>>,
    #[serde(default)]
    indicators: Vec<Spanned<Indicator>>,
    #[serde(default)]
    thresholds: Vec<Spanned<RawThreshold>>,
    income_lines: Vec<Spanned<IncomeLine>>,
    #[serde(default)]
    constraints: Vec<Spanned<Constraint>>,
    average: Option<Spanned<AverageRule>>,
    #[serde(default)]
    classes: Vec<Spanned<ClassRule>>,
    procedure: Procedure,
    locked: Option<Spanned<Locked>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    id: String,
    title_vi: String,
    title_en: String,
    questions: Vec<Spanned<Question>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawThreshold {
    id: String,
    rural: Option<Sourced>,
    urban: Option<Sourced>,
}

/// The text, to tell the line of a span.
pub(super) struct Source<'a>(pub(super) &'a str);

impl Source<'_> {
    /// Reads the text, without looking at what it says.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, RulebookError> {
        toml::from_str(self.0).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            RulebookError { line: self.line(at), fault: RulebookFault::Syntax(error.message().to_owned()) }
        })
    }

    fn line(&self, at: usize) -> usize {
        1 + self.0.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    pub(super) fn at<T>(&self, item: &Spanned<T>, checked: Checked) -> Result<(), RulebookError> {
        checked.map_err(|fault| RulebookError { line: self.line(item.span().start), fault })
    }

    /// Ids are keys, and each is there once among its own.
    pub(super) fn each_once<'a, T: 'a>(
        &self,
        items: impl IntoIterator<Item = &'a Spanned<T>>,
        id: impl Fn(&T) -> &str,
        is_key: fn(&str) -> bool,
    ) -> Result<(), RulebookError> {
        let mut seen = BTreeSet::new();
        for item in items {
            self.at(item, new_key(&mut seen, id(item.get_ref()), is_key))?;
        }
        Ok(())
    }
}

/// Reads and checks the text of a rulebook.
pub(super) fn load(text: &str) -> Result<Rulebook, RulebookError> {
    let source = Source(text);
    let file: File = source.read()?;
    check_lock(&source, &file)?;
    check_ids(&source, &file)?;
    check_items(&source, &file)?;
    form::check(&source, &file)?;
    let classes: Vec<Spanned<ClassRule>> = file.classes.clone();
    let rulebook = assemble(&source, text, file)?;
    check_classes(&source, &rulebook, &classes)?;
    Ok(rulebook)
}

fn assemble(source: &Source<'_>, text: &str, file: File) -> Result<Rulebook, RulebookError> {
    let mut thresholds = Vec::new();
    for item in file.thresholds {
        let complete = complete(item.get_ref());
        source.at(&item, complete.as_ref().map(|_| ()).map_err(Clone::clone))?;
        thresholds.extend(complete);
    }
    Ok(Rulebook {
        id: file.id.into_inner(),
        hash: Sha256::digest(text.as_bytes()).into(),
        name_vi: file.name_vi,
        name_en: file.name_en,
        list_years: file.list_years.into_inner(),
        legal: file.legal,
        b1: file.b1,
        sections: file.sections.into_iter().map(|section| section.into_inner().into()).collect(),
        dimensions: plain(file.dimensions),
        indicators: plain(file.indicators),
        points_each: file.points_each.into_inner(),
        thresholds,
        income_lines: plain(file.income_lines),
        constraints: plain(file.constraints),
        average: file.average.map(Spanned::into_inner),
        classes: plain(file.classes),
        procedure: file.procedure,
        locked: file.locked.map(Spanned::into_inner),
    })
}

fn plain<T>(items: Vec<Spanned<T>>) -> Vec<T> {
    items.into_iter().map(Spanned::into_inner).collect()
}

impl From<RawSection> for Section {
    fn from(raw: RawSection) -> Self {
        Self { id: raw.id, title_vi: raw.title_vi, title_en: raw.title_en, questions: plain(raw.questions) }
    }
}

fn complete(raw: &RawThreshold) -> Result<Threshold, RulebookFault> {
    let missing = |area| RulebookFault::MissingArea { id: raw.id.clone(), area };
    let rural = raw.rural.clone().ok_or_else(|| missing(name(Area::Rural)))?;
    let urban = raw.urban.clone().ok_or_else(|| missing(name(Area::Urban)))?;
    Ok(Threshold { id: raw.id.clone(), rural, urban })
}

fn name(area: Area) -> &'static str {
    match area {
        Area::Rural => "rural",
        Area::Urban => "urban",
    }
}

/// A rulebook that scores nobody has nothing to score with, and any other has classes.
fn check_lock(source: &Source<'_>, file: &File) -> Result<(), RulebookError> {
    match &file.locked {
        Some(locked) => {
            let scores = !file.indicators.is_empty() || !file.classes.is_empty();
            source.at(locked, refuse_if(scores, RulebookFault::ScoresAlthoughLocked))
        }
        None => source.at(&file.id, refuse_if(file.classes.is_empty(), RulebookFault::NoClasses)),
    }
}

fn check_ids(source: &Source<'_>, file: &File) -> Result<(), RulebookError> {
    source.each_once(&file.sections, |section| &section.id, is_key)?;
    source.each_once(&file.dimensions, |dimension| &dimension.id, is_key)?;
    source.each_once(&file.indicators, |indicator| &indicator.id, is_key)?;
    source.each_once(&file.thresholds, |threshold| &threshold.id, is_key)?;
    source.each_once(&file.income_lines, |line| &line.id, is_key)?;
    source.each_once(&file.constraints, |constraint| &constraint.id, is_key)?;
    let questions: Vec<_> = file.sections.iter().flat_map(|section| &section.get_ref().questions).collect();
    source.each_once(questions, |question| &question.id, is_key)
}

fn is_key(id: &str) -> bool {
    id.parse::<AnswerKey>().is_ok_and(|key| key == AnswerKey::household(id))
}

fn new_key(seen: &mut BTreeSet<String>, id: &str, is_key: fn(&str) -> bool) -> Checked {
    if !is_key(id) {
        return Err(RulebookFault::Key(id.to_owned()));
    }
    if seen.insert(id.to_owned()) { Ok(()) } else { Err(RulebookFault::Duplicate(id.to_owned())) }
}

fn check_items(source: &Source<'_>, file: &File) -> Result<(), RulebookError> {
    let years = file.list_years.get_ref();
    source.at(&file.list_years, refuse_if(years.from > years.to, RulebookFault::EmptyRange))?;
    let points = file.points_each.get_ref().value;
    source.at(&file.points_each, refuse_if(points <= 0, RulebookFault::NoPoints))?;
    for indicator in &file.indicators {
        let id = &indicator.get_ref().dimension;
        let known = file.dimensions.iter().any(|dimension| dimension.get_ref().id == *id);
        source.at(indicator, refuse_if(!known, RulebookFault::UnknownDimension(id.clone())))?;
    }
    for class in &file.classes {
        let ClassRule { b1_over, b1_max, b2_min, b2_below, .. } = class.get_ref();
        for id in [b1_over, b1_max, b2_min, b2_below].into_iter().flatten() {
            let known = file.thresholds.iter().any(|threshold| threshold.get_ref().id == *id);
            source.at(class, refuse_if(!known, RulebookFault::UnknownThreshold(id.clone())))?;
        }
    }
    Ok(())
}

pub(super) fn refuse_if(wrong: bool, fault: RulebookFault) -> Checked {
    if wrong { Err(fault) } else { Ok(()) }
}

/// Every pair of scores has exactly one class in each area, and every class has a pair.
fn check_classes(
    source: &Source<'_>,
    rulebook: &Rulebook,
    classes: &[Spanned<ClassRule>],
) -> Result<(), RulebookError> {
    if rulebook.locked.is_some() {
        return Ok(());
    }
    let first = classes.first();
    for area in [Area::Rural, Area::Urban] {
        let reached = reached(rulebook, area).map_err(|fault| {
            let line = first.map_or(1, |item| source.line(item.span().start));
            RulebookError { line, fault }
        })?;
        for item in classes {
            let unreachable = RulebookFault::UnreachableClass { area: name(area) };
            source.at(item, refuse_if(!reached.contains(&item.get_ref().class), unreachable))?;
        }
    }
    let mut seen = BTreeSet::new();
    for item in classes {
        let class = item.get_ref().class;
        source.at(item, refuse_if(!seen.insert(class), RulebookFault::Duplicate(format!("{class:?}"))))?;
    }
    Ok(())
}

fn reached(rulebook: &Rulebook, area: Area) -> Result<BTreeSet<Class>, RulebookFault> {
    let indicators = i64::try_from(rulebook.indicators.len()).unwrap_or(i64::MAX);
    let most = rulebook.points_each.value.saturating_mul(indicators);
    let mut reached = BTreeSet::new();
    for b1 in b1_samples(rulebook, area) {
        for b2 in b2_steps(rulebook, 0..=most) {
            let mut classes = classes_at(rulebook, area, b1, b2);
            let class = classes.next().ok_or(RulebookFault::Gap { area: name(area), b1, b2 })?;
            refuse_if(classes.next().is_some(), RulebookFault::Overlap { area: name(area), b1, b2 })?;
            reached.insert(class);
        }
    }
    Ok(reached)
}

#[cfg(test)]
mod tests;
