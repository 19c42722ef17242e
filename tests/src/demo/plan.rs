//! The demo town before anybody enters it: every household with its people, both surveys and its supports.
//!
//! The same seed always gives the same town. What is planned here is never told to the server: it is entered as
//! answers through devices, and the program has to find the classes and figures again.
//!
//! **Invariant:** nobody here exists; figures are those of the town's report, people are thrown by dice.

use chrono::NaiveDate;
use domain::classification::Class;
use domain::unit::Area;

use super::answers::{Asked, Survey};
use super::dice::Dice;
use super::grants::{self, Grant};
use super::people::{Person, Registry};

/// Seed of the demo town: the number of the town's letter.
const SEED: u64 = 870;
/// Near-poor people with a health card.
pub const INSURED_NEAR_POOR: usize = 1223;
/// Near-poor people.
pub const NEAR_POOR_PEOPLE: usize = 1588;
/// Poor households of the 2016 review.
pub const POOR: usize = 428;
/// Largest household.
const SIZE_MAX: usize = 7;

/// The day at which the opening review of 2015 counts ages.
pub fn opening_day() -> NaiveDate {
    day(2015, 10, 1)
}

/// The day at which the review of 2016 counts ages.
pub fn current_day() -> NaiveDate {
    day(2016, 10, 1)
}

/// A day of the calendar.
///
/// # Panics
/// When it is none: the days of the plan are constants.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// Which list a household was on, and where it goes.
#[derive(Clone, Copy)]
struct Course {
    households: usize,
    opening: Option<List>,
    current: Option<List>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Poor,
    Near,
    Neither,
}

/// The movement of the town: who stays, falls, rises, comes and goes.
const COURSES: [Course; 10] = [
    course(350, Some(List::Poor), Some(List::Poor)),
    course(90, Some(List::Poor), Some(List::Near)),
    course(60, Some(List::Poor), Some(List::Neither)),
    course(4, Some(List::Poor), None),
    course(30, Some(List::Near), Some(List::Poor)),
    course(340, Some(List::Near), Some(List::Near)),
    course(60, Some(List::Near), Some(List::Neither)),
    course(2, Some(List::Near), None),
    course(48, None, Some(List::Poor)),
    course(10, None, Some(List::Near)),
];
/// Asked for a review and found neither poor nor near-poor.
const NOT_FOUND_POOR: usize = 30;

const fn course(households: usize, opening: Option<List>, current: Option<List>) -> Course {
    Course { households, opening, current }
}

/// A village of the town, as the generator needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VillagePlan {
    /// Its key in the town file.
    pub key: String,
    /// Urban or rural.
    pub area: Area,
}

/// A household to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The village's place in the list that the plan was made for.
    pub village: usize,
    /// House number and lane.
    pub address: String,
    /// The code on the village's paper list.
    pub code: String,
    /// Its people, the head first.
    pub people: Vec<Person>,
    /// The review of 2015, for those on its list.
    pub opening: Option<Survey>,
    /// The review of 2016; none for those who were gone by then.
    pub current: Option<Survey>,
    /// Supports.
    pub grants: Vec<Grant>,
    /// Who died, and when.
    pub died: Option<(usize, NaiveDate)>,
    /// Why it is on no list any more, coded.
    pub gone: Option<&'static str>,
}

impl Planned {
    /// The class of 2016.
    pub fn class(&self) -> Option<Class> {
        self.current.as_ref().map(|survey| survey.class)
    }

    /// Poor in 2016.
    pub fn is_poor(&self) -> bool {
        self.class().is_some_and(Class::is_poor)
    }

    /// Poor or near-poor in 2016.
    pub fn on_a_list(&self) -> bool {
        self.is_poor() || self.class() == Some(Class::NearPoor)
    }

    /// Poor, near-poor, or newly escaped from either: whom the banks lend to.
    pub fn may_borrow(&self) -> bool {
        self.on_a_list() || (self.opening.is_some() && self.class() == Some(Class::NotPoor))
    }

    /// Has a support of this policy.
    pub fn has(&self, policy: &str) -> bool {
        self.grants.iter().any(|grant| grant.policy == policy)
    }

    /// Adds a support.
    pub fn give(
        &mut self,
        policy: &'static str,
        period: &'static str,
        amount: Option<i64>,
        date: NaiveDate,
        member: Option<usize>,
    ) {
        self.grants.push(Grant { policy, period, amount, date, member });
    }

    /// A child between six and fourteen.
    pub fn school_child(&self) -> Option<usize> {
        self.people.iter().position(|person| (6..15).contains(&person.age_on(current_day())))
    }

    /// The children who hold a health card by law.
    pub fn small_children(&self) -> Vec<usize> {
        Asked { people: &self.people, area: Area::Urban, as_of: current_day() }.small_children()
    }

    /// Someone of at least this age.
    pub fn elder(&self, age: i32) -> Option<usize> {
        self.people.iter().position(|person| person.age_on(current_day()) >= age)
    }

    /// A member other than the head who is older than everybody else, where there are several members.
    pub fn eldest_of_several(&self) -> Option<usize> {
        let others = self.people.iter().enumerate().skip(1);
        let eldest = others.min_by_key(|(_, person)| person.born)?;
        (eldest.1.age_on(current_day()) >= 50).then_some(eldest.0)
    }
}

/// The demo town for these villages.
pub fn plan(villages: &[VillagePlan]) -> Vec<Planned> {
    let mut dice = Dice::new(SEED);
    let mut registry = Registry::new(current_day());
    let mut courses: Vec<Course> =
        COURSES.iter().flat_map(|course| std::iter::repeat_n(*course, course.households)).collect();
    courses.extend(std::iter::repeat_n(course(1, None, Some(List::Neither)), NOT_FOUND_POOR));
    dice.shuffle(&mut courses);
    let mut sizes = sizes(&mut dice, &courses);
    let mut uninsured = NEAR_POOR_PEOPLE - INSURED_NEAR_POOR;
    let mut households = Vec::with_capacity(courses.len());
    for (number, course) in courses.iter().enumerate() {
        let people = registry.household(&mut dice, sizes.remove(0));
        let village = village(&mut dice, villages);
        let mut maker = Maker { dice: &mut dice, area: villages[village].area, uninsured: &mut uninsured };
        let (opening, current) = maker.surveys(&people, *course);
        let gone = course.current.is_none().then_some(if number % 3 == 0 { "died" } else { "moved_out" });
        let address = format!("Số {}, ngõ {}", dice.between(1, 98), dice.between(1, 40));
        let code = format!("{:04}", number + 1);
        let (grants, died) = (Vec::new(), None);
        households.push(Planned { village, address, code, people, opening, current, grants, died, gone });
    }
    grants::give(&mut dice, &mut households);
    households
}

/// A village; those of the two communes and the first of each unit are larger.
fn village(dice: &mut Dice, villages: &[VillagePlan]) -> usize {
    let weights: Vec<i64> =
        villages.iter().map(|village| if village.area == Area::Rural { 5 } else { 3 }).collect();
    dice.weighted(&weights)
}

/// Sizes of all households; those of the near-poor add up to the number of near-poor people.
fn sizes(dice: &mut Dice, courses: &[Course]) -> Vec<usize> {
    let mut sizes: Vec<usize> =
        courses.iter().map(|_| 1 + dice.weighted(&[8, 18, 24, 28, 14, 6, 2])).collect();
    let near: Vec<usize> = (0..courses.len()).filter(|at| courses[*at].current == Some(List::Near)).collect();
    loop {
        let people: usize = near.iter().map(|at| sizes[*at]).sum();
        let at = dice.pick(&near);
        match people.cmp(&NEAR_POOR_PEOPLE) {
            std::cmp::Ordering::Equal => return sizes,
            std::cmp::Ordering::Less if sizes[at] < SIZE_MAX => sizes[at] += 1,
            std::cmp::Ordering::Greater if sizes[at] > 1 => sizes[at] -= 1,
            _ => {}
        }
    }
}

/// Makes the surveys of one household.
struct Maker<'a> {
    dice: &'a mut Dice,
    area: Area,
    /// Near-poor people without a card who are still to be found.
    uninsured: &'a mut usize,
}

impl Maker<'_> {
    fn surveys(&mut self, people: &[Person], course: Course) -> (Option<Survey>, Option<Survey>) {
        let opening = course.opening.map(|list| self.survey(people, list, opening_day(), false));
        let current = course.current.map(|list| self.survey(people, list, current_day(), true));
        (opening, current)
    }

    fn survey(&mut self, people: &[Person], list: List, as_of: NaiveDate, counted: bool) -> Survey {
        let asked = Asked { people, area: self.area, as_of };
        let class = match list {
            List::Poor if self.dice.percent(70) => Class::PoorIncome,
            List::Poor => Class::PoorDeprived,
            List::Near => Class::NearPoor,
            List::Neither => Class::NotPoor,
        };
        let uninsured = match class {
            Class::NearPoor if counted => self.near_poor_without_card(&asked),
            Class::PoorIncome | Class::PoorDeprived if counted => Vec::new(),
            _ => asked.insurable().into_iter().filter(|_| self.dice.percent(12)).collect(),
        };
        asked.survey(self.dice, class, &uninsured)
    }

    /// The poor hold a card by right; of the near-poor, whole households have not bought one yet.
    fn near_poor_without_card(&mut self, asked: &Asked<'_>) -> Vec<usize> {
        if self.dice.percent(65) {
            return Vec::new();
        }
        let mut without = asked.insurable();
        without.truncate(*self.uninsured);
        *self.uninsured -= without.len();
        without
    }
}

#[cfg(test)]
mod tests {
    use domain::scalar::Scalar;

    use super::*;

    fn villages() -> Vec<VillagePlan> {
        let area = |at| if at < 18 { Area::Urban } else { Area::Rural };
        (0..24).map(|at| VillagePlan { key: format!("v{at}"), area: area(at) }).collect()
    }

    fn with(households: &[Planned], policy: &str) -> usize {
        households.iter().filter(|household| household.has(policy)).count()
    }

    #[test]
    fn the_plan_holds_the_figures_of_the_report() {
        let plan = plan(&villages());
        assert_eq!(plan.iter().filter(|household| household.is_poor()).count(), POOR);
        assert_eq!(
            (with(&plan, "nha_tieu"), with(&plan, "nuoc_sach"), with(&plan, "thong_tin")),
            (428, 428, 49)
        );
        assert_eq!((with(&plan, "nha_o_22"), with(&plan, "nha_o_33"), with(&plan, "nha_o_48")), (71, 10, 0));
        assert_eq!((with(&plan, "hoc_duong"), with(&plan, "hoa_tang")), (25, 43));
        let loans: Vec<i64> = plan
            .iter()
            .flat_map(|household| &household.grants)
            .filter(|grant| grant.policy.starts_with("vay_"))
            .filter_map(|grant| grant.amount)
            .collect();
        assert_eq!(loans.len(), 165);
        let sum: i64 = loans.iter().sum();
        assert!((3_000_000_001..=3_150_000_000).contains(&sum), "{sum}");
    }

    #[test]
    fn near_poor_people_and_their_cards_are_exact() {
        let plan = plan(&villages());
        let near: Vec<&Planned> =
            plan.iter().filter(|household| household.class() == Some(Class::NearPoor)).collect();
        assert_eq!(near.iter().map(|household| household.people.len()).sum::<usize>(), NEAR_POOR_PEOPLE);
        let told =
            near.iter().filter_map(|household| household.current.as_ref()).flat_map(|survey| &survey.answers);
        let told = told.filter(|answer| answer.question == "bhyt" && answer.value == Scalar::Bool(true));
        let given =
            near.iter().flat_map(|household| &household.grants).filter(|grant| grant.policy == "bhyt");
        assert_eq!(told.count() + given.count(), INSURED_NEAR_POOR);
    }

    #[test]
    fn the_same_seed_gives_the_same_town() {
        assert_eq!(plan(&villages()), plan(&villages()));
    }

    #[test]
    fn every_village_has_households() {
        let plan = plan(&villages());
        let least = (0..24).map(|at| plan.iter().filter(|household| household.village == at).count()).min();
        assert!(least >= Some(15), "{least:?}");
    }
}
