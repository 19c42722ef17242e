//! What a field takes: every new value passes here, on the device before it is saved and in the gate before it is
//! stored.
//!
//! Answers are checked here for their form only; `rulebook::check_answer` checks them against their question.
//!
//! **Invariant:** `check` is idempotent: a value that it returned is returned unchanged the next time. A stored
//! value is well-formed exactly if `check` returns it as it is.

mod form;

use chrono::NaiveDate;

use crate::error::Invalid;
use crate::field::{
    AttendanceKey, ChoiceKey, CommentKey, Field, IndicatorKey, MemberKey, PhotoKey, PlaceKey, SessionKey,
    StepKey, SupportKey, TaskKey, VisitKey, VoteKey,
};
use crate::id::{CommentId, DocumentId, MemberId, ReviewId, StepId, UserId};
use crate::review::STEPS;
use crate::scalar::Scalar;
use form::{
    amount, answer, citizen_id, day, ethnicity, exact, figure, flag, id, line, list, narrative, number,
    one_of, origin, period, phone, sha256, time, word,
};

/// Longest name of a person, in letters.
pub const NAME_MAX: usize = 120;
/// Longest address and other single lines (purpose, source, number of a decision), in letters.
pub const ADDRESS_MAX: usize = 300;
/// Longest narrative (comment, reason, result), in letters.
pub const TEXT_MAX: usize = 2000;
/// Longest code on paper lists, in letters.
pub const CODE_MAX: usize = 64;
/// Longest telephone number, in characters.
pub const PHONE_MAX: usize = 20;
/// Length of a citizen id, in digits.
pub const CITIZEN_ID_DIGITS: usize = 12;
/// First year that a date can be in.
pub const YEAR_MIN: i32 = 1900;
/// Least B1 total, in points.
pub const B1_MIN: i64 = 0;
/// Greatest B1 total, in points.
pub const B1_MAX: i64 = 1000;
/// Greatest amount of one support, in đồng.
pub const AMOUNT_MAX: i64 = 1_000_000_000_000;
/// Greatest number that every reader of the documents holds exactly.
pub const NUMBER_MAX: i64 = (1 << 53) - 1;
/// Latest claimed time, in seconds since 1970: the end of the year 2199.
pub const TIME_MAX: i64 = 7_258_118_399;
/// Degrees × 10⁷ to the poles.
pub const LATITUDE_MAX: i64 = 900_000_000;
/// Degrees × 10⁷ to the date line.
pub const LONGITUDE_MAX: i64 = 1_800_000_000;
/// Greatest inaccuracy of a place, in metres.
pub const ACCURACY_MAX: i64 = 100_000;
/// What a photo shows.
pub const PHOTO_KINDS: [&str; 4] = ["house", "card", "paper", "other"];
/// Greatest photo, in bytes.
pub const PHOTO_MAX: i64 = 10 * 1024 * 1024;
/// Most ids in a list of steps or changes.
pub const LIST_MAX: usize = 64;
/// Length of a SHA-256 in hex digits.
pub const SHA256_DIGITS: usize = 64;

/// What a member's sex can be.
pub const SEXES: [&str; 2] = ["male", "female"];
/// What a member's relation to the head can be.
pub const RELATIONS: [&str; 8] =
    ["head", "spouse", "child", "parent", "sibling", "grandchild", "grandparent", "other"];
/// Why a member left.
pub const LEFT_WHY: [&str; 4] = ["moved_out", "died", "split", "mistake"];
/// Why a member came.
pub const MEMBER_CAME_WHY: [&str; 5] = ["born", "moved_in", "marriage", "split", "other"];
/// Why a household came to be listed.
pub const CAME_WHY: [&str; 3] = ["moved_in", "split", "newly_listed"];
/// What someone attends a village meeting as.
pub const ATTENDANCE_ROLES: [&str; 9] =
    ["chair", "secretary", "party", "union", "front", "reviewer", "commune", "household", "other"];
/// Most votes of one kind on a household.
pub const VOTES_MAX: i64 = 100_000;
/// Why a household was removed.
pub const REMOVED_WHY: [&str; 5] = ["moved_out", "died", "split", "merged", "mistake"];
/// How far a task of the programme is.
pub const TASK_STATUSES: [&str; 3] = ["not_started", "in_progress", "done"];
/// Ethnicities of the list of 1979, by number.
pub const ETHNICITIES: std::ops::RangeInclusive<u32> = 1..=54;

/// An amount of money: whole đồng, none or more.
pub fn money(value: &Scalar) -> Result<Scalar, Invalid> {
    amount(value)
}

/// A date whose month and day need not be known. `today` is its latest day.
pub fn date(value: &Scalar, today: Option<NaiveDate>) -> Result<Scalar, Invalid> {
    form::date(value, today)
}

/// Checks a new value and brings it into the form that is stored. Empty text clears a field. `today` bounds the
/// dates of what has happened; the gate has no clock and passes none. "Asked, not known" is for answers alone.
pub fn check(field: &Field, value: &Scalar, today: Option<NaiveDate>) -> Result<Scalar, Invalid> {
    if value.is_not_known() && !matches!(field, Field::Answer(..)) {
        return Err(Invalid::Type);
    }
    let checked = match value {
        Scalar::Null => Scalar::Null,
        _ => check_form(field, value, today)?,
    };
    if checked == Scalar::Null && is_lasting(field) { Err(Invalid::Empty) } else { Ok(checked) }
}

fn check_form(field: &Field, value: &Scalar, today: Option<NaiveDate>) -> Result<Scalar, Invalid> {
    match field {
        Field::Place(key) => place(*key, value),
        Field::Head => id::<MemberId>(value),
        Field::Member(_, key) => member(*key, value, today),
        Field::Answer(..) => answer(value),
        Field::B1Entered(_) => number(value, B1_MIN, B1_MAX),
        Field::Visit(_, _, key) => visit(*key, value),
        Field::Step(_, _, key) => step(*key, value),
        Field::Comment(_, _, key) => comment(*key, value),
        Field::Choice(_, _, key) => choice(*key, value),
        Field::Support(_, key) => support(*key, value, today),
        Field::Photo(_, key) => photo(*key, value),
        Field::Removed => flag(value),
        Field::RemovedWhy => one_of(value, &REMOVED_WHY),
        Field::MergedInto => id::<DocumentId>(value),
        Field::CameWhy => one_of(value, &CAME_WHY),
        Field::RemovedOn => date(value, today),
        Field::RemovedNote => narrative(value),
        Field::Session(_, key) => session(*key, value),
        Field::Vote(_, _, key) => vote(*key, value),
        Field::Attendance(_, _, key) => attendance(*key, value),
        Field::Task(_, TaskKey::Status) => one_of(value, &TASK_STATUSES),
        Field::Task(_, TaskKey::Result) => narrative(value),
        Field::Indicator(_, key) => indicator(*key, value, today),
    }
}

/// Fields that are never cleared: a person has a name, and what someone did stays what it was.
fn is_lasting(field: &Field) -> bool {
    matches!(field, Field::Member(_, MemberKey::Name) | Field::Step(..) | Field::Choice(..))
        && !matches!(
            field,
            Field::Step(_, _, StepKey::Why | StepKey::After)
                | Field::Choice(_, _, ChoiceKey::Why | ChoiceKey::Over)
        )
}

fn place(key: PlaceKey, value: &Scalar) -> Result<Scalar, Invalid> {
    match key {
        PlaceKey::Address => line(value, ADDRESS_MAX),
        PlaceKey::Lat => number(value, -LATITUDE_MAX, LATITUDE_MAX),
        PlaceKey::Lng => number(value, -LONGITUDE_MAX, LONGITUDE_MAX),
        PlaceKey::Accuracy => number(value, 0, ACCURACY_MAX),
        PlaceKey::Phone => phone(value),
        PlaceKey::Code => line(value, CODE_MAX),
    }
}

fn member(key: MemberKey, value: &Scalar, today: Option<NaiveDate>) -> Result<Scalar, Invalid> {
    match key {
        MemberKey::Name => line(value, NAME_MAX),
        MemberKey::Sex => one_of(value, &SEXES),
        MemberKey::Born | MemberKey::LeftOn | MemberKey::CameOn => date(value, today),
        MemberKey::CitizenId => citizen_id(value),
        MemberKey::Ethnicity => ethnicity(value),
        MemberKey::Relation => one_of(value, &RELATIONS),
        MemberKey::Merit | MemberKey::Left => flag(value),
        MemberKey::LeftWhy => one_of(value, &LEFT_WHY),
        MemberKey::CameWhy => one_of(value, &MEMBER_CAME_WHY),
        MemberKey::DuplicateWhy => narrative(value),
        MemberKey::Order => number(value, 0, NUMBER_MAX),
        MemberKey::Origin => origin(value),
    }
}

fn visit(key: VisitKey, value: &Scalar) -> Result<Scalar, Invalid> {
    match key {
        VisitKey::By => id::<UserId>(value),
        VisitKey::At => time(value),
        VisitKey::Lat => number(value, -LATITUDE_MAX, LATITUDE_MAX),
        VisitKey::Lng => number(value, -LONGITUDE_MAX, LONGITUDE_MAX),
        VisitKey::Confirms => word(value, Invalid::Question),
        VisitKey::Removed => flag(value),
    }
}

fn step(key: StepKey, value: &Scalar) -> Result<Scalar, Invalid> {
    match key {
        StepKey::Step => one_of(value, &STEPS),
        StepKey::By => id::<UserId>(value),
        StepKey::At => time(value),
        StepKey::Why => narrative(value),
        StepKey::After => list(value, |part| part.parse::<StepId>().map(|_| ())),
    }
}

fn comment(key: CommentKey, value: &Scalar) -> Result<Scalar, Invalid> {
    match key {
        CommentKey::Question => word(value, Invalid::Question),
        CommentKey::Member => id::<MemberId>(value),
        CommentKey::To => id::<CommentId>(value),
        CommentKey::Text => narrative(value),
        CommentKey::By => id::<UserId>(value),
        CommentKey::At => time(value),
        CommentKey::Done => flag(value),
    }
}

fn choice(key: ChoiceKey, value: &Scalar) -> Result<Scalar, Invalid> {
    match key {
        ChoiceKey::Field => exact(value, |path| path.parse::<Field>().map(|_| ())),
        ChoiceKey::Chosen => exact(value, sha256),
        ChoiceKey::Over => list(value, sha256),
        ChoiceKey::Why => narrative(value),
        ChoiceKey::By => id::<UserId>(value),
        ChoiceKey::At => time(value),
    }
}

fn support(key: SupportKey, value: &Scalar, today: Option<NaiveDate>) -> Result<Scalar, Invalid> {
    match key {
        SupportKey::Policy => word(value, Invalid::Policy),
        SupportKey::Period => exact(value, period),
        SupportKey::Purpose | SupportKey::Decision | SupportKey::Source => line(value, ADDRESS_MAX),
        SupportKey::Amount => amount(value),
        SupportKey::Date => date(value, today),
        SupportKey::Member => id::<MemberId>(value),
        SupportKey::Removed => flag(value),
    }
}

fn photo(key: PhotoKey, value: &Scalar) -> Result<Scalar, Invalid> {
    match key {
        PhotoKey::Sha256 => exact(value, sha256),
        PhotoKey::Bytes => number(value, 1, PHOTO_MAX),
        PhotoKey::Kind => one_of(value, &PHOTO_KINDS),
        PhotoKey::TakenAt => time(value),
        PhotoKey::Review => id::<ReviewId>(value),
        PhotoKey::Removed => flag(value),
    }
}

fn session(key: SessionKey, value: &Scalar) -> Result<Scalar, Invalid> {
    match key {
        SessionKey::At | SessionKey::EndedAt => time(value),
        SessionKey::Place => line(value, ADDRESS_MAX),
        SessionKey::Chair | SessionKey::Secretary => line(value, NAME_MAX),
        SessionKey::Opinions => narrative(value),
        SessionKey::Concluded | SessionKey::Removed => flag(value),
    }
}

fn vote(key: VoteKey, value: &Scalar) -> Result<Scalar, Invalid> {
    match key {
        VoteKey::For | VoteKey::Against => number(value, 0, VOTES_MAX),
        VoteKey::Note => narrative(value),
    }
}

fn attendance(key: AttendanceKey, value: &Scalar) -> Result<Scalar, Invalid> {
    match key {
        AttendanceKey::Name => line(value, NAME_MAX),
        AttendanceKey::Role => one_of(value, &ATTENDANCE_ROLES),
        AttendanceKey::Present => flag(value),
    }
}

fn indicator(key: IndicatorKey, value: &Scalar, today: Option<NaiveDate>) -> Result<Scalar, Invalid> {
    match key {
        IndicatorKey::Value => figure(value),
        IndicatorKey::Source => line(value, ADDRESS_MAX),
        IndicatorKey::Date => day(value, today),
    }
}

#[cfg(test)]
mod tests;
