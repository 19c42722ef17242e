//! The demo's verdict: every figure that the paper letter prints beside the computed one, and what has become of the
//! letter's contradictions.
//!
//! **Invariant:** a figure that must be equal and is not makes the demo fail.

use reports::paper::{Compared, Comparison, Contradiction, Verdict};

use super::crew::say;

/// The one printed number that no whole denominator gives: 49 of 428 is not 11,35 %.
const WRONG_ON_PAPER: (&str, &str) = ("information_poor", "11,35");

/// Prints both tables and says whether everything came out as it must.
pub fn show(compared: &[Comparison], contradictions: &[Contradiction]) -> bool {
    let rows = compared.iter().map(|row| {
        [row.label.vi.clone(), row.printed.clone(), row.computed.clone(), word(row.verdict).to_owned()]
    });
    table(["figure", "printed in the letter", "computed", ""], rows.collect());
    let rows = contradictions.iter().map(|row| {
        [
            row.number.to_string(),
            row.title.en.clone(),
            verdict(row.verdict).to_owned(),
            row.evidence.en.clone(),
        ]
    });
    table(["", "contradiction of the letter", "", "why"], rows.collect());
    let wrong = compared.iter().filter(|row| !as_it_must_be(row)).count();
    let left = contradictions.iter().filter(|row| row.verdict == Verdict::Absent).count();
    say(&format!(
        "{} figures, {wrong} not as they must be; {} contradictions, {left} left",
        compared.len(),
        contradictions.len()
    ));
    wrong == 0 && left == 0 && !compared.is_empty()
}

fn as_it_must_be(row: &Comparison) -> bool {
    let (figure, printed) = WRONG_ON_PAPER;
    if row.figure == figure && row.printed.contains(printed) {
        return row.verdict == Compared::Differs;
    }
    matches!(row.verdict, Compared::Equal | Compared::InRange)
}

const fn word(verdict: Compared) -> &'static str {
    match verdict {
        Compared::Equal => "equal",
        Compared::InRange => "equal (in range)",
        Compared::Differs => "flagged",
        Compared::Missing => "missing",
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Impossible => "impossible",
        Verdict::Flagged => "flagged",
        Verdict::Absent => "left",
    }
}

/// Columns as wide as their widest cell; the last one as long as it is.
fn table(head: [&str; 4], rows: Vec<[String; 4]>) {
    let all: Vec<[String; 4]> = std::iter::once(head.map(str::to_owned)).chain(rows).collect();
    let widths: [usize; 4] =
        std::array::from_fn(|at| all.iter().map(|row| row[at].chars().count()).max().unwrap_or(0));
    say("");
    for (number, row) in all.iter().enumerate() {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        say(cells.join("  ").trim_end());
        if number == 0 {
            say(&widths.map(|width| "─".repeat(width)).join("  "));
        }
    }
    say("");
}

#[cfg(test)]
mod tests {
    use reports::figure::Words;

    use super::*;

    fn row(figure: &str, printed: &str, verdict: Compared) -> Comparison {
        let label = Words { vi: String::new(), en: String::new() };
        Comparison {
            figure: figure.to_owned(),
            label,
            printed: printed.to_owned(),
            computed: String::new(),
            verdict,
        }
    }

    #[test]
    fn only_the_wrong_share_may_differ_and_it_must() {
        assert!(as_it_must_be(&row("poor", "428", Compared::Equal)));
        assert!(!as_it_must_be(&row("poor", "428", Compared::Differs)));
        assert!(!as_it_must_be(&row("poor", "428", Compared::Missing)));
        assert!(as_it_must_be(&row("information_poor", "11,35%", Compared::Differs)));
        assert!(!as_it_must_be(&row("information_poor", "11,35%", Compared::Equal)));
        assert!(!as_it_must_be(&row("information_poor", "49 hộ", Compared::Differs)));
    }
}
