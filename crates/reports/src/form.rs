//! What every document of the administrative form has at its top: who issues it beside the nation's name and motto.

use crate::ooxml::measure::bold_width;
use crate::ooxml::{Align, Paragraph, Twips};

/// Quốc hiệu.
pub(crate) const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// Tiêu ngữ.
pub(crate) const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

/// Sizes by the form, in points.
const NATION_SIZE: u32 = 12;
const MOTTO_SIZE: u32 = 13;
const ISSUER_SIZE: u32 = 12;
/// The line under the issuer is a part of its text: two fifths.
const ISSUER_LINE_FIFTHS: u32 = 2;

/// The authority above, the issuer and the line under it, in a column of a width.
pub(crate) fn issuer(column: Twips, above: &[&str], issuer: &[&str]) -> Vec<Paragraph> {
    let line = |text: &&str| Paragraph::new(Align::Center, ISSUER_SIZE).text(*text);
    let bold = |text: &&str| Paragraph::new(Align::Center, ISSUER_SIZE).bold().text(*text);
    let mut paragraphs: Vec<Paragraph> = above.iter().map(line).chain(issuer.iter().map(bold)).collect();
    let text = issuer.last().map_or(0, |text| bold_width(text, ISSUER_SIZE).0);
    paragraphs.push(rule(column, Twips(text * ISSUER_LINE_FIFTHS / 5)));
    paragraphs
}

/// The nation's name, the motto and the line under it, in a column of a width.
pub(crate) fn nation(column: Twips) -> Vec<Paragraph> {
    vec![
        Paragraph::new(Align::Center, NATION_SIZE).bold().text(NATION),
        Paragraph::new(Align::Center, MOTTO_SIZE).bold().text(MOTTO),
        rule(column, bold_width(MOTTO, MOTTO_SIZE)),
    ]
}

/// A line of a width in the middle of a column.
pub(crate) fn rule(column: Twips, width: Twips) -> Paragraph {
    Paragraph::rule(Twips(column.0.saturating_sub(width.0) / 2))
}
