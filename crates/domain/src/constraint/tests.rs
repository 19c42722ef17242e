use super::*;
use crate::date::parse_day;
use crate::fixture::{Home, REVIEW, as_of, rulebook, rulebook_2022};

fn found(home: &Home) -> Vec<(String, Option<MemberId>)> {
    let day = if home.1.id == "2016-2021" { as_of() } else { parse_day("2022-10-01").unwrap() };
    let broken = broken(home.1, &home.0, REVIEW, day);
    broken.into_iter().map(|one| (one.constraint, one.member)).collect()
}

#[test]
fn a_dwelling_without_room_to_lie_down_is_doubted() {
    for rulebook in [rulebook(), rulebook_2022()] {
        let mut home = Home::under(rulebook);
        home.person("1980");
        home.person("1982");
        assert_eq!(found(&home), [], "not answered");
        assert_eq!(found(&home.clone().tell("dien_tich", 5)), [("dien_tich_nho".to_owned(), None)]);
        assert_eq!(found(&home.clone().tell("dien_tich", 6)), [], "3 m² a person");
        assert_eq!(found(&home.tell("dien_tich", "?")), []);
    }
}

#[test]
fn a_certificate_before_its_age_is_doubted_of_that_person_alone() {
    let mut home = Home::under(rulebook_2022());
    let (young, grown) = (home.person("2006-01"), home.person("1998"));
    let tell = |home: Home, member: MemberId, value: &str| home.tell(&format!("bang_cap/{member}"), value);
    let home = tell(tell(home, young, "dai_hoc"), grown, "dai_hoc");
    assert_eq!(found(&home), [("bang_cap_som".to_owned(), Some(young))]);
    assert_eq!(found(&tell(home, young, "thcs")), []);
}

#[test]
fn an_age_that_is_not_known_closely_enough_breaks_nothing() {
    let mut home = Home::under(rulebook_2022());
    // 19 or 20 at the review's day
    let member = home.person("2002");
    assert_eq!(found(&home.tell(&format!("bang_cap/{member}"), "dai_hoc")), []);
}
