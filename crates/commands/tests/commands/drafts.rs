//! What is typed and not saved outlives the program, belongs to its form alone, and is never sent.

use commands::ErrorCode;
use serde_json::{Value, json};

use crate::device::{Device, Network};
use crate::town::HA;

#[test]
fn a_draft_outlives_the_program_and_goes_when_it_is_dropped() {
    let ha = Device::of(&Network::new(), HA);
    let id = ha.enters("Đỗ Văn Thử");
    let key = json!({"household": id, "form": "record"});
    assert_eq!(ha.ok("draft.get", key.clone())["content"], Value::Null);
    for content in ["gõ dở", "gõ dở thêm"] {
        ha.ok("draft.keep", json!({"household": id, "form": "record", "content": content}));
    }
    ha.ok("draft.keep", json!({"form": "household", "content": "hộ mới"}));
    let waiting = ha.summary()["sync"]["waiting"].clone();
    let ha = ha.reopen();
    assert_eq!(ha.ok("draft.get", key.clone())["content"], "gõ dở thêm");
    assert_eq!(ha.ok("draft.get", json!({"household": id, "form": "member"}))["content"], Value::Null);
    let rows = ha.ok("draft.list", json!({}))["rows"].clone();
    let told: Vec<(&Value, &Value)> =
        rows.as_array().unwrap().iter().map(|row| (&row["name"], &row["form"])).collect();
    let expected = [(&Value::Null, &json!("household")), (&json!("Đỗ Văn Thử"), &json!("record"))];
    assert_eq!(told, expected, "the newest first");
    assert_eq!(ha.summary()["sync"]["waiting"], waiting, "nothing to send");
    ha.ok("draft.drop", key.clone());
    assert_eq!(ha.ok("draft.get", key)["content"], Value::Null);
}

#[test]
fn a_draft_of_nothing_that_is_here_is_refused() {
    let ha = Device::of(&Network::new(), HA);
    let id = ha.enters("Đỗ Văn Thử");
    let code = |params: Value| ha.code_of("draft.keep", params);
    let nobody = "ab".repeat(16);
    assert_eq!(
        code(json!({"household": nobody, "form": "record", "content": ""})),
        ErrorCode::UnknownHousehold
    );
    assert_eq!(
        code(json!({"household": id, "form": "household", "content": ""})),
        ErrorCode::UnknownHousehold
    );
    assert_eq!(code(json!({"form": "record", "content": ""})), ErrorCode::UnknownHousehold);
    assert_eq!(code(json!({"household": id, "form": "letter", "content": ""})), ErrorCode::MalformedRequest);
    let long = "x".repeat(256 * 1024 + 1);
    assert_eq!(code(json!({"household": id, "form": "record", "content": long})), ErrorCode::OverLimit);
    assert_eq!(ha.ok("draft.list", json!({}))["rows"], json!([]));
}
