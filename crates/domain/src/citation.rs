//! Cited documents: one registry entry per document, so that no text types a number twice.
//!
//! **Invariant:** a report names documents by entry id only; what is wrong with an entry is a warning on the checks
//! page and never silently mended.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::date::vietnamese_day;
use crate::vietnamese::{fold, tidy};

/// Numbers closer than this were written within days of each other by one office.
pub const NEIGHBOUR_DISTANCE: u32 = 5;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $abbreviation:expr;)+) => {
        /// What a document is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum DocumentKind { $($(#[$doc])* $variant),+ }

        impl DocumentKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The kind's name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The abbreviation that begins the symbol; an official letter has none.
            pub const fn abbreviation(self) -> Option<&'static str> {
                match self { $(Self::$variant => $abbreviation),+ }
            }
        }
    };
}

kinds! {
    /// Luật; its symbol begins with the legislature: `QH13`.
    Law = "Luật", None;
    /// Nghị định.
    Decree = "Nghị định", Some("NĐ");
    /// Thông tư.
    Circular = "Thông tư", Some("TT");
    /// Nghị quyết.
    Resolution = "Nghị quyết", Some("NQ");
    /// Quyết định.
    Decision = "Quyết định", Some("QĐ");
    /// Chỉ thị.
    Directive = "Chỉ thị", Some("CT");
    /// Kế hoạch.
    Plan = "Kế hoạch", Some("KH");
    /// Chương trình.
    Programme = "Chương trình", Some("CTr");
    /// Báo cáo.
    Report = "Báo cáo", Some("BC");
    /// Tờ trình.
    Submission = "Tờ trình", Some("TTr");
    /// Thông báo.
    Notice = "Thông báo", Some("TB");
    /// Hướng dẫn.
    Guidance = "Hướng dẫn", Some("HD");
    /// Biên bản.
    Minutes = "Biên bản", Some("BB");
    /// Công văn.
    Letter = "Công văn", None;
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Citation {
    /// The key by which reports name it.
    pub id: String,
    /// What it is.
    pub kind: DocumentKind,
    /// `228`, or `59/2015` for legal documents; empty as long as it is not issued or not known.
    pub number: String,
    /// `KH-UBND`.
    pub symbol: String,
    /// Its day; `None` as long as it is not issued or not known.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub date: Option<NaiveDate>,
    /// Who issued it.
    pub issuer: String,
    /// What it is about.
    pub title: String,
}

impl Citation {
    /// `228/KH-UBND`; dots stand for a number that is not there yet.
    pub fn reference(&self) -> String {
        let number = if self.number.is_empty() { "……" } else { &self.number };
        format!("{number}/{}", self.symbol)
    }

    /// `Kế hoạch số 228/KH-UBND`.
    pub fn short(&self) -> String {
        format!("{} số {}", self.kind.name(), self.reference())
    }

    /// `Kế hoạch số 228/KH-UBND ngày 10/02/2017`; without a day as long as there is none.
    pub fn full(&self) -> String {
        match self.date {
            Some(date) => format!("{} ngày {}", self.short(), vietnamese_day(date)),
            None => self.short(),
        }
    }

    /// `Kế hoạch số 228/KH-UBND ngày 10/02/2017 của Ủy ban nhân dân thị xã Bỉm Sơn`.
    pub fn full_with_issuer(&self) -> String {
        let mut text = self.full();
        if !self.issuer.is_empty() {
            let _ = write!(text, " của {}", self.issuer);
        }
        text
    }

    /// Whether the symbol is one that this kind of document can have.
    pub fn kind_fits_symbol(&self) -> bool {
        let first = self.symbol.split(['-', '/']).next().unwrap_or_default();
        match (self.kind, self.kind.abbreviation()) {
            (_, Some(abbreviation)) => first == abbreviation,
            (DocumentKind::Law, None) => first.starts_with("QH"),
            (_, None) => !DocumentKind::ALL.iter().any(|kind| kind.abbreviation() == Some(first)),
        }
    }

    fn plain_number(&self) -> Option<u32> {
        self.number.parse().ok()
    }

    fn subject(&self) -> (DocumentKind, String, String) {
        (self.kind, fold(&tidy(&self.issuer)), fold(&tidy(&self.title)))
    }
}

/// What is wrong, or looks wrong, in the registry. Ids are those of entries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CitationWarning {
    /// The kind of document does not fit its symbol: a resolution with the symbol of a decision.
    KindDoesNotFitSymbol {
        /// The entry.
        id: String,
    },
    /// One office numbered two documents next to each other, and their years differ.
    NeighbourNumbersDifferentYears {
        /// The lower number.
        id: String,
        /// The higher number.
        other: String,
    },
    /// One document stands in the registry under several numbers.
    SameDocumentSeveralNumbers {
        /// One entry.
        id: String,
        /// The other.
        other: String,
    },
    /// One id names two entries.
    SameIdTwice {
        /// The id.
        id: String,
    },
    /// The number is not there.
    BlankNumber {
        /// The entry.
        id: String,
    },
    /// The day is not there.
    BlankDate {
        /// The entry.
        id: String,
    },
}

/// Everything that is wrong, or looks wrong, in a registry; in a fixed order.
pub fn check_registry(registry: &[Citation]) -> Vec<CitationWarning> {
    let mut warnings: Vec<CitationWarning> = registry.iter().flat_map(check_entry).collect();
    for (at, one) in registry.iter().enumerate() {
        warnings.extend(registry[at + 1..].iter().filter_map(|other| check_pair(one, other)));
    }
    warnings.sort();
    warnings.dedup();
    warnings
}

fn check_entry(entry: &Citation) -> Vec<CitationWarning> {
    let id = || entry.id.clone();
    let mut warnings = Vec::new();
    if !entry.kind_fits_symbol() {
        warnings.push(CitationWarning::KindDoesNotFitSymbol { id: id() });
    }
    if entry.number.is_empty() {
        warnings.push(CitationWarning::BlankNumber { id: id() });
    }
    if entry.date.is_none() {
        warnings.push(CitationWarning::BlankDate { id: id() });
    }
    warnings
}

fn check_pair(one: &Citation, other: &Citation) -> Option<CitationWarning> {
    if one.id == other.id {
        return Some(CitationWarning::SameIdTwice { id: one.id.clone() });
    }
    if same_document(one, other) {
        let (id, other) = (one.id.clone(), other.id.clone());
        return Some(CitationWarning::SameDocumentSeveralNumbers { id, other });
    }
    let (lower, higher) =
        if one.plain_number() <= other.plain_number() { (one, other) } else { (other, one) };
    neighbours_of_other_years(lower, higher).then(|| CitationWarning::NeighbourNumbersDifferentYears {
        id: lower.id.clone(),
        other: higher.id.clone(),
    })
}

fn same_document(one: &Citation, other: &Citation) -> bool {
    let days_agree = one.date.is_none() || other.date.is_none() || one.date == other.date;
    let titled = !one.title.is_empty() && one.subject() == other.subject();
    titled && days_agree && one.reference() != other.reference()
}

fn neighbours_of_other_years(lower: &Citation, higher: &Citation) -> bool {
    let (Some(low), Some(high)) = (lower.plain_number(), higher.plain_number()) else { return false };
    let (Some(first), Some(second)) = (lower.date, higher.date) else { return false };
    let one_office = lower.symbol == higher.symbol && fold(&lower.issuer) == fold(&higher.issuer);
    one_office && high - low <= NEIGHBOUR_DISTANCE && first.year() != second.year()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, kind: DocumentKind, reference: &str, date: Option<(i32, u32, u32)>) -> Citation {
        let (number, symbol) = reference.rsplit_once('/').unwrap();
        Citation {
            id: id.to_owned(),
            kind,
            number: number.to_owned(),
            symbol: symbol.to_owned(),
            date: date.map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap()),
            issuer: "Ủy ban nhân dân thị xã Bỉm Sơn".to_owned(),
            title: format!("Về việc {id}"),
        }
    }

    #[test]
    fn a_citation_is_written_as_the_form_asks() {
        let plan = entry("plan", DocumentKind::Plan, "228/KH-UBND", Some((2017, 2, 10)));
        assert_eq!(plan.full(), "Kế hoạch số 228/KH-UBND ngày 10/02/2017");
        let letter = entry("letter", DocumentKind::Letter, "655/UBND-LĐTBXH", Some((2017, 4, 5)));
        assert_eq!(letter.full(), "Công văn số 655/UBND-LĐTBXH ngày 05/4/2017");
        assert!(letter.full_with_issuer().ends_with("của Ủy ban nhân dân thị xã Bỉm Sơn"));
        let blank = entry("blank", DocumentKind::Report, "/BC-UBND", None);
        assert_eq!(blank.full(), "Báo cáo số ……/BC-UBND");
    }

    #[test]
    fn a_resolution_cannot_have_the_symbol_of_a_decision() {
        let wrong = entry("r", DocumentKind::Resolution, "25/QĐ-UBND", Some((2017, 1, 4)));
        assert_eq!(check_registry(&[wrong]), [CitationWarning::KindDoesNotFitSymbol { id: "r".to_owned() }]);
        let fitting = [
            (DocumentKind::Resolution, "80/NQ-CP"),
            (DocumentKind::Decision, "59/2015/QĐ-TTg"),
            (DocumentKind::Circular, "17/2016/TT-BLĐTBXH"),
            (DocumentKind::Letter, "1451/SLĐTBXH-BTXH"),
            (DocumentKind::Law, "58/2014/QH13"),
        ];
        for (kind, reference) in fitting {
            assert!(entry("x", kind, reference, None).kind_fits_symbol(), "{reference}");
        }
        assert!(!entry("x", DocumentKind::Letter, "12/QĐ-UBND", None).kind_fits_symbol());
        assert!(!entry("x", DocumentKind::Submission, "12/TT-UBND", None).kind_fits_symbol());
    }

    #[test]
    fn neighbouring_numbers_of_different_years_are_named() {
        let letter = |id, number, year| {
            entry(id, DocumentKind::Letter, &format!("{number}/UBND-LĐTBXH"), Some((year, 4, 20)))
        };
        let registry = [letter("a", 656, 2016), letter("b", 655, 2017), letter("c", 870, 2017)];
        let expected =
            CitationWarning::NeighbourNumbersDifferentYears { id: "b".to_owned(), other: "a".to_owned() };
        assert_eq!(check_registry(&registry), [expected]);
        assert_eq!(check_registry(&[letter("a", 656, 2017), letter("b", 655, 2017)]), []);
        let apart = 655 + NEIGHBOUR_DISTANCE + 1;
        assert_eq!(check_registry(&[letter("a", apart, 2016), letter("b", 655, 2017)]), []);
    }

    #[test]
    fn one_plan_under_three_numbers_is_found() {
        let plan = |id, number, date| Citation {
            title: "Thực hiện Chương trình giảm nghèo năm 2017".to_owned(),
            ..entry(id, DocumentKind::Plan, &format!("{number}/KH-UBND"), date)
        };
        let day = Some((2017, 2, 10));
        let registry = [plan("a", 228, day), plan("b", 288, day), plan("c", 28, None)];
        let several = check_registry(&registry)
            .into_iter()
            .filter(|warning| matches!(warning, CitationWarning::SameDocumentSeveralNumbers { .. }));
        assert_eq!(several.count(), 3);
    }

    #[test]
    fn blanks_and_repeated_ids_are_named() {
        let blank = entry("a", DocumentKind::Letter, "/UBND-LĐTBXH", None);
        let again = entry("a", DocumentKind::Letter, "7/UBND-LĐTBXH", Some((2017, 1, 1)));
        let id = || "a".to_owned();
        assert_eq!(
            check_registry(&[blank, again]),
            [
                CitationWarning::SameIdTwice { id: id() },
                CitationWarning::BlankNumber { id: id() },
                CitationWarning::BlankDate { id: id() },
            ]
        );
    }
}
