//! The town's letter with its appendix.
//!
//! **Invariant:** the words come from a template, every figure and every cited document from the computation and the
//! registry; a placeholder that cannot be resolved is an error, not a gap.

mod appendix;
mod body;
mod fill;
mod head;
mod settings;
mod state;

use domain::citation::Citation;

use crate::check::Check;
use crate::data::TownData;
use crate::error::ReportError;
use crate::figure::Figures;
use crate::ooxml::package::{Package, Properties};
use crate::ooxml::section::{Orientation, Section};

pub use fill::Filler;
pub(crate) use fill::status_words;
pub use settings::{Appendix, AppendixRow, Body, BodySection, Head, Letter, Signature, Template};
pub(crate) use state::{lines, open};

/// The letter and its appendix as DOCX: the same data gives the same bytes.
///
/// # Errors
/// A template that cannot be filled, or a package that cannot be written.
pub fn letter_docx(data: &TownData<'_>, figures: &Figures, checks: &[Check]) -> Result<Vec<u8>, ReportError> {
    let template = &data.letter.template;
    let filler = Filler::new(data, figures);
    let entry = filler.own_entry()?;

    let mut letter = Section::new(Orientation::Portrait);
    letter.extend(head::head(&template.head, entry));
    letter.extend(body::body(&template.body, &filler)?);
    letter.extend(body::closing(&template.signature, data.letter.signer.as_deref()));

    let mut appendix = Section::new(Orientation::Landscape);
    appendix.extend(appendix::appendix(&template.appendix, &filler, entry)?);
    appendix.extend(state::state(data, checks));

    let properties = Properties { title: subject(template), day: entry.date.unwrap_or(data.days.as_of) };
    Package::new(properties, vec![letter, appendix])
        .write()
        .map_err(|error| ReportError::Docx(error.to_string()))
}

fn subject(template: &Template) -> String {
    format!("V/v {}", template.head.subject.join(" "))
}

/// Whether the letter has its number and day.
pub(crate) fn is_issued(entry: &Citation) -> bool {
    !entry.number.is_empty() && entry.date.is_some()
}
