//! Checks of the citation registry and of the letter's own entry.

use domain::citation::{Citation, CitationWarning, check_registry};

use super::{Check, CheckCode};
use crate::data::TownData;
use crate::letter::is_issued;

pub(super) fn checks(data: &TownData<'_>) -> Vec<Check> {
    let own = &data.letter.citation;
    let warnings = check_registry(data.citations);
    let mut found: Vec<Check> = warnings.iter().filter_map(|warning| told(data, own, warning)).collect();
    if let Some(entry) = data.citation(own).filter(|entry| !is_issued(entry)) {
        found.push(Check::new(CheckCode::LetterNotIssued, own, &[("subject", entry.short())]));
    }
    if data.letter.signer.is_none() {
        found.push(Check::new(CheckCode::LetterNotSigned, own, &[]));
    }
    found
}

/// The check for a warning; the letter's own blanks have a check of their own.
fn told(data: &TownData<'_>, own: &str, warning: &CitationWarning) -> Option<Check> {
    let (code, id, other) = match warning {
        CitationWarning::KindDoesNotFitSymbol { id } => (CheckCode::CitationKind, id, None),
        CitationWarning::NeighbourNumbersDifferentYears { id, other } => {
            (CheckCode::CitationNeighbours, id, Some(other))
        }
        CitationWarning::SameDocumentSeveralNumbers { id, other } => {
            (CheckCode::CitationSeveralNumbers, id, Some(other))
        }
        CitationWarning::SameIdTwice { id } => (CheckCode::CitationSameId, id, None),
        CitationWarning::BlankNumber { id } | CitationWarning::BlankDate { id } if id == own => return None,
        CitationWarning::BlankNumber { id } => (CheckCode::CitationWithoutNumber, id, None),
        CitationWarning::BlankDate { id } => (CheckCode::CitationWithoutDate, id, None),
    };
    let name = |id: &String| data.citation(id).map_or_else(|| id.clone(), Citation::full);
    let subject = if code == CheckCode::CitationSameId { id.clone() } else { name(id) };
    let mut params = vec![("subject", subject)];
    params.extend(other.map(|other| ("other", name(other))));
    Some(Check::new(code, id, &params))
}
