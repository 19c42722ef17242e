//! Which household receives which support, so that the town's figures come out of the records.
//!
//! **Invariant:** the counts and sums that the letter prints (`crates/reports/data/paper-870.toml`) are constants here;
//! those of the lists are in `plan`.

use chrono::{Days, NaiveDate};
use domain::classification::Class;

use super::dice::Dice;
use super::plan::{Planned, day};

/// Poor households helped with access to information.
pub const INFORMATION: usize = 49;
/// Households housed under decision 22, for people with merit; not all of them are poor.
pub const HOUSING_22: usize = 71;
/// Of them the poor ones; the others are near-poor or above.
pub const HOUSING_22_POOR: usize = 58;
/// Households housed under decision 33.
pub const HOUSING_33: usize = 10;
/// Children helped to stay in school.
pub const SCHOOL_HELP: usize = 25;
/// Households with a loan in the first quarter of 2017.
pub const LOANS: usize = 165;
/// Cremation grants in the first quarter of 2017.
pub const CREMATIONS: usize = 43;
/// Đồng of one cremation grant.
pub const CREMATION_DONG: i64 = 3_000_000;
/// People in surveyed households who receive the monthly allowance; most recipients live in others.
pub const ALLOWANCES: usize = 36;
/// Đồng a month, the base of the allowance at the time.
const ALLOWANCE_DONG: i64 = 270_000;
/// Loans go up in steps of this many đồng.
const LOAN_STEP_DONG: i64 = 1_000_000;
/// The loans' average in steps: 165 × 18,5 million is a little more than three thousand million.
const LOAN_PAIR_STEPS: i64 = 37;

/// A support, before the household's members have ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The policy's id.
    pub policy: &'static str,
    /// What it is for.
    pub period: &'static str,
    /// Đồng, where the amount is known.
    pub amount: Option<i64>,
    /// The day it was given.
    pub date: NaiveDate,
    /// The member's place in the household, where it goes to one.
    pub member: Option<usize>,
}

/// Gives every support out.
pub fn give(dice: &mut Dice, households: &mut [Planned]) {
    latrines_and_water(dice, households);
    for household in some(dice, households, INFORMATION, Planned::is_poor) {
        let given = in_first_quarter(dice);
        household.give("thong_tin", "2017", None, given, None);
    }
    housing(dice, households);
    school_help(dice, households);
    loans(dice, households);
    cremations(dice, households);
    allowances(dice, households);
    cards_of_small_children(households);
}

fn latrines_and_water(dice: &mut Dice, households: &mut [Planned]) {
    for household in households.iter_mut().filter(|household| household.is_poor()) {
        let (latrine, water) = (in_first_quarter(dice), in_first_quarter(dice));
        household.give("nha_tieu", "2017", None, latrine, None);
        household.give("nuoc_sach", "2017", None, water, None);
    }
}

fn housing(dice: &mut Dice, households: &mut [Planned]) {
    let not_poor = |household: &Planned| !household.is_poor() && household.class().is_some();
    let mut merit = |households: &mut [Planned], count, wanted: &dyn Fn(&Planned) -> bool| {
        for household in some(dice, households, count, wanted) {
            household.people[0].merit = true;
            let given = in_first_quarter(dice);
            household.give("nha_o_22", "2017", None, given, None);
        }
    };
    merit(households, HOUSING_22_POOR, &Planned::is_poor);
    merit(households, HOUSING_22 - HOUSING_22_POOR, &not_poor);
    let unhoused = |household: &Planned| household.is_poor() && !household.has("nha_o_22");
    for household in some(dice, households, HOUSING_33, unhoused) {
        let given = in_first_quarter(dice);
        household.give("nha_o_33", "2017", Some(25_000_000), given, None);
    }
}

fn school_help(dice: &mut Dice, households: &mut [Planned]) {
    let with_child = |household: &Planned| household.on_a_list() && household.school_child().is_some();
    for household in some(dice, households, SCHOOL_HELP, with_child) {
        let (child, given) = (household.school_child(), in_first_quarter(dice));
        household.give("hoc_duong", "2017-Q1", None, given, child);
    }
}

/// Loans in pairs that add up to the same sum, so that the total is known: one bank lends what the other does not.
fn loans(dice: &mut Dice, households: &mut [Planned]) {
    let mut steps: Vec<i64> = Vec::new();
    while steps.len() + 1 < LOANS {
        let one = dice.between(8, LOAN_PAIR_STEPS - 8);
        steps.extend([one, LOAN_PAIR_STEPS - one]);
    }
    steps.push(LOAN_PAIR_STEPS / 2);
    for (household, steps) in some(dice, households, LOANS, Planned::may_borrow).into_iter().zip(steps) {
        let bank = if dice.percent(75) { "vay_nhcsxh" } else { "vay_nhnn" };
        let given = in_first_quarter(dice);
        household.give(bank, "2017-Q1", Some(steps * LOAN_STEP_DONG), given, None);
    }
}

/// The dead lived in households that keep others; the near-poor ones are left out so that their members stay 1588.
fn cremations(dice: &mut Dice, households: &mut [Planned]) {
    let with_parent = |household: &Planned| {
        household.class().is_some_and(|class| class != Class::NearPoor)
            && household.eldest_of_several().is_some()
    };
    for household in some(dice, households, CREMATIONS, with_parent) {
        let (eldest, died) = (household.eldest_of_several(), in_first_quarter(dice));
        household.died = eldest.map(|member| (member, died));
        household.give("hoa_tang", "2017-Q1", Some(CREMATION_DONG), died, eldest);
    }
}

fn allowances(dice: &mut Dice, households: &mut [Planned]) {
    let with_elder = |household: &Planned| household.died.is_none() && household.elder(80).is_some();
    for household in some(dice, households, ALLOWANCES, with_elder) {
        let elder = household.elder(80);
        household.give("btxh", "2017-Q1", Some(ALLOWANCE_DONG), day(2017, 1, 10), elder);
    }
}

/// Children under six hold a health card by law, so the form does not ask; the card is a support of theirs.
fn cards_of_small_children(households: &mut [Planned]) {
    for household in households.iter_mut().filter(|household| household.on_a_list()) {
        for child in household.small_children() {
            household.give("bhyt", "2017", None, day(2017, 1, 2), Some(child));
        }
    }
}

/// A random choice of as many of the wanted households as there are, up to `count`.
fn some<'a>(
    dice: &mut Dice,
    households: &'a mut [Planned],
    count: usize,
    wanted: impl Fn(&Planned) -> bool,
) -> Vec<&'a mut Planned> {
    let mut found: Vec<&mut Planned> = households.iter_mut().filter(|household| wanted(household)).collect();
    dice.shuffle(&mut found);
    found.truncate(count);
    found
}

/// The targets of 2017 are reported as of the end of the first quarter.
fn in_first_quarter(dice: &mut Dice) -> NaiveDate {
    day(2017, 1, 4) + Days::new(dice.between(0, 80) as u64)
}
