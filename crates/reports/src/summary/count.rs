//! Counting: every figure that a column can ask for, from one walk over the lists.

use domain::deprivation::{Deprived, Finding};
use domain::rulebook::summary::Figure;
use domain::scalar::Scalar;

use super::basis::{Basis, Listed};
use super::ledger::Ledger;
use super::{children, groups, movement};

/// Every count of a town.
pub(super) fn count(basis: &Basis<'_>) -> Ledger {
    let mut ledger = Ledger::default();
    movement::count(basis, &mut ledger);
    for listed in basis.listed() {
        groups::count(basis, &listed, &mut ledger);
        answers(basis, &listed, &mut ledger);
        let findings = basis.findings(listed.id());
        deprivations(&listed, &findings, &mut ledger);
        children::count(basis, &listed, &findings, &mut ledger);
    }
    ledger
}

fn deprivations(listed: &Listed<'_>, findings: &[Finding], ledger: &mut Ledger) {
    for finding in findings.iter().filter(|it| it.deprived == Deprived::Yes) {
        ledger.add(Figure::Deprivations, listed.list, listed.part());
        ledger.add_about(Figure::Deprivation, listed.list, &finding.indicator, listed.part());
    }
}

/// Each answer of the household by question and option.
fn answers(basis: &Basis<'_>, listed: &Listed<'_>, ledger: &mut Ledger) {
    let record = basis.rulebook.and_then(|_| basis.record(listed.id()));
    for (key, value) in record.into_iter().flat_map(|record| &record.answers) {
        let option = match value {
            Scalar::Bool(true) => key.option.clone(),
            Scalar::Text(option) if key.option.is_none() => Some(option.to_string()),
            _ => None,
        };
        if let (Some(option), None) = (option, key.member) {
            let about = answer(&key.question, &option);
            ledger.add_about(Figure::Answer, listed.list, &about, listed.part());
        }
    }
}

/// How an answer is named in the ledger.
pub(super) fn answer(question: &str, option: &str) -> String {
    format!("{question}#{option}")
}
