use domain::classification::Class;
use domain::decimal::Decimal;
use domain::recognition::Change;
use reports::figure::{Form, Value};
use reports::{CheckCode, Figure, figures};

use crate::found;
use crate::town::{Town, household_id, on, row};

fn figure(town: &Town, id: &str) -> Figure {
    figures(&town.data()).get(id).unwrap().clone()
}

fn whole(town: &Town, id: &str) -> i64 {
    figure(town, id).whole().unwrap()
}

#[test]
fn the_lists_are_read_as_of_the_reports_day() {
    let mut town = Town::small();
    assert_eq!(whole(&town, "poor_households"), 4);
    assert_eq!(whole(&town, "near_poor_households"), 2);
    assert_eq!(figure(&town, "poor_households").text(Form::Share), "2%");
    town.register.append(row(8, 4, Class::NotPoor, Change::EscapedPoor, 2, on(2017, 4, 1))).unwrap();
    assert_eq!(whole(&town, "poor_households"), 4, "a row from the day after does not count yet");
    town.days.as_of = on(2017, 4, 1);
    assert_eq!(whole(&town, "poor_households"), 3);
}

#[test]
fn movement_keeps_its_identity() {
    let mut town = Town::small();
    town.register.append(row(8, 4, Class::NotPoor, Change::EscapedPoor, 2, on(2017, 2, 1))).unwrap();
    town.register.append(row(9, 5, Class::PoorIncome, Change::PoorFromNearPoor, 4, on(2017, 3, 1))).unwrap();
    let told = ["poor_start", "poor_out", "poor_in", "poor_end"].map(|id| whole(&town, id));
    assert_eq!(told, [4, 1, 1, 4]);
    let told =
        ["near_poor_start", "near_poor_out", "near_poor_in", "near_poor_end"].map(|id| whole(&town, id));
    assert_eq!(told, [2, 1, 0, 1]);
    assert!(found(&town, CheckCode::MovementIdentity).is_empty());
    assert!(found(&town, CheckCode::MovementUnexplained).is_empty());
}

#[test]
fn a_share_has_its_own_numerator_and_denominator() {
    let town = Town::small();
    let information = figure(&town, "information_poor");
    let share = information.share.clone().unwrap();
    assert_eq!((share.numerator, share.denominator, share.of.as_str()), (1, 4, "poor_households"));
    assert_eq!(information.text(Form::Share), "25%");
    assert_eq!(information.evidence.households, [household_id(3)]);
}

#[test]
fn insured_are_those_with_a_card_and_those_who_bought_one() {
    let mut town = Town::small();
    // Household 5: three of four by answer; household 6: four of five by answer, the fifth bought a card.
    assert_eq!(whole(&town, "near_poor_people"), 9);
    assert_eq!(whole(&town, "near_poor_insured"), 8);
    let household = &mut town.household(6).household;
    household.members.values_mut().for_each(|member| {
        member.left = true;
        member.left_on = Some("2017-03-31".to_owned());
    });
    assert_eq!(whole(&town, "near_poor_people"), 4);
    assert_eq!(whole(&town, "near_poor_insured"), 3);
}

#[test]
fn loans_count_in_the_quarter_and_among_the_three_groups() {
    let mut town = Town::small();
    assert_eq!(whole(&town, "loan_households"), 3);
    assert_eq!(figure(&town, "loan_amount").value, Some(Value::Dong(3_050_000_000)));
    assert_eq!(figure(&town, "loan_amount").text(Form::About), "hơn 3 tỷ đồng");
    town.give(1, "vay_nhcsxh", "2016-12-31", None, Some(1));
    town.give(1, "vay_nhcsxh", "2017-04-01", None, Some(1));
    town.give(8, "vay_nhcsxh", "2017-02-01", None, Some(1));
    assert_eq!(whole(&town, "loan_households"), 3, "the day before, the day after, a household on no list");
    town.give(2, "vay_nhnn", "2017-03-01", None, Some(1_000));
    assert_eq!(whole(&town, "loan_households"), 3, "two loans of one household");
    assert_eq!(whole(&town, "loan_amount"), 3_050_001_000);
}

#[test]
fn cumulative_supports_count_up_to_the_day_and_removed_ones_never() {
    let mut town = Town::small();
    assert_eq!(whole(&town, "latrine_poor"), 4);
    assert_eq!(figure(&town, "latrine_poor").text(Form::Share), "100%");
    town.give(3, "thong_tin", "2017-04-01", None, None);
    town.give(2, "thong_tin", "2017", None, None);
    assert_eq!(whole(&town, "information_poor"), 1, "a later day, and a year that may lie outside");
    for support in town.household(1).household.supports.values_mut() {
        support.removed = true;
    }
    assert_eq!(whole(&town, "latrine_poor"), 3);
    let gone = &mut town.household(2).household;
    gone.removed = true;
    gone.removed_why = Some("mistake".to_owned());
    assert_eq!(whole(&town, "latrine_poor"), 2, "a record entered by mistake gave nothing");
}

#[test]
fn the_housing_label_is_true() {
    let mut town = Town::small();
    assert_eq!(whole(&town, "housing"), 2);
    assert_eq!(whole(&town, "housing_22") + whole(&town, "housing_33") + whole(&town, "housing_48"), 2);
    assert_eq!(figure(&town, "housing").label.vi, "Tổng số hộ được hỗ trợ nhà ở kiên cố");
    assert_eq!(found(&town, CheckCode::LabelNotOnlyPoor)[0].households, [household_id(8)]);
    town.household(8).household.supports.clear();
    assert_eq!(figure(&town, "housing").label.vi, "Tổng số hộ nghèo được hỗ trợ nhà ở kiên cố");
    assert!(found(&town, CheckCode::LabelNotOnlyPoor).is_empty());
}

#[test]
fn grants_of_people_who_died_with_their_household_still_count() {
    let mut town = Town::small();
    let household = &mut town.household(4).household;
    household.removed = true;
    household.removed_why = Some("died".to_owned());
    assert_eq!(whole(&town, "cremation_grants"), 2);
    assert_eq!(figure(&town, "cremation_amount").text(Form::Plain), "6 triệu đồng");
}

#[test]
fn indicators_are_read_from_the_programme_with_their_source() {
    let mut town = Town::small();
    let primary = figure(&town, "primary_universal");
    assert_eq!(primary.value, Some(Value::Percent("99.9".parse::<Decimal>().unwrap())));
    assert_eq!(primary.evidence.entered.unwrap().source.unwrap(), "Sổ theo dõi của phòng");
    assert_eq!(figure(&town, "merit_people").text(Form::About), "gần 1.300");
    town.programmes.clear();
    assert_eq!(figure(&town, "merit_people").text(Form::About), "……");
}

#[test]
fn units_count_when_their_task_is_done() {
    let mut town = Town::small();
    assert_eq!(figure(&town, "plan_2017_units").text(Form::OutOf), "2/2");
    town.programmes[2].programme.tasks.get_mut("plan_2017").unwrap().status = Some("in_progress".to_owned());
    assert_eq!(figure(&town, "plan_2017_units").text(Form::OutOf), "1/2");
    town.units[2].valid_to = Some("2017-03-30".to_owned());
    assert_eq!(
        figure(&town, "plan_2017_units").text(Form::OutOf),
        "1/1",
        "a ward that ended is no denominator"
    );
}
