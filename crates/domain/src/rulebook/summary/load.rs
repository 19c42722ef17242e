//! Reads the tables of a rulebook and refuses bad ones, with the line and the reason.

use serde::Deserialize;
use toml::Spanned;

use super::{Each, Equal, Figure, Line, List, Sum, SummaryColumn, SummaryTable, SummaryTables};
use crate::rulebook::load::{Checked, Source, refuse_if};
use crate::rulebook::question::{Level, QuestionKind};
use crate::rulebook::{Rulebook, RulebookError, RulebookFault, Status};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    labour: Option<Spanned<String>>,
    child_below: i32,
    tables: Vec<Spanned<RawTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    id: String,
    sheet: String,
    title_vi: String,
    title_en: String,
    status: Status,
    source: String,
    lines: Vec<Line>,
    columns: Vec<Spanned<SummaryColumn>>,
    #[serde(default)]
    sums: Vec<Spanned<Sum>>,
    #[serde(default)]
    equal: Vec<Spanned<Equal>>,
}

pub(super) fn load(text: &str, rulebook: &Rulebook) -> Result<SummaryTables, RulebookError> {
    let source = Source(text);
    let file: File = source.read()?;
    if let Some(labour) = &file.labour {
        source.at(labour, asks_members(rulebook, labour.get_ref()))?;
    }
    source.each_once(&file.tables, |table| &table.id, has_key)?;
    for table in &file.tables {
        source.at(table, refuse_if(table.get_ref().lines.is_empty(), RulebookFault::EmptyList))?;
        check_columns(&source, &file, table.get_ref(), rulebook)?;
        check_sums(&source, &file, table.get_ref())?;
    }
    let tables = file.tables.into_iter().map(|table| table.into_inner().into()).collect();
    let labour = file.labour.map(Spanned::into_inner);
    Ok(SummaryTables { labour, child_below: file.child_below, tables })
}

impl From<RawTable> for SummaryTable {
    fn from(raw: RawTable) -> Self {
        Self {
            id: raw.id,
            sheet: raw.sheet,
            title_vi: raw.title_vi,
            title_en: raw.title_en,
            status: raw.status,
            source: raw.source,
            lines: raw.lines,
            columns: raw.columns.into_iter().map(Spanned::into_inner).collect(),
            sums: raw.sums.into_iter().map(Spanned::into_inner).collect(),
            equal: raw.equal.into_iter().map(Spanned::into_inner).collect(),
        }
    }
}

impl RawTable {
    fn column(&self, id: &str) -> Result<&SummaryColumn, RulebookFault> {
        let found = self.columns.iter().map(Spanned::get_ref).find(|column| column.id == id);
        found.ok_or_else(|| RulebookFault::UnknownColumn(id.to_owned()))
    }

    /// A column with a whole number in it.
    fn whole(&self, id: &str) -> Checked {
        refuse_if(!self.column(id)?.is_whole(), RulebookFault::NotWhole(id.to_owned()))
    }
}

fn asks_members(rulebook: &Rulebook, id: &str) -> Checked {
    let question = rulebook.question(id).ok_or_else(|| RulebookFault::UnknownQuestion(id.to_owned()))?;
    let fits = question.level == Level::Member && matches!(question.kind, QuestionKind::YesNo);
    refuse_if(!fits, RulebookFault::WrongKind(id.to_owned()))
}

fn check_columns(
    source: &Source<'_>,
    file: &File,
    table: &RawTable,
    rulebook: &Rulebook,
) -> Result<(), RulebookError> {
    source.each_once(&table.columns, |column| &column.id, has_key)?;
    for item in &table.columns {
        let column = item.get_ref();
        source.at(item, check_list(column))?;
        source.at(item, check_each(column))?;
        source.at(item, check_detail(column, rulebook))?;
        let labour = column.figure == Figure::GroupWithoutLabour && file.labour.is_none();
        source.at(item, refuse_if(labour, RulebookFault::Missing("labour")))?;
        let among = column.percent_of.as_ref().map_or(Ok(()), |id| table.whole(id));
        source.at(item, among)?;
    }
    Ok(())
}

/// A key of letters, digits and _, with parts between slashes; a `*` in it is a repeated column's.
fn has_key(id: &str) -> bool {
    let part = |part: &str| {
        part == "*"
            || part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')) && !part.is_empty()
    };
    id.split('/').all(part)
}

/// A figure about a list names the list, and only one that it can be about.
fn check_list(column: &SummaryColumn) -> Checked {
    let of_a_list = column.figure.is_of_a_list();
    refuse_if(of_a_list && column.list.is_none(), RulebookFault::Missing("list"))?;
    let other = match column.figure {
        Figure::OutNearPoor => column.list == Some(List::NearPoor),
        Figure::OutPoor => column.list == Some(List::Poor),
        _ => !of_a_list && column.list.is_some(),
    };
    refuse_if(other, RulebookFault::NotOfThisList)
}

/// A repeated column says where the thing's id comes, and repeats what its figure is about.
fn check_each(column: &SummaryColumn) -> Checked {
    let stars = column.id.matches('*').count();
    refuse_if(stars != usize::from(column.each.is_some()), RulebookFault::Key(column.id.clone()))?;
    let fits = match column.each {
        None => column.figure != Figure::Ethnicity && column.figure != Figure::Answer,
        Some(Each::Indicators) => matches!(column.figure, Figure::Deprivation | Figure::ChildDeprivation),
        Some(Each::Options) => column.figure == Figure::Answer,
        Some(Each::Ethnicities) => column.figure == Figure::Ethnicity,
    };
    refuse_if(!fits, RulebookFault::Missing("each"))
}

/// What a figure is about is named, once, and is there.
fn check_detail(column: &SummaryColumn, rulebook: &Rulebook) -> Checked {
    let by_indicator = matches!(column.figure, Figure::Deprivation | Figure::ChildDeprivation);
    let named = column.indicator.is_some() || column.each == Some(Each::Indicators);
    refuse_if(by_indicator != named, RulebookFault::Missing("indicator"))?;
    if let Some(id) = &column.indicator {
        let known = rulebook.indicators.iter().any(|indicator| indicator.id == *id);
        refuse_if(!known, RulebookFault::UnknownIndicator(id.clone()))?;
    }
    let by_answer = column.figure == Figure::Answer;
    refuse_if(by_answer != column.question.is_some(), RulebookFault::Missing("question"))?;
    let Some(id) = &column.question else { return Ok(()) };
    let question = rulebook.question(id).ok_or_else(|| RulebookFault::UnknownQuestion(id.clone()))?;
    let options = matches!(question.kind, QuestionKind::Choice { .. } | QuestionKind::Several { .. });
    refuse_if(question.level != Level::Household || !options, RulebookFault::WrongKind(id.clone()))
}

fn check_sums(source: &Source<'_>, file: &File, table: &RawTable) -> Result<(), RulebookError> {
    for item in &table.sums {
        let Sum { column, plus, minus } = item.get_ref();
        let mut parts = std::iter::once(column).chain(plus).chain(minus);
        source.at(item, parts.try_for_each(|id| table.whole(id)))?;
    }
    for item in &table.equal {
        let Equal { column, table: other, other: there } = item.get_ref();
        let found = file.tables.iter().map(Spanned::get_ref).find(|table| table.id == *other);
        let found = found.ok_or_else(|| RulebookFault::UnknownTable(other.clone()));
        source.at(item, table.whole(column).and_then(|()| found?.whole(there)))?;
    }
    Ok(())
}
