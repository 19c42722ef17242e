//! The village meeting (họp thôn, họp dân) of a review: its sessions, who attended, how they voted, what came of it.
//!
//! One document holds every session of a village in a review, so that two people can record at the same time.
//!
//! **Invariant:** `Meeting` holds nothing computed; counts, percentages and verdicts are `tallies`, computed when asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{DocumentId, HouseholdId, PersonId, SessionId};

/// The meeting of a village in a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Meeting {
    /// The document's id.
    pub id: DocumentId,
    /// Sessions, removed ones included; a repeated meeting is another session.
    #[ts(type = "Record<string, Session>")]
    pub sessions: BTreeMap<SessionId, Session>,
}

/// A session of the meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Session {
    /// When it began, seconds since 1970.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
    /// Where.
    pub place: Option<String>,
    /// Who chaired it.
    pub chair: Option<String>,
    /// Who wrote the minutes.
    pub secretary: Option<String>,
    /// When it ended, seconds since 1970.
    #[ts(type = "number | null")]
    pub ended_at: Option<i64>,
    /// What people said, in words.
    pub opinions: Option<String>,
    /// Its verdicts were written to the households.
    pub concluded: bool,
    /// Entered by mistake.
    pub removed: bool,
    /// Who attended.
    #[ts(type = "Record<string, Attendee>")]
    pub attendance: BTreeMap<PersonId, Attendee>,
    /// How they voted.
    #[ts(type = "Record<string, Vote>")]
    pub votes: BTreeMap<HouseholdId, Vote>,
}

/// A person at a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attendee {
    /// Full name.
    pub name: Option<String>,
    /// Coded: what they attend as.
    pub role: Option<String>,
    /// They came.
    pub present: bool,
}

/// The vote on a household.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Vote {
    /// Agreed with the result.
    #[serde(rename = "for")]
    #[ts(type = "number | null")]
    pub in_favour: Option<i64>,
    /// Did not.
    #[ts(type = "number | null")]
    pub against: Option<i64>,
    /// In words.
    pub note: Option<String>,
}

/// What came of the votes on a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Enough of those present agree.
    Agreed,
    /// Fewer than that.
    NotAgreed,
    /// Not voted on, or nothing says how many are enough.
    Open,
    /// More votes than people.
    Impossible,
}

/// The votes on a household, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tally {
    /// The session.
    pub session: SessionId,
    /// The household.
    pub household: HouseholdId,
    /// Who agree.
    #[serde(rename = "for")]
    #[ts(type = "number")]
    pub in_favour: i64,
    /// Who do not.
    #[ts(type = "number")]
    pub against: i64,
    /// Who came.
    #[ts(type = "number")]
    pub attendees: i64,
    /// Those who agree among those who came, in hundredths of a percent, rounded down.
    #[ts(type = "number")]
    pub percent_hundredths: i64,
    /// What came of it.
    pub verdict: Verdict,
}

impl Session {
    /// How many people came.
    pub fn attendees(&self) -> i64 {
        let present = self.attendance.values().filter(|person| person.present).count();
        i64::try_from(present).unwrap_or(i64::MAX)
    }
}

impl Meeting {
    /// The votes of a session, counted; `percent` of those present have to agree, if a rule says how many.
    pub fn tallies(&self, session: SessionId, percent: Option<i64>) -> Vec<Tally> {
        let Some(held) = self.sessions.get(&session) else { return Vec::new() };
        let voted = held.votes.iter().filter(|(_, vote)| vote.in_favour.is_some() || vote.against.is_some());
        voted.map(|(household, vote)| tally(session, *household, vote, held.attendees(), percent)).collect()
    }
}

fn tally(
    session: SessionId,
    household: HouseholdId,
    vote: &Vote,
    attendees: i64,
    percent: Option<i64>,
) -> Tally {
    let (in_favour, against) = (vote.in_favour.unwrap_or(0), vote.against.unwrap_or(0));
    let percent_hundredths = if attendees > 0 { in_favour.saturating_mul(10_000) / attendees } else { 0 };
    let verdict = verdict(vote.in_favour, against, attendees, percent);
    Tally { session, household, in_favour, against, attendees, percent_hundredths, verdict }
}

/// What comes of votes. "Ít nhất 50 % tổng số người tham dự thống nhất" is `percent` 50: of everyone who came, not of
/// those who voted. Where no rule says how many have to agree, only votes that all go one way decide.
pub fn verdict(in_favour: Option<i64>, against: i64, attendees: i64, percent: Option<i64>) -> Verdict {
    if in_favour.unwrap_or(0).saturating_add(against) > attendees {
        return Verdict::Impossible;
    }
    let Some(agree) = in_favour.filter(|_| attendees > 0) else { return Verdict::Open };
    match percent {
        Some(percent) if agree.saturating_mul(100) >= percent.saturating_mul(attendees) => Verdict::Agreed,
        Some(_) => Verdict::NotAgreed,
        None if agree > 0 && against == 0 => Verdict::Agreed,
        None if agree == 0 && against > 0 => Verdict::NotAgreed,
        None => Verdict::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Agreed, Impossible, NotAgreed, Open};

    #[test]
    fn half_of_those_present_is_enough_and_one_less_is_not() {
        let cases = [
            ((Some(20), 20, 40), Agreed),
            ((Some(19), 21, 40), NotAgreed),
            ((Some(20), 0, 41), NotAgreed),
            ((Some(21), 0, 41), Agreed),
            ((Some(0), 0, 40), NotAgreed),
            ((Some(1), 0, 1), Agreed),
            ((Some(21), 20, 40), Impossible),
            ((Some(41), 0, 40), Impossible),
            ((Some(40), 0, 40), Agreed),
            ((None, 41, 40), Impossible),
            ((None, 3, 40), Open),
            ((Some(0), 0, 0), Open),
            ((Some(1), 0, 0), Impossible),
        ];
        for ((in_favour, against, attendees), expected) in cases {
            assert_eq!(
                verdict(in_favour, against, attendees, Some(50)),
                expected,
                "{in_favour:?} {against} {attendees}"
            );
        }
    }

    #[test]
    fn without_a_rule_only_undisputed_votes_decide() {
        let cases = [((5, 0), Agreed), ((0, 5), NotAgreed), ((4, 1), Open), ((1, 4), Open), ((0, 0), Open)];
        for ((in_favour, against), expected) in cases {
            assert_eq!(verdict(Some(in_favour), against, 10, None), expected, "{in_favour} {against}");
        }
    }

    #[test]
    fn a_printed_percentage_never_reaches_what_the_votes_do_not() {
        let (session, household) = (SessionId::new([1; 16]), HouseholdId::new([2; 16]));
        let vote = Vote { in_favour: Some(4_999), against: Some(0), note: None };
        let counted = tally(session, household, &vote, 9_999, Some(50));
        assert_eq!((counted.percent_hundredths, counted.verdict), (4_999, NotAgreed));
    }

    #[test]
    fn only_those_who_came_are_counted_and_only_those_voted_on_are_tallied() {
        let (session, household) = (SessionId::new([1; 16]), HouseholdId::new([2; 16]));
        let person = |at: u8, present| (PersonId::new([at; 16]), Attendee { present, ..Attendee::default() });
        let noted = Vote { note: Some("hỏi thêm".to_owned()), ..Vote::default() };
        let voted = Vote { in_favour: Some(1), against: Some(1), note: None };
        let held = Session {
            votes: [(household, voted), (HouseholdId::new([3; 16]), noted)].into(),
            attendance: [person(1, true), person(2, true), person(3, false)].into(),
            ..Session::default()
        };
        let meeting = Meeting { id: DocumentId::new([9; 16]), sessions: [(session, held)].into() };
        let tallies = meeting.tallies(session, Some(50));
        assert_eq!(tallies.len(), 1);
        assert_eq!((tallies[0].attendees, tallies[0].percent_hundredths), (2, 5_000));
        assert_eq!(tallies[0].verdict, Agreed);
        assert!(meeting.tallies(SessionId::new([7; 16]), Some(50)).is_empty());
    }
}
