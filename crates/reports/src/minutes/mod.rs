//! The minutes of a village meeting (biên bản họp dân) in the administrative form of NĐ 30/2020, Mẫu 1.9.
//!
//! [`MinutesData`] → [`minutes`] → [`Minutes`], the words in their places → [`minutes_docx`], or a printed page.
//!
//! **Invariant:** no citizen id, birth date, illness or score comes in, so none can go out; the file and the printed
//! page are made of the same words; the same data gives the same bytes.

mod document;
mod words;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use domain::classification::Class;

pub use document::minutes_docx;
pub use words::minutes;

/// What minutes are written from: one session of a village's meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MinutesData {
    /// The village's name with its kind word.
    pub village: String,
    /// The name of the unit above it.
    pub commune: String,
    /// The year of the review.
    pub year: i32,
    /// What the classes rest on, in words: the rulebook's name.
    pub standard: String,
    /// Which of the village's sessions in this review it is, from 1.
    pub ordinal: usize,
    /// When it began, seconds since 1970.
    pub at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// Where.
    pub place: Option<String>,
    /// Who presided.
    pub chair: Option<String>,
    /// Who wrote.
    pub secretary: Option<String>,
    /// What was said, a paragraph a line.
    pub opinions: String,
    /// The session was concluded: its votes stand.
    pub concluded: bool,
    /// Those who were present.
    pub people: Vec<Present>,
    /// The households voted on, in the order of the agenda.
    pub voted: Vec<Voted>,
    /// The least share of those present that agrees, in per cent, where the rulebook knows it.
    pub threshold_percent: Option<i64>,
    /// How many copies are made.
    pub copies: u32,
}

/// Someone who was present.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Present {
    /// Full name, where it was written down.
    pub name: Option<String>,
    /// Coded: `chair`, `secretary`, `party`, `union`, `front`, `reviewer`, `commune`, `household`, `other`.
    pub role: Option<String>,
}

/// What came out of a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The threshold was reached.
    Agreed,
    /// It was not: the household is surveyed again.
    NotAgreed,
    /// Nothing came out yet, or the numbers contradict each other.
    Open,
}

/// A household that was voted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voted {
    /// Its head's name.
    pub name: Option<String>,
    /// Where it lives; printed only where two households have one name.
    pub address: Option<String>,
    /// Its class before the review; `None` for one that was on no list.
    pub before: Option<Class>,
    /// The proposed class; `None` while it is open.
    pub proposed: Option<Class>,
    /// Votes for.
    pub votes_for: i64,
    /// Votes against.
    pub votes_against: i64,
    /// Votes for among those present, per cent × 100.
    pub percent_hundredths: Option<i64>,
    /// What came out.
    pub outcome: Outcome,
}

/// The minutes as words in their places, ready to be set on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Minutes {
    /// The authority above, in capitals, a line each.
    pub above: Vec<String>,
    /// Who issues them, in capitals.
    pub issuer: String,
    /// Number and symbol, to be filled in by hand.
    pub number: String,
    /// Quốc hiệu.
    pub nation: String,
    /// Tiêu ngữ.
    pub motto: String,
    /// Tên loại.
    pub title: String,
    /// Trích yếu, a line each.
    pub subject: Vec<String>,
    /// Says that the session is not concluded; `None` when it is.
    pub draft: Option<String>,
    /// Time, place, attendance, chair, secretary.
    pub facts: Vec<MinutesFact>,
    /// What was presented, a paragraph each.
    pub content: Vec<String>,
    /// Heads of the table's columns.
    pub columns: Vec<String>,
    /// The table.
    pub groups: Vec<MinutesGroup>,
    /// What came out of the votes, a paragraph each.
    pub results: Vec<String>,
    /// What was said, a paragraph each.
    pub opinions: Vec<String>,
    /// Copies, and when it ended.
    pub closing: Vec<String>,
    /// Nơi nhận, an item each.
    pub receivers: Vec<String>,
    /// Secretary left, chair right.
    pub signatures: Vec<MinutesSignature>,
    /// Representatives of the households.
    pub representatives: MinutesRepresentatives,
    /// A mark for each copy: `Bản 1/2 – lưu tại Khu phố 1`.
    pub copies: Vec<String>,
}

/// A labelled fact at the beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MinutesFact {
    /// What it is.
    pub label: String,
    /// The fact.
    pub text: String,
    /// Its parts, an item each.
    pub items: Vec<String>,
}

/// Rows of the table under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MinutesGroup {
    /// The heading.
    pub title: String,
    /// The rows, a text a column.
    pub rows: Vec<Vec<String>>,
}

/// A place to sign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MinutesSignature {
    /// Who signs, in capitals.
    pub title: String,
    /// How.
    pub hint: String,
    /// The name below.
    pub name: String,
}

/// Places for representatives of the households to sign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MinutesRepresentatives {
    /// Who signs, in capitals.
    pub title: String,
    /// How.
    pub hint: String,
    /// A name each; empty where it is written by hand.
    pub names: Vec<String>,
}
