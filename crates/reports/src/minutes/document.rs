//! The minutes on paper: every copy begins on a page of its own and numbers its pages from 1.

use chrono::NaiveDate;

use super::{Minutes, MinutesFact, MinutesGroup, MinutesSignature};
use crate::error::ReportError;
use crate::form::{issuer, nation, rule};
use crate::ooxml::measure::bold_width;
use crate::ooxml::package::{Package, Properties};
use crate::ooxml::section::{Orientation, Section};
use crate::ooxml::{Align, Block, Cell, Paragraph, Row, Table, Twips};

/// Width of the issuer's column.
const ISSUER_COLUMN: Twips = Twips::tenth_mm(620);
/// Sizes by the form, in points.
const TEXT_SIZE: u32 = 14;
const NUMBER_SIZE: u32 = 13;
const COPY_SIZE: u32 = 12;
const CELL_SIZE: u32 = 12;
const COLUMN_SIZE: u32 = 11;
const RECEIVERS_SIZE: u32 = 12;
const RECEIVER_SIZE: u32 = 11;
/// First line of a paragraph: 1 cm.
const FIRST_LINE: Twips = Twips::tenth_mm(100);
/// Between paragraphs: 6 points.
const GAP: Twips = Twips::points(6);
/// Between the items of a list: 2 points.
const ITEM_GAP: Twips = Twips::points(2);
/// Above and below the text of a cell.
const PADDING: Twips = Twips::points(2);
/// Room for a signature.
const SIGNATURE_ROOM: Twips = Twips::tenth_mm(180);
/// Widths of the table's columns; together the width between the margins.
const COLUMNS: [Twips; 8] = [
    Twips::tenth_mm(90),
    Twips::tenth_mm(350),
    Twips::tenth_mm(265),
    Twips::tenth_mm(265),
    Twips::tenth_mm(140),
    Twips::tenth_mm(150),
    Twips::tenth_mm(130),
    Twips::tenth_mm(210),
];
/// The columns whose texts are numbers or a word, set in the middle.
const CENTRED: [usize; 5] = [0, 4, 5, 6, 7];

/// The minutes as DOCX, all copies in one file: the same words give the same bytes. `day` is the package's only date.
///
/// # Errors
/// The package cannot be written.
pub fn minutes_docx(minutes: &Minutes, day: NaiveDate) -> Result<Vec<u8>, ReportError> {
    let copies: Vec<Option<&str>> = minutes.copies.iter().map(|mark| Some(mark.as_str())).collect();
    let copies = if copies.is_empty() { vec![None] } else { copies };
    let sections = copies.into_iter().map(|mark| copy(minutes, mark)).collect();
    let title = format!("Biên bản – {}", minutes.subject.join(" "));
    let package = Package::new(Properties { title, day }, sections);
    package.write().map_err(|error| ReportError::Docx(error.to_string()))
}

fn copy(minutes: &Minutes, mark: Option<&str>) -> Section {
    let mut section = Section::new(Orientation::Portrait);
    section.extend(
        mark.map(|mark| Paragraph::new(Align::Right, COPY_SIZE).italic().after(GAP).text(mark).into()),
    );
    section.extend(head(minutes));
    section.extend(minutes.facts.iter().flat_map(fact));
    section.extend([heading("Nội dung").into()]);
    section.extend(minutes.content.iter().map(|text| paragraph(text)));
    section.extend(table(minutes));
    section.extend(minutes.results.iter().map(|text| paragraph(text)));
    section.extend([heading("Ý kiến tại cuộc họp").into()]);
    section.extend(minutes.opinions.iter().map(|text| paragraph(text)));
    section.extend(minutes.closing.iter().map(|text| paragraph(text)));
    section.extend(closing(minutes));
    section
}

fn head(minutes: &Minutes) -> Vec<Block> {
    let width = Orientation::Portrait.text_width();
    let nation_column = Twips(width.0 - ISSUER_COLUMN.0);
    let number = Paragraph::new(Align::Center, NUMBER_SIZE).before(GAP).text(&minutes.number);
    let above: Vec<&str> = minutes.above.iter().map(String::as_str).collect();
    let mut left = issuer(ISSUER_COLUMN, &above, &[&minutes.issuer]);
    left.push(number);
    let row = Row::new(vec![Cell::new(left), Cell::new(nation(nation_column))]).whole();
    let centred = || Paragraph::new(Align::Center, TEXT_SIZE).keep_next();
    let mut blocks: Vec<Block> = vec![Table::plain(vec![ISSUER_COLUMN, nation_column]).row(row).into()];
    blocks.push(centred().bold().before(Twips::points(18)).text(&minutes.title).into());
    blocks.extend(minutes.subject.iter().map(|line| centred().bold().text(line).into()));
    let line = minutes.subject.last().map_or(0, |text| bold_width(text, TEXT_SIZE).0 / 2);
    blocks.push(rule(width, Twips(line)).into());
    blocks.extend(minutes.draft.iter().map(|text| centred().italic().text(text).into()));
    blocks.push(Paragraph::new(Align::Left, 6).into());
    blocks
}

fn text_paragraph() -> Paragraph {
    Paragraph::new(Align::Justified, TEXT_SIZE).first_line(FIRST_LINE).after(GAP)
}

fn paragraph(text: &str) -> Block {
    text_paragraph().text(text).into()
}

fn heading(title: &str) -> Paragraph {
    text_paragraph().keep_next().bold().text(format!("{title}:"))
}

fn fact(fact: &MinutesFact) -> Vec<Block> {
    let first = text_paragraph().bold().text(format!("{}: ", fact.label)).regular();
    let mut blocks: Vec<Block> = vec![first.text(format!("{}.", fact.text)).into()];
    let last = fact.items.len().saturating_sub(1);
    for (at, item) in fact.items.iter().enumerate() {
        let end = if at == last { '.' } else { ';' };
        let line = Paragraph::new(Align::Justified, TEXT_SIZE).first_line(FIRST_LINE);
        let line = line.after(if at == last { GAP } else { ITEM_GAP });
        blocks.push(line.text(format!("- {item}{end}")).into());
    }
    blocks
}

fn table(minutes: &Minutes) -> Vec<Block> {
    if minutes.groups.is_empty() {
        return Vec::new();
    }
    let named = |name: &String| {
        Paragraph::new(Align::Center, COLUMN_SIZE).bold().before(PADDING).after(PADDING).text(name)
    };
    let head = minutes.columns.iter().map(|name| Cell::new(vec![named(name)]).middle().shaded());
    let table = Table::lined(COLUMNS.to_vec()).row(Row::new(head.collect()).header());
    let table = minutes.groups.iter().fold(table, group);
    vec![table.into(), Paragraph::new(Align::Left, 6).into()]
}

fn group(table: Table, group: &MinutesGroup) -> Table {
    let title = Paragraph::new(Align::Left, CELL_SIZE).keep_next().before(PADDING).after(PADDING);
    let title = Cell::new(vec![title.bold().italic().text(&group.title)]).over(COLUMNS.len());
    let cell = |(at, text): (usize, &String)| {
        let align = if CENTRED.contains(&at) { Align::Center } else { Align::Left };
        Cell::new(vec![Paragraph::new(align, CELL_SIZE).before(PADDING).after(PADDING).text(text)]).middle()
    };
    let rows = group.rows.iter().map(|row| Row::new(row.iter().enumerate().map(cell).collect()).whole());
    rows.fold(table.row(Row::new(vec![title]).whole()), Table::row)
}

/// Secretary and chair, the households' representatives, the receivers: never split between pages.
fn closing(minutes: &Minutes) -> Vec<Block> {
    let width = Orientation::Portrait.text_width().0;
    let half = vec![Twips(width / 2), Twips(width - width / 2)];
    let signed = minutes.signatures.iter().map(|place| Cell::new(signature(place))).collect();
    let third = vec![Twips(width / 3), Twips(width / 3), Twips(width - 2 * (width / 3))];
    let for_all = &minutes.representatives;
    let names = for_all.names.iter().map(|name| Cell::new(vec![room(name).keep_next()])).collect();
    let mut blocks: Vec<Block> = vec![
        Paragraph::new(Align::Left, RECEIVER_SIZE).keep_next().into(),
        Table::plain(half).row(Row::new(signed).whole()).into(),
        title(&for_all.title).before(Twips::points(12)).into(),
        hint(&for_all.hint).into(),
        Table::plain(third).row(Row::new(names).whole()).into(),
    ];
    blocks.extend(receivers(&minutes.receivers));
    blocks
}

fn title(text: &str) -> Paragraph {
    Paragraph::new(Align::Center, TEXT_SIZE).keep_next().bold().text(text)
}

fn hint(text: &str) -> Paragraph {
    Paragraph::new(Align::Center, CELL_SIZE).keep_next().italic().text(text)
}

/// A name under room to sign.
fn room(name: &str) -> Paragraph {
    Paragraph::new(Align::Center, TEXT_SIZE).bold().before(SIGNATURE_ROOM).text(name)
}

fn signature(place: &MinutesSignature) -> Vec<Paragraph> {
    vec![title(&place.title), hint(&place.hint), room(&place.name).keep_next()]
}

fn receivers(receivers: &[String]) -> Vec<Block> {
    let head =
        Paragraph::new(Align::Left, RECEIVERS_SIZE).keep_next().before(Twips::points(12)).bold().italic();
    let mut blocks: Vec<Block> = vec![head.text("Nơi nhận:").into()];
    let last = receivers.len().saturating_sub(1);
    for (at, receiver) in receivers.iter().enumerate() {
        let end = if at == last { '.' } else { ';' };
        let line = Paragraph::new(Align::Left, RECEIVER_SIZE);
        let line = if at == last { line } else { line.keep_next() };
        blocks.push(line.text(format!("- {receiver}{end}")).into());
    }
    blocks
}
