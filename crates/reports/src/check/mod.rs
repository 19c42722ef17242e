//! Checks: everything in the data that a report should not be sent with unseen.
//!
//! Checks never stop a report from being written; they are listed on its checks page, and the report says how many
//! are open.
//!
//! **Invariant:** the same data gives the same checks in the same order; a check names ids, never people.

mod citations;
mod programme;
mod records;
mod shares;
mod words;

use serde::{Deserialize, Serialize};

use domain::id::HouseholdId;

use crate::data::TownData;
use crate::figure::{Figures, Words};
use crate::summary;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A number or a reference that cannot be right.
    Wrong,
    /// Something a person has to settle.
    Open,
    /// Something a reader should know.
    Note,
}

macro_rules! codes {
    ($($variant:ident = $key:literal, $severity:ident;)+) => {
        /// What a check found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the words of each are in data/checks.toml")]
        pub enum CheckCode { $(#[serde(rename = $key)] $variant),+ }

        impl CheckCode {
            /// Every code, in the order of the checks page.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as text, and the key of its words.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// How bad it is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    ShareOverWhole = "share_over_whole", Wrong;
    ShareOfNothing = "share_of_nothing", Open;
    PartsDoNotAdd = "parts_do_not_add", Wrong;
    GrantsNotAtFixedAmount = "grants_not_at_fixed_amount", Wrong;
    LabelNotOnlyPoor = "label_not_only_poor", Note;
    MovementIdentity = "movement_identity", Wrong;
    MovementUnexplained = "movement_unexplained", Open;
    TargetMetYetOpen = "target_met_yet_open", Wrong;
    TargetDoneYetUnmet = "target_done_yet_unmet", Note;
    StatusMissing = "status_missing", Open;
    StatusUnknown = "status_unknown", Wrong;
    UnitsNotDone = "units_not_done", Open;
    IndicatorMissing = "indicator_missing", Open;
    IndicatorInvalid = "indicator_invalid", Wrong;
    IndicatorWithoutSource = "indicator_without_source", Open;
    IndicatorBelowRecords = "indicator_below_records", Wrong;
    PopulationMissing = "population_missing", Open;
    PeopleDiffer = "people_differ", Open;
    InsuranceNotKnown = "insurance_not_known", Open;
    RecognisedWithoutRecord = "recognised_without_record", Open;
    HouseholdNotReviewed = "household_not_reviewed", Open;
    ConflictNotResolved = "conflict_not_resolved", Open;
    SupportNotDated = "support_not_dated", Open;
    SupportPolicyUnknown = "support_policy_unknown", Wrong;
    SupportWithoutAmount = "support_without_amount", Open;
    SupportWithoutMember = "support_without_member", Open;
    SupportOutsideGroup = "support_outside_group", Open;
    LetterNotIssued = "letter_not_issued", Open;
    LetterNotSigned = "letter_not_signed", Open;
    CitationKind = "citation_kind", Wrong;
    CitationNeighbours = "citation_neighbours", Open;
    CitationSeveralNumbers = "citation_several_numbers", Wrong;
    CitationSameId = "citation_same_id", Wrong;
    CitationWithoutNumber = "citation_without_number", Open;
    CitationWithoutDate = "citation_without_date", Open;
    SummaryIdentity = "summary_identity", Wrong;
    SummaryCross = "summary_cross", Wrong;
    PaperDiffers = "paper_differs", Note;
}

/// One open check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was found.
    pub code: CheckCode,
    /// How bad it is.
    pub severity: Severity,
    /// What it was found in: the id of a figure, a task, an indicator, a policy, a citation; empty for the whole.
    pub subject: String,
    /// What it says.
    pub words: Words,
    /// The households it is about, where it is about households.
    pub households: Vec<HouseholdId>,
}

impl Check {
    /// A check with its words; `params` fill the names in the words.
    pub(crate) fn new(code: CheckCode, subject: &str, params: &[(&str, String)]) -> Self {
        let words = words::words(code, params);
        Self { code, severity: code.severity(), subject: subject.to_owned(), words, households: Vec::new() }
    }

    /// The same about some households; the number of them fills `{count}`, the name in both languages `{subject}`.
    pub(crate) fn about(
        code: CheckCode,
        subject: &str,
        [vi, en]: [&str; 2],
        households: Vec<HouseholdId>,
    ) -> Option<Self> {
        if households.is_empty() {
            return None;
        }
        let count = domain::money::group(i64::try_from(households.len()).unwrap_or(i64::MAX));
        let params = [("subject", vi.to_owned()), ("subject_en", en.to_owned()), ("count", count)];
        Some(Self { households, ..Self::new(code, subject, &params) })
    }
}

/// Every open check, by code and then by what it was found in.
pub fn checks(data: &TownData<'_>, figures: &Figures) -> Vec<Check> {
    let mut found = shares::checks(data, figures);
    found.extend(programme::checks(data, figures));
    found.extend(records::checks(data, figures));
    found.extend(citations::checks(data));
    found.extend(summary::checks(&summary::summary(data)));
    found.sort_by(|a, b| (a.code, &a.subject, &a.words.vi).cmp(&(b.code, &b.subject, &b.words.vi)));
    found
}

#[cfg(test)]
mod tests;
