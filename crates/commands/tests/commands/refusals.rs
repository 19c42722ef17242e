//! Changes that the server does not take: set aside with the reason; what was made on top of them goes on.

use commands::ErrorCode;
use domain::configuration::Seal;
use domain::user::Role;
use records::Hash;
use serde_json::{Value, json};
use sync::code::RefusalCode;
use sync::push::Verdict;

use crate::device::{Device, Network, answer};
use crate::town::{HA, LAN, REVIEW, VILLAGE};

/// The hash of the newest change of a household.
fn newest(device: &Device, id: &str) -> Hash {
    let history = device.ok("household.history", json!({"id": id}));
    let text = history["events"][0]["hash"].as_str().unwrap();
    hex::decode(text).unwrap().try_into().unwrap()
}

fn refuse(device: &Device, hash: Hash) {
    let verdict = Verdict::Refused { code: RefusalCode::ForbiddenPath };
    device.network.town().forced.insert(hash, verdict);
}

fn answers(device: &Device, id: &str) -> Value {
    device.page(id)["household"]["reviews"][REVIEW.to_string()]["answers"].clone()
}

#[test]
fn a_refused_change_is_set_aside_and_later_edits_are_made_again() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = ha.enters("Đỗ Văn Thử");
    let other = ha.enters("Lê Thị Mẫu");
    ha.syncs_well();
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    let bad = newest(&ha, &id);
    refuse(&ha, bad);
    ha.saves(&id, &[(&answer("nha_tieu"), json!("tu_hoai"))]);
    ha.saves(&other, &[(&answer("nuoc"), json!("mua"))]);

    let report = ha.syncs_well();
    assert_eq!(report["refused"], 1);
    assert_eq!(answers(&ha, &id), json!({"nha_tieu": "tu_hoai"}));
    let refused = ha.ok("refused.list", json!({}));
    let row = &refused["rows"][0];
    assert_eq!((&row["code"], &row["name"]), (&json!("forbidden_path"), &json!("Đỗ Văn Thử")));
    assert_eq!(row["edits"], json!([{"field": answer("nuoc"), "value": "may"}]));
    assert_eq!(row["hash"], hex::encode(bad));
    assert_eq!(ha.summary()["sync"]["set_aside"], 1);
    assert_eq!(ha.page(&id)["set_aside"], 1);

    lan.syncs_well();
    assert_eq!(lan.page(&id)["heads"], ha.page(&id)["heads"]);
    assert_eq!(answers(&lan, &other), json!({"nuoc": "mua"}));
    let history = lan.ok("household.history", json!({"id": id}));
    assert_eq!(history["events"][0]["by"], "Nguyễn Thị Hà", "the remade edit keeps its author");
    assert_eq!(ha.syncs_well()["pushed"], 0);
}

#[test]
fn a_household_that_is_refused_is_set_aside_whole() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let id = ha.enters("Đỗ Văn Thử");
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    let skeleton = records::Document::skeleton(records::Kind::Household, id.parse().unwrap());
    refuse(&ha, skeleton.hash);
    let report = ha.syncs_well();
    assert_eq!(report["refused"], 4, "skeleton, members, the review's containers, the answer");
    assert_eq!(ha.names(""), Vec::<String>::new());
    let refused = ha.ok("refused.list", json!({}))["rows"].as_array().unwrap().clone();
    let edits: Vec<&Value> = refused.iter().flat_map(|row| row["edits"].as_array().unwrap()).collect();
    assert!(edits.iter().any(|edit| edit["value"] == "Đỗ Văn Thử"));
    assert!(edits.iter().any(|edit| edit["value"] == "may"));
    assert!(refused.iter().all(|row| row["code"] == "forbidden_path"));
}

#[test]
fn answers_of_a_review_whose_containers_are_refused_are_kept_aside() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    refuse(&ha, records::Document::fixed_review(id.parse().unwrap(), REVIEW).hash);
    ha.syncs();
    assert_eq!(ha.names(""), ["Đỗ Văn Thử"], "the household itself stays");
    let refused = ha.ok("refused.list", json!({}))["rows"].as_array().unwrap().clone();
    let edits: Vec<&Value> = refused.iter().flat_map(|row| row["edits"].as_array().unwrap()).collect();
    assert_eq!(edits, [&json!({"field": answer("nuoc"), "value": "may"})], "nothing is lost");
}

/// Both would be the same author's first change of the household: the office could take only one of them.
#[test]
fn what_is_written_after_a_refusal_does_not_take_its_number() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = lan.enters("Đỗ Văn Thử");
    lan.syncs_well();
    ha.syncs_well();
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    refuse(&ha, newest(&ha, &id));
    ha.syncs_well();
    ha.saves(&id, &[(&answer("nuoc"), json!("mua"))]);
    ha.syncs_well();
    let town = network.town();
    let by = |value: &str| {
        let says = |bytes: &[u8]| bytes.windows(value.len()).any(|piece| piece == value.as_bytes());
        let refused = town.refused.iter().find(|bytes| says(bytes)).cloned();
        let logged = town.logs[&VILLAGE].iter().map(|entry| entry.bytes.clone()).find(|bytes| says(bytes));
        let outline = sync::gate::preparse(&refused.or(logged).unwrap()).unwrap();
        (outline.actor, outline.seq)
    };
    assert_ne!(by("may"), by("mua"));
}

#[test]
fn a_change_whose_place_is_taken_is_made_again_with_all_its_edits() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    network.town().forced.insert(newest(&ha, &id), Verdict::Equivocation);
    ha.saves(&id, &[(&answer("nha_tieu"), json!("tu_hoai"))]);
    let report = ha.syncs_well();
    assert_eq!(report["refused"], 0);
    assert_eq!(answers(&ha, &id), json!({"nuoc": "may", "nha_tieu": "tu_hoai"}));
    assert_eq!(ha.ok("refused.list", json!({}))["rows"], json!([]));
    lan.syncs_well();
    assert_eq!(answers(&lan, &id), answers(&ha, &id));
    assert_eq!(lan.page(&id)["conflicts"], json!([]));
}

#[test]
fn ancestors_that_the_server_lacks_are_sent() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    let epoch = network.town().epoch;
    network.town().restore_empty();
    network.town().epoch = epoch;
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    ha.syncs_well();
    assert_eq!(network.town().logs[&VILLAGE].len(), 4);
}

#[test]
fn a_change_that_goes_nowhere_holds_back_nothing_else() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    lan.enters("Lê Thị Mẫu");
    lan.syncs_well();
    ha.saves(&id, &[("place/phone", json!("0900000001"))]);
    network.town().forced.insert(newest(&ha, &id), Verdict::MissingDeps);
    ha.enters("Vũ Văn Thử");
    let report = ha.syncs();
    assert_eq!(report["problems"][0]["code"], "no_progress");
    assert_eq!(ha.names("mau"), ["Lê Thị Mẫu"], "what is new comes all the same");
    assert_eq!(network.town().logs[&VILLAGE].len(), 6, "and what can go goes");
    assert_eq!(ha.summary()["sync"]["waiting"], 1);
    network.town().forced.clear();
    ha.syncs_well();
}

#[test]
fn what_a_role_lost_the_right_to_is_set_aside() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let id = ha.enters("Đỗ Văn Thử");
    ha.takes(&id, &["surveyed", "submitted"]);
    ha.syncs_well();
    assert_eq!(ha.cannot_take(&id, "returned").params["reason"], "forbidden_path");

    let office = Device::of(&network, LAN);
    office.syncs_well();
    office.takes(&id, &["returned"]);
    network.town().appoint(LAN, Role::Collector);
    assert_eq!(office.syncs()["refused"], 1);
    assert_eq!(office.ok("refused.list", json!({}))["rows"][0]["code"], "forbidden_path");
}

#[test]
fn a_step_is_refused_before_it_is_saved_as_the_server_would() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let id = ha.enters("Đỗ Văn Thử");
    assert_eq!(ha.cannot_take(&id, "submitted").code, ErrorCode::StepNotPossible);
    let taken = ha.takes(&id, &["surveyed"]);
    assert_eq!(ha.cannot_take(&id, "met").code, ErrorCode::StepNotPossible);
    assert_eq!(ha.page(&id)["heads"], taken["heads"], "nothing was saved");

    // What was taken stays what it was; only its reason can be put into better words.
    let steps = taken["household"]["reviews"][REVIEW.to_string()]["steps"].as_object().unwrap();
    let path = format!("reviews/{REVIEW}/steps/{}", steps.keys().next().unwrap());
    let rewrite = |key: &str, value: Value| {
        let edits = json!([{"field": format!("{path}/{key}"), "value": value}]);
        ha.app.rpc("household.save", json!({"id": id, "heads": ha.page(&id)["heads"], "edits": edits}))
    };
    for (key, value) in [("step", json!("listed")), ("at", json!(1)), ("after", json!("cd".repeat(16)))] {
        assert_eq!(rewrite(key, value).unwrap_err().params["reason"], "forbidden_path", "{key}");
    }
    assert!(rewrite("why", json!("Đủ người ở nhà")).is_ok());
    assert_eq!(ha.syncs_well()["refused"], 0);

    network.town().seals.push(Seal { unit: VILLAGE, review: REVIEW, at: 1_476_000_000 });
    network.town().version += 1;
    ha.syncs_well();
    assert_eq!(ha.cannot_take(&id, "submitted").code, ErrorCode::ReviewSealed);
}
