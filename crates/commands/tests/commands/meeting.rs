//! The meeting of a village: its agenda, two people who record it, its conclusion.

use std::sync::Arc;

use commands::ErrorCode;
use domain::classification::Class;
use domain::configuration::{Recognised, Seal};
use domain::recognition::Change;
use serde_json::{Value, json};

use crate::device::{Device, Network, Trouble, b1};
use crate::town::{HA, LAN, OTHER_VILLAGE, REVIEW, TOWN_UNIT, VILLAGE};

fn opens(device: &Device) -> Value {
    device.ok("meeting.open", json!({"village": VILLAGE}))
}

/// The parameters of a meeting's method on the state that the page shows.
fn on(page: &Value, more: Value) -> Value {
    let mut params = json!({"village": VILLAGE, "heads": page["heads"]});
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    params
}

/// A new session with so many people; the session's id.
fn sits(device: &Device, people: usize) -> String {
    let session = json!({"at": 1_476_000_000, "place": "Nhà văn hóa", "chair": "Nguyễn Thị Hà", "secretary": "Lê Thị Thử"});
    let known = opens(device);
    let page = device.ok("meeting.session", on(&known, session));
    let sessions = page["meeting"]["sessions"].as_object().unwrap();
    let is_new = |id: &&String| known["meeting"]["sessions"][id.as_str()].is_null();
    let id = sessions.keys().find(is_new).unwrap().clone();
    for at in 0..people {
        let person = json!({"session": id, "name": format!("Người {at}"), "role": "household"});
        device.ok("meeting.person", on(&opens(device), person));
    }
    id
}

fn votes_on(
    device: &Device,
    page: &Value,
    session: &str,
    household: &str,
    (agree, against): (i64, i64),
) -> Value {
    let path = format!("votes/{session}/{household}");
    let edits = json!([{"field": format!("{path}/for"), "value": agree},
                       {"field": format!("{path}/against"), "value": against}]);
    device.ok("meeting.save", on(page, json!({"edits": edits})))
}

fn votes(device: &Device, session: &str, household: &str, counted: (i64, i64)) -> Value {
    votes_on(device, &opens(device), session, household, counted)
}

fn saves(device: &Device, field: &str, value: Value) -> Result<Value, commands::Fault> {
    let edits = json!([{"field": field, "value": value}]);
    device.app.rpc("meeting.save", on(&opens(device), json!({"edits": edits})))
}

fn cannot_conclude(device: &Device, session: &str) -> ErrorCode {
    let waiting = device.summary()["sync"]["waiting"].clone();
    let code = device.code_of("meeting.conclude", on(&opens(device), json!({"session": session})));
    assert_eq!(device.summary()["sync"]["waiting"], waiting, "{code:?}: nothing was written");
    code
}

fn concludes(device: &Device, session: &str) -> Value {
    device.ok("meeting.conclude", on(&opens(device), json!({"session": session})))
}

fn stage(page: &Value, household: &str) -> Value {
    let agenda = page["agenda"].as_array().unwrap();
    agenda
        .iter()
        .find(|line| line["household"] == household)
        .map_or(Value::Null, |line| line["stage"].clone())
}

/// A household whose results were submitted.
fn submitted(device: &Device, name: &str) -> String {
    let id = device.enters(name);
    device.takes(&id, &["surveyed", "submitted"]);
    id
}

fn row(household: &str, class: Class, change: Change) -> Recognised {
    Recognised {
        household: household.parse().unwrap(),
        review: None,
        class,
        change,
        decision: "1/QĐ-UBND".to_owned(),
        from: "2016-01-01".to_owned(),
        to: None,
    }
}

#[test]
fn the_agenda_has_what_is_to_be_spoken_of_and_what_is_new_first() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let page = opens(&ha);
    assert_eq!((&page["agenda"], &page["meeting"]["sessions"]), (&json!([]), &json!({})));
    assert_eq!(ha.summary()["sync"]["waiting"], 0, "looking at it makes nothing");

    let plain = submitted(&ha, "An Văn Thử");
    let new = ha.enters("Chu Văn Thử");
    let unsurveyed = ha.enters("Bùi Văn Thử");
    let still = ha.enters("Đỗ Văn Thử");
    for id in [&new, &still] {
        ha.saves(id, &[(&b1(), json!(50))]);
    }
    ha.takes(&still, &["surveyed"]);
    let listed = [
        row(&still, Class::PoorIncome, Change::PoorNew),
        row(&unsurveyed, Class::NearPoor, Change::NearPoorNew),
    ];
    network.town().recognised.extend(listed);
    network.town().version += 1;
    ha.syncs_well();

    let page = opens(&ha);
    let agenda = page["agenda"].as_array().unwrap();
    let order: Vec<&str> = agenda.iter().map(|line| line["household"].as_str().unwrap()).collect();
    assert_eq!(
        order,
        [&new, &plain, &still],
        "the newly poor first, then by name; what nobody surveyed is not there"
    );
    assert_eq!((&agenda[0]["class"], &agenda[0]["opening"]), (&json!("poor_income"), &Value::Null));
    assert_eq!((&agenda[2]["class"], &agenda[2]["opening"]), (&json!("poor_income"), &json!("poor_income")));
    assert_eq!(stage(&page, &plain), "submitted");
    assert_eq!(stage(&page, &new), "unlisted");
    let votable: Vec<_> = agenda.iter().map(|line| line["votable"].clone()).collect();
    assert_eq!(votable, [json!(false), json!(true), json!(false)], "only what was handed in is decided");
    assert_eq!(
        (&agenda[0]["complete"], agenda[0]["reason"].as_array().unwrap().is_empty()),
        (&json!(false), false)
    );
    assert_eq!(page["review"], json!(REVIEW));
}

#[test]
fn a_session_is_concluded_and_its_results_reach_the_households_together() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let (one, two) = (submitted(&ha, "An Văn Thử"), submitted(&ha, "Bùi Văn Thử"));
    let session = sits(&ha, 4);
    votes(&ha, &session, &one, (4, 0));
    let page = votes(&ha, &session, &two, (0, 4));
    let tallies = page["tallies"].as_array().unwrap();
    assert_eq!((tallies.len(), &tallies[0]["attendees"], &tallies[0]["for"].is_i64()), (2, &json!(4), &true));
    let closed = concludes(&ha, &session);
    assert_eq!(closed["meeting"]["sessions"][&session]["concluded"], true);
    assert!(closed["meeting"]["sessions"][&session]["ended_at"].is_i64());
    assert_eq!((stage(&closed, &one), stage(&closed, &two)), (Value::Null, json!("not_agreed")));
    assert_eq!(ha.cannot_take(&one, "met").code, ErrorCode::StepNotPossible, "it is met already");
    assert_eq!(ha.syncs_well()["refused"], 0);

    // Nothing of a concluded session is written any more.
    let vote = format!("votes/{session}/{one}/for");
    assert_eq!(saves(&ha, &vote, json!(3)).unwrap_err().code, ErrorCode::SessionConcluded);
    let removed = format!("sessions/{session}/removed");
    assert_eq!(saves(&ha, &removed, json!(true)).unwrap_err().code, ErrorCode::SessionConcluded);
    assert_eq!(cannot_conclude(&ha, &session), ErrorCode::SessionConcluded);

    // Surveyed again, the household comes to a second session and is agreed on.
    ha.takes(&two, &["resubmitted"]);
    let second = sits(&ha, 3);
    votes(&ha, &second, &two, (3, 0));
    assert_eq!(stage(&concludes(&ha, &second), &two), Value::Null);
    let lan = Device::of(&network, LAN);
    ha.syncs_well();
    lan.syncs_well();
    for id in [&one, &two] {
        lan.takes(id, &["posted"]);
    }
    assert_eq!(lan.syncs_well()["refused"], 0);
}

#[test]
fn a_session_that_cannot_be_concluded_writes_nothing() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let (home, early) = (submitted(&ha, "An Văn Thử"), ha.enters("Bùi Văn Thử"));
    assert_eq!(cannot_conclude(&ha, &"ab".repeat(16)), ErrorCode::UnknownSession);
    let empty = sits(&ha, 0);
    votes(&ha, &empty, &home, (1, 0));
    assert_eq!(cannot_conclude(&ha, &empty), ErrorCode::NoAttendance);
    saves(&ha, &format!("sessions/{empty}/removed"), json!(true)).unwrap();
    assert_eq!(cannot_conclude(&ha, &empty), ErrorCode::SessionRemoved);
    assert_eq!(
        saves(&ha, &format!("sessions/{empty}/place"), json!("Đình")).unwrap_err().code,
        ErrorCode::SessionRemoved
    );
    saves(&ha, &format!("sessions/{empty}/removed"), json!(false)).unwrap();

    let session = sits(&ha, 3);
    assert_eq!(cannot_conclude(&ha, &session), ErrorCode::NoVotes);
    votes(&ha, &session, &home, (3, 1));
    assert_eq!(cannot_conclude(&ha, &session), ErrorCode::VotesOverAttendance);
    saves(&ha, &format!("votes/{session}/{home}/for"), Value::Null).unwrap();
    assert_eq!(cannot_conclude(&ha, &session), ErrorCode::UndecidedVotes);
    votes(&ha, &session, &home, (3, 0));
    // One household that is not ready holds the whole session back.
    votes(&ha, &session, &early, (3, 0));
    assert_eq!(cannot_conclude(&ha, &session), ErrorCode::StepNotPossible);
    assert_eq!(stage(&opens(&ha), &home), "submitted");
    let path = format!("votes/{session}/{early}");
    saves(&ha, &format!("{path}/for"), Value::Null).unwrap();
    saves(&ha, &format!("{path}/against"), Value::Null).unwrap();

    let stale = opens(&ha);
    votes(&ha, &session, &home, (2, 0));
    let code = ha.code_of("meeting.conclude", on(&stale, json!({"session": session})));
    assert_eq!(code, ErrorCode::MeetingChanged, "what would be concluded is not what was shown");

    network.town().seals.push(Seal { unit: VILLAGE, review: REVIEW, at: 1_476_000_000 });
    network.town().version += 1;
    ha.syncs_well();
    assert_eq!(cannot_conclude(&ha, &session), ErrorCode::ReviewSealed);
}

#[test]
fn bad_values_and_foreign_places_are_refused_by_their_field() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let home = submitted(&ha, "An Văn Thử");
    let session = sits(&ha, 1);
    let ghost = "ab".repeat(16);
    let cases = [
        (format!("votes/{session}/{home}/for"), json!(-1), ErrorCode::OutOfRange),
        (format!("votes/{session}/{home}/for"), json!(100_001), ErrorCode::OutOfRange),
        (format!("votes/{session}/{home}/for"), json!("hai"), ErrorCode::WrongType),
        (format!("votes/{session}/{ghost}/for"), json!(1), ErrorCode::UnknownHousehold),
        (format!("votes/{ghost}/{home}/for"), json!(1), ErrorCode::UnknownSession),
        (format!("attendance/{session}/{ghost}/present"), json!(true), ErrorCode::UnknownPerson),
        (format!("sessions/{session}/concluded"), json!(true), ErrorCode::ReservedField),
        (format!("sessions/{session}/at"), json!(-5), ErrorCode::OutOfRange),
        ("place/address".to_owned(), json!("Ngõ 1"), ErrorCode::UnknownField),
        ("tasks/plan_2017/status".to_owned(), json!("done"), ErrorCode::UnknownField),
    ];
    for (field, value, code) in cases {
        let fault = saves(&ha, &field, value).unwrap_err();
        assert_eq!((fault.code, fault.field.as_deref()), (code, Some(field.as_str())));
    }
    let person = |name: &str, role: &str| {
        ha.fault("meeting.person", on(&opens(&ha), json!({"session": session, "name": name, "role": role})))
    };
    assert_eq!(
        (person(" ", "party").code, person(" ", "party").field.as_deref()),
        (ErrorCode::Empty, Some("name"))
    );
    assert_eq!(person("Lê Thị Thử", "king").code, ErrorCode::UnknownOption);
    let no_day = json!({"at": null, "place": "Đình", "chair": null, "secretary": null});
    assert_eq!(ha.code_of("meeting.session", on(&opens(&ha), no_day)), ErrorCode::Empty);
    assert_eq!(ha.code_of("meeting.open", json!({"village": OTHER_VILLAGE})), ErrorCode::UnknownVillage);
    assert_eq!(lan.code_of("meeting.open", json!({"village": TOWN_UNIT})), ErrorCode::UnknownVillage);
    assert_eq!(
        ha.code_of("meeting.open", json!({"village": VILLAGE, "review": ghost})),
        ErrorCode::UnknownReview
    );
}

/// Two devices in one village: Hà's, and one more of hers as the second recorder.
fn recorders() -> (Arc<Network>, Device, Device) {
    let network = Network::new();
    let (one, two) = (Device::of(&network, HA), Device::of(&network, HA));
    (network, one, two)
}

#[test]
fn two_people_record_one_session_and_contradict_each_other_on_one_vote() {
    let (_network, one, two) = recorders();
    let homes: Vec<String> =
        ["An", "Bùi", "Chu"].iter().map(|name| submitted(&one, &format!("{name} Văn Thử"))).collect();
    let session = sits(&one, 2);
    one.syncs_well();
    two.syncs_well();
    votes(&one, &session, &homes[0], (2, 0));
    votes(&one, &session, &homes[2], (2, 0));
    votes(&two, &session, &homes[1], (0, 2));
    votes(&two, &session, &homes[2], (1, 0));
    for device in [&one, &two, &one] {
        device.syncs_well();
    }
    let page = opens(&one);
    assert_eq!(page["tallies"].as_array().unwrap().len(), 3);
    let conflicts = page["conflicts"].as_array().unwrap();
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    assert_eq!(conflicts[0]["field"], json!(format!("votes/{session}/{}/for", homes[2])));
    assert_eq!(conflicts[0]["values"].as_array().unwrap().len(), 2);
    assert_eq!(opens(&two)["conflicts"].as_array().unwrap().len(), 1);
    assert_eq!(cannot_conclude(&one, &session), ErrorCode::ContestedVotes);
    let settled = votes(&two, &session, &homes[2], (2, 0));
    assert_eq!(settled["conflicts"], json!([]));
    two.syncs_well();
    one.syncs_well();
    concludes(&one, &session);
    one.syncs_well();
    two.syncs_well();
    assert_eq!(opens(&two)["meeting"], opens(&one)["meeting"]);
    assert_eq!(stage(&opens(&two), &homes[1]), "not_agreed");
}

/// Begun a second time, it would have two changes of one number, and no log could be taken any more.
#[test]
fn a_meeting_that_is_hidden_is_gone_on_with_and_not_begun_again() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let session = sits(&ha, 1);
    ha.syncs_well();
    network.town().post(HA, OTHER_VILLAGE);
    ha.syncs_well();
    // put back to before the meeting, and the line breaks before the server has it again
    network.town().restore_older(0);
    network.town().post(HA, VILLAGE);
    network.meets(&[None, Some(Trouble::Lost)]);
    assert_eq!(ha.syncs()["complete"], false);
    let page = opens(&ha);
    assert!(page["meeting"]["sessions"][&session].is_object(), "{page}");
    ha.ok("meeting.minutes", json!({"village": VILLAGE, "session": session}));
    let person = json!({"session": session, "name": "Người sau", "role": "household"});
    ha.ok("meeting.person", on(&page, person));
    ha.syncs_well();
    lan.syncs_well();
    assert_eq!(opens(&lan)["meeting"], opens(&ha)["meeting"]);
    assert!(opens(&lan).to_string().contains("Người sau"));
}
