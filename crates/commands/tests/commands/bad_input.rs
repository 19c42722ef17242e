//! Bad input: a coded refusal that names the field, and nothing is stored.

use commands::{ErrorCode, Severity};
use serde_json::{Value, json};

use crate::device::{Device, Network, answer, b1};
use crate::town::{HA, LAN, OTHER_VILLAGE, REVIEW, VILLAGE};

const NOBODY: &str = "000000000000000000000000000000aa";

#[test]
fn a_bad_value_refuses_the_whole_save() {
    let device = Device::of(&Network::new(), HA);
    let id = device.enters("Đỗ Văn Thử");
    let before = device.page(&id);
    let member = before["household"]["head"].as_str().unwrap();
    let cases: Vec<(String, Value, ErrorCode)> = vec![
        (format!("members/{member}/name"), json!("x".repeat(10_000)), ErrorCode::TooLong),
        (format!("members/{member}/name"), Value::Null, ErrorCode::Empty),
        (format!("members/{member}/citizen_id"), json!("03819000002"), ErrorCode::InvalidCitizenId),
        (format!("members/{member}/born"), json!("1990-02-31"), ErrorCode::InvalidDate),
        (format!("members/{member}/born"), json!("2017-01-01"), ErrorCode::InvalidDate),
        (format!("members/{member}/sex"), json!("x"), ErrorCode::UnknownOption),
        (format!("members/{member}/merit"), json!("yes"), ErrorCode::WrongType),
        (format!("members/{NOBODY}/name"), json!("Ai đó"), ErrorCode::UnknownMember),
        (format!("supports/{NOBODY}/purpose"), json!("x"), ErrorCode::UnknownSupport),
        (format!("photos/{NOBODY}/kind"), json!("house"), ErrorCode::UnknownPhoto),
        ("head".to_owned(), json!(NOBODY), ErrorCode::UnknownMember),
        ("head".to_owned(), json!("ai"), ErrorCode::InvalidId),
        ("nowhere/name".to_owned(), json!("x"), ErrorCode::UnknownField),
        ("tasks/plan_2017/status".to_owned(), json!("done"), ErrorCode::UnknownField),
        (answer("nuoc"), json!("ao"), ErrorCode::UnknownOption),
        (answer("khong_co"), json!("x"), ErrorCode::UnknownQuestion),
        (answer("nuoc").replace(&REVIEW.to_string(), NOBODY), json!("may"), ErrorCode::UnknownReview),
        (answer(&format!("bhyt/{NOBODY}")), json!(true), ErrorCode::UnknownMember),
        (b1(), json!(1001), ErrorCode::OutOfRange),
        (format!("reviews/{REVIEW}/choices/{NOBODY}/why"), json!("x"), ErrorCode::ReservedField),
        (format!("reviews/{REVIEW}/comments/{NOBODY}/by"), json!(LAN), ErrorCode::NotPermitted),
    ];
    for (field, value, code) in cases {
        let edits =
            json!([{"field": "place/phone", "value": "0900000001"}, {"field": field, "value": value}]);
        let save = json!({"id": id, "heads": before["heads"], "edits": edits, "visit": true});
        let fault = device.fault("household.save", save);
        assert_eq!((fault.code, fault.field.as_deref()), (code, Some(field.as_str())));
        assert_eq!(fault.severity, Severity::Refused);
        assert_eq!(device.page(&id), before, "{field}");
    }
}

#[test]
fn a_bad_support_or_member_is_refused_by_the_name_on_its_form() {
    let device = Device::of(&Network::new(), HA);
    let id = device.enters("Đỗ Văn Thử");
    let before = device.page(&id);
    let support = |support: Value| {
        let fault = device
            .fault("support.add", json!({"household": id, "heads": before["heads"], "support": support}));
        (fault.code, fault.field.unwrap())
    };
    let policy = "nha_o_22";
    assert_eq!(
        support(json!({"policy": policy, "amount_dong": -1})),
        (ErrorCode::NegativeAmount, "amount_dong".into())
    );
    assert_eq!(support(json!({"policy": "khong_co"})), (ErrorCode::UnknownPolicy, "policy".into()));
    assert_eq!(support(json!({"amount_dong": 5})), (ErrorCode::Empty, "policy".into()));
    let date = support(json!({"policy": policy, "date": "2016-02-31"}));
    assert_eq!(date, (ErrorCode::InvalidDate, "date".into()));
    let member = json!({"household": id, "heads": before["heads"], "member": {"sex": "male"}});
    let fault = device.fault("member.add", member);
    assert_eq!((fault.code, fault.field.as_deref()), (ErrorCode::Empty, Some("name")));
    assert_eq!(device.page(&id), before);
}

#[test]
fn a_bad_new_household_is_refused_by_the_place_on_its_form() {
    let device = Device::of(&Network::new(), HA);
    let create = |village: Value, members: Value| {
        let fault = device.fault("household.create", json!({"village": village, "members": members}));
        (fault.code, fault.field)
    };
    let bad = create(json!(VILLAGE), json!([{"name": "Đỗ Văn Thử"}, {"name": "Lê", "citizen_id": "1"}]));
    assert_eq!(bad, (ErrorCode::InvalidCitizenId, Some("members/1/citizen_id".to_owned())));
    assert_eq!(create(json!(VILLAGE), json!([])), (ErrorCode::Empty, Some("members".to_owned())));
    let many = vec![json!({"name": "A"}); 51];
    assert_eq!(create(json!(VILLAGE), json!(many)).0, ErrorCode::OverLimit);
    assert_eq!(create(json!(OTHER_VILLAGE), json!([{"name": "A"}])).0, ErrorCode::UnknownVillage);
    assert_eq!(device.names(""), Vec::<String>::new());
    assert_eq!(device.summary()["sync"]["waiting"], 0);
}

#[test]
fn malformed_requests_are_refused() {
    let device = Device::of(&Network::new(), HA);
    let id = device.enters("Đỗ Văn Thử");
    let heads = device.page(&id)["heads"].clone();
    let cases = [
        ("household.nonsense", json!({}), ErrorCode::UnknownMethod),
        ("household.open", json!({}), ErrorCode::MalformedRequest),
        ("household.open", json!({"id": "X"}), ErrorCode::MalformedRequest),
        ("household.open", json!({"id": NOBODY}), ErrorCode::UnknownHousehold),
        ("household.open", json!({"id": id, "revue": 1}), ErrorCode::MalformedRequest),
        ("household.open", json!([1]), ErrorCode::MalformedRequest),
        ("household.list", json!({"offset": 0, "limit": 501}), ErrorCode::OverLimit),
        ("household.list", json!({"offset": -1, "limit": 1}), ErrorCode::MalformedRequest),
        ("household.save", json!({"id": id, "heads": ["zz"], "edits": []}), ErrorCode::MalformedRequest),
        (
            "household.save",
            json!({"id": id, "heads": ["00".repeat(32)], "edits": []}),
            ErrorCode::UnknownHeads,
        ),
        ("household.save", json!({"id": id, "heads": [], "edits": []}), ErrorCode::UnknownHeads),
        (
            "household.save",
            json!({"id": id, "heads": heads, "edits": [{"field": "head", "value": 1.5}]}),
            ErrorCode::MalformedRequest,
        ),
        ("household.resolve", json!({"id": id, "field": "head", "chosen": "00"}), ErrorCode::NoConflict),
        ("home.summary", json!({"review": NOBODY}), ErrorCode::UnknownReview),
        ("programme.open", json!({"unit": NOBODY, "year": 2017}), ErrorCode::UnknownUnit),
    ];
    for (method, params, code) in cases {
        assert_eq!(device.code_of(method, params.clone()), code, "{method} {params}");
    }
    let many = vec![json!({"field": "place/phone", "value": "1"}); 501];
    let save = json!({"id": id, "heads": heads, "edits": many});
    assert_eq!(device.code_of("household.save", save), ErrorCode::OverLimit);
}

#[test]
fn a_fault_says_nothing_of_what_was_typed() {
    let device = Device::of(&Network::new(), HA);
    let id = device.enters("Đỗ Văn Thử");
    let before = device.page(&id);
    let member = before["household"]["head"].as_str().unwrap();
    let edits = json!([{"field": format!("members/{member}/citizen_id"), "value": "03819000002"}]);
    let fault = device.fault("household.save", json!({"id": id, "heads": before["heads"], "edits": edits}));
    assert!(!serde_json::to_string(&fault).unwrap().contains("03819000002"));
    let fault = device.fault("app.unlock", json!({"pin": 314159}));
    assert!(!serde_json::to_string(&fault).unwrap().contains("314159"));
}
