use chrono::Datelike;

use reports::paper::{Compared, Verdict, citations, compare, contradictions, printed};
use reports::{checks, figures};

use crate::town::Town;

fn verdicts(town: &Town) -> Vec<(u8, Verdict)> {
    let data = town.data();
    let figures = figures(&data);
    let mut report = checks(&data, &figures);
    report.extend(reports::paper::checks(&figures));
    let told = contradictions(&report);
    assert!(told.iter().all(|it| !it.evidence.vi.is_empty() && !it.evidence.en.is_empty()));
    told.into_iter().map(|it| (it.number, it.verdict)).collect()
}

#[test]
fn every_printed_figure_is_one_of_the_reports() {
    let town = Town::small();
    assert_eq!(compare(&figures(&town.data())).len(), printed().len());
}

#[test]
fn each_of_the_eight_contradictions_is_impossible_or_flagged() {
    use Verdict::{Flagged, Impossible};
    let expected = [
        (1, Impossible),
        (2, Flagged),
        (3, Flagged),
        (4, Flagged),
        (5, Impossible),
        (6, Impossible),
        (7, Flagged),
        (8, Impossible),
    ];
    assert_eq!(verdicts(&Town::small()), expected);
}

#[test]
fn what_the_registry_lets_through_is_flagged() {
    let mut town = Town::small();
    let mut again = town.citations.iter().find(|entry| entry.id == "plan_228").unwrap().clone();
    again.id = "plan_288".to_owned();
    again.number = "288".to_owned();
    town.citations.push(again);
    town.citations.iter_mut().find(|entry| entry.id == "letter_870").unwrap().date = None;
    let verdicts = verdicts(&town);
    assert_eq!((verdicts[0].1, verdicts[7].1), (Verdict::Flagged, Verdict::Flagged));
}

#[test]
fn what_is_put_right_is_absent() {
    let mut town = Town::small();
    for entry in &mut town.citations {
        match entry.id.as_str() {
            "letter_656" => entry.date = entry.date.and_then(|date| date.with_year(2017)),
            "resolution_25" => entry.symbol = "NQ-UBND".to_owned(),
            _ => {}
        }
    }
    let verdicts = verdicts(&town);
    assert_eq!((verdicts[1].1, verdicts[2].1), (Verdict::Absent, Verdict::Absent));
}

#[test]
fn words_of_approximation_are_ranges() {
    let town = Town::small();
    let compared = compare(&figures(&town.data()));
    let of = |printed: &str| compared.iter().find(|it| it.printed == printed).unwrap().verdict;
    assert_eq!(of("gần 1300"), Compared::InRange);
    assert_eq!(of("hơn 3 tỷ đồng"), Compared::InRange);
    assert_eq!(of("99,9%"), Compared::Equal);
    assert_eq!(of("129 triệu đồng"), Compared::Differs);
    assert_eq!(of("11,35%"), Compared::Differs);
}

#[test]
fn the_registry_holds_what_the_template_cites() {
    assert_eq!(citations().len(), 11);
    assert!(citations().iter().any(|entry| entry.id == "letter_870" && entry.number == "870"));
}
