//! A table of the rulebook before it is counted: repeated columns are written out, each under its own words.

use domain::rulebook::question::QuestionKind;
use domain::rulebook::summary::{Each, Figure, Line, SummaryColumn, SummaryTable};

use super::Identity;
use super::basis::Basis;
use super::count::answer;
use super::groups;
use super::ledger::{Counted, Ledger};
use crate::figure::Words;

/// How the number of a column comes about.
#[derive(Clone, Debug)]
pub(super) enum How {
    /// Counted in the ledger.
    Counted(Counted),
    /// All households of the unit.
    AllHouseholds,
    /// All people of the unit.
    AllPeople,
    /// Nobody says: left to be filled in.
    Unknown,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Designed {
    pub(super) id: String,
    pub(super) words: Words,
    pub(super) how: How,
    /// Counted whatever the line counts.
    pub(super) count: Option<Line>,
    /// The column that it is a share of.
    pub(super) percent_of: Option<String>,
    /// The column of the form that it was written out from.
    from: String,
}

/// A table before it is counted.
#[derive(Clone, Debug)]
pub(super) struct Design<'a> {
    pub(super) form: &'a SummaryTable,
    pub(super) columns: Vec<Designed>,
}

/// The table of a form; none where only the review's rulebook could tell, and it is not the one that is known.
pub(super) fn design<'a>(basis: &Basis<'_>, form: &'a SummaryTable, ledger: &Ledger) -> Option<Design<'a>> {
    let by_rulebook = form.columns.iter().any(|column| column.figure.is_by_rulebook());
    if by_rulebook && basis.rulebook.is_none() {
        return None;
    }
    let columns = form.columns.iter().flat_map(|column| written_out(basis, column, ledger));
    Some(Design { form, columns: columns.collect() })
}

/// A thing that a column is repeated for.
struct Thing {
    id: String,
    name: Words,
    /// How it is named in the ledger.
    about: String,
}

fn written_out(basis: &Basis<'_>, column: &SummaryColumn, ledger: &Ledger) -> Vec<Designed> {
    let Some(each) = column.each else {
        let about = column.indicator.clone().unwrap_or_default();
        let words = Words { vi: column.vi.clone(), en: column.en.clone() };
        return vec![designed(basis, column, column.id.clone(), words, about)];
    };
    let things = things(basis, column, each, ledger);
    let columns = things.into_iter().zip(1..).map(|(Thing { id, name, about }, number)| {
        let fill =
            |text: &str, name: &str| text.replace("{number}", &number.to_string()).replace("{name}", name);
        let words = Words { vi: fill(&column.vi, &name.vi), en: fill(&column.en, &name.en) };
        designed(basis, column, column.id.replace('*', &id), words, about)
    });
    columns.collect()
}

fn designed(basis: &Basis<'_>, column: &SummaryColumn, id: String, words: Words, about: String) -> Designed {
    Designed {
        id,
        words,
        how: how(basis, column, about),
        count: column.count,
        percent_of: column.percent_of.clone(),
        from: column.id.clone(),
    }
}

fn how(basis: &Basis<'_>, column: &SummaryColumn, about: String) -> How {
    match (column.figure, column.list) {
        (Figure::AllHouseholds, _) => How::AllHouseholds,
        (Figure::AllPeople, _) => How::AllPeople,
        (Figure::GroupWithoutLabour, _) if basis.labour_question().is_none() => How::Unknown,
        (Figure::Unknown, _) | (_, None) => How::Unknown,
        (figure, Some(list)) => How::Counted(Counted { figure, list, about }),
    }
}

fn things(basis: &Basis<'_>, column: &SummaryColumn, each: Each, ledger: &Ledger) -> Vec<Thing> {
    match each {
        Each::Indicators => {
            let indicators = basis.rulebook.into_iter().flat_map(|rulebook| &rulebook.indicators);
            let thing = |id: &str, vi: &str, en: &str| Thing {
                id: id.to_owned(),
                name: Words { vi: vi.to_owned(), en: en.to_owned() },
                about: id.to_owned(),
            };
            indicators.map(|it| thing(&it.id, &it.name_vi, &it.name_en)).collect()
        }
        Each::Options => options(basis, column.question.as_deref().unwrap_or_default()),
        Each::Ethnicities => {
            let thing = |code: &str| {
                let name = groups::name(code).to_owned();
                Thing {
                    id: code.to_owned(),
                    name: Words { vi: name.clone(), en: name },
                    about: code.to_owned(),
                }
            };
            ledger.about(Figure::Ethnicity).into_iter().map(thing).collect()
        }
    }
}

fn options(basis: &Basis<'_>, id: &str) -> Vec<Thing> {
    let question = basis.rulebook.and_then(|rulebook| rulebook.question(id));
    let options = match question.map(|question| &question.kind) {
        Some(QuestionKind::Choice { options } | QuestionKind::Several { options }) => options.as_slice(),
        _ => &[],
    };
    let thing = |option: &domain::rulebook::ChoiceOption| Thing {
        id: option.id.clone(),
        name: Words { vi: option.text_vi.clone(), en: option.text_en.clone() },
        about: answer(id, &option.id),
    };
    options.iter().map(thing).collect()
}

impl Design<'_> {
    /// The form's sums by the places of their columns; a repeated column stands for all that it made.
    pub(super) fn identities(&self) -> Vec<Identity> {
        let places = |ids: &[String]| -> Vec<usize> {
            let written = self.columns.iter().zip(0..);
            written.filter(|(column, _)| ids.contains(&column.from)).map(|(_, at)| at).collect()
        };
        let identity = |sum: &domain::rulebook::summary::Sum| {
            let column = self.columns.iter().position(|it| it.from == sum.column)?;
            Some(Identity::new(column, &places(&sum.plus), &places(&sum.minus)))
        };
        self.form.sums.iter().filter_map(identity).collect()
    }
}
