//! The town file: taken whole or not at all.

use sync_server::database::facts::{Fact, FactKind};
use sync_server::fault::{Code, Fault};
use sync_server::setup;
use sync_server::town::{Town, check};

use crate::world::{TOWN, World};

fn refused(from: &str, to: &str) -> Fault {
    assert!(TOWN.contains(from), "{from}");
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let Err(fault) = setup::init(&data, &TOWN.replacen(from, to, 1)) else { panic!("taken: {to}") };
    assert!(!data.exists(), "nothing is made of a file that is refused");
    let words = fault.json();
    assert!(!words["vi"].as_str().unwrap().contains('{'), "a blank is left: {words}");
    fault
}

#[test]
fn the_registry_gives_the_town_back_and_the_same_file_the_same_ids() {
    let town = check::read(TOWN).unwrap();
    assert_eq!(check::read(TOWN).unwrap(), town);
    assert_eq!(Town::of_facts(&town.facts().unwrap()).unwrap(), town);
    let folder = tempfile::tempdir().unwrap();
    setup::init(folder.path(), TOWN).unwrap();
    assert_eq!(setup::open(folder.path()).unwrap().town, town);
    assert_eq!(setup::init(folder.path(), TOWN).err().unwrap().code, Code::TownExists);
    let minh = town.user_named("minh").unwrap();
    assert_eq!(minh.scopes.len(), 3, "a unit with everything under it");
}

/// The line of the example that ends its review.
const LIST_YEAR: &str = "list_year = 2017 ";
const LOCAL: &str = "review 2016.local_standard";

/// The end of the review with a local standard that has this threshold.
fn local(threshold: &str) -> String {
    format!(
        "list_year = 2017\nopinion = true\nopinion_of = \"Chủ tịch UBND thị xã\"\n[review.local_standard]\n\
         name = \"Chuẩn của thị xã\"\nlegal = \"1/NQ-HĐND\"\n[review.local_standard.threshold]\n{threshold}\n"
    )
}

#[test]
fn a_review_has_the_opinion_and_the_local_standard_of_the_file() {
    let changed = TOWN.replacen(LIST_YEAR, &local("b1_poor = { rural = 150, urban = 170 }"), 1);
    let town = check::read(&changed).unwrap();
    let review = &town.reviews[0].1;
    assert_eq!((review.opinion, review.opinion_of.as_deref()), (Some(true), Some("Chủ tịch UBND thị xã")));
    assert!(review.asks_opinion());
    let standard = review.local_standard.as_ref().unwrap();
    assert_eq!((standard.name.as_str(), standard.thresholds["b1_poor"].urban), ("Chuẩn của thị xã", 170));
    let plain = &check::read(TOWN).unwrap().reviews[0].1;
    assert_eq!((plain.opinion, &plain.opinion_of, &plain.local_standard), (None, &None, &None));
}

#[test]
fn every_mistake_in_a_town_file_has_a_code_and_a_place() {
    let below = local("b1_poor = { rural = -1, urban = 1 }");
    let stricter = local("b1_poor = { rural = 120, urban = 139 }");
    let crossed = local("b1_poor = { rural = 151, urban = 140 }");
    let (none, unknown) = (local(""), local("b9 = { rural = 1, urban = 1 }"));
    let misspelt = local("b1_poor = { rural = 1, city = 1 }");
    let cases = [
        ("format = 1", "format = 2", Code::TownFormat, ""),
        ("format = 1", "format = [", Code::TownMalformed, ""),
        ("current_review", "curent_review", Code::TownMalformed, ""),
        ("key = \"hoa-sen/2\"", "key = \"hoa-sen/1\"", Code::TownDuplicate, "unit hoa-sen/1"),
        ("parent = \"thi-du\"", "parent = \"nowhere\"", Code::TownUnknownKey, "unit hoa-sen"),
        ("parent = \"thi-du\"", "parent = \"hoa-sen/1\"", Code::TownTree, "unit hoa-sen"),
        ("area = \"urban\"  ", "", Code::TownTree, "unit thi-du"),
        ("name = \"Khu phố 1\"", "name = \" \"", Code::TownText, "unit hoa-sen/1"),
        ("scopes = [\"hoa-sen/1\"]", "scopes = []", Code::TownNoScope, "user lan"),
        ("as_of = \"2016-12-31\"", "as_of = \"2016-02-31\"", Code::TownDate, "review 2016"),
        ("deadline = \"2016-12-15\"", "deadline = \"2016-08-15\"", Code::TownDate, "review 2016"),
        ("rulebook = \"2016-2021\"", "rulebook = \"1999\"", Code::TownRulebook, "review 2016"),
        ("rulebook = \"2016-2021\"", "rulebook = \"2022-2026\"", Code::TownRulebookYear, "review 2016"),
        ("rulebook = \"2016-2021\"", "rulebook = \"2027-2030\"", Code::TownRulebookLocked, "review 2016"),
        (LIST_YEAR, "list_year = 2022", Code::TownRulebookYear, "review 2016"),
        (
            LIST_YEAR,
            "list_year = 2017\nopinion = false\nopinion_of = \"Chủ tịch\"",
            Code::TownOpinion,
            "review 2016",
        ),
        (LIST_YEAR, &below, Code::TownThreshold, LOCAL),
        (LIST_YEAR, &none, Code::TownThreshold, LOCAL),
        (LIST_YEAR, &stricter, Code::TownStandardStricter, LOCAL),
        (LIST_YEAR, &crossed, Code::TownStandardUnclear, LOCAL),
        (LIST_YEAR, &unknown, Code::TownUnknownKey, LOCAL),
        (LIST_YEAR, &misspelt, Code::TownMalformed, ""),
        ("people = 4300", "people = -1", Code::TownCount, "population hoa-sen"),
        ("[report.letter]", "[report.letter]\nnonsense = 1", Code::TownReport, "report.letter"),
        ("key = \"plan_228\"", "key = \"plan_2\"", Code::TownReport, "report.letter"),
    ];
    for (from, to, code, place) in cases {
        let fault = refused(from, to);
        assert_eq!(fault.code, code, "{to}");
        let at = fault.params.iter().find(|(name, _)| *name == "at").map_or("", |(_, at)| at.as_str());
        assert_eq!(at, place, "{to}");
    }
}

#[test]
fn a_unit_has_the_b1_region_of_the_nearest_unit_above_of_its_area() {
    let folder = tempfile::tempdir().unwrap();
    setup::demo(folder.path()).unwrap();
    let town = setup::open(folder.path()).unwrap().town.clone();
    let region = |name: &str| town.units.iter().find(|unit| unit.name == name).unwrap().b1_region.clone();
    assert_eq!(region("Phường Ba Đình").as_deref(), Some("THANH_THI"));
    assert_eq!(region("Xã Hà Lan").as_deref(), Some("NT_BTB_DHMT"), "not that of the town, which is urban");
}

#[test]
fn the_demo_town_is_well_formed() {
    let folder = tempfile::tempdir().unwrap();
    let demo = setup::demo(folder.path()).unwrap();
    assert_eq!(demo.codes.len(), demo.installed.users);
}

#[test]
fn a_running_server_sees_what_another_process_appends_to_the_registry() {
    let world = World::new();
    let other = setup::open(world.place.location()).unwrap();
    let (key, mut review) = other.town.reviews[0].clone();
    review.name = "Rà soát lại".to_owned();
    let fact =
        Fact { kind: FactKind::Review, id: key.clone(), body: serde_json::to_string(&review).unwrap() };
    let before: Vec<String> = other.town.reviews.iter().map(|(key, _)| key.clone()).collect();
    assert_eq!(other.append(std::slice::from_ref(&fact)), Ok(2));
    assert_eq!(other.append(&[fact]).map_err(|fault| fault.code), Err(Code::ConfigurationChanged));
    let now = world.app.current().unwrap();
    assert_eq!((now.identity.configuration_version, &now.town.reviews[0].1), (2, &review));
    let after: Vec<String> = now.town.reviews.iter().map(|(key, _)| key.clone()).collect();
    assert_eq!(after, before, "a newer version stands where the older one stood");
    assert_eq!(world.app.clone().town.reviews, now.town.reviews);
    assert_eq!(crate::http::get(world.address, "/health", "").json()["configuration_version"], 2);
}
