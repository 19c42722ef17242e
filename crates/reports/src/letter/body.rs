//! The text of the letter and what stands below it.

use super::fill::Filler;
use super::settings::{Body, Signature};
use crate::error::TemplateError;
use crate::ooxml::section::Orientation;
use crate::ooxml::{Align, Block, Cell, Paragraph, Row, Table, Twips};

/// Size of the text, in points.
const TEXT_SIZE: u32 = 14;
/// First line of a paragraph: 1,27 cm.
const FIRST_LINE: Twips = Twips::tenth_mm(127);
/// Between paragraphs: 6 points.
const GAP: Twips = Twips::points(6);
/// The form's end of a text.
const END: &str = "./.";
/// Sizes of the recipients' head and list.
const RECIPIENTS_SIZE: u32 = 12;
const RECIPIENT_SIZE: u32 = 11;
/// Room for the signature and the seal.
const SIGNATURE_ROOM: Twips = Twips::tenth_mm(250);

/// The text.
pub(super) fn body(body: &Body, filler: &Filler<'_>) -> Result<Vec<Block>, TemplateError> {
    let mut blocks = Vec::new();
    for text in &body.opening {
        blocks.push(paragraph(&filler.fill(text)?));
    }
    for section in &body.section {
        let title = filler.fill(&section.title)?;
        blocks.push(text_paragraph().bold().keep_next().text(title).into());
        for text in &section.text {
            blocks.push(paragraph(&filler.fill(text)?));
        }
    }
    blocks.push(paragraph(&format!("{}{END}", filler.fill(&body.closing)?)));
    Ok(blocks)
}

fn text_paragraph() -> Paragraph {
    Paragraph::new(Align::Justified, TEXT_SIZE).first_line(FIRST_LINE).after(GAP)
}

/// A paragraph of the text; `# ` makes it the bold head of what follows.
fn paragraph(text: &str) -> Block {
    match text.strip_prefix("# ") {
        Some(head) => text_paragraph().bold().keep_next().text(head).into(),
        None => text_paragraph().text(text).into(),
    }
}

/// Recipients on the left, the signature on the right; never split between pages.
pub(super) fn closing(signature: &Signature, signer: Option<&str>) -> Vec<Block> {
    let width = Orientation::Portrait.text_width().0;
    let table = Table::plain(vec![Twips(width / 2), Twips(width - width / 2)]);
    let cells = vec![Cell::new(recipients(&signature.recipients)), Cell::new(signed(signature, signer))];
    vec![
        Paragraph::new(Align::Left, RECIPIENT_SIZE).keep_next().into(),
        table.row(Row::new(cells).whole()).into(),
    ]
}

fn recipients(recipients: &[String]) -> Vec<Paragraph> {
    let head = Paragraph::new(Align::Left, RECIPIENTS_SIZE).bold().italic().text("Nơi nhận:");
    let last = recipients.len().saturating_sub(1);
    let item = |(at, recipient): (usize, &String)| {
        let end = if at == last { '.' } else { ';' };
        Paragraph::new(Align::Left, RECIPIENT_SIZE).text(format!("- {recipient}{end}"))
    };
    std::iter::once(head).chain(recipients.iter().enumerate().map(item)).collect()
}

fn signed(signature: &Signature, signer: Option<&str>) -> Vec<Paragraph> {
    let bold = |text: &str| Paragraph::new(Align::Center, TEXT_SIZE).bold().text(text);
    let mut lines: Vec<Paragraph> = signature.authority.iter().map(|line| bold(line)).collect();
    lines.push(bold(signer.unwrap_or_default()).before(SIGNATURE_ROOM));
    lines
}
