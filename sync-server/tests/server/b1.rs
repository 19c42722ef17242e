//! B1 tables: taken whole or not at all, pinned to a review, and never changed under a list that was recognised.

use domain::b1::{B1Fault, B1Table, ShippedB1};
use reports::b1::{B1Terms, FILE_CODES, b1_workbook};
use sync_server::b1::{check, supply, template, unpin};
use sync_server::fault::{Code, Fault};
use sync_server::recognise::of_review;
use sync_server::setup;

use crate::http::get;
use crate::officer::{Officer, household, unit};
use crate::recognition::{poor, terms as decision};
use crate::world::World;

const FICTITIOUS: &str = include_str!("../../../tests/story/b1-fictitious.toml");

fn terms() -> B1Terms {
    let (version, legal) = ("Hư cấu 1".to_owned(), "BẢNG ĐIỂM HƯ CẤU — chỉ để thử".to_owned());
    B1Terms { rulebook: "2016-2021".to_owned(), version, legal, fictitious: true }
}

fn workbook(edit: impl FnOnce(&mut B1Table)) -> Vec<u8> {
    let shipped = ShippedB1::load(FICTITIOUS).unwrap();
    let mut table = B1Table { fictitious: true, ..shipped.table.clone() };
    edit(&mut table);
    b1_workbook(&shipped, &table).unwrap()
}

fn codes(fault: &Fault) -> Vec<Code> {
    fault.details.iter().map(|detail| detail.code).collect()
}

#[test]
fn every_fault_of_a_file_has_a_code_and_words() {
    for code in B1Fault::ALL.map(B1Fault::code).into_iter().chain(FILE_CODES) {
        assert!(Code::ALL.iter().any(|known| known.text() == code), "{code}");
    }
}

#[test]
fn a_table_that_is_refused_changes_nothing_and_names_each_cell_in_both_languages() {
    let world = World::new();
    let bad = workbook(|table| {
        table.items[0].answers[0].points.remove("NT_DBSH");
        table.items[2].answers[1].points.insert("THANH_THI".to_owned(), 400);
    });
    let before = world.rows("registry");
    let fault = supply(&world.app, &bad, &terms(), Some("2016")).unwrap_err();
    assert_eq!((fault.code, codes(&fault)), (Code::B1Refused, vec![Code::B1BlankPoint, Code::B1PointRange]));
    let told = fault.json();
    assert_eq!(told["details"][0]["params"]["cell"], "F7");
    assert_eq!(told["details"][1]["params"]["cell"], "L14");
    for words in [&told["details"][0], &told["details"][1], &told] {
        let (vi, en) = (words["vi"].as_str().unwrap(), words["en"].as_str().unwrap());
        assert!(!vi.contains('{') && !en.contains('{') && vi != en, "{words}");
    }
    let not_xlsx = supply(&world.app, b"Muc;Diem", &terms(), None).unwrap_err();
    assert_eq!(codes(&not_xlsx), [Code::B1NotAWorkbook]);
    let other = B1Terms { rulebook: "1999".to_owned(), ..terms() };
    assert_eq!(supply(&world.app, &bad, &other, None).unwrap_err().code, Code::B1NoForm);
    assert_eq!(template("2027-2030").unwrap_err().code, Code::B1NoForm);
    assert_eq!(world.rows("registry"), before);
    assert_eq!(world.app.database.identity().unwrap().unwrap().configuration_version, 1);
}

#[test]
fn a_table_is_supplied_once_and_pinned_to_the_review() {
    let world = World::new();
    let good = workbook(|_| ());
    assert_eq!(check(&good, &terms()).unwrap().items, 9);
    let alone = supply(&world.app, &good, &terms(), None).unwrap();
    assert_eq!((alone.configuration_version, alone.review), (2, None));
    let now = world.app.current().unwrap();
    let user = now.town.user_named("lan").unwrap();
    let told = |app: &sync_server::app::App| {
        let register = app.database.register().unwrap();
        app.town.configuration(user, (&register, &[]), app.identity.town, app.identity.configuration_version)
    };
    assert!(told(&now).b1_tables.is_empty(), "a device gets the tables that its reviews use");
    let pinned = supply(&now, &good, &terms(), Some("2016")).unwrap();
    assert_eq!((pinned.configuration_version, pinned.hash.as_str()), (3, alone.hash.as_str()));
    let now = now.current().unwrap();
    let configuration = told(&now);
    assert_eq!(configuration.reviews[0].b1_table.as_ref(), Some(&pinned.hash));
    assert_eq!(configuration.b1_tables[0].hash(), pinned.hash);
    assert_eq!(
        supply(&now, &good, &terms(), Some("2016")).unwrap().configuration_version,
        3,
        "nothing to do"
    );
    assert_eq!(supply(&now, &good, &terms(), Some("1999")).unwrap_err().code, Code::UnknownReview);
    assert_eq!(unpin(&now, "2016").unwrap(), 4);
    let now = now.current().unwrap();
    assert_eq!((told(&now).b1_tables.len(), now.town.reviews[0].1.b1_table.as_ref()), (0, None));
    assert_eq!(now.town.b1.tables.len(), 1, "what was supplied stays");
}

#[test]
fn the_table_of_a_recognised_review_stays() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    poor(&world, &mut lan, 1);
    lan.push(&world, &household(2, &lan), unit(&world, "Khu phố 1"));
    of_review(&world.app, world.app.town.current_review.unwrap(), &decision("2017-01-01")).unwrap();
    let now = world.app.current().unwrap();
    let fault = supply(&now, &workbook(|_| ()), &terms(), Some("2016")).unwrap_err();
    assert_eq!(fault.code, Code::B1ReviewRecognised);
    assert!(world.app.current().unwrap().town.b1.tables.is_empty(), "nothing of it was taken");
}

#[test]
fn the_table_of_a_sealed_review_stays() {
    let world = World::new();
    let village = unit(&world, "Khu phố 1").to_string();
    sync_server::seal::seal(&world.app, "2016", &village).unwrap();
    let now = world.app.current().unwrap();
    let fault = supply(&now, &workbook(|_| ()), &terms(), Some("2016")).unwrap_err();
    assert_eq!(fault.code, Code::B1ReviewSealed);
}

#[test]
fn the_office_sees_which_table_is_in_force_and_that_the_shipped_one_is_locked() {
    let world = World::new();
    let cookie = crate::office::cookie(&world);
    let page = get(world.address, "/office", &cookie).text();
    assert!(page.contains("nhập tổng điểm B1 từ phiếu giấy") && page.contains("bị khoá"), "{page}");
    let other = setup::open(world.place.location()).unwrap();
    let supplied = supply(&other, &workbook(|_| ()), &terms(), Some("2016")).unwrap();
    let page = get(world.address, "/office", &cookie).text();
    assert!(page.contains("Hư cấu 1") && page.contains(&supplied.hash[..12]) && page.contains("HƯ CẤU"));
    let summary = get(world.address, "/office/api/summary", &cookie).json();
    assert_eq!(summary["b1"]["table"]["fictitious"], true);
    assert_eq!(summary["b1"]["shipped"]["known"], 6);
}
