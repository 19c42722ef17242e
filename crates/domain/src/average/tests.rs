use super::*;
use crate::fixture::{Home, REVIEW, rulebook, rulebook_2022};

const FARMING: &str = "nong_lam_ngu_diem";
const INCOME: &str = "thu_nhap_12_thang";

fn living(rulebook: &'static Rulebook, area: Area, people: usize, income: i64) -> Living {
    let mut home = Home::under(rulebook);
    for _ in 0..people {
        home.person("1990");
    }
    let home = home.tell(FARMING, true).tell(INCOME, income);
    average_living(rulebook, area, &home.0, REVIEW).unwrap().living
}

#[test]
fn each_line_is_met_to_the_dong() {
    // over, at most, in đồng a person and month
    let lines = [
        (rulebook(), Area::Rural, 1_000_000, 1_500_000),
        (rulebook(), Area::Urban, 1_300_000, 1_950_000),
        (rulebook_2022(), Area::Rural, 1_500_000, 2_250_000),
        (rulebook_2022(), Area::Urban, 2_000_000, 3_000_000),
    ];
    for (rulebook, area, over, at_most) in lines {
        for people in [1, 3] {
            let year = |line: i64| line * 12 * i64::try_from(people).unwrap();
            let cases = [
                (0, Living::Below),
                (year(over), Living::Below),
                (year(over) + 1, Living::Average),
                (year(at_most), Living::Average),
                (year(at_most) + 1, Living::Above),
            ];
            for (income, expected) in cases {
                let found = living(rulebook, area, people, income);
                assert_eq!(found, expected, "{} {area:?} {people} {income}", rulebook.id);
            }
        }
    }
}

#[test]
fn it_is_open_without_income_or_people_and_asked_of_farmers_alone() {
    let rulebook = rulebook_2022();
    let mut home = Home::under(rulebook);
    let told = |home: &Home| average_living(rulebook, Area::Rural, &home.0, REVIEW);
    assert_eq!(told(&home), None);
    home.person("1990");
    let farmer = home.clone().tell(FARMING, true);
    assert_eq!(told(&farmer).unwrap().living, Living::Open);
    assert_eq!(told(&farmer.clone().tell(INCOME, "?")).unwrap().living, Living::Open);
    assert_eq!(told(&farmer.tell(INCOME, 20_000_000)).unwrap().monthly_dong, Some(1_666_666));
    assert_eq!(told(&home.clone().tell(FARMING, false)), None);
    assert_eq!(told(&home.tell(FARMING, "?")), None);
    let nobody = Home::under(rulebook).tell(FARMING, true).tell(INCOME, 20_000_000);
    let nobody = told(&nobody).unwrap();
    assert_eq!((nobody.living, nobody.monthly_dong), (Living::Open, None));
}

#[test]
fn the_years_from_2027_have_no_such_rule() {
    assert_eq!(Rulebook::shipped_by_id("2027-2030").unwrap().average, None);
}
