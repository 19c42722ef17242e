//! Who leaves, households that split, households that are taken out of the lists and put back.

use commands::ErrorCode;
use serde_json::{Value, json};

use crate::device::{Device, Network};
use crate::town::{HA, LAN, OTHER_VILLAGE, VILLAGE};

/// A household of four; the ids of its people in the order of the form.
fn family(device: &Device) -> (String, Vec<String>) {
    let members = json!([
        {"name": "Đỗ Văn Thử", "sex": "male", "born": "1960", "relation": "head", "head": true},
        {"name": "Lê Thị Thử", "sex": "female", "born": "1962", "relation": "spouse"},
        {"name": "Đỗ Văn Con", "sex": "male", "born": "1990-02-03", "citizen_id": "099090000001", "relation": "child"},
        {"name": "Đỗ Thị Dâu", "sex": "female", "born": "1992", "relation": "child"},
    ]);
    let created = device.ok("household.create", json!({"village": VILLAGE, "members": members}));
    let id = created["id"].as_str().unwrap().to_owned();
    let mut people: Vec<(i64, String)> = device.page(&id)["household"]["members"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(id, member)| (member["order"].as_i64().unwrap(), id.clone()))
        .collect();
    people.sort();
    (id, people.into_iter().map(|(_, id)| id).collect())
}

fn leave(device: &Device, id: &str, member: &str, more: Value) -> Value {
    let mut params =
        json!({"household": id, "heads": device.page(id)["heads"], "member": member, "why": "died"});
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    params
}

#[test]
fn a_member_leaves_with_a_reason_and_the_head_is_followed() {
    let ha = Device::of(&Network::new(), HA);
    let (id, people) = family(&ha);
    let page =
        ha.ok("member.leave", leave(&ha, &id, &people[3], json!({"why": "moved_out", "on": "2016-09"})));
    let gone = &page["household"]["members"][&people[3]];
    assert_eq!(
        (&gone["left"], &gone["left_why"], &gone["left_on"]),
        (&json!(true), &json!("moved_out"), &json!("2016-09"))
    );
    assert_eq!(page["household"]["head"], json!(people[0]));
    let page = ha.ok("member.leave", leave(&ha, &id, &people[0], json!({"new_head": people[1]})));
    assert_eq!(page["household"]["head"], json!(people[1]));
    assert_eq!(page["member_warnings"], json!([]));
}

#[test]
fn a_household_without_a_head_and_a_person_born_after_the_review_are_said() {
    let ha = Device::of(&Network::new(), HA);
    let id = ha.enters("Đỗ Văn Thử");
    let codes = |page: &Value| -> Vec<Value> {
        let warnings = page["member_warnings"].as_array().unwrap();
        warnings.iter().map(|warning| warning["code"].clone()).collect()
    };
    assert_eq!(codes(&ha.page(&id)), Vec::<Value>::new());
    let page = ha.saves(&id, &[("head", Value::Null)]);
    assert_eq!(codes(&page), [json!("no_head")]);
    let member = page["household"]["members"].as_object().unwrap().keys().next().unwrap().clone();
    let page =
        ha.saves(&id, &[("head", json!(member)), (&format!("members/{member}/born"), json!("2016-10"))]);
    assert_eq!(
        codes(&page),
        Vec::<Value>::new(),
        "the review's day is the first of October: born on it is possible"
    );
    let page = ha.saves(&id, &[(&format!("members/{member}/born"), json!("2016-10-02"))]);
    assert_eq!(codes(&page), [json!("born_after")]);
    let before = format!("members/{member}/born");
    for date in ["1899", "2016-10-11", "2016-02-30"] {
        let page = ha.page(&id);
        let edits = json!([{"field": before, "value": date}]);
        let form = json!({"id": id, "heads": page["heads"], "edits": edits});
        assert!(ha.fault("household.save", form).field.is_some(), "{date}");
    }
}

#[test]
fn a_household_is_never_left_without_people_or_head_and_a_refusal_writes_nothing() {
    let ha = Device::of(&Network::new(), HA);
    let (id, people) = family(&ha);
    let waiting = ha.summary()["sync"]["waiting"].clone();
    let code = |params: Value| ha.code_of("member.leave", params);
    assert_eq!(code(leave(&ha, &id, &people[0], json!({}))), ErrorCode::NoHead);
    assert_eq!(code(leave(&ha, &id, &people[0], json!({"new_head": people[0]}))), ErrorCode::HeadLeft);
    assert_eq!(code(leave(&ha, &id, &"ab".repeat(16), json!({}))), ErrorCode::UnknownMember);
    assert_eq!(code(leave(&ha, &id, &people[3], json!({"why": "bored"}))), ErrorCode::UnknownOption);
    assert_eq!(code(leave(&ha, &id, &people[3], json!({"on": "1899-12-31"}))), ErrorCode::OutOfRange);
    let everybody = json!({"id": id, "heads": ha.page(&id)["heads"], "members": people, "head": people[0]});
    assert_eq!(ha.code_of("household.split", everybody), ErrorCode::NobodyLeft);
    assert_eq!(ha.summary()["sync"]["waiting"], waiting);
    ha.ok("member.leave", leave(&ha, &id, &people[3], json!({})));
    assert_eq!(code(leave(&ha, &id, &people[3], json!({}))), ErrorCode::AlreadyLeft);
}

#[test]
fn some_become_a_household_of_their_own_and_both_say_so() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let (id, people) = family(&ha);
    let form = json!({"id": id, "heads": ha.page(&id)["heads"], "members": [people[2], people[3]],
                      "head": people[2], "address": "Số 9", "on": "2016-10-01"});
    let new = ha.ok("household.split", form)["id"].as_str().unwrap().to_owned();
    let (old, own) = (ha.page(&id), ha.page(&new));
    for gone in &people[2..] {
        assert_eq!(old["household"]["members"][gone]["left_why"], "split");
    }
    assert_eq!(
        (&own["household"]["came_why"], &own["household"]["place"]["address"]),
        (&json!("split"), &json!("Số 9"))
    );
    let members = own["household"]["members"].as_object().unwrap();
    let head = &members[own["household"]["head"].as_str().unwrap()];
    assert_eq!((&head["name"], &head["citizen_id"]), (&json!("Đỗ Văn Con"), &json!("099090000001")));
    assert_eq!(head["origin"], format!("{id}/{}", people[2]));
    assert_eq!((members.len(), &head["came_on"]), (2, &json!("2016-10-01")));
    ha.syncs_well();
    lan.syncs_well();
    let total = lan.ok("household.list", json!({"offset": 0, "limit": 9}))["total"].clone();
    assert_eq!(total, 2, "the gate takes both");
}

#[test]
fn the_head_can_split_off_and_the_next_leads_those_who_stay() {
    let ha = Device::of(&Network::new(), HA);
    let (id, people) = family(&ha);
    let form = json!({"id": id, "heads": ha.page(&id)["heads"], "members": [people[0]], "head": people[0]});
    ha.ok("household.split", form);
    assert_eq!(ha.page(&id)["household"]["head"], json!(people[1]));
}

#[test]
fn a_household_leaves_the_lists_and_comes_back() {
    let ha = Device::of(&Network::new(), HA);
    let (id, _) = family(&ha);
    let total = || ha.ok("household.list", json!({"offset": 0, "limit": 9}))["total"].clone();
    let heads = || ha.page(&id)["heads"].clone();
    assert_eq!(ha.code_of("household.restore", json!({"id": id, "heads": heads()})), ErrorCode::NotRemoved);
    let page = ha
        .ok("household.remove", json!({"id": id, "heads": heads(), "why": "moved_out", "on": "2016-09-30"}));
    let household = &page["household"];
    assert_eq!(
        (&household["removed_why"], &household["removed_on"]),
        (&json!("moved_out"), &json!("2016-09-30"))
    );
    assert_eq!(total(), 0);
    let again = json!({"id": id, "heads": heads(), "why": "died"});
    assert_eq!(ha.code_of("household.remove", again), ErrorCode::AlreadyRemoved);
    let page = ha.ok("household.restore", json!({"id": id, "heads": heads()}));
    assert_eq!(
        (&page["household"]["removed"], &page["household"]["removed_why"]),
        (&json!(false), &Value::Null)
    );
    assert_eq!(total(), 1);
}

#[test]
fn a_card_is_read_as_a_scanner_types_it() {
    let ha = Device::of(&Network::new(), HA);
    let text = "099060000123|098765432|Đỗ Văn Thử|01051960|Nam|Số 1, Khu phố 1|01072016";
    let card = ha.ok("card.read", json!({"text": text}));
    assert_eq!(
        (&card["citizen_id"], &card["born"], &card["sex"]),
        (&json!("099060000123"), &json!("1960-05-01"), &json!("male"))
    );
    assert_eq!(ha.code_of("card.read", json!({"text": "https://example.vn"})), ErrorCode::NotACard);
    assert_eq!(ha.code_of("card.read", json!({"text": &text[..30]})), ErrorCode::DamagedCard);
}

fn duplicates(device: &Device, query: Value) -> Vec<Value> {
    device.ok("household.duplicates", query)["rows"].as_array().unwrap().clone()
}

#[test]
fn somebody_who_is_entered_already_is_found_by_number_and_by_name_with_year() {
    let ha = Device::of(&Network::new(), HA);
    let (id, people) = family(&ha);
    let sought = json!([
        {"name": "Đỗ Văn Con", "citizen_id": "099090000001"},
        {"name": "  le  thi thu", "born": "1962-05"},
        {"name": "Lê Thị Thử", "born": "1963"},
        {"name": "Lê Thị Thử"},
        {"citizen_id": "099090000002"},
    ]);
    let rows = duplicates(&ha, json!({"village": VILLAGE, "members": sought}));
    let told: Vec<_> = rows.iter().map(|row| (&row["sought"], &row["member"], &row["why"])).collect();
    assert_eq!(
        told,
        [
            (&json!(0), &json!(people[2]), &json!("citizen_id")),
            (&json!(1), &json!(people[1]), &json!("name_and_year")),
        ]
    );
    assert_eq!((&rows[0]["household"], &rows[0]["head"]), (&json!(id), &json!("Đỗ Văn Thử")));
    assert!(duplicates(&ha, json!({"members": sought, "except": id})).is_empty());
    let elsewhere = duplicates(&ha, json!({"village": OTHER_VILLAGE, "members": sought}));
    assert_eq!(elsewhere.len(), 1, "a number counts everywhere, a name in its village");
    let many = vec![json!({}); 51];
    assert_eq!(ha.code_of("household.duplicates", json!({"members": many})), ErrorCode::OverLimit);
}

#[test]
fn the_same_person_is_not_entered_twice_without_a_reason() {
    let ha = Device::of(&Network::new(), HA);
    let (id, people) = family(&ha);
    let waiting = ha.summary()["sync"]["waiting"].clone();
    let twice = |why: Value| {
        let second = json!({"name": "Đỗ Thị Dâu", "born": "1992-07-01", "duplicate_why": why});
        json!({"village": VILLAGE, "members": [{"name": "Vũ Thị Mới", "head": true}, second]})
    };
    let fault = ha.fault("household.create", twice(Value::Null));
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (ErrorCode::DuplicatePerson, Some("members/1/duplicate_why"))
    );
    assert_eq!(ha.code_of("household.create", twice(json!("  "))), ErrorCode::DuplicatePerson);
    assert_eq!(ha.summary()["sync"]["waiting"], waiting, "nothing was written");
    let made = ha.ok("household.create", twice(json!("Hai chị em họ trùng tên")));
    let new = made["id"].as_str().unwrap();
    let members = ha.page(new)["household"]["members"].clone();
    let reasons: Vec<_> =
        members.as_object().unwrap().values().map(|it| it["duplicate_why"].clone()).collect();
    assert!(reasons.contains(&json!("Hai chị em họ trùng tên")));

    let add = |member: Value| json!({"household": new, "heads": ha.page(new)["heads"], "member": member});
    let other = json!({"name": "Ai đó", "citizen_id": "099090000001"});
    assert_eq!(ha.code_of("member.add", add(other.clone())), ErrorCode::DuplicatePerson);
    ha.ok("member.leave", leave(&ha, &id, &people[2], json!({"why": "moved_out"})));
    ha.ok("member.add", add(other));
    let removed = json!({"id": id, "heads": ha.page(&id)["heads"], "why": "mistake"});
    ha.ok("household.remove", removed);
    let left = duplicates(&ha, json!({"members": [{"name": "Lê Thị Thử", "born": "1962"}]}));
    assert!(left.is_empty(), "who is out of the lists is nobody's double");
}
