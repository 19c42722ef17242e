//! A table from the cells of a sheet.
//!
//! An item begins where its number stands; its further answers follow with the number left blank or written again.
//! A cell that an item has written once is not needed again.

use std::collections::BTreeSet;

use domain::b1::{B1Answer, B1Fault, B1Item, B1Kind, B1Problem, B1Table, ShippedB1, answer_id};
use domain::rulebook::Status;
use domain::vietnamese::{fold, tidy};

use super::cells::{Cell, Cells};
use super::fault::{B1CellFault, B1Refusal};
use super::layout::{
    FICTITIOUS_TITLE, FIRST_ROW, FORMAT, FORMAT_AT, HEAD_ROW, HEADS, KIND, KINDS, LABEL, NAME, NO, REGIONS,
    RULEBOOK_AT, TITLE_AT, WAIVED,
};

/// What the office says of the file that it supplies.
#[derive(Clone, Debug)]
pub struct B1Terms {
    /// The rulebook that it is for.
    pub rulebook: String,
    /// What the office calls this version.
    pub version: String,
    /// The document that it was taken from.
    pub legal: String,
    /// Made up for trying the program.
    pub fictitious: bool,
}

/// Reads a filled-in template.
///
/// # Errors
/// Everything that is wrong with it; nothing of it is used then.
pub fn read_b1(bytes: &[u8], terms: &B1Terms) -> Result<B1Table, B1Refusal> {
    let cells = Cells::open(bytes)?;
    check_head(&cells, terms)?;
    let mut sheet = Sheet::of(&cells);
    sheet.read_columns();
    let items = sheet.read_items(terms);
    let table = B1Table {
        rulebook: terms.rulebook.clone(),
        version: tidy(&terms.version),
        legal: tidy(&terms.legal),
        fictitious: terms.fictitious,
        regions: sheet.columns.iter().map(|(region, _)| region.clone()).collect(),
        items,
    };
    for problem in table.problems() {
        sheet.place(&table, &problem);
    }
    if sheet.faults.is_empty() { Ok(table) } else { Err(sheet.in_order().into()) }
}

/// That it is a template, of the right rulebook, and says of itself what the office says of it.
fn check_head(cells: &Cells, terms: &B1Terms) -> Result<(), B1CellFault> {
    let has = |at, text: &str| cells.text(at).is_some_and(|found| fold(&found) == fold(text));
    let heads = (0_u16..).zip(HEADS).all(|(column, head)| has((HEAD_ROW, column), head));
    if !(heads && has(FORMAT_AT, FORMAT)) {
        return Err(B1CellFault::file("b1_not_a_template", ""));
    }
    if !has(RULEBOOK_AT, &terms.rulebook) {
        return Err(B1CellFault::cell("b1_wrong_rulebook", RULEBOOK_AT, &terms.rulebook));
    }
    if has(TITLE_AT, FICTITIOUS_TITLE) && !terms.fictitious {
        return Err(B1CellFault::cell("b1_fictitious_unsaid", TITLE_AT, ""));
    }
    Ok(())
}

struct Sheet<'a> {
    cells: &'a Cells,
    faults: Vec<B1CellFault>,
    /// Cells that have a fault: what was found first is why the rest follows.
    faulty: BTreeSet<(u32, u16)>,
    /// The row of each item, and those of its answers.
    items: Vec<(u32, Vec<u32>)>,
    /// The column of each region.
    columns: Vec<(String, u16)>,
}

impl<'a> Sheet<'a> {
    fn of(cells: &'a Cells) -> Self {
        Self { cells, faults: Vec::new(), faulty: BTreeSet::new(), items: Vec::new(), columns: Vec::new() }
    }

    fn fault(&mut self, code: &'static str, at: (u32, u16), what: &str) {
        if self.faulty.insert(at) {
            self.faults.push(B1CellFault::cell(code, at, what));
        }
    }

    /// A column that has a point has a region.
    fn read_columns(&mut self) {
        for column in self.cells.columns(HEAD_ROW, REGIONS) {
            match self.cells.text((HEAD_ROW, column)) {
                Some(region) => self.columns.push((region.to_uppercase(), column)),
                None => self.fault(B1Fault::UnknownRegion.code(), (HEAD_ROW, column), ""),
            }
        }
    }

    fn read_items(&mut self, terms: &B1Terms) -> Vec<B1Item> {
        let mut items: Vec<B1Item> = Vec::new();
        for row in self.cells.rows(FIRST_ROW) {
            let no = self.cells.text((row, NO));
            match (items.last_mut(), no) {
                (Some(last), no) if no.as_ref().is_none_or(|no| fold(no) == fold(&last.no)) => {
                    self.check_same(row, last);
                }
                (None, None) => {
                    self.fault("b1_no_item", (row, NO), "");
                    continue;
                }
                (_, no) => {
                    let item = self.item(row, items.len(), no.unwrap_or_default(), terms);
                    items.push(item);
                    self.items.push((row, Vec::new()));
                }
            }
            let answer = self.answer(row);
            if let (Some(item), Some((_, rows))) = (items.last_mut(), self.items.last_mut()) {
                item.answers.push(B1Answer { id: answer_id(&item.name_vi, &answer.label_vi), ..answer });
                rows.push(row);
            }
        }
        translate(&mut items, &terms.rulebook);
        items
    }

    fn item(&mut self, row: u32, at: usize, no: String, terms: &B1Terms) -> B1Item {
        let legal = tidy(&terms.legal);
        B1Item {
            id: B1Item::id_at(at),
            no,
            name_vi: self.cells.text((row, NAME)).unwrap_or_default(),
            name_en: None,
            kind: self.kind(row),
            waived_vi: self.cells.text((row, WAIVED)),
            answers: Vec::new(),
            // The program has read what the office reports of the law, never the law itself.
            status: if terms.fictitious { Status::NotFound } else { Status::Secondary },
            source: if terms.fictitious { FICTITIOUS_TITLE.to_owned() } else { legal },
        }
    }

    fn kind(&mut self, row: u32) -> B1Kind {
        let word = self.cells.text((row, KIND)).unwrap_or_default();
        let known = KINDS.iter().find(|(_, name)| fold(name) == fold(&word));
        if known.is_none() {
            self.fault("b1_kind", (row, KIND), &word);
        }
        known.map_or(B1Kind::Single, |(kind, _)| *kind)
    }

    /// What a further row of an item writes again is what its first row has.
    fn check_same(&mut self, row: u32, item: &B1Item) {
        let kind = KINDS.iter().find(|(kind, _)| *kind == item.kind).map_or("", |(_, name)| *name);
        let waived = item.waived_vi.clone().unwrap_or_default();
        for (column, first) in [(NAME, item.name_vi.as_str()), (KIND, kind), (WAIVED, waived.as_str())] {
            if self.cells.text((row, column)).is_some_and(|again| fold(&again) != fold(first)) {
                self.fault("b1_differs", (row, column), &item.no);
            }
        }
    }

    fn answer(&mut self, row: u32) -> B1Answer {
        let mut points = std::collections::BTreeMap::new();
        for (region, column) in self.columns.clone() {
            match self.cells.get((row, column)) {
                Some(Cell::Whole(number)) => drop(points.insert(region, *number)),
                Some(Cell::Text(_) | Cell::Other) => self.fault("b1_not_a_number", (row, column), &region),
                None => {}
            }
        }
        let label_vi = self.cells.text((row, LABEL)).unwrap_or_default();
        B1Answer { id: String::new(), label_vi, label_en: None, points }
    }

    /// A problem of the table at the cell that it comes from.
    fn place(&mut self, table: &B1Table, problem: &B1Problem) {
        let region = problem.region.clone().unwrap_or_default();
        let column = |region: &str| {
            self.columns.iter().rev().find(|(known, _)| known == region).map(|(_, column)| *column)
        };
        let rows = problem.item.and_then(|item| self.items.get(item));
        let row = rows.map(|(row, answers)| problem.answer.and_then(|at| answers.get(at)).unwrap_or(row));
        let code = problem.fault.code();
        match (row.copied(), column(&region)) {
            (Some(row), Some(column)) => self.fault(code, (row, column), &region),
            (Some(row), None) if problem.answer.is_some() => self.fault(code, (row, LABEL), ""),
            (Some(row), None) => {
                let at = text_column(table, problem);
                self.fault(code, (row, at), "");
            }
            (None, Some(column)) => self.fault(code, (HEAD_ROW, column), &region),
            (None, None) if problem.fault == B1Fault::MissingRegion => {
                self.faults.push(B1CellFault::missing_region(&region));
            }
            (None, None) => self.faults.push(B1CellFault::file(code, "")),
        }
    }

    fn in_order(mut self) -> Vec<B1CellFault> {
        let order = |fault: &B1CellFault| {
            let column = fault.column.clone().unwrap_or_default();
            (fault.row, column.len(), column)
        };
        self.faults.sort_by_key(order);
        self.faults
    }
}

/// The column of an item's text that is at fault.
fn text_column(table: &B1Table, problem: &B1Problem) -> u16 {
    let item = problem.item.and_then(|at| table.items.get(at));
    match item {
        Some(item) if problem.fault == B1Fault::Text && !item.no.is_empty() => {
            if item.name_vi.is_empty() || item.name_vi.chars().count() > domain::b1::TEXT_MAX {
                NAME
            } else {
                WAIVED
            }
        }
        _ => NO,
    }
}

/// The English words of items and answers that the program knows by the same Vietnamese words.
fn translate(items: &mut [B1Item], rulebook: &str) {
    let Some(known) = ShippedB1::of(rulebook) else { return };
    let names: BTreeSet<(String, &str)> = known
        .table
        .items
        .iter()
        .filter_map(|item| Some((fold(&item.name_vi), item.name_en.as_deref()?)))
        .collect();
    let answers = || known.table.items.iter().flat_map(|item| &item.answers);
    for item in items {
        let name = fold(&item.name_vi);
        item.name_en = names.iter().find(|(known, _)| *known == name).map(|(_, en)| (*en).to_owned());
        for answer in &mut item.answers {
            answer.label_en = answers().find(|it| it.id == answer.id).and_then(|it| it.label_en.clone());
        }
    }
}
