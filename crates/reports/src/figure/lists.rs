//! Who is poor, near-poor or newly escaped on the report's day, and who lives in a household on it.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use domain::classification::Class;
use domain::date::PartialDate;
use domain::household::Member;
use domain::id::HouseholdId;
use domain::recognition::{Recognition, Register};

/// A household that left the lists counts as newly escaped for so many months: loans are open to it for three years.
pub const NEWLY_ESCAPED_MONTHS: u32 = 36;

/// A group that figures are counted among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Hộ nghèo, both kinds.
    Poor,
    /// Hộ cận nghèo.
    NearPoor,
    /// Hộ mới thoát nghèo, thoát cận nghèo.
    NewlyEscaped,
}

/// The groups on one day.
#[derive(Clone, Debug)]
pub struct Lists {
    groups: BTreeMap<HouseholdId, Group>,
}

impl Lists {
    /// The groups that the register tells as of a day.
    pub fn as_of(register: &Register, day: NaiveDate) -> Self {
        let rows = register.as_of(day);
        let groups = rows.values().filter_map(|row| Some((row.household, group(row, day)?))).collect();
        Self { groups }
    }

    /// A household's group.
    pub fn group(&self, household: HouseholdId) -> Option<Group> {
        self.groups.get(&household).copied()
    }

    /// The households of any of the groups, in the order of their ids.
    pub fn households<'l>(&'l self, among: &'l [Group]) -> impl Iterator<Item = HouseholdId> + 'l {
        self.groups.iter().filter(|(_, group)| among.contains(group)).map(|(household, _)| *household)
    }
}

fn group(row: &Recognition, day: NaiveDate) -> Option<Group> {
    if row.class.is_poor() {
        return Some(Group::Poor);
    }
    if row.class == Class::NearPoor {
        return Some(Group::NearPoor);
    }
    let until = row.from.checked_add_months(Months::new(NEWLY_ESCAPED_MONTHS))?;
    (row.change.is_escape() && day < until).then_some(Group::NewlyEscaped)
}

/// Whether a member belongs to the household on a day: not yet left, and not born later. A member who left on an
/// unknown day has left.
pub fn present(member: &Member, day: NaiveDate) -> bool {
    let date = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<PartialDate>().ok());
    let entered_by_mistake = member.left_why.as_deref() == Some("mistake");
    let still_there = date(&member.left_on).is_some_and(|left| left.earliest() > day);
    let born = date(&member.born).is_none_or(|born| born.earliest() <= day);
    born && (!member.left || (still_there && !entered_by_mistake))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn members_count_until_the_day_they_left() {
        let left = |on: Option<&str>, why: &str| Member {
            left: true,
            left_on: on.map(str::to_owned),
            left_why: Some(why.to_owned()),
            ..Member::default()
        };
        assert!(present(&Member::default(), on(2017, 3, 31)));
        assert!(present(&left(Some("2017-04-01"), "moved_out"), on(2017, 3, 31)));
        assert!(!present(&left(Some("2017-03-31"), "moved_out"), on(2017, 3, 31)));
        assert!(!present(&left(None, "moved_out"), on(2017, 3, 31)));
        assert!(!present(&left(Some("2017-04-01"), "mistake"), on(2017, 3, 31)));
        let unborn = Member { born: Some("2017-04".to_owned()), ..Member::default() };
        assert!(!present(&unborn, on(2017, 3, 31)));
    }
}
