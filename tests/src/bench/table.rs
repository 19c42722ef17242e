//! The figures beside their targets, as a page of the documentation.

use std::fmt::Write as _;

use super::Figure;
use super::measure::Measured;

/// A line of the table: what is measured, its unit, its target at ten thousand households, and where it stands.
struct Line {
    what: &'static str,
    unit: &'static str,
    target: Option<f64>,
    median: fn(&Measured) -> f64,
    spread: Option<fn(&Measured) -> Figure>,
}

const LINES: [Line; 9] = [
    Line {
        what: "cold start to list",
        unit: "ms",
        target: Some(1_500.0),
        median: |it| it.start.median,
        spread: Some(|it| it.start),
    },
    Line {
        what: "— of it: PIN and database",
        unit: "ms",
        target: None,
        median: |it| it.unlock.median,
        spread: Some(|it| it.unlock),
    },
    Line {
        what: "search keystroke to result",
        unit: "ms",
        target: Some(30.0),
        median: |it| it.search.median,
        spread: Some(|it| it.search),
    },
    Line {
        what: "open a household",
        unit: "ms",
        target: Some(50.0),
        median: |it| it.open.median,
        spread: Some(|it| it.open),
    },
    Line {
        what: "save a section durably",
        unit: "ms",
        target: Some(20.0),
        median: |it| it.save.median,
        spread: Some(|it| it.save),
    },
    Line {
        what: "score + class",
        unit: "ms",
        target: Some(1.0),
        median: |it| it.class.median,
        spread: Some(|it| it.class),
    },
    Line {
        what: "resident memory of the core",
        unit: "MiB",
        target: Some(150.0),
        median: |it| it.memory_mib,
        spread: None,
    },
    Line { what: "first sync", unit: "s", target: None, median: |it| it.first_sync / 1000.0, spread: None },
    Line { what: "database", unit: "MiB", target: None, median: |it| it.database_mib, spread: None },
];

/// The size that the targets are set for.
pub const AIMED_AT: usize = 10_000;

/// The page: what was measured on which machine, and the table.
pub fn page(measured: &[Measured], machine: &str, day: &str) -> String {
    let mut page = format!(
        "# Device benchmark\n\n\
         `make bench-device` writes this page. Release build; {machine}; {day}.\n\n\
         A server holds the households (1 to 7 people, every question answered, six changes each); a device enrols and\n\
         syncs them; every figure is the time from a JSON line into `rasoat-device lines` to its answer. Before each cold\n\
         start the database is taken out of the system's memory. Medians, with the 95th percentile in brackets. The targets\n\
         are for {} households.\n\n",
        count(AIMED_AT)
    );
    let heads: String = measured.iter().map(|it| format!(" {} |", count(it.households))).collect();
    let rules: String = measured.iter().map(|_| "---:|").collect();
    let _ = writeln!(page, "| | target |{heads} growth exponent |\n|---|---:|{rules}---:|");
    for line in &LINES {
        let target =
            line.target.map(|target| format!("≤ {} {}", number(target), line.unit)).unwrap_or_default();
        let cells: String = measured.iter().map(|it| format!(" {} |", line.cell(it))).collect();
        let _ = writeln!(page, "| {} | {target} |{cells} {} |", line.what, line.growth(measured));
    }
    page.push_str(
        "\nThe growth exponent is the slope between the smallest and the largest size on logarithmic scales: 0 does not\n\
         grow, 1 grows with the households.\n",
    );
    page
}

/// The lines that miss their target at the size that it is set for.
pub fn missed(measured: &[Measured]) -> Vec<&'static str> {
    let Some(aimed) = measured.iter().find(|it| it.households == AIMED_AT) else { return Vec::new() };
    let over = |line: &&Line| line.target.is_some_and(|target| (line.median)(aimed) > target);
    LINES.iter().filter(over).map(|line| line.what).collect()
}

impl Line {
    fn cell(&self, measured: &Measured) -> String {
        let median = number((self.median)(measured));
        let slow = self.spread.map(|spread| format!(" ({})", number(spread(measured).p95)));
        format!("{median} {}{}", self.unit, slow.unwrap_or_default())
    }

    fn growth(&self, measured: &[Measured]) -> String {
        let (Some(first), Some(last)) = (measured.first(), measured.last()) else { return String::new() };
        if first.households >= last.households {
            return String::new();
        }
        let [first, last] = [first, last].map(|it| (it.households, (self.median)(it)));
        format!("{:.2}", growth(first, last))
    }
}

/// The slope between two figures on logarithmic scales, each with its number of households.
pub fn growth(first: (usize, f64), last: (usize, f64)) -> f64 {
    (last.1 / first.1).ln() / (last.0 as f64 / first.0 as f64).ln()
}

/// Three digits that mean something.
pub fn number(value: f64) -> String {
    match value {
        value if value >= 100.0 => count(value.round() as usize),
        value if value >= 10.0 => format!("{value:.1}"),
        value if value >= 0.1 => format!("{value:.2}"),
        value => format!("{value:.4}"),
    }
}

/// A whole number with its thousands apart.
pub fn count(value: usize) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(households: usize, median: f64) -> Measured {
        let figure = Figure { median, p95: 2.0 * median, taken: 9 };
        Measured {
            households,
            start: figure,
            unlock: figure,
            search: figure,
            open: figure,
            save: figure,
            class: Figure { median: median / 100.0, ..figure },
            memory_mib: 40.0,
            first_sync: 1_000.0,
            database_mib: 3.0,
        }
    }

    #[test]
    fn a_target_is_missed_at_its_own_size_only() {
        assert_eq!(missed(&[measured(1_000, 500.0), measured(10_000, 10.0)]), Vec::<&str>::new());
        assert_eq!(
            missed(&[measured(10_000, 31.0)]),
            ["search keystroke to result", "save a section durably"]
        );
    }

    #[test]
    fn growth_is_told_between_the_ends() {
        let page = page(&[measured(1_000, 1.0), measured(100_000, 10.0)], "2 cores", "2026-11-26");
        assert!(
            page.contains("| open a household | ≤ 50.0 ms | 1.00 ms (2.00) | 10.0 ms (20.0) | 0.50 |"),
            "{page}"
        );
        assert_eq!(
            (count(999), count(1_234_567), number(0.005)),
            ("999".into(), "1,234,567".into(), "0.0050".into())
        );
    }
}
