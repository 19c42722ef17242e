//! The paper report of May 2017 beside the computed one: figure by figure, contradiction by contradiction.
//!
//! **Invariant:** what the paper prints is data to compare with; nothing of it enters a computed figure.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use domain::approximation::{Approximation, Nearness};
use domain::citation::Citation;
use domain::decimal::Decimal;

use crate::check::{Check, CheckCode};
use crate::figure::{Figure, Figures, Form, Value, Words};

const SHIPPED: &str = include_str!("../data/paper-870.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    citation: Vec<Citation>,
    printed: Vec<Printed>,
    contradiction: Vec<Told>,
}

/// Which number of a figure is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Its value.
    Value,
    /// Its share.
    Share,
}

/// A figure as the paper prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printed {
    /// The figure's id.
    pub figure: String,
    /// Which number of it.
    pub of: Of,
    /// The word of approximation.
    pub word: Nearness,
    /// The number.
    pub number: Decimal,
    /// As on paper.
    pub printed: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    number: u8,
    vi: String,
    en: String,
    checks: Vec<CheckCode>,
    subject: Option<String>,
    impossible_vi: Option<String>,
    impossible_en: Option<String>,
}

fn paper() -> &'static Paper {
    static PAPER: LazyLock<Paper> =
        LazyLock::new(|| toml::from_str(SHIPPED).expect("the shipped paper report is well-formed"));
    &PAPER
}

/// The documents that the paper cites, as printed, under the names that the shipped template uses.
pub fn citations() -> &'static [Citation] {
    &paper().citation
}

/// The figures that the paper prints.
pub fn printed() -> &'static [Printed] {
    &paper().printed
}

/// How a printed figure compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// The same, to the decimals that are printed.
    Equal,
    /// Inside the range that the printed word of approximation allows.
    InRange,
    /// Another number: flagged.
    Differs,
    /// The figure has no value to compare.
    Missing,
}

/// A printed figure beside the computed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The figure's id.
    pub figure: String,
    /// Its label.
    pub label: Words,
    /// As on paper.
    pub printed: String,
    /// As computed.
    pub computed: String,
    /// The verdict.
    pub verdict: Compared,
}

/// Every printed figure beside the computed one, in the order of the paper.
pub fn compare(figures: &Figures) -> Vec<Comparison> {
    printed().iter().filter_map(|printed| Some(comparison(printed, figures.get(&printed.figure)?))).collect()
}

fn comparison(printed: &Printed, figure: &Figure) -> Comparison {
    let form = if printed.of == Of::Share { Form::Share } else { Form::Plain };
    let number = match printed.of {
        Of::Share => figure.share.as_ref().and_then(|share| share.percent()),
        Of::Value => figure.value.map(|value| match value {
            Value::Count(number) | Value::Dong(number) => Decimal::from(number),
            Value::Percent(percent) => percent,
        }),
    };
    Comparison {
        figure: figure.id.clone(),
        label: figure.label.clone(),
        printed: printed.printed.clone(),
        computed: figure.text(form),
        verdict: number.map_or(Compared::Missing, |number| verdict(printed, number)),
    }
}

fn verdict(printed: &Printed, computed: Decimal) -> Compared {
    if printed.word == Nearness::Exactly {
        let same = computed.rounded(printed.number.decimals()) == printed.number;
        return if same { Compared::Equal } else { Compared::Differs };
    }
    let range = Approximation { nearness: printed.word, number: printed.number.hundredths() };
    if range.covers(computed.hundredths()) { Compared::InRange } else { Compared::Differs }
}

/// A check for every figure that the paper prints otherwise.
pub fn checks(figures: &Figures) -> Vec<Check> {
    let differing = compare(figures).into_iter().filter(|it| it.verdict == Compared::Differs);
    differing
        .map(|it| {
            let params = [
                ("subject", it.label.vi),
                ("subject_en", it.label.en),
                ("printed", it.printed),
                ("computed", it.computed),
            ];
            Check::new(CheckCode::PaperDiffers, &it.figure, &params)
        })
        .collect()
}

/// What has become of a contradiction of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It cannot be written.
    Impossible,
    /// An open check names it.
    Flagged,
    /// The data does not hold it any more.
    Absent,
}

/// A contradiction of the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// Its number.
    pub number: u8,
    /// What it is.
    pub title: Words,
    /// What has become of it.
    pub verdict: Verdict,
    /// Why it is impossible, or the words of the check that flags it.
    pub evidence: Words,
}

/// The paper's contradictions, each impossible or flagged by one of the report's checks. A report that stands beside
/// the paper has those of [`checks`] among its own.
pub fn contradictions(report: &[Check]) -> Vec<Contradiction> {
    paper().contradiction.iter().map(|told| contradiction(told, report)).collect()
}

fn contradiction(told: &Told, checks: &[Check]) -> Contradiction {
    let of = |check: &&Check| {
        told.checks.contains(&check.code)
            && told.subject.as_ref().is_none_or(|subject| *subject == check.subject)
    };
    let mut flags: Vec<&Words> = checks.iter().filter(of).map(|check| &check.words).collect();
    flags.dedup();
    let joined = |words: fn(&Words) -> &str| flags.iter().map(|it| words(it)).collect::<Vec<_>>().join(" ");
    let (verdict, evidence) = match (flags.is_empty(), &told.impossible_vi, &told.impossible_en) {
        (false, ..) => (Verdict::Flagged, Words { vi: joined(|it| &it.vi), en: joined(|it| &it.en) }),
        (true, Some(vi), Some(en)) => (Verdict::Impossible, Words { vi: vi.clone(), en: en.clone() }),
        _ => {
            let words = ("Số liệu không còn mâu thuẫn này.", "The data does not hold it any more.");
            (Verdict::Absent, Words { vi: words.0.to_owned(), en: words.1.to_owned() })
        }
    };
    let title = Words { vi: told.vi.clone(), en: told.en.clone() };
    Contradiction { number: told.number, title, verdict, evidence }
}
