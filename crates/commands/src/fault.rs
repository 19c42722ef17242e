//! Why a command did not do what it was asked: a code of a closed list, never words.
//!
//! **Invariant:** every code has its words in Vietnamese and English in the catalogue, under `error_<code>`.
//! **Invariant:** a fault carries ids, field paths and limits; never names, citizen ids or answers.

use std::collections::BTreeMap;

use domain::error::Invalid;
use serde::{Deserialize, Serialize};
use store::StoreError;
use ts_rs::TS;

use crate::host::HostError;

/// Whether the person can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The request was not accepted; the program works as it should.
    Refused,
    /// Something that should work does not.
    Broken,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal $severity:ident),+ $(,)?) => {
        /// Every reason that the app gives. Consumers match on the text; it never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $text)] $variant),+
        }

        impl ErrorCode {
            /// All codes, for the check of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as text.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Whether the person can do something about it.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    /// The request is not what the method takes; `reason` says where.
    MalformedRequest = "malformed_request" Refused,
    /// The request is larger than `limit` bytes.
    RequestTooLarge = "request_too_large" Refused,
    /// There is no such method.
    UnknownMethod = "unknown_method" Refused,

    /// Nobody is enrolled on this device.
    NotEnrolled = "not_enrolled" Refused,
    /// Someone is enrolled on this device already.
    AlreadyEnrolled = "already_enrolled" Refused,
    /// The PIN has not been given.
    Locked = "locked" Refused,
    /// Not the PIN of this device.
    WrongPin = "wrong_pin" Refused,
    /// A PIN needs six digits or more.
    WeakPin = "weak_pin" Refused,
    /// The server's address is not `https://…`, or `http://` on this machine.
    InvalidServer = "invalid_server" Refused,
    /// No such code.
    UnknownCode = "unknown_code" Refused,
    /// The code was used before.
    UsedCode = "used_code" Refused,
    /// The code's time is over.
    ExpiredCode = "expired_code" Refused,

    /// The database does not open with the key that belongs to it.
    WrongKey = "wrong_key" Broken,
    /// The database was written by a newer version of the program.
    NewerDatabase = "newer_database" Refused,
    /// The database could not be read or written; `reason` says how.
    StorageFailed = "storage_failed" Broken,
    /// The device has no room left; nothing was changed.
    DiskFull = "disk_full" Refused,
    /// A file beside the database could not be read or written.
    FileFailed = "file_failed" Broken,
    /// The enrolment file is damaged.
    DamagedEnrolment = "damaged_enrolment" Broken,
    /// A stored record could not be read.
    DamagedRecord = "damaged_record" Broken,
    /// The configuration could not be read or is not signed by the server.
    DamagedConfiguration = "damaged_configuration" Broken,
    /// A review names a rulebook that this version of the program does not have.
    UnknownRulebook = "unknown_rulebook" Refused,

    /// Not 32 lower-case hex digits.
    InvalidId = "invalid_id" Refused,
    /// There is no such field.
    UnknownField = "unknown_field" Refused,
    /// The value's type is not that of the field.
    WrongType = "wrong_type" Refused,
    /// Longer than the field allows.
    TooLong = "too_long" Refused,
    /// Empty where something is needed.
    Empty = "empty" Refused,
    /// Not a date of the calendar, or not a possible one.
    InvalidDate = "invalid_date" Refused,
    /// Not 12 digits.
    InvalidCitizenId = "invalid_citizen_id" Refused,
    /// An amount below zero.
    NegativeAmount = "negative_amount" Refused,
    /// A number outside the field's range.
    OutOfRange = "out_of_range" Refused,
    /// Not one of the options.
    UnknownOption = "unknown_option" Refused,
    /// The rulebook does not have this question.
    UnknownQuestion = "unknown_question" Refused,
    /// The registry does not have this policy.
    UnknownPolicy = "unknown_policy" Refused,
    /// Not an ethnicity of the list.
    InvalidEthnicity = "invalid_ethnicity" Refused,
    /// A character that is not text.
    InvalidCharacter = "invalid_character" Refused,

    /// No such household on this device.
    UnknownHousehold = "unknown_household" Refused,
    /// No such village among the person's villages.
    UnknownVillage = "unknown_village" Refused,
    /// No such unit among the person's units.
    UnknownUnit = "unknown_unit" Refused,
    /// No such review.
    UnknownReview = "unknown_review" Refused,
    /// No review is open.
    NoReview = "no_review" Refused,
    /// The edit names a member that the household does not have.
    UnknownMember = "unknown_member" Refused,
    /// The edit names a support that the household does not have.
    UnknownSupport = "unknown_support" Refused,
    /// The edit names a photo that the household does not have.
    UnknownPhoto = "unknown_photo" Refused,
    /// The edit answers a comment that the household does not have.
    UnknownComment = "unknown_comment" Refused,
    /// The form of the review does not have this section.
    UnknownSection = "unknown_section" Refused,
    /// The earlier review says nothing of the section that is not answered by now.
    NothingToConfirm = "nothing_to_confirm" Refused,
    /// The step `step` does not follow the stage `stage` that the household is in.
    StepNotPossible = "step_not_possible" Refused,
    /// `count` questions are not answered, or the class is still open.
    SurveyIncomplete = "survey_incomplete" Refused,
    /// The review is closed for the village.
    ReviewSealed = "review_sealed" Refused,
    /// Not a whole JPEG or PNG.
    NotAnImage = "not_an_image" Refused,
    /// A picture of more bytes or more points than the limit.
    ImageTooLarge = "image_too_large" Refused,
    /// The server did not take a picture of `household`: it refused what describes it. The picture stays on this device.
    PhotoRefused = "photo_refused" Refused,
    /// The form was opened on a state that this device no longer has.
    UnknownHeads = "unknown_heads" Refused,
    /// The text is not one of a citizen card.
    NotACard = "not_a_card" Refused,
    /// No QR code is to be seen in the picture.
    NoCode = "no_code" Refused,
    /// A citizen card's text with a part missing or wrong; `reason` says which.
    DamagedCard = "damaged_card" Refused,

    /// The household would be without a head.
    NoHead = "no_head" Refused,
    /// The head would be someone who left.
    HeadLeft = "head_left" Refused,
    /// The member left already.
    AlreadyLeft = "already_left" Refused,
    /// Nobody would be left in the household.
    NobodyLeft = "nobody_left" Refused,
    /// Somebody who looks the same is on this device, and nobody said why they are another person.
    DuplicatePerson = "duplicate_person" Refused,
    /// The household was taken out of the lists.
    AlreadyRemoved = "already_removed" Refused,
    /// The household was not taken out of the lists.
    NotRemoved = "not_removed" Refused,
    /// A record cannot be merged into itself.
    MergeSelf = "merge_self" Refused,
    /// The household was not merged into another.
    NotMerged = "not_merged" Refused,
    /// Two people would be one.
    SamePersonTwice = "same_person_twice" Refused,

    /// The field has no contradicting values.
    NoConflict = "no_conflict" Refused,
    /// The chosen value is not among the contradicting ones.
    UnknownChoice = "unknown_choice" Refused,
    /// The field is written by the program alone.
    ReservedField = "reserved_field" Refused,
    /// The person's role may not do this.
    NotPermitted = "not_permitted" Refused,
    /// The meeting does not have this session.
    UnknownSession = "unknown_session" Refused,
    /// Nobody with this id is recorded at the session.
    UnknownPerson = "unknown_person" Refused,
    /// Other records of the meeting have come since the form was opened.
    MeetingChanged = "meeting_changed" Refused,
    /// The session was taken back.
    SessionRemoved = "session_removed" Refused,
    /// The session's results are with the households already.
    SessionConcluded = "session_concluded" Refused,
    /// Nobody is recorded as present.
    NoAttendance = "no_attendance" Refused,
    /// Nobody was voted on.
    NoVotes = "no_votes" Refused,
    /// More votes on `household` than people who came.
    VotesOverAttendance = "votes_over_attendance" Refused,
    /// The votes on `household` decide nothing.
    UndecidedVotes = "undecided_votes" Refused,
    /// The votes on `household` contradict each other.
    ContestedVotes = "contested_votes" Refused,
    /// More in one request than the limit allows.
    OverLimit = "over_limit" Refused,

    /// The server did not answer.
    Unreachable = "unreachable" Refused,
    /// A sync is under way already.
    SyncRunning = "sync_running" Refused,
    /// The server no longer accepts this device.
    Revoked = "revoked" Refused,
    /// The server asks to wait.
    TooManyRequests = "too_many_requests" Refused,
    /// The server needs a newer version of the program.
    OldVersion = "old_version" Refused,
    /// The server is older than this program and does not understand it.
    OldServer = "old_server" Refused,
    /// The server could not read what was sent.
    DamagedBody = "damaged_body" Broken,
    /// The server found the body larger than it takes.
    BodyTooLarge = "body_too_large" Broken,
    /// The server has no room left; it stored nothing.
    ServerFull = "server_full" Broken,
    /// The server failed.
    ServerFailed = "server_failed" Broken,
    /// The server's answer could not be read.
    DamagedAnswer = "damaged_answer" Broken,
    /// The server refused the request; `reason` holds its code.
    ServerRefused = "server_refused" Refused,
    /// The server keeps answering without anything coming of it.
    NoProgress = "no_progress" Broken,
    /// The server's log has a hole; nothing after it was taken.
    LogHole = "log_hole" Broken,
    /// The log goes on from what the device does not have: it is not the one that was read before.
    LogGap = "log_gap" Broken,
    /// The server's log has an entry that is not a sound change; nothing from there on was taken.
    LogUnsound = "log_unsound" Broken,
    /// The server sent an entry of a scope that the device does not have.
    LogForeignScope = "log_foreign_scope" Broken,
    /// Device and server do not hold the same changes.
    DigestMismatch = "digest_mismatch" Broken,
    /// Not a file that carries edits.
    NotABundle = "not_a_bundle" Refused,
    /// The end of the file is missing; nothing of it was taken.
    TruncatedBundle = "truncated_bundle" Refused,
    /// The file is not as it was written; nothing of it was taken.
    DamagedBundle = "damaged_bundle" Refused,
    /// A newer version of the program wrote the file.
    NewerBundle = "newer_bundle" Refused,
    /// Not the code of this file.
    WrongBundleCode = "wrong_bundle_code" Refused,
    /// The file is of another town.
    BundleOfOtherTown = "bundle_of_other_town" Refused,
    /// More than a file takes.
    BundleTooLarge = "bundle_too_large" Refused,
    /// Nothing waits that a file could carry.
    NothingToCarry = "nothing_to_carry" Refused,
    /// Something that cannot happen did.
    Internal = "internal" Broken,
}

/// A command that was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fault {
    /// Why.
    pub code: ErrorCode,
    /// Whether the person can do something about it.
    pub severity: Severity,
    /// The field that it is about.
    pub field: Option<String>,
    /// What the words speak of.
    pub params: BTreeMap<String, String>,
}

impl Fault {
    /// A fault with this code and nothing else.
    pub fn new(code: ErrorCode) -> Self {
        Self { code, severity: code.severity(), field: None, params: BTreeMap::new() }
    }

    /// The same, about this field.
    pub fn at(mut self, field: impl ToString) -> Self {
        self.field = Some(field.to_string());
        self
    }

    /// The same, with a parameter for its words.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

impl Fault {
    /// The same, with its field called by the name that the form knows.
    pub(crate) fn renamed(mut self, rename: impl FnOnce(&str) -> String) -> Self {
        self.field = self.field.as_deref().map(rename);
        self
    }
}

impl From<ErrorCode> for Fault {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl From<Invalid> for ErrorCode {
    fn from(invalid: Invalid) -> Self {
        match invalid {
            Invalid::Id => Self::InvalidId,
            Invalid::Field => Self::UnknownField,
            Invalid::Type => Self::WrongType,
            Invalid::TooLong => Self::TooLong,
            Invalid::Empty => Self::Empty,
            Invalid::Date => Self::InvalidDate,
            Invalid::CitizenId => Self::InvalidCitizenId,
            Invalid::Negative => Self::NegativeAmount,
            Invalid::Range => Self::OutOfRange,
            Invalid::Option => Self::UnknownOption,
            Invalid::Question => Self::UnknownQuestion,
            Invalid::Policy => Self::UnknownPolicy,
            Invalid::Ethnicity => Self::InvalidEthnicity,
            Invalid::Character => Self::InvalidCharacter,
        }
    }
}

impl From<Invalid> for Fault {
    fn from(invalid: Invalid) -> Self {
        Self::new(invalid.into())
    }
}

impl From<HostError> for Fault {
    fn from(error: HostError) -> Self {
        match error {
            HostError::Unreachable => Self::new(ErrorCode::Unreachable),
            HostError::File => Self::new(ErrorCode::FileFailed),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::WrongKey => ErrorCode::WrongKey,
            StoreError::NewerDatabase => ErrorCode::NewerDatabase,
            StoreError::Record(_) => ErrorCode::DamagedRecord,
            StoreError::LogGap => ErrorCode::LogGap,
            StoreError::Full => ErrorCode::DiskFull,
            _ => ErrorCode::StorageFailed,
        };
        Self::new(code).with("reason", error.reason())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_one_text() {
        let mut texts: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.text()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), ErrorCode::ALL.len());
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.text());
        }
    }
}
