//! The fields of a document, as people and rules name them: one path, one spelling.
//!
//! A path is what a save, a conflict, a history line, a permission and a choice speak of, for example
//! `members/<id>/name` or `reviews/<id>/answers/nuoc`.
//!
//! **Invariant:** `Field` and its text are in bijection; the keys never change once a version has been released.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Invalid;
use crate::id::{
    ChoiceId, CommentId, HouseholdId, MemberId, PersonId, PhotoId, ReviewId, SessionId, StepId, SupportId,
    VisitId,
};

macro_rules! keys {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every key, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The key in the document.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The field with this key.
            pub fn of(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|field| field.key() == key)
            }
        }
    };
}

keys! { /// Where the household lives.
PlaceKey { Address = "address", Lat = "lat", Lng = "lng", Accuracy = "accuracy_m", Phone = "phone", Code = "code" } }
keys! { /// Who a member is. What changes from year to year is an answer, not a key here.
MemberKey { Name = "name", Sex = "sex", Born = "born", CitizenId = "citizen_id", Ethnicity = "ethnicity",
    Relation = "relation", Merit = "merit", Left = "left", LeftWhy = "left_why", LeftOn = "left_on",
    CameWhy = "came_why", CameOn = "came_on", DuplicateWhy = "duplicate_why",
    Order = "order", Origin = "origin" } }
keys! { /// A visit of an officer.
VisitKey { By = "by", At = "at", Lat = "lat", Lng = "lng", Confirms = "confirms", Removed = "removed" } }
keys! { /// A step of the procedure.
StepKey { Step = "step", By = "by", At = "at", Why = "why", After = "after" } }
keys! { /// A comment on a question.
CommentKey { Question = "question", Member = "member", To = "to", Text = "text", By = "by", At = "at", Done = "done" } }
keys! { /// A choice between contradicting values.
ChoiceKey { Field = "field", Chosen = "chosen", Over = "over", Why = "why", By = "by", At = "at" } }
keys! { /// A support received.
SupportKey { Policy = "policy", Period = "period", Purpose = "purpose", Amount = "amount_dong", Date = "date",
    Decision = "decision", Member = "member", Source = "source", Removed = "removed" } }
keys! { /// A photo; its bytes travel outside the document.
PhotoKey { Sha256 = "sha256", Bytes = "bytes", Kind = "kind", TakenAt = "taken_at", Review = "review",
    Removed = "removed" } }
keys! { /// A session of a village meeting.
SessionKey { At = "at", Place = "place", Chair = "chair", Secretary = "secretary", EndedAt = "ended_at",
    Opinions = "opinions", Concluded = "concluded", Removed = "removed" } }
keys! { /// The vote of a session on a household.
VoteKey { For = "for", Against = "against", Note = "note" } }
keys! { /// Someone who attends a session.
AttendanceKey { Name = "name", Role = "role", Present = "present" } }
keys! { /// A task of the programme.
TaskKey { Status = "status", Result = "result" } }
keys! { /// An indicator that does not come from households.
IndicatorKey { Value = "value", Source = "source", Date = "date" } }

/// The key of an answer: `<question>[#<option>][/<member>]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerKey {
    /// The question's id in the rulebook.
    pub question: String,
    /// The option, for questions with several choices: each option is a yes or no of its own.
    pub option: Option<String>,
    /// The member, for questions about one person.
    pub member: Option<MemberId>,
}

impl AnswerKey {
    /// An answer about the household.
    pub fn household(question: &str) -> Self {
        Self { question: question.to_owned(), option: None, member: None }
    }

    /// An answer about a member.
    pub fn member(question: &str, member: MemberId) -> Self {
        Self { member: Some(member), ..Self::household(question) }
    }

    /// One option of a question with several choices.
    pub fn option(question: &str, option: &str) -> Self {
        Self { option: Some(option.to_owned()), ..Self::household(question) }
    }
}

/// Longest word inside a path: question, option, task and indicator ids.
pub const WORD_MAX: usize = 64;

fn word(text: &str) -> Result<&str, Invalid> {
    let plain = text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    let fits = (1..=WORD_MAX).contains(&text.len());
    if plain && fits { Ok(text) } else { Err(Invalid::Field) }
}

impl fmt::Display for AnswerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.question)?;
        if let Some(option) = &self.option {
            write!(f, "#{option}")?;
        }
        if let Some(member) = &self.member {
            write!(f, "/{member}")?;
        }
        Ok(())
    }
}

impl FromStr for AnswerKey {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let (subject, member) = match text.split_once('/') {
            Some((subject, member)) => (subject, Some(member.parse()?)),
            None => (text, None),
        };
        let (question, option) = match subject.split_once('#') {
            Some((question, option)) => (question, Some(word(option)?.to_owned())),
            None => (subject, None),
        };
        Ok(Self { question: word(question)?.to_owned(), option, member })
    }
}

/// A field of a household, a programme or a meeting document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Field {
    Place(PlaceKey),
    Head,
    Member(MemberId, MemberKey),
    Answer(ReviewId, AnswerKey),
    B1Entered(ReviewId),
    Visit(ReviewId, VisitId, VisitKey),
    Step(ReviewId, StepId, StepKey),
    Comment(ReviewId, CommentId, CommentKey),
    Choice(ReviewId, ChoiceId, ChoiceKey),
    Support(SupportId, SupportKey),
    Photo(PhotoId, PhotoKey),
    Removed,
    RemovedWhy,
    MergedInto,
    /// Why the household came to be listed.
    CameWhy,
    /// The day a household was taken out of the lists.
    RemovedOn,
    /// Why, in words.
    RemovedNote,
    /// A meeting's session.
    Session(SessionId, SessionKey),
    /// A session's vote on a household.
    Vote(SessionId, HouseholdId, VoteKey),
    /// A person at a session.
    Attendance(SessionId, PersonId, AttendanceKey),
    /// A programme's task.
    Task(String, TaskKey),
    /// A programme's indicator.
    Indicator(String, IndicatorKey),
}

impl Field {
    /// The review that the field belongs to, if it belongs to one.
    pub fn review(&self) -> Option<ReviewId> {
        match self {
            Self::Answer(review, _) | Self::B1Entered(review) => Some(*review),
            Self::Visit(review, ..) | Self::Step(review, ..) => Some(*review),
            Self::Comment(review, ..) | Self::Choice(review, ..) => Some(*review),
            _ => None,
        }
    }

    /// True for the fields of a programme document.
    pub fn of_programme(&self) -> bool {
        matches!(self, Self::Task(..) | Self::Indicator(..))
    }

    /// True for the fields of a meeting document.
    pub fn of_meeting(&self) -> bool {
        matches!(self, Self::Session(..) | Self::Vote(..) | Self::Attendance(..))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(key) => write!(f, "place/{}", key.key()),
            Self::Head => f.write_str("head"),
            Self::Member(id, key) => write!(f, "members/{id}/{}", key.key()),
            Self::Answer(review, key) => write!(f, "reviews/{review}/answers/{key}"),
            Self::B1Entered(review) => write!(f, "reviews/{review}/b1_entered"),
            Self::Visit(review, id, key) => write!(f, "reviews/{review}/visits/{id}/{}", key.key()),
            Self::Step(review, id, key) => write!(f, "reviews/{review}/steps/{id}/{}", key.key()),
            Self::Comment(review, id, key) => write!(f, "reviews/{review}/comments/{id}/{}", key.key()),
            Self::Choice(review, id, key) => write!(f, "reviews/{review}/choices/{id}/{}", key.key()),
            Self::Support(id, key) => write!(f, "supports/{id}/{}", key.key()),
            Self::Photo(id, key) => write!(f, "photos/{id}/{}", key.key()),
            Self::Removed => f.write_str("removed"),
            Self::RemovedWhy => f.write_str("removed_why"),
            Self::MergedInto => f.write_str("merged_into"),
            Self::CameWhy => f.write_str("came_why"),
            Self::RemovedOn => f.write_str("removed_on"),
            Self::RemovedNote => f.write_str("removed_note"),
            Self::Session(id, key) => write!(f, "sessions/{id}/{}", key.key()),
            Self::Vote(session, household, key) => write!(f, "votes/{session}/{household}/{}", key.key()),
            Self::Attendance(session, person, key) => {
                write!(f, "attendance/{session}/{person}/{}", key.key())
            }
            Self::Task(task, key) => write!(f, "tasks/{task}/{}", key.key()),
            Self::Indicator(id, key) => write!(f, "indicators/{id}/{}", key.key()),
        }
    }
}

fn review_field(review: ReviewId, part: &str, rest: &str) -> Result<Field, Invalid> {
    if part == "answers" {
        return Ok(Field::Answer(review, rest.parse()?));
    }
    let (id, key) = rest.split_once('/').ok_or(Invalid::Field)?;
    let unknown = Invalid::Field;
    Ok(match part {
        "visits" => Field::Visit(review, id.parse()?, VisitKey::of(key).ok_or(unknown)?),
        "steps" => Field::Step(review, id.parse()?, StepKey::of(key).ok_or(unknown)?),
        "comments" => Field::Comment(review, id.parse()?, CommentKey::of(key).ok_or(unknown)?),
        "choices" => Field::Choice(review, id.parse()?, ChoiceKey::of(key).ok_or(unknown)?),
        _ => return Err(unknown),
    })
}

impl FromStr for Field {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let parts: Vec<&str> = text.splitn(4, '/').collect();
        let unknown = Invalid::Field;
        Ok(match parts.as_slice() {
            ["head"] => Self::Head,
            ["removed"] => Self::Removed,
            ["removed_why"] => Self::RemovedWhy,
            ["merged_into"] => Self::MergedInto,
            ["came_why"] => Self::CameWhy,
            ["removed_on"] => Self::RemovedOn,
            ["removed_note"] => Self::RemovedNote,
            ["sessions", id, key] => Self::Session(id.parse()?, SessionKey::of(key).ok_or(unknown)?),
            ["votes", session, household, key] => {
                Self::Vote(session.parse()?, household.parse()?, VoteKey::of(key).ok_or(unknown)?)
            }
            ["attendance", session, person, key] => {
                Self::Attendance(session.parse()?, person.parse()?, AttendanceKey::of(key).ok_or(unknown)?)
            }
            ["place", key] => Self::Place(PlaceKey::of(key).ok_or(unknown)?),
            ["members", id, key] => Self::Member(id.parse()?, MemberKey::of(key).ok_or(unknown)?),
            ["supports", id, key] => Self::Support(id.parse()?, SupportKey::of(key).ok_or(unknown)?),
            ["photos", id, key] => Self::Photo(id.parse()?, PhotoKey::of(key).ok_or(unknown)?),
            ["tasks", task, key] => Self::Task(word(task)?.to_owned(), TaskKey::of(key).ok_or(unknown)?),
            ["indicators", id, key] => {
                Self::Indicator(word(id)?.to_owned(), IndicatorKey::of(key).ok_or(unknown)?)
            }
            ["reviews", review, "b1_entered"] => Self::B1Entered(review.parse()?),
            ["reviews", review, part, rest] => review_field(review.parse()?, part, rest)?,
            _ => return Err(unknown),
        })
    }
}

macro_rules! as_text {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl ts_rs::TS for $name {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;
            fn name(_: &ts_rs::Config) -> String {
                "string".to_owned()
            }
            fn inline(_: &ts_rs::Config) -> String {
                "string".to_owned()
            }
        }
    )+};
}

as_text!(AnswerKey, Field);

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "00112233445566778899aabbccddeeff";

    #[test]
    fn every_path_has_one_spelling() {
        let paths = [
            "head".to_owned(),
            "place/address".to_owned(),
            format!("members/{ID}/citizen_id"),
            format!("reviews/{ID}/answers/nuoc"),
            format!("reviews/{ID}/answers/bhyt/{ID}"),
            format!("reviews/{ID}/answers/tai_san#tivi"),
            format!("reviews/{ID}/b1_entered"),
            format!("reviews/{ID}/steps/{ID}/after"),
            format!("reviews/{ID}/choices/{ID}/over"),
            format!("supports/{ID}/amount_dong"),
            "came_why".to_owned(),
            "removed_on".to_owned(),
            "removed_note".to_owned(),
            format!("sessions/{ID}/chair"),
            format!("votes/{ID}/{ID}/for"),
            format!("attendance/{ID}/{ID}/present"),
            "tasks/plan_2017/status".to_owned(),
            "indicators/merit_people/value".to_owned(),
        ];
        for path in paths {
            assert_eq!(path.parse::<Field>().unwrap().to_string(), path);
        }
    }

    #[test]
    fn unknown_paths_are_refused() {
        for path in ["", "name", "members/x/name", "reviews/1/answers/a", "tasks/A/status", "place/address/x"]
        {
            assert!(path.parse::<Field>().is_err(), "{path}");
        }
    }
}
