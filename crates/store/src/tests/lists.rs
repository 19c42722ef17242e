//! Lists, counts and search.

use domain::classification::Class;
use domain::review::Progress;
use domain::scalar::Scalar;

use super::*;
use crate::HouseholdQuery;

fn names(device: &Device, query: &HouseholdQuery) -> Vec<String> {
    let (total, rows) = device.store.list(query).unwrap();
    assert_eq!(total as usize, rows.len());
    rows.into_iter().filter_map(|row| row.name).collect()
}

fn found(device: &Device, search: &str) -> Vec<String> {
    let query =
        HouseholdQuery { search: search.to_owned(), review: Some(REVIEW), limit: 100, ..Default::default() };
    names(device, &query)
}

fn village() -> Device {
    let mut device = Device::new();
    device.enter(1, "Đỗ Văn Hoà", "038090000001");
    device.enter(2, "Lê Thị Thử", "038190000002");
    device.enter(3, "Do Minh Thử", "001090000003");
    device
}

#[test]
fn search_needs_no_marks_and_finds_d_with_a_stroke() {
    let device = village();
    assert_eq!(found(&device, "do"), ["Do Minh Thử", "Đỗ Văn Hoà"]);
    assert_eq!(found(&device, "ĐỖ hoa"), ["Đỗ Văn Hoà"]);
    assert_eq!(found(&device, "thu le"), ["Lê Thị Thử"]);
    assert_eq!(found(&device, "12 ngo lê"), ["Lê Thị Thử"], "the address and the name together");
    assert!(found(&device, "oa").is_empty(), "words match at their beginning");
    assert_eq!(found(&device, "").len(), 3);
}

#[test]
fn a_number_is_found_inside_a_citizen_id() {
    let device = village();
    assert_eq!(found(&device, "000002"), ["Lê Thị Thử"]);
    assert_eq!(found(&device, "038190000002"), ["Lê Thị Thử"]);
    assert!(found(&device, "999999").is_empty());
    assert_eq!(found(&device, "le 0002"), ["Lê Thị Thử"], "a word and the inside of a number");
    assert!(found(&device, "do 0002").is_empty(), "both must match");
    assert_eq!(
        found(&device, "001"),
        ["Do Minh Thử", "Đỗ Văn Hoà"],
        "inside of one, at the beginning of another"
    );
    assert_eq!(found(&device, "00"), ["Do Minh Thử"], "two digits are looked for at the beginning only");
    assert_eq!(found(&device, "12").len(), 3, "and in addresses");
}

#[test]
fn what_is_typed_is_never_part_of_a_query() {
    let device = village();
    for typed in ["\"", "do\" OR \"le", "' OR 1=1 --", "text:do", "NEAR(do hoa)", "*", "do*", "%", "\u{0}"] {
        found(&device, typed);
    }
    assert!(found(&device, "do OR le").is_empty());
}

#[test]
fn no_character_that_can_be_typed_breaks_the_search() {
    let device = village();
    let plain = (' '..='\u{2fff}').chain(['\u{1f600}', '\u{ff21}', '\u{20000}']);
    for letter in plain {
        found(&device, &format!("d{letter}o {letter}12{letter}"));
    }
}

#[test]
fn pages_do_not_overlap() {
    let device = village();
    let page = |offset| {
        let query = HouseholdQuery { limit: 2, offset, ..Default::default() };
        let (total, rows) = device.store.list(&query).unwrap();
        assert_eq!(total, 3);
        rows.into_iter().filter_map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(page(0), ["Do Minh Thử", "Đỗ Văn Hoà"]);
    assert_eq!(page(2), ["Lê Thị Thử"]);
}

#[test]
fn states_are_counted_and_filtered_by_review() {
    let mut device = village();
    let made = household(4, 90, "Vũ Thị Thử", "038190000009");
    device.keep(&made);
    let answered = edited(&made.document, 90, &[(&format!("reviews/{REVIEW}/b1_entered"), Scalar::Int(200))]);
    device.keep(&answered);
    let counts = device.store.counts(Some(REVIEW)).unwrap();
    assert_eq!((counts.not_started, counts.in_progress, counts.done, counts.waiting), (3, 1, 0, 4));
    let query = HouseholdQuery {
        review: Some(REVIEW),
        progress: Some(Progress::InProgress),
        limit: 10,
        ..Default::default()
    };
    assert_eq!(names(&device, &query), ["Vũ Thị Thử"]);
    let row = &device.store.list(&query).unwrap().1[0];
    assert_eq!((row.members, row.waiting, row.class), (1, 4, Some(Class::NotPoor)));
}

#[test]
fn a_removed_household_is_not_listed() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Hoà", "038090000001");
    let gone = edited(
        &made.document,
        40,
        &[("removed", Scalar::Bool(true)), ("removed_why", Scalar::text("moved_out"))],
    );
    device.keep(&gone);
    assert!(found(&device, "").is_empty());
    assert_eq!(device.store.counts(Some(REVIEW)).unwrap(), Default::default());
}

#[test]
fn a_rebuild_makes_the_same_lists() {
    let mut device = village();
    device.assert_projections_are_those_of_a_rebuild();
    let mut more = configuration();
    more.version = 2;
    more.reviews[0].as_of = "2015-10-01".to_owned();
    device.store.configure(more, &[]).unwrap();
    device.assert_projections_are_those_of_a_rebuild();
    assert_eq!(found(&device, "do").len(), 2);
}

#[test]
fn a_review_with_an_unknown_rulebook_has_no_class() {
    let mut device = village();
    let mut other = configuration();
    other.reviews[0].rulebook_hash = "00".repeat(32);
    device.store.configure(other, &[]).unwrap();
    let (_, rows) =
        device.store.list(&HouseholdQuery { review: Some(REVIEW), limit: 10, ..Default::default() }).unwrap();
    assert!(rows.iter().all(|row| row.class.is_none() && row.possible.is_empty()));
}
