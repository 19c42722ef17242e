use domain::classification::Class;
use domain::recognition::Change;
use domain::review::Progress;
use domain::scalar::Scalar;
use reports::{CheckCode, Severity, checks, figures};

use crate::found;
use crate::town::{Town, household_id, on, row};

fn codes(town: &Town) -> Vec<CheckCode> {
    let data = town.data();
    let mut codes: Vec<CheckCode> = checks(&data, &figures(&data)).iter().map(|check| check.code).collect();
    codes.dedup();
    codes
}

#[test]
fn the_small_towns_open_checks_are_the_papers_own() {
    use CheckCode::*;
    let expected = [
        LabelNotOnlyPoor,
        TargetMetYetOpen,
        TargetDoneYetUnmet,
        StatusMissing,
        CitationKind,
        CitationNeighbours,
        CitationWithoutDate,
    ];
    assert_eq!(codes(&Town::small()), expected);
}

#[test]
fn a_target_at_100_percent_cannot_be_under_way_unseen() {
    let mut town = Town::small();
    let met = found(&town, CheckCode::TargetMetYetOpen);
    let subjects: Vec<&str> = met.iter().map(|check| check.subject.as_str()).collect();
    assert_eq!(subjects, ["target_latrine", "target_water"]);
    for task in town.programmes[0].programme.tasks.values_mut() {
        task.status = Some("done".to_owned());
    }
    assert!(found(&town, CheckCode::TargetMetYetOpen).is_empty());
    let unmet = found(&town, CheckCode::TargetDoneYetUnmet);
    let subjects: Vec<&str> = unmet.iter().map(|check| check.subject.as_str()).collect();
    assert_eq!(subjects, ["target_health_card", "target_information"]);
    let information =
        "Số hộ nghèo được hỗ trợ tiếp cận thông tin: tiến độ ghi «Hoàn thành» nhưng mới có 25%.";
    assert_eq!(unmet[1].words.vi, information);
    let information =
        "Poor households supported to information: the task is marked “done” but only 25% is reached.";
    assert_eq!(unmet[1].words.en, information);
}

#[test]
fn parts_that_do_not_add_name_the_households_in_several() {
    let mut town = Town::small();
    town.give(1, "nha_o_48", "2016-11-11", None, Some(12_000_000));
    let wrong = found(&town, CheckCode::PartsDoNotAdd);
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].households, [household_id(1)]);
    assert!(wrong[0].words.vi.contains("1 + 1 + 1"), "{}", wrong[0].words.vi);
}

#[test]
fn a_share_over_the_whole_is_named() {
    let mut town = Town::small();
    town.population[0].households = 3;
    let over = found(&town, CheckCode::ShareOverWhole);
    assert_eq!(over.len(), 1);
    assert_eq!((over[0].subject.as_str(), over[0].severity), ("poor_households", Severity::Wrong));
    town.population.clear();
    assert!(found(&town, CheckCode::ShareOverWhole).is_empty());
    assert_eq!(found(&town, CheckCode::PopulationMissing).len(), 1);
}

#[test]
fn a_household_that_leaves_a_list_without_a_reason_is_named() {
    let mut town = Town::small();
    town.register.append(row(8, 4, Class::NotPoor, Change::Dissolved, 0, on(2017, 2, 1))).unwrap();
    let unexplained = found(&town, CheckCode::MovementUnexplained);
    assert_eq!(unexplained[0].households, [household_id(4)]);
    let household = &mut town.household(4).household;
    household.removed = true;
    household.removed_why = Some("moved_out".to_owned());
    assert!(found(&town, CheckCode::MovementUnexplained).is_empty());
}

#[test]
fn what_is_not_settled_is_listed_with_its_households() {
    let mut town = Town::small();
    town.household(3).conflicts = 2;
    town.household(8).progress = Progress::InProgress;
    assert_eq!(found(&town, CheckCode::ConflictNotResolved)[0].households, [household_id(3)]);
    assert_eq!(found(&town, CheckCode::HouseholdNotReviewed)[0].households, [household_id(8)]);
    town.household(3).household.removed = true;
    assert!(found(&town, CheckCode::ConflictNotResolved).is_empty(), "no longer in the lists");
    assert_eq!(found(&town, CheckCode::RecognisedWithoutRecord)[0].households, [household_id(3)]);
}

#[test]
fn supports_that_cannot_be_counted_are_listed() {
    let mut town = Town::small();
    town.give(1, "vay_nhnn", "2017", None, Some(1));
    town.give(2, "khong_co", "2017-01-01", None, None);
    town.give(3, "vay_nhnn", "2017-01-01", None, None);
    town.give(4, "hoc_duong", "2017-01-01", None, None);
    town.give(5, "hoa_tang", "2017-01-01", Some(0), Some(2_000_000));
    town.give(8, "vay_nhnn", "2017-01-01", None, Some(1));
    let about = |code| found(&town, code).into_iter().flat_map(|check| check.households).collect::<Vec<_>>();
    assert_eq!(about(CheckCode::SupportNotDated), [household_id(1)]);
    assert_eq!(about(CheckCode::SupportPolicyUnknown), [household_id(2)]);
    assert_eq!(about(CheckCode::SupportWithoutAmount), [household_id(3)]);
    assert_eq!(about(CheckCode::SupportWithoutMember), [household_id(4)]);
    assert_eq!(about(CheckCode::GrantsNotAtFixedAmount), [household_id(5)]);
    assert_eq!(about(CheckCode::SupportOutsideGroup), [household_id(8)]);
}

#[test]
fn indicators_are_checked_against_themselves_and_the_records() {
    let mut town = Town::small();
    let indicators = &mut town.programmes[0].programme.indicators;
    indicators.get_mut("primary_universal").unwrap().value = Some(Scalar::text("101"));
    indicators.get_mut("preschool_universal").unwrap().source = None;
    indicators.remove("social_new_q1");
    indicators.get_mut("merit_people").unwrap().value = Some(Scalar::Int(1));
    for member in town.household(1).household.members.values_mut().take(2) {
        member.merit = true;
    }
    let subject = |code| found(&town, code).into_iter().map(|check| check.subject).collect::<Vec<_>>();
    assert_eq!(subject(CheckCode::IndicatorInvalid), ["primary_universal"]);
    assert_eq!(subject(CheckCode::IndicatorWithoutSource), ["preschool_universal"]);
    assert_eq!(subject(CheckCode::IndicatorMissing), ["social_new_q1"]);
    assert_eq!(subject(CheckCode::IndicatorBelowRecords), ["merit_people"]);
}

#[test]
fn insurance_that_nobody_asked_about_is_named() {
    let mut town = Town::small();
    let record = town.household(5).household.reviews.values_mut().next().unwrap();
    record.answers.values_mut().next().unwrap().clone_from(&Scalar::text("?"));
    assert_eq!(found(&town, CheckCode::InsuranceNotKnown)[0].households, [household_id(5)]);
    town.household(6).household.members.pop_last();
    assert_eq!(found(&town, CheckCode::PeopleDiffer).len(), 1);
}

#[test]
fn checks_name_no_person() {
    let mut town = Town::small();
    town.household(3).conflicts = 1;
    let data = town.data();
    for check in checks(&data, &figures(&data)) {
        assert!(!check.words.vi.contains("Nguyễn Văn Mẫu") && !check.words.en.contains("Nguyễn Văn Mẫu"));
        assert!(!check.words.vi.contains('{') && !check.words.en.contains('{'), "{:?}", check.words);
    }
}

#[test]
fn a_letter_without_number_or_signature_is_named() {
    let mut town = Town::small();
    assert!(found(&town, CheckCode::LetterNotIssued).is_empty());
    let own = town.citations.iter_mut().find(|entry| entry.id == "letter_870").unwrap();
    own.number.clear();
    own.date = None;
    town.letter.signer = None;
    assert_eq!(found(&town, CheckCode::LetterNotIssued).len(), 1);
    assert_eq!(found(&town, CheckCode::LetterNotSigned).len(), 1);
    assert!(found(&town, CheckCode::CitationWithoutNumber).is_empty(), "told once");
}
