//! A form that stood open while somebody else's answer arrived.

use serde_json::json;
use tests::town::Town;

#[test]
fn a_save_from_a_stale_form_covers_nobodys_answer() {
    let mut town = Town::open();
    let (mut ha, mut binh) = (town.officer("ha"), town.officer("binh"));
    let home = ha.enters("Đỗ Văn Hoà");
    ha.syncs();
    binh.syncs();
    let form = ha.opens(&home);
    binh.answers(&home, "nuoc", "khac");
    binh.syncs();
    ha.syncs();
    assert_ne!(ha.opens(&home).heads(), form.heads(), "the other answer has arrived under the open form");
    let page = ha.saves(&home, &form, "nuoc", "may");
    let both = vec![(json!("may"), "Nguyễn Thị Hà".to_owned()), (json!("khac"), "Trần Văn Bình".to_owned())];
    assert_eq!(page.conflicts(), [("nuoc".to_owned(), both.clone())]);
    ha.syncs();
    binh.syncs();
    assert_eq!(binh.opens(&home).conflicts(), [("nuoc".to_owned(), both)]);
}

#[test]
fn a_save_from_a_fresh_form_replaces_what_its_author_saw() {
    let mut town = Town::open();
    let (mut ha, mut binh) = (town.officer("ha"), town.officer("binh"));
    let home = ha.enters("Đỗ Văn Hoà");
    ha.syncs();
    binh.syncs();
    binh.answers(&home, "nuoc", "khac");
    binh.syncs();
    ha.syncs();
    let page = ha.answers(&home, "nuoc", "may");
    assert_eq!((page.answer("nuoc"), page.conflicts().len()), (&json!("may"), 0));
}

#[test]
fn heads_that_the_device_never_had_are_refused_and_nothing_is_saved() {
    let mut town = Town::open();
    let mut ha = town.officer("ha");
    let home = ha.enters("Đỗ Văn Hoà");
    let mut form = ha.opens(&home);
    form.0["heads"] = json!(["00".repeat(32)]);
    let save = ha.save(&home, &form, "nuoc", json!("may"));
    assert_eq!(ha.field.refused("household.save", save).code, "unknown_heads");
    assert!(ha.opens(&home).answer("nuoc").is_null());
}
