//! Entering, saving and finding households without a network.

use commands::ErrorCode;
use serde_json::{Value, json};

use crate::device::{Device, Network, answer, b1};
use crate::town::{HA, LAN, OTHER_VILLAGE, REVIEW, VILLAGE};

fn device() -> Device {
    Device::of(&Network::new(), HA)
}

#[test]
fn a_household_is_entered_with_its_members() {
    let device = device();
    let created = device.ok(
        "household.create",
        json!({"village": VILLAGE, "place": {"address": " Số 12   ngõ Thử "},
               "members": [{"name": "Đỗ Văn Thử", "sex": "male", "born": "1961", "relation": "spouse"},
                           {"name": "Lê Thị Mẫu", "citizen_id": "038190000002", "head": true}]}),
    );
    let page = device.page(created["id"].as_str().unwrap());
    assert_eq!(page["heads"], created["heads"]);
    assert_eq!(page["household"]["place"]["address"], "Số 12 ngõ Thử");
    let members = page["household"]["members"].as_object().unwrap();
    assert_eq!(members.len(), 2);
    let head = page["household"]["head"].as_str().unwrap();
    assert_eq!(members[head]["name"], "Lê Thị Mẫu");
    assert_eq!(page["progress"], "not_started");
    assert_eq!(page["waiting"], 2);
    assert_eq!(page["village"], VILLAGE.to_string());
    assert!(page["decision"]["class"].is_null());
    assert!(page["completeness"]["b1_missing"].as_bool().unwrap());
}

#[test]
fn do_finds_d_with_a_stroke() {
    let device = device();
    device.enters("Đỗ Văn Hoà");
    device.enters("Lê Thị Mẫu");
    assert_eq!(device.names("do"), ["Đỗ Văn Hoà"]);
    assert_eq!(device.names("hòa"), ["Đỗ Văn Hoà"]);
    assert_eq!(device.names("xyz"), Vec::<String>::new());
}

#[test]
fn a_review_with_a_local_standard_shows_both_classes() {
    let device = device();
    let id = device.enters("Đỗ Văn Thử");
    let page = device.saves(&id, &[(&b1(), json!(145))]);
    assert!(page["decision"]["class"].is_null(), "between the national limits B2 decides");
    assert_eq!(
        (&page["local"]["class"], &page["local"]["name"]),
        (&json!("poor_income"), &json!("Chuẩn của thị xã"))
    );
    let list = device.ok("household.list", json!({"offset": 0, "limit": 10}));
    assert!(list["rows"][0]["class"].is_null(), "lists go by the national standard");
}

#[test]
fn answers_change_the_class_and_the_class_explains_itself() {
    let device = device();
    let id = device.enters("Đỗ Văn Thử");
    let poor = device.saves(&id, &[(&b1(), json!(80))]);
    assert_eq!(poor["decision"]["class"], "poor_income");
    assert!(!poor["decision"]["reason"].as_array().unwrap().is_empty());
    assert_eq!(poor["progress"], "in_progress");
    let not_poor = device.saves(&id, &[(&b1(), json!(300))]);
    assert_eq!(not_poor["decision"]["class"], "not_poor");
    let list = device.ok("household.list", json!({"state": "in_progress", "offset": 0, "limit": 10}));
    assert_eq!(list["rows"][0]["class"], "not_poor");
    assert_eq!(device.summary()["counts"]["in_progress"], 1);
}

#[test]
fn a_visit_is_recorded_once_with_the_save() {
    let device = device();
    let id = device.enters("Đỗ Văn Thử");
    let page = device.page(&id);
    let edits = json!([{"field": answer("nuoc"), "value": "may"}]);
    let save = json!({"id": id, "heads": page["heads"], "edits": edits, "visit": true});
    let saved = device.ok("household.save", save);
    let visits = saved["household"]["reviews"][REVIEW.to_string()]["visits"].as_object().unwrap().clone();
    assert_eq!(visits.len(), 1);
    let (visit, told) = visits.iter().next().unwrap();
    assert_eq!(told["by"], HA.to_string());
    let history = device.ok("household.history", json!({"id": id}));
    assert_eq!(history["events"][0]["visit"], visit.as_str());
    let same = device.saves_on(&saved, &[(&answer("nuoc"), json!("may"))]);
    assert_eq!(same["heads"], saved["heads"], "the same value again is no change");
}

#[test]
fn the_history_says_who_changed_what() {
    let device = device();
    let id = device.enters("Đỗ Văn Thử");
    device.saves(&id, &[("place/phone", json!("0900000001"))]);
    device.saves(&id, &[("place/phone", json!("0900000002"))]);
    let events = device.ok("household.history", json!({"id": id}));
    let newest = &events["events"][0];
    assert_eq!(newest["by"], "Nguyễn Thị Hà");
    assert_eq!(newest["sent"], false);
    assert_eq!(
        newest["edits"],
        json!([{"field": "place/phone", "value": "0900000002", "before": "0900000001"}])
    );
    assert_eq!(events["events"].as_array().unwrap().len(), 3);
}

#[test]
fn members_and_supports_are_added() {
    let device = device();
    let id = device.enters("Đỗ Văn Thử");
    let page = device.page(&id);
    let add = json!({"household": id, "heads": page["heads"],
                     "member": {"name": "Lê Thị Mẫu", "relation": "spouse", "head": true}});
    let page = device.ok("member.add", add);
    let members = page["household"]["members"].as_object().unwrap();
    let (new, told) = members.iter().find(|(_, member)| member["name"] == "Lê Thị Mẫu").unwrap();
    assert_eq!((&page["household"]["head"], &told["order"]), (&json!(new), &json!(1)));
    let add = json!({"household": id, "heads": page["heads"],
                     "support": {"policy": "nha_o_22", "amount_dong": 40_000_000, "period": "2017", "member": new}});
    let page = device.ok("support.add", add);
    let supports = page["household"]["supports"].as_object().unwrap();
    assert_eq!(supports.values().next().unwrap()["amount_dong"], 40_000_000);
}

#[test]
fn two_forms_of_one_household_do_not_cover_each_other() {
    let device = device();
    let id = device.enters("Đỗ Văn Thử");
    let (one, two) = (device.page(&id), device.page(&id));
    device.saves_on(&one, &[(&answer("nuoc"), json!("may"))]);
    let after = device.saves_on(&two, &[(&answer("nuoc"), json!("mua"))]);
    let values = after["conflicts"][0]["values"].as_array().unwrap();
    let mut told: Vec<&str> = values.iter().map(|told| told["value"].as_str().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, ["may", "mua"]);
    assert_eq!(after["conflicts"][0]["kind"], "concurrent");
    assert!(values.iter().all(|told| told["by"] == "Nguyễn Thị Hà"));
    assert_eq!(device.summary()["conflicts"], 1);
}

#[test]
fn the_office_sees_both_villages_and_filters_by_one() {
    let device = Device::of(&Network::new(), LAN);
    device.enters("Đỗ Văn Thử");
    let other = json!({"village": OTHER_VILLAGE, "members": [{"name": "Lê Thị Mẫu"}]});
    device.ok("household.create", other);
    let list = |village: Value| {
        device.ok("household.list", json!({"village": village, "offset": 0, "limit": 10}))["total"].clone()
    };
    assert_eq!((list(Value::Null), list(json!(OTHER_VILLAGE))), (json!(2), json!(1)));
}

#[test]
fn every_start_of_the_app_writes_as_another_actor() {
    let device = device();
    let id = device.enters("Đỗ Văn Thử");
    let device = device.reopen();
    let page = device.page(&id);
    device.saves_on(&page, &[("place/phone", json!("0900000001"))]);
    let device = device.reopen();
    device.saves(&id, &[("place/phone", json!("0900000002"))]);
    let report = device.syncs_well();
    assert_eq!(report["stored"], 4);
    let batch_actors: usize = {
        let town = device.network.town();
        let bytes = town.logs[&VILLAGE].iter().map(|entry| sync::gate::preparse(&entry.bytes).unwrap().actor);
        bytes.collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!(batch_actors, 4, "the skeleton's and one of each start");
}

#[test]
fn a_viewer_reads_and_writes_nothing() {
    let network = Network::new();
    network.town().users[0].role = domain::user::Role::Viewer;
    let device = Device::of(&network, HA);
    let form = json!({"village": VILLAGE, "members": [{"name": "Đỗ Văn Thử"}]});
    assert_eq!(device.code_of("household.create", form), ErrorCode::NotPermitted);
    assert_eq!(device.summary()["sync"]["waiting"], 0);
}

#[test]
fn income_decides_the_average_living_standard_beside_the_class() {
    let ha = Device::of(&Network::new(), HA);
    let id = ha.enters("Đỗ Văn Thử");
    assert_eq!(ha.page(&id)["average"], Value::Null, "nobody said that they farm");
    ha.saves(&id, &[(&answer("nong_lam_ngu_diem"), json!(true))]);
    assert_eq!(ha.page(&id)["average"]["living"], "open");
    let class = ha.page(&id)["decision"]["class"].clone();
    ha.saves(&id, &[(&answer("thu_nhap_12_thang"), json!(16_000_000))]);
    let page = ha.page(&id);
    let found = &page["average"];
    assert_eq!((&found["living"], &found["monthly_dong"]), (&json!("average"), &json!(1_333_333)));
    assert_eq!(page["decision"]["class"], class);
}

#[test]
fn a_date_that_has_not_come_is_no_answer() {
    let ha = Device::of(&Network::new(), HA);
    let id = ha.enters("Đỗ Văn Thử");
    let save = |value: &str| {
        let edits = json!([{"field": answer("o_tu"), "value": value}]);
        json!({"id": id, "heads": ha.page(&id)["heads"], "edits": edits})
    };
    assert_eq!(ha.code_of("household.save", save("2016-10-11")), ErrorCode::InvalidDate);
    assert_eq!(ha.code_of("household.save", save("1899")), ErrorCode::OutOfRange);
    ha.ok("household.save", save("2016-10-10"));
    ha.ok("household.save", save("?"));
}
