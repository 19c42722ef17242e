//! What stands above the text: the two columns of the administrative form, and whom the letter goes to.

use chrono::NaiveDate;

use domain::citation::Citation;
use domain::date::vietnamese_day_in_words;

use super::settings::Head;
use crate::form::{issuer, nation};
use crate::ooxml::section::Orientation;
use crate::ooxml::{Align, Block, Cell, Paragraph, Row, Table, Twips};

/// Width of the issuer's column.
const ISSUER_COLUMN: Twips = Twips::tenth_mm(600);
/// Sizes by the form, in points.
const NUMBER_SIZE: u32 = 13;
const PLACE_SIZE: u32 = 13;
const SUBJECT_SIZE: u32 = 12;
const RECEIVER_SIZE: u32 = 14;

/// The blocks above the text.
pub(super) fn head(head: &Head, entry: &Citation) -> Vec<Block> {
    let nation_column = Twips(Orientation::Portrait.text_width().0 - ISSUER_COLUMN.0);
    let table = Table::plain(vec![ISSUER_COLUMN, nation_column])
        .row(Row::new(vec![Cell::new(issued_by(head)), Cell::new(nation(nation_column))]).whole())
        .row(
            Row::new(vec![Cell::new(number(head, entry)), Cell::new(vec![place(head, entry.date)])]).whole(),
        );
    let mut blocks = vec![table.into()];
    blocks.extend(receivers(&head.receivers).into_iter().map(Block::from));
    blocks
}

fn issued_by(head: &Head) -> Vec<Paragraph> {
    let lines: Vec<&str> = head.issuer.iter().map(String::as_str).collect();
    let above: Vec<&str> = head.above.as_deref().into_iter().collect();
    issuer(ISSUER_COLUMN, &above, &lines)
}

fn number(head: &Head, entry: &Citation) -> Vec<Paragraph> {
    // Room for the number to be written by hand, as long as there is none.
    let number = if entry.number.is_empty() { "          " } else { &entry.number };
    let number = if number.len() == 1 { format!("0{number}") } else { number.to_owned() };
    let mut paragraphs = vec![
        Paragraph::new(Align::Center, NUMBER_SIZE)
            .before(Twips::points(6))
            .text(format!("Số: {number}/{}", entry.symbol)),
    ];
    for (at, line) in head.subject.iter().enumerate() {
        let text = if at == 0 { format!("V/v {line}") } else { line.clone() };
        let gap = if at == 0 { Twips::points(6) } else { Twips::default() };
        paragraphs.push(Paragraph::new(Align::Center, SUBJECT_SIZE).before(gap).text(text));
    }
    paragraphs
}

fn place(head: &Head, date: Option<NaiveDate>) -> Paragraph {
    let blank = || "ngày       tháng       năm          ".to_owned();
    let day = date.map_or_else(blank, vietnamese_day_in_words);
    Paragraph::new(Align::Center, PLACE_SIZE)
        .before(Twips::points(6))
        .italic()
        .text(format!("{}, {day}", head.place))
}

fn receivers(receivers: &[String]) -> Vec<Paragraph> {
    let line =
        || Paragraph::new(Align::Center, RECEIVER_SIZE).before(Twips::points(14)).after(Twips::points(6));
    if let [only] = receivers {
        return vec![line().text(format!("Kính gửi: {only}"))];
    }
    let last = receivers.len().saturating_sub(1);
    let item = |(at, receiver): (usize, &String)| {
        let end = if at == last { '.' } else { ';' };
        Paragraph::new(Align::Left, RECEIVER_SIZE)
            .first_line(Twips::tenth_mm(500))
            .text(format!("- {receiver}{end}"))
    };
    std::iter::once(line().text("Kính gửi:")).chain(receivers.iter().enumerate().map(item)).collect()
}
