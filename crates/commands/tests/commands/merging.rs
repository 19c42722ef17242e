//! The same household entered twice: merged by a person, on one device or on two, and put back.

use commands::ErrorCode;
use serde_json::{Value, json};

use crate::device::{Device, Network, answer};
use crate::town::{HA, LAN, REVIEW, VILLAGE};

fn enters(device: &Device, members: Value) -> String {
    let form = json!({"village": VILLAGE, "members": members});
    device.ok("household.create", form)["id"].as_str().unwrap().to_owned()
}

/// Two records of one family: the second knows the child and a telephone number, and writes the head's name without
/// marks.
fn twins(device: &Device) -> (String, String) {
    let head = json!({"name": "Đỗ Văn Thử", "born": "1960", "relation": "head", "head": true});
    let one = enters(device, json!([head, {"name": "Lê Thị Thử", "born": "1962"}]));
    let again = json!({"name": "do van thu", "born": "1960", "duplicate_why": "gặp ở nhà khác"});
    let child =
        json!({"name": "Đỗ Văn Con", "born": "1990", "relation": "child", "citizen_id": "099090000001"});
    let other = enters(device, json!([again, child]));
    let child = member_called(&device.page(&other), "Đỗ Văn Con");
    device.saves(
        &other,
        &[
            ("place/phone", json!("0900000001")),
            (&answer("nuoc"), json!("may")),
            (&format!("reviews/{REVIEW}/answers/bhyt/{child}"), json!(true)),
        ],
    );
    device.saves(&one, &[(&answer("nuoc"), json!("mua"))]);
    (one, other)
}

fn member_called(page: &Value, name: &str) -> String {
    let members = page["household"]["members"].as_object().unwrap();
    members.iter().find(|(_, member)| member["name"] == name).unwrap().0.clone()
}

fn merging(device: &Device, id: &str, other: &str) -> Value {
    device.ok("household.merging", json!({"id": id, "other": other}))
}

/// The form as it is opened, with everything taken that the other record says.
fn form(id: &str, other: &str, plan: &Value) -> Value {
    let take: Vec<&Value> = plan["fields"].as_array().unwrap().iter().map(|field| &field["from"]).collect();
    json!({"id": id, "heads": plan["heads"], "other": other, "other_heads": plan["other_heads"],
           "people": plan["people"], "take": take, "supports": []})
}

fn listed(device: &Device) -> Vec<String> {
    let list = device.ok("household.list", json!({"offset": 0, "limit": 9}));
    list["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_chosen_is_copied_and_the_other_record_goes() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let (one, other) = twins(&ha);
    let plan = merging(&ha, &one, &other);
    let fields: Vec<(&Value, &Value)> =
        plan["fields"].as_array().unwrap().iter().map(|field| (&field["here"], &field["there"])).collect();
    let expected = [
        (&Value::Null, &json!("0900000001")),
        (&json!("Đỗ Văn Thử"), &json!("do van thu")),
        (&json!("mua"), &json!("may")),
    ];
    assert_eq!(fields, expected);

    let mut form = form(&one, &other, &plan);
    form["take"] = json!(["place/phone", answer("nuoc")]);
    let page = ha.ok("household.merge", form);
    let household = &page["household"];
    assert_eq!(household["place"]["phone"], "0900000001");
    assert_eq!(household["members"].as_object().unwrap().len(), 3);
    let child = member_called(&page, "Đỗ Văn Con");
    let from = member_called(&ha.page(&other), "Đỗ Văn Con");
    let copied = &household["members"][&child];
    assert_eq!(copied["origin"], format!("{other}/{from}"));
    assert_eq!((&copied["citizen_id"], &copied["relation"]), (&json!("099090000001"), &json!("child")));
    let answers = &household["reviews"][REVIEW.to_string()]["answers"];
    assert_eq!(answers, &json!({"nuoc": "may", format!("bhyt/{child}"): true}));
    assert_eq!(page["merged_from"][0]["id"], json!(other));
    assert_eq!(ha.page(&other)["merged_into"]["name"], "Đỗ Văn Thử");
    assert_eq!(listed(&ha), [one.as_str()]);
    for device in [&ha, &lan] {
        device.syncs_well();
    }
    assert_eq!(listed(&lan), [one.as_str()], "the gate takes both records");
}

#[test]
fn a_merge_is_taken_back() {
    let ha = Device::of(&Network::new(), HA);
    let (one, other) = twins(&ha);
    ha.ok("household.merge", form(&one, &other, &merging(&ha, &one, &other)));
    let back = |id: &str| json!({"id": id, "heads": ha.page(id)["heads"]});
    assert_eq!(ha.code_of("household.unmerge", back(&one)), ErrorCode::NotMerged);
    let page = ha.ok("household.unmerge", back(&other));
    assert_eq!(page["merged_into"], Value::Null);
    assert_eq!(listed(&ha).len(), 2);
    assert_eq!(ha.page(&one)["household"]["place"]["phone"], "0900000001", "what was copied stays");
}

#[test]
fn two_officers_who_merge_crosswise_keep_one_record_and_can_put_both_back() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let (one, other) = twins(&ha);
    ha.syncs_well();
    lan.syncs_well();
    let take_nothing = |device: &Device, id: &str, other: &str| {
        let mut form = form(id, other, &merging(device, id, other));
        (form["take"], form["people"]) = (json!([]), json!([]));
        device.ok("household.merge", form)
    };
    take_nothing(&ha, &one, &other);
    take_nothing(&lan, &other, &one);
    for device in [&ha, &lan, &ha] {
        device.syncs_well();
    }
    let smallest = one.clone().min(other.clone());
    let largest = one.max(other);
    for device in [&ha, &lan] {
        assert_eq!(listed(device), [smallest.as_str()]);
        assert_eq!(device.page(&smallest)["merged_into"], Value::Null);
        assert_eq!(device.page(&largest)["merged_into"]["id"], json!(smallest));
    }
    ha.ok("household.unmerge", json!({"id": largest, "heads": ha.page(&largest)["heads"]}));
    ha.syncs_well();
    lan.syncs_well();
    for device in [&ha, &lan] {
        assert_eq!(listed(device).len(), 2);
    }
}

#[test]
fn a_merge_that_cannot_be_is_refused_and_writes_nothing() {
    let ha = Device::of(&Network::new(), HA);
    let (one, other) = twins(&ha);
    let plan = merging(&ha, &one, &other);
    let waiting = ha.summary()["sync"]["waiting"].clone();
    let code = |key: &str, value: Value| {
        let mut form = form(&one, &other, &plan);
        form[key] = value;
        ha.code_of("household.merge", form)
    };
    let (from, same) = (&plan["people"][0]["from"], &plan["people"][0]["same"]);
    let nobody = "ab".repeat(16);
    assert_eq!(code("other", json!(one)), ErrorCode::MergeSelf);
    assert_eq!(code("other", json!(nobody)), ErrorCode::UnknownHousehold);
    assert_eq!(code("people", json!([{"from": nobody, "same": null}])), ErrorCode::UnknownMember);
    assert_eq!(code("people", json!([{"from": from, "same": nobody}])), ErrorCode::UnknownMember);
    let twice = json!([{"from": from, "same": same}, {"from": plan["people"][1]["from"], "same": same}]);
    assert_eq!(code("people", twice), ErrorCode::SamePersonTwice);
    assert_eq!(code("take", json!(["place/address"])), ErrorCode::UnknownField);
    assert_eq!(code("supports", json!([nobody])), ErrorCode::UnknownSupport);
    assert_eq!(code("other_heads", json!(["00".repeat(32)])), ErrorCode::UnknownHeads);
    assert_eq!(ha.summary()["sync"]["waiting"], waiting);
    assert_eq!(listed(&ha).len(), 2);

    ha.ok("household.merge", form(&one, &other, &plan));
    let again = json!({"id": one, "other": other});
    assert_eq!(ha.code_of("household.merging", again), ErrorCode::AlreadyRemoved);
}

#[test]
fn supports_come_along_with_their_people() {
    let ha = Device::of(&Network::new(), HA);
    let (one, other) = twins(&ha);
    let policy = ha.ok("config.get", json!({}))["policies"][0]["id"].clone();
    let child = member_called(&ha.page(&other), "Đỗ Văn Con");
    let support = json!({"policy": policy, "period": "2016", "amount_dong": 500_000, "member": child});
    ha.ok("support.add", json!({"household": other, "heads": ha.page(&other)["heads"], "support": support}));
    let plan = merging(&ha, &one, &other);
    let mut form = form(&one, &other, &plan);
    form["supports"] = json!([plan["supports"][0]["from"]]);
    let page = ha.ok("household.merge", form);
    let supports = page["household"]["supports"].as_object().unwrap();
    let copied = supports.values().next().unwrap();
    assert_eq!((supports.len(), &copied["amount_dong"]), (1, &json!(500_000)));
    assert_eq!(copied["member"], json!(member_called(&page, "Đỗ Văn Con")));
}
