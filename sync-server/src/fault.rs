//! What can go wrong, as it crosses the border: one closed list of codes, each with its HTTP status.
//!
//! **Invariant:** a fault carries ids, limits and line numbers, never names, answers or secrets.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::words;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $status:literal $code:literal),+ $(,)?) => {
        /// Why a request or a command was not carried out.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $name),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The text under which the words for people are found.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }
        }
    };
}

faults! {
    /// The body is larger than the limit.
    BodyTooLarge = 413 "body_too_large",
    /// The body inflates beyond the limit.
    InflatedTooLarge = 413 "inflated_too_large",
    /// The body is damaged.
    DamagedBody = 400 "damaged_body",
    /// The body ends before its first whole message.
    TruncatedBody = 400 "truncated_body",
    /// A message that is not what the protocol says.
    MalformedMessage = 400 "malformed_message",
    /// A protocol version that this program does not speak.
    UnsupportedVersion = 400 "unsupported_version",
    /// No enrolment code like that.
    UnknownEnrolmentCode = 403 "unknown_enrolment_code",
    /// The enrolment code was used before.
    UsedEnrolmentCode = 403 "used_enrolment_code",
    /// The enrolment code's time is over.
    ExpiredEnrolmentCode = 403 "expired_enrolment_code",
    /// No token, or one that nobody was given.
    UnknownToken = 401 "unknown_token",
    /// The enrolment was revoked.
    RevokedToken = 403 "revoked_token",
    /// Too many requests.
    TooManyRequests = 429 "too_many_requests",
    /// The request took longer than its limit.
    TooSlow = 408 "request_too_slow",
    /// The server could not do its part; nothing was stored.
    ServerBroken = 500 "server_broken",
    /// The disk of the server is full; nothing was stored.
    ServerFull = 507 "server_full",
    /// No such address.
    UnknownAddress = 404 "unknown_address",
    /// Nobody is logged in, or the session is over.
    NotLoggedIn = 401 "not_logged_in",
    /// The name or the password is wrong.
    WrongLogin = 403 "wrong_login",
    /// The form does not come from the page that was shown.
    StaleForm = 403 "stale_form",
    /// The password is too short or too long.
    WeakPassword = 400 "weak_password",
    /// A name that cannot be an office login.
    InvalidLoginName = 400 "invalid_login_name",
    /// The data folder already has a town.
    TownExists = 409 "town_exists",
    /// The data folder has no town yet.
    NoTown = 409 "no_town",
    /// The registry was changed by another command in the meantime.
    ConfigurationChanged = 409 "configuration_changed",
    /// Nobody said where the data is.
    NoPlace = 400 "no_place",
    /// Not an address of PostgreSQL, or one on another machine.
    DatabaseAddress = 400 "database_address",
    /// The key store is to be in the town's database.
    KeysNotApart = 400 "keys_not_apart",
    /// The database was written by a newer program.
    DatabaseNewer = 409 "database_newer",
    /// The database is damaged or not one of ours.
    DatabaseDamaged = 500 "database_damaged",
    /// The key store does not have the key of a document that the log has.
    KeyMissing = 500 "key_missing",
    /// A file cannot be read.
    FileUnreadable = 400 "file_unreadable",
    /// A file cannot be written.
    FileUnwritable = 500 "file_unwritable",
    /// The town file is not what its format says.
    TownMalformed = 400 "town_malformed",
    /// The town file is of another format.
    TownFormat = 400 "town_format",
    /// A key is used twice.
    TownDuplicate = 400 "town_duplicate",
    /// A key that nothing in the file has.
    TownUnknownKey = 400 "town_unknown_key",
    /// A unit is above itself, or its tree does not hang together.
    TownTree = 400 "town_tree",
    /// A name, number or symbol is empty or too long.
    TownText = 400 "town_text",
    /// Not a date of the calendar, or an end before its beginning.
    TownDate = 400 "town_date",
    /// A count below zero.
    TownCount = 400 "town_count",
    /// A rulebook that the program does not ship.
    TownRulebook = 400 "town_rulebook",
    /// A review whose rulebook scores nobody.
    TownRulebookLocked = 400 "town_rulebook_locked",
    /// A review under another rulebook than the one of the year in which its list takes effect, and nobody confirmed it.
    TownRulebookYear = 400 "town_rulebook_year",
    /// A local standard without a threshold, or with one below zero.
    TownThreshold = 400 "town_threshold",
    /// Under the local standard a household would have no class, or two.
    TownStandardUnclear = 400 "town_standard_unclear",
    /// The local standard takes in fewer than the national one.
    TownStandardStricter = 400 "town_standard_stricter",
    /// Someone who gives an opinion in a review that asks for none.
    TownOpinion = 400 "town_opinion",
    /// A user without a single scope.
    TownNoScope = 400 "town_no_scope",
    /// The report's settings are not what the report reads.
    TownReport = 400 "town_report",
    /// No user with that id or key.
    UnknownUser = 404 "unknown_user",
    /// No enrolment with that id.
    UnknownEnrolment = 404 "unknown_enrolment",
    /// No review with that id or key.
    UnknownReview = 404 "unknown_review",
    /// No unit with that id, or not exactly one with that name.
    UnknownUnit = 404 "unknown_unit",
    /// No household with that id.
    UnknownHousehold = 404 "no_such_household",
    /// The household was purged.
    HouseholdPurged = 409 "household_purged",
    /// Households are in villages only.
    NotAVillage = 400 "not_a_village",
    /// The household is in that village already.
    AlreadyThere = 409 "already_there",
    /// Nothing is proposed of the document.
    NoProposal = 404 "no_proposal",
    /// The change is not in quarantine, or not any more.
    NotInQuarantine = 404 "not_in_quarantine",
    /// The office cannot take the change.
    NotReleased = 409 "not_released",
    /// The review is sealed for the unit, or for one above it.
    AlreadySealed = 409 "already_sealed",
    /// The town file has no report part.
    NoReport = 409 "no_report",
    /// The rulebook has no form B1 that could be scored.
    B1NoForm = 400 "b1_no_form",
    /// A B1 table is not taken; the details name every bad cell.
    B1Refused = 400 "b1_refused",
    /// Not an XLSX file.
    B1NotAWorkbook = 400 "b1_not_a_workbook",
    /// The file is larger than a table can be.
    B1FileTooLarge = 413 "b1_file_too_large",
    /// Not the template of this program.
    B1NotATemplate = 400 "b1_not_a_template",
    /// The template of another rulebook.
    B1WrongRulebook = 400 "b1_wrong_rulebook",
    /// A made-up table that is not supplied as one.
    B1FictitiousUnsaid = 400 "b1_fictitious_unsaid",
    /// A cell that is not a whole number.
    B1NotANumber = 400 "b1_not_a_number",
    /// A word that says no way of choosing.
    B1Kind = 400 "b1_kind",
    /// A row before the first item.
    B1NoItem = 400 "b1_no_item",
    /// A further row of an item says something else than its first.
    B1Differs = 400 "b1_differs",
    /// No item, or too many.
    B1Items = 400 "b1_items",
    /// No answer, or too many.
    B1Answers = 400 "b1_answers",
    /// The version or the document is empty or too long.
    B1Label = 400 "b1_label",
    /// A text is empty or too long.
    B1Text = 400 "b1_text",
    /// A region that the rulebook does not have.
    B1UnknownRegion = 400 "b1_unknown_region",
    /// A region without a column.
    B1MissingRegion = 400 "b1_missing_region",
    /// A region, item or answer is there twice.
    B1Duplicate = 400 "b1_duplicate",
    /// An answer without points in a region.
    B1BlankPoint = 400 "b1_blank_point",
    /// Points outside their range.
    B1PointRange = 400 "b1_point_range",
    /// More points together than a form takes.
    B1TotalRange = 400 "b1_total_range",
    /// An id that cannot be a key.
    B1Key = 400 "b1_key",
    /// The review has another rulebook than the table.
    B1ReviewRulebook = 409 "b1_review_rulebook",
    /// Lists were recognised from the review: its table stays as it is.
    B1ReviewRecognised = 409 "b1_review_recognised",
    /// A unit of the review is sealed: its table stays as it is.
    B1ReviewSealed = 409 "b1_review_sealed",
    /// Villages without a region of the table; the details name them.
    B1NoRegion = 409 "b1_no_region",
    /// One of these villages.
    B1UnitRegion = 409 "b1_unit_region",
    /// The report cannot be written from its template.
    ReportUnwritten = 409 "report_unwritten",
    /// Not a file that a device wrote.
    NotABundle = 400 "not_a_bundle",
    /// The file's end is missing.
    TruncatedBundle = 400 "truncated_bundle",
    /// The file is not as it was written.
    DamagedBundle = 400 "damaged_bundle",
    /// A newer program wrote the file.
    NewerBundle = 400 "newer_bundle",
    /// Not the code of the file.
    WrongBundleCode = 400 "wrong_bundle_code",
    /// The file belongs to another town.
    BundleOfOtherTown = 400 "bundle_of_other_town",
    /// The file is larger than one can be.
    BundleTooLarge = 413 "bundle_too_large",
    /// A list to recognise is not what its format says.
    ListMalformed = 400 "list_malformed",
    /// The register does not take a row.
    ListRefused = 400 "list_refused",
    /// Nothing to recognise.
    ListEmpty = 400 "list_empty",
}

/// A code with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The code.
    pub code: Code,
    /// What fills the words' blanks.
    pub params: Vec<(&'static str, String)>,
    /// The faults that it is made of, if it is made of several.
    pub details: Vec<Fault>,
}

impl Fault {
    /// A fault without particulars.
    pub const fn of(code: Code) -> Self {
        Self { code, params: Vec::new(), details: Vec::new() }
    }

    /// The fault with one more particular.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    /// The fault with one more that it is made of.
    #[must_use]
    pub fn because(mut self, detail: Self) -> Self {
        self.details.push(detail);
        self
    }

    /// `{code, vi, en, params, details}`.
    pub fn json(&self) -> Value {
        let words = words::error(self.code.text(), &self.params);
        let mut body = json!({"code": self.code.text(), "vi": words.vi, "en": words.en});
        if !self.params.is_empty() {
            let params =
                self.params.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str())));
            body["params"] = Value::Object(params.collect());
        }
        if !self.details.is_empty() {
            body["details"] = self.details.iter().map(Self::json).collect();
        }
        body
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code.text())
    }
}

impl std::error::Error for Fault {}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if status.is_server_error() {
            tracing::error!(code = self.code.text(), "request failed");
        } else {
            tracing::info!(code = self.code.text(), "request refused");
        }
        (status, Json(self.json())).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_in_both_languages() {
        let missing: Vec<_> = Code::ALL
            .iter()
            .map(|code| format!("error_{}", code.text()))
            .filter(|key| !words::known(key))
            .collect();
        assert!(missing.is_empty(), "no words for {missing:?}");
    }
}
