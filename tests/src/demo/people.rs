//! Who lives in a household of the demo town: invented people with consistent ages, relations and citizen ids.
//!
//! **Invariant:** the citizen ids carry a province code that no province has, so they are nobody's.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::dice::Dice;
use super::names;

/// Province code of the invented citizen ids; the assigned codes end at 096. A million people later it is the next one.
const NO_PROVINCE: u32 = 99;
/// Citizen ids of one province code.
const A_PROVINCE: u32 = 1_000_000;
/// Citizen ids are carried from this age on.
const CITIZEN_ID_AGE: i32 = 14;
/// The youngest were born before the opening review, so that both reviews ask about the same people.
const YOUNGEST: i64 = 2;
/// How many percent of the households are Mường; the rest is Kinh.
const MUONG_PERCENT: i64 = 4;

/// Sex as on the citizen card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl Sex {
    /// The code in the records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Male => Self::Female,
            Self::Female => Self::Male,
        }
    }
}

/// An invented person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Sex.
    pub sex: Sex,
    /// Day of birth.
    pub born: NaiveDate,
    /// Twelve digits, from fourteen years on.
    pub citizen_id: Option<String>,
    /// `tctk1979:NN`.
    pub ethnicity: &'static str,
    /// Coded relation to the head.
    pub relation: &'static str,
    /// A person with merit.
    pub merit: bool,
}

impl Person {
    /// Completed years on `day`.
    pub fn age_on(&self, day: NaiveDate) -> i32 {
        let had_birthday = (day.month(), day.day()) >= (self.born.month(), self.born.day());
        day.year() - self.born.year() - i32::from(!had_birthday)
    }
}

/// Makes people; counts them so that no citizen id comes twice.
pub struct Registry {
    serial: u32,
    today: NaiveDate,
}

impl Registry {
    /// An empty registry; ages are those on `today`.
    pub const fn new(today: NaiveDate) -> Self {
        Self { serial: 0, today }
    }

    /// Citizen ids from the n-th province code on, which another registry does not have.
    #[must_use]
    pub const fn from_province(self, nth: u32) -> Self {
        Self { serial: nth * A_PROVINCE, ..self }
    }

    /// `size` people who live together: a head, usually a spouse, children, now and then a parent.
    pub fn household(&mut self, dice: &mut Dice, size: usize) -> Vec<Person> {
        let ethnicity = if dice.percent(MUONG_PERCENT) { "tctk1979:06" } else { "tctk1979:01" };
        let family = names::family(dice);
        let sex = if dice.percent(65) { Sex::Male } else { Sex::Female };
        let age = if size == 1 { dice.between(58, 84) } else { dice.between(28, 62) };
        let mut people = vec![self.person(dice, family, sex, age, "head", ethnicity)];
        let children_of = if sex == Sex::Male { family } else { names::family(dice) };
        if size >= 2 && dice.percent(80) {
            let other = names::family(dice);
            let theirs = (age + dice.between(-6, 6)).max(20);
            people.push(self.person(dice, other, sex.other(), theirs, "spouse", ethnicity));
        }
        if size >= 4 && dice.percent(25) {
            let theirs = (age + dice.between(21, 30)).min(91);
            let mother = names::family(dice);
            people.push(self.person(dice, mother, Sex::Female, theirs, "parent", ethnicity));
        }
        while people.len() < size {
            let sex = if dice.percent(50) { Sex::Male } else { Sex::Female };
            let theirs = dice.between(YOUNGEST, (age - 19).clamp(YOUNGEST, 24));
            people.push(self.person(dice, children_of, sex, theirs, "child", ethnicity));
        }
        people
    }

    fn person(
        &mut self,
        dice: &mut Dice,
        family: &str,
        sex: Sex,
        age: i64,
        relation: &'static str,
        ethnicity: &'static str,
    ) -> Person {
        let birthday = Days::new(dice.between(0, 364) as u64);
        let born = self.today - Months::new(12 * age as u32) - birthday;
        let mut person = Person {
            name: names::full(dice, family, sex),
            sex,
            born,
            citizen_id: None,
            ethnicity,
            relation,
            merit: false,
        };
        if person.age_on(self.today) >= CITIZEN_ID_AGE {
            person.citizen_id = Some(self.citizen_id(sex, born));
        }
        person
    }

    /// Province, century and sex, year of birth, serial number.
    fn citizen_id(&mut self, sex: Sex, born: NaiveDate) -> String {
        self.serial += 1;
        let century = if born.year() < 2000 { 0 } else { 2 };
        let digit = century + i32::from(sex == Sex::Female);
        let (province, serial) = (NO_PROVINCE + self.serial / A_PROVINCE, self.serial % A_PROVINCE);
        format!("{province:03}{digit}{:02}{serial:06}", born.year() % 100)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn people() -> Vec<Person> {
        let mut registry = Registry::new(NaiveDate::from_ymd_opt(2016, 12, 31).unwrap());
        let mut dice = Dice::new(3);
        (1..200).flat_map(|n| registry.household(&mut dice, 1 + n % 6)).collect()
    }

    #[test]
    fn citizen_ids_are_unique_and_nobodys() {
        let people = people();
        let ids: Vec<&String> = people.iter().filter_map(|person| person.citizen_id.as_ref()).collect();
        assert!(ids.iter().all(|id| id.len() == 12 && id.starts_with("099")));
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn children_are_younger_than_the_head() {
        let today = NaiveDate::from_ymd_opt(2016, 12, 31).unwrap();
        let people = people();
        let mut head = &people[0];
        for person in &people {
            match person.relation {
                "head" => head = person,
                "child" => assert!(person.age_on(today) + 18 <= head.age_on(today), "{person:?} of {head:?}"),
                _ => {}
            }
            assert!(person.born <= today);
        }
    }
}
