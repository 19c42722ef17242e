//! Supports that look as if one was recorded twice: flagged for a person, never removed and never left out of a count.
//!
//! That someone may receive only the highest of several kinds of allowance is another matter and has exceptions (a poor
//! person who raises a child alone receives both); it is not judged here.

use crate::household::{Household, Support};
use crate::id::SupportId;

/// The later of two supports that look the same, with the earlier, in the order of their ids.
pub fn recorded_twice(household: &Household) -> Vec<(SupportId, SupportId)> {
    let given: Vec<(&SupportId, &Support)> =
        household.supports.iter().filter(|(_, support)| !support.removed).collect();
    let mut found = Vec::new();
    for (place, (id, support)) in given.iter().enumerate() {
        let before = given[..place].iter().find(|(_, earlier)| is_same(earlier, support));
        found.extend(before.map(|(earlier, _)| (**id, **earlier)));
    }
    found
}

/// The same policy, for the same person or the whole household, for times that overlap.
pub(crate) fn is_same(one: &Support, other: &Support) -> bool {
    one.policy.is_some() && one.policy == other.policy && one.member == other.member && overlap(one, other)
}

/// A quarter lies in its year; a grant without a period counts by its day.
fn overlap(one: &Support, other: &Support) -> bool {
    let time = |support: &Support| support.period.clone().or_else(|| support.date.clone());
    match (time(one), time(other)) {
        (Some(one), Some(other)) => one.starts_with(&other) || other.starts_with(&one),
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Home, person};
    use crate::id::MemberId;

    /// Policy, member, period, day, taken back.
    type Row<'a> = (&'a str, Option<MemberId>, Option<&'a str>, Option<&'a str>, bool);

    fn household(supports: &[Row<'_>]) -> Household {
        let mut home = Home::well_off().0;
        for (at, (policy, member, period, date, removed)) in (1..).zip(supports) {
            let support = Support {
                policy: Some((*policy).to_owned()),
                member: *member,
                period: period.map(str::to_owned),
                date: date.map(str::to_owned),
                removed: *removed,
                ..Support::default()
            };
            home.supports.insert(SupportId([at; 16]), support);
        }
        home
    }

    #[test]
    fn the_same_policy_for_the_same_person_and_time_is_flagged() {
        let (one, other) = (Some(person(0)), Some(person(1)));
        let cases: [(&[Row<'_>], usize); 8] = [
            (&[("a", one, Some("2017"), None, false), ("a", one, Some("2017"), None, false)], 1),
            (&[("a", one, Some("2017"), None, false), ("a", one, Some("2017-Q1"), None, false)], 1),
            (&[("a", one, Some("2017-Q2"), None, false), ("a", one, Some("2017-Q1"), None, false)], 0),
            (&[("a", one, Some("2017"), None, false), ("a", other, Some("2017"), None, false)], 0),
            (&[("a", None, Some("2017"), None, false), ("b", None, Some("2017"), None, false)], 0),
            (
                &[("a", None, None, Some("2017-01-02"), false), ("a", None, None, Some("2017-01-02"), false)],
                1,
            ),
            (
                &[("a", None, None, Some("2017-01-02"), false), ("a", None, None, Some("2017-02-02"), false)],
                0,
            ),
            (&[("a", one, Some("2017"), None, false), ("a", one, Some("2017"), None, true)], 0),
        ];
        for (supports, count) in cases {
            assert_eq!(recorded_twice(&household(supports)).len(), count, "{supports:?}");
        }
    }

    #[test]
    fn the_later_names_the_earlier() {
        let same = ("a", None, Some("2017"), None, false);
        let found = recorded_twice(&household(&[same, ("b", None, None, None, false), same, same]));
        let id = |at: u8| SupportId([at; 16]);
        assert_eq!(found, [(id(3), id(1)), (id(4), id(1))]);
    }
}
