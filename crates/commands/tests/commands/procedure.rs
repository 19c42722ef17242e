//! Steps that people take by the procedure's own methods, and comments on questions.

use commands::ErrorCode;
use serde_json::{Value, json};

use crate::device::{Device, Network, b1};
use crate::town::{HA, LAN, REVIEW};

/// A household whose survey is complete: poor by income, whatever else it answers.
fn surveyed(device: &Device, name: &str) -> String {
    let id = device.enters(name);
    let member = device.page(&id)["household"]["head"].as_str().unwrap().to_owned();
    device.saves(&id, &[(&format!("members/{member}/born"), json!("1950-05-01")), (&b1(), json!(50))]);
    let answers = [
        ("nha_loai", json!("kien_co")),
        ("dien_tich", json!(60)),
        ("nuoc", json!("may")),
        ("nha_tieu", json!("tu_hoai")),
        ("vien_thong", json!(true)),
        ("tai_san_tt#tivi", json!(true)),
        ("nghe_loa", json!(true)),
    ];
    let of = |question: &str| format!("reviews/{REVIEW}/answers/{question}");
    for (question, value) in answers {
        device.saves(&id, &[(&of(question), value)]);
    }
    device.saves(&id, &[(&of(&format!("bhyt/{member}")), json!(true))]);
    let page = device.saves(&id, &[(&of(&format!("om_nang/{member}")), json!(false))]);
    assert_eq!(page["completeness"]["missing"], json!([]), "{}", page["completeness"]);
    id
}

fn takes(device: &Device, ids: &[&str], step: &str, more: Value) -> Value {
    let mut params = json!({"households": ids, "step": step});
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    device.ok("procedure.take", params)
}

fn stage(device: &Device, id: &str) -> Value {
    device.page(id)["standing"]["stage"].clone()
}

#[test]
fn submitting_says_that_the_household_was_surveyed() {
    let ha = Device::of(&Network::new(), HA);
    let id = surveyed(&ha, "An Văn Thử");
    assert_eq!(ha.page(&id)["standing"]["next"], json!(["listed", "surveyed", "submitted"]));
    let answer = takes(&ha, &[&id], "submitted", json!({}));
    assert_eq!((&answer["taken"], &answer["refused"]), (&json!([id]), &json!([])));
    let standing = ha.page(&id)["standing"].clone();
    assert_eq!((&standing["stage"], &standing["concurrent"]), (&json!("submitted"), &json!(false)));
    let steps: Vec<&Value> = standing["steps"].as_array().unwrap().iter().map(|step| &step["step"]).collect();
    assert_eq!(steps, ["surveyed", "submitted"]);
    assert_eq!(standing["steps"][0]["by"], "Nguyễn Thị Hà");
    assert_eq!(standing["next"], json!([]), "the meeting and the commune come next");
}

#[test]
fn of_many_households_those_that_can_be_are_submitted_and_the_others_told() {
    let ha = Device::of(&Network::new(), HA);
    let (done, open) = (surveyed(&ha, "An Văn Thử"), ha.enters("Bùi Văn Thử"));
    let nobody = "ab".repeat(16);
    let answer = takes(&ha, &[&done, &open, &nobody], "submitted", json!({}));
    assert_eq!(answer["taken"], json!([done]));
    let codes: Vec<&Value> = answer["refused"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
    assert_eq!(codes, ["survey_incomplete", "unknown_household"]);
    assert_ne!(answer["refused"][0]["params"]["count"], json!("0"));
    assert_eq!(stage(&ha, &open), "unlisted", "nothing was written there");
    let counts = ha.ok("procedure.stages", json!({}))["stages"].clone();
    assert_eq!(
        counts,
        json!([
            {"stage": "unlisted", "households": 1, "next": ["listed", "surveyed", "submitted"]},
            {"stage": "submitted", "households": 1, "next": []},
        ])
    );
    let listed = ha.ok("household.list", json!({"stage": "submitted", "offset": 0, "limit": 9}));
    assert_eq!((&listed["total"], &listed["rows"][0]["id"]), (&json!(1), &json!(done)));
    assert_eq!(listed["rows"][0]["stage"], "submitted");
}

#[test]
fn what_comes_back_has_comments_that_are_answered_and_done() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = surveyed(&ha, "An Văn Thử");
    takes(&ha, &[&id], "submitted", json!({}));
    ha.syncs_well();
    lan.syncs_well();
    let comment = json!({"question": "nuoc", "text": "Hỏi lại nguồn nước mùa khô"});
    takes(&lan, &[&id], "returned", json!({"comments": [comment]}));
    lan.syncs_well();
    ha.syncs_well();

    let page = ha.page(&id);
    assert_eq!((&page["standing"]["stage"], &page["progress"]), (&json!("returned"), &json!("returned")));
    assert_eq!(page["standing"]["next"], json!(["resubmitted"]));
    let comments = page["household"]["reviews"][REVIEW.to_string()]["comments"].clone();
    let (first, said) = comments.as_object().unwrap().iter().next().unwrap();
    assert_eq!((&said["question"], &said["done"]), (&json!("nuoc"), &json!(false)));
    let reply = json!({"to": first, "text": "Mùa khô vẫn dùng nước máy"});
    let page = ha.ok("comment.add", json!({"household": id, "heads": page["heads"], "comment": reply}));
    let done = json!({"household": id, "heads": page["heads"], "comment": first, "done": true});
    let page = ha.ok("comment.done", done);
    let comments = page["household"]["reviews"][REVIEW.to_string()]["comments"].clone();
    assert_eq!((comments.as_object().unwrap().len(), &comments[first]["done"]), (2, &json!(true)));
    takes(&ha, &[&id], "resubmitted", json!({}));
    assert_eq!(stage(&ha, &id), "resubmitted");
    ha.syncs_well();
    lan.syncs_well();
    assert_eq!(stage(&lan, &id), "resubmitted");
}

#[test]
fn what_may_not_be_is_refused_and_writes_nothing() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = surveyed(&ha, "An Văn Thử");
    let waiting = ha.summary()["sync"]["waiting"].clone();
    let whole = |step: &str, more: Value| {
        let mut params = json!({"households": [id], "step": step});
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ha.code_of("procedure.take", params)
    };
    assert_eq!(
        whole("returned", json!({"why": "x"})),
        ErrorCode::NotPermitted,
        "a collector returns nothing"
    );
    assert_eq!(whole("met", json!({})), ErrorCode::NotPermitted, "that is the meeting's");
    assert_eq!(whole("finished", json!({})), ErrorCode::StepNotPossible);
    let about = json!({"households": [id, id], "step": "submitted", "comments": [{"text": "x"}]});
    assert_eq!(ha.code_of("procedure.take", about), ErrorCode::OverLimit);
    let refused = |device: &Device, step: &str, more: Value| {
        takes(device, &[&id], step, more)["refused"][0]["code"].clone()
    };
    assert_eq!(refused(&ha, "resubmitted", json!({})), "step_not_possible");
    assert_eq!(
        refused(&ha, "submitted", json!({"comments": [{"question": "x", "text": "y"}]})),
        "unknown_field"
    );
    assert_eq!(refused(&ha, "submitted", json!({"comments": [{"text": "  "}]})), "empty");
    assert_eq!(ha.summary()["sync"]["waiting"], waiting, "nothing was written");
    ha.syncs_well();
    lan.syncs_well();
    let code = lan.code_of("procedure.take", json!({"households": [id], "step": "returned"}));
    assert_eq!(code, ErrorCode::Empty, "who returns says why");
    assert_eq!(refused(&lan, "posted", json!({})), "step_not_possible");
}
