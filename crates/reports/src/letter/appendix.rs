//! The appendix: one table of six columns on pages across, its head repeated on each.

use domain::citation::Citation;
use domain::date::vietnamese_day_in_words;

use super::fill::Filler;
use super::settings::{Appendix, AppendixRow};
use crate::error::TemplateError;
use crate::ooxml::{Align, Block, Cell, Paragraph, Row, Table, Twips};

/// Sizes, in points.
const TITLE_SIZE: u32 = 14;
const REFERENCE_SIZE: u32 = 13;
const CELL_SIZE: u32 = 12;
const HEAD_SIZE: u32 = 11;
/// Above and below the text of a cell.
const PADDING: Twips = Twips::points(2);
/// Widths of the columns; together the width between the margins of a page across.
const COLUMNS: [Twips; 6] = [
    Twips::tenth_mm(110),
    Twips::tenth_mm(480),
    Twips::tenth_mm(360),
    Twips::tenth_mm(310),
    Twips::tenth_mm(900),
    Twips::tenth_mm(310),
];

/// The blocks of the appendix.
pub(super) fn appendix(
    appendix: &Appendix,
    filler: &Filler<'_>,
    entry: &Citation,
) -> Result<Vec<Block>, TemplateError> {
    let mut blocks = vec![centred(TITLE_SIZE).bold().text("PHỤ LỤC").into()];
    for line in &appendix.title {
        blocks.push(centred(TITLE_SIZE).bold().text(filler.fill(line)?).into());
    }
    let reference = centred(REFERENCE_SIZE).italic().after(Twips::points(12));
    blocks.push(reference.text(reference_line(appendix, entry)).into());

    let named = |name| centred(HEAD_SIZE).bold().before(PADDING).after(PADDING).text(name);
    let head = appendix.columns.iter().map(|name| Cell::new(vec![named(name)]).middle().shaded());
    let mut table = Table::lined(COLUMNS.to_vec()).row(Row::new(head.collect()).header());
    for (at, row) in appendix.row.iter().enumerate() {
        let goes_on = appendix.row.get(at + 1).is_some_and(|next| next.no.is_empty());
        table = table.row(table_row(row, goes_on, filler)?);
    }
    blocks.push(table.into());
    Ok(blocks)
}

/// Filled from the letter's registry entry; a blank stays a blank, and a check is open for it.
fn reference_line(appendix: &Appendix, entry: &Citation) -> String {
    let blank = || "ngày …… tháng …… năm ………".to_owned();
    let day = entry.date.map_or_else(blank, vietnamese_day_in_words);
    format!("(Kèm theo {} {day} của {})", entry.short(), appendix.issuer)
}

fn centred(size: u32) -> Paragraph {
    Paragraph::new(Align::Center, size)
}

fn table_row(row: &AppendixRow, goes_on: bool, filler: &Filler<'_>) -> Result<Row, TemplateError> {
    let number = || Cell::new(vec![centred(CELL_SIZE).before(PADDING).text(&row.no)]);
    if row.heading {
        let number = Cell::new(vec![centred(CELL_SIZE).before(PADDING).bold().text(&row.no)]);
        let heading = row.name.iter().map(|text| Ok(cell_paragraph().bold().text(filler.fill(text)?)));
        let heading = Cell::new(heading.collect::<Result<_, TemplateError>>()?).over(COLUMNS.len() - 1);
        return Ok(Row::new(vec![number.shaded(), heading.shaded()]).whole());
    }
    let number = match (row.no.is_empty(), goes_on) {
        (true, _) => Cell::new(Vec::new()).continues(),
        (false, true) => number().begins(),
        (false, false) => number(),
    };
    let mut cells = vec![number];
    for column in [&row.name, &row.basis, &row.progress, &row.result, &row.note] {
        cells.push(Cell::new(paragraphs(column, filler)?));
    }
    Ok(Row::new(cells).whole())
}

fn paragraphs(texts: &[String], filler: &Filler<'_>) -> Result<Vec<Paragraph>, TemplateError> {
    let mut paragraphs = Vec::new();
    for text in texts {
        let filled = filler.fill(text)?;
        if !filled.is_empty() {
            paragraphs.push(cell_paragraph().text(filled));
        }
    }
    Ok(paragraphs)
}

fn cell_paragraph() -> Paragraph {
    Paragraph::new(Align::Left, CELL_SIZE).before(PADDING).after(PADDING)
}
