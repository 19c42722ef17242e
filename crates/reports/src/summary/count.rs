//! Counting: every figure that a column can ask for, from one walk over the lists.

use domain::deprivation::Deprived;
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
        deprivations(basis, &listed, &mut ledger);
        answers(basis, &listed, &mut ledger);
        children::count(basis, &listed, &mut ledger);
    }
    ledger
}

fn deprivations(basis: &Basis<'_>, listed: &Listed<'_>, ledger: &mut Ledger) {
    let lacking = basis.findings(listed.id()).into_iter().filter(|it| it.deprived == Deprived::Yes);
    for finding in lacking {
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
