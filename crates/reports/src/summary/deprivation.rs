//! Forms 4 to 7: what the poor and the near-poor lack, counted and in per cent. The columns are the indicators of the
//! review's rulebook: ten in 2016, twelve in 2022.

use domain::deprivation::Deprived;

use super::basis::{Basis, List};
use super::frame::{Design, How, table as framed};
use super::ledger::Ledger;
use super::words::{Heading, headings};
use super::{Cell, Column, Identity, Line, Row, Table};
use crate::figure::Words;

/// Columns before the indicators: households, deprivations.
const BEFORE: usize = 2;

/// Counts and percentages of both lists; none without the review's rulebook.
pub(super) fn tables(basis: &Basis<'_>) -> Vec<Table> {
    let ids = [("t4", "t5", List::Poor), ("t6", "t7", List::NearPoor)];
    let both = ids.map(|(counts, shares, list)| of_list(basis, (counts, shares), list));
    both.into_iter().flatten().flatten().collect()
}

fn of_list(
    basis: &Basis<'_>,
    (counts, shares): (&'static str, &'static str),
    list: List,
) -> Option<[Table; 2]> {
    let indicators = &basis.rulebook?.indicators;
    let own: Vec<(String, Words)> = indicators
        .iter()
        .zip(1..)
        .map(|(it, at)| {
            let words = Words { vi: format!("{at}. {}", it.name_vi), en: format!("{at}. {}", it.name_en) };
            (it.id.clone(), words)
        })
        .collect();
    let ledger = count(basis, list, indicators.len());
    let lines = &[Line::Households];
    let first = [("households".to_owned(), How::Counted), ("deprivations".to_owned(), How::Counted)];
    let each = indicators.iter().map(|it| (it.id.clone(), How::Counted));
    let columns: Vec<(String, How)> = first.iter().cloned().chain(each).collect();
    let places: Vec<usize> = (BEFORE..columns.len()).collect();
    let identities = vec![Identity::new(1, &places, &[])];
    let counted = framed(&basis.groups, Design { id: counts, lines, columns, identities, own }, &ledger);
    let shares = percentages(&counted, shares);
    Some([counted, shares])
}

/// The same counts in a hundred households.
fn percentages(counted: &Table, id: &'static str) -> Table {
    let Heading { title, mut columns } = headings(id);
    let first = columns.remove("households").unwrap_or_else(|| counted.columns[0].words.clone());
    let percent = |column: &Column| {
        let Words { vi, en } = &column.words;
        Column { id: column.id.clone(), words: Words { vi: format!("{vi} (%)"), en: format!("{en} (%)") } }
    };
    let first = std::iter::once(Column { id: "households".to_owned(), words: first });
    let columns = first.chain(counted.columns[BEFORE..].iter().map(percent)).collect();
    let rows = counted.rows.iter().map(|row| Row { cells: shares(&row.cells), ..row.clone() }).collect();
    Table { id: id.to_owned(), title, columns, rows, identities: Vec::new() }
}

fn shares(counts: &[Cell]) -> Vec<Cell> {
    let denominator = counts[0].number().unwrap_or(0);
    let share = |cell: &Cell| match cell {
        Cell::Count { count, households } if denominator > 0 => {
            Cell::Share { numerator: *count, denominator, households: households.clone() }
        }
        _ => Cell::Blank,
    };
    std::iter::once(counts[0].clone()).chain(counts[BEFORE..].iter().map(share)).collect()
}

fn count(basis: &Basis<'_>, list: List, indicators: usize) -> Ledger {
    let mut ledger = Ledger::new(BEFORE + indicators);
    for listed in basis.listed().filter(|listed| listed.list == list) {
        let (place, id) = ((listed.village(), Line::Households), listed.id());
        ledger.add(place, 0, 1, id);
        let findings = basis.findings(id);
        let lacking = findings.iter().enumerate().filter(|(_, it)| it.deprived == Deprived::Yes);
        for (at, _) in lacking {
            ledger.add(place, 1, 1, id);
            ledger.add(place, BEFORE + at, 1, id);
        }
    }
    ledger
}
