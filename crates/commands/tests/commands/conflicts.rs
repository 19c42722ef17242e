//! Two people, one household: both are heard, and a choice settles it everywhere.

use commands::ErrorCode;
use serde_json::{Value, json};

use crate::device::{Device, Network, answer};
use crate::town::{HA, LAN, REVIEW};

/// Two devices that both have a household.
fn both() -> (Device, Device, String) {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    lan.syncs_well();
    (ha, lan, id)
}

/// What does not depend on the device: everything but what waits there.
fn shared(page: &Value) -> Value {
    let keys = ["heads", "household", "conflicts", "decision", "progress", "village"];
    keys.iter().map(|key| page[key].clone()).collect()
}

fn in_step(ha: &Device, lan: &Device, id: &str) {
    for device in [ha, lan, ha, lan] {
        device.syncs_well();
    }
    assert_eq!(shared(&ha.page(id)), shared(&lan.page(id)));
}

#[test]
fn different_answers_merge_and_members_of_both_are_there() {
    let (ha, lan, id) = both();
    let add = |device: &Device, name: &str| {
        let page = device.page(&id);
        device.ok("member.add", json!({"household": id, "heads": page["heads"], "member": {"name": name}}));
    };
    add(&ha, "Đỗ Văn Con");
    add(&lan, "Đỗ Thị Cháu");
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    lan.saves(&id, &[(&answer("nha_tieu"), json!("tu_hoai"))]);
    in_step(&ha, &lan, &id);
    let page = ha.page(&id);
    assert_eq!(page["household"]["members"].as_object().unwrap().len(), 3);
    assert_eq!(page["conflicts"], json!([]));
    let answers = &page["household"]["reviews"][REVIEW.to_string()]["answers"];
    assert_eq!(answers, &json!({"nuoc": "may", "nha_tieu": "tu_hoai"}));
}

#[test]
fn a_contradiction_is_shown_with_both_authors_and_resolved_for_both() {
    let (ha, lan, id) = both();
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    lan.saves(&id, &[(&answer("nuoc"), json!("mua"))]);
    in_step(&ha, &lan, &id);
    let page = ha.page(&id);
    let conflict = &page["conflicts"][0];
    assert_eq!(conflict["field"], answer("nuoc"));
    let values = conflict["values"].as_array().unwrap();
    let mut told: Vec<(&str, &str)> =
        values.iter().map(|told| (told["by"].as_str().unwrap(), told["value"].as_str().unwrap())).collect();
    told.sort_unstable();
    assert_eq!(told, [("Nguyễn Thị Hà", "may"), ("Trần Thị Lan", "mua")]);
    assert_eq!(lan.summary()["conflicts"], 1);

    let chosen = values.iter().find(|told| told["value"] == "may").unwrap()["hash"].clone();
    let choose =
        |chosen: Value, why: &str| json!({"id": id, "field": answer("nuoc"), "chosen": chosen, "why": why});
    assert_eq!(ha.code_of("household.resolve", choose(json!("00".repeat(32)), "")), ErrorCode::UnknownChoice);
    let long = ha.fault("household.resolve", choose(chosen.clone(), &"x".repeat(3000)));
    assert_eq!((long.code, long.field.as_deref()), (ErrorCode::TooLong, Some("why")));
    let resolved = ha.ok("household.resolve", choose(chosen, "Đã đến xem"));
    assert_eq!(resolved["conflicts"], json!([]));
    in_step(&ha, &lan, &id);
    let page = lan.page(&id);
    assert_eq!(page["conflicts"], json!([]));
    let review = &page["household"]["reviews"][REVIEW.to_string()];
    assert_eq!(review["answers"]["nuoc"], "may");
    let choice = review["choices"].as_object().unwrap().values().next().unwrap();
    assert_eq!((&choice["by"], &choice["why"]), (&json!(HA), &json!("Đã đến xem")));
}

#[test]
fn an_answer_that_came_while_a_form_was_open_is_not_covered() {
    let (ha, lan, id) = both();
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    in_step(&ha, &lan, &id);
    let form = ha.page(&id);
    lan.saves(&id, &[(&answer("nuoc"), json!("mua"))]);
    lan.syncs_well();
    ha.syncs_well();
    assert_eq!(ha.page(&id)["conflicts"], json!([]));
    let saved = ha.saves_on(&form, &[(&answer("nuoc"), json!("gieng_khoan"))]);
    let values = saved["conflicts"][0]["values"].as_array().unwrap();
    let mut told: Vec<&str> = values.iter().map(|told| told["value"].as_str().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, ["gieng_khoan", "mua"]);
    in_step(&ha, &lan, &id);
    assert_eq!(lan.page(&id)["conflicts"][0]["values"].as_array().unwrap().len(), 2);
}

#[test]
fn the_same_answer_twice_is_no_contradiction() {
    let (ha, lan, id) = both();
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    lan.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    in_step(&ha, &lan, &id);
    assert_eq!(ha.page(&id)["conflicts"], json!([]));
}
