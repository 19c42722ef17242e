//! Sync over a network that fails at every place: nothing is lost, nothing is doubled.

use std::sync::{Arc, Mutex};

use commands::ErrorCode;
use domain::id::DocumentId;
use serde_json::json;

use crate::device::{Device, Network, Trouble, answer};
use crate::town::{HA, LAN, OTHER_VILLAGE, REVIEW, VILLAGE};

#[test]
fn what_was_entered_arrives_once() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    for name in ["Đỗ Văn Một", "Đỗ Văn Hai", "Đỗ Văn Ba", "Đỗ Văn Bốn"] {
        ha.enters(name);
    }
    let report = ha.syncs_well();
    assert_eq!((&report["pushed"], &report["stored"]), (&json!(8), &json!(8)));
    let summary = ha.summary();
    assert_eq!(summary["sync"]["waiting"], 0);
    assert!(summary["sync"]["last_success"].as_i64().unwrap() > 1_476_000_000);
    let report = lan.syncs_well();
    assert_eq!(report["pulled"], 8);
    assert_eq!(lan.names("do van"), ["Đỗ Văn Ba", "Đỗ Văn Bốn", "Đỗ Văn Hai", "Đỗ Văn Một"]);
    assert_eq!(lan.syncs_well()["pulled"], 0);
    assert_eq!(ha.syncs_well()["pushed"], 0);
}

#[test]
fn a_device_that_entered_and_received_is_sound() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    ha.enters("Đỗ Văn Một");
    ha.syncs_well();
    lan.enters("Đỗ Văn Hai");
    lan.syncs_well();
    let verified = lan.ok("app.verify", json!({}));
    let expected = json!({ "sound": true, "documents": 2, "changes": 4, "compared": true, "damages": [] });
    assert_eq!(verified, expected);
}

#[test]
fn every_request_may_fail_and_nothing_is_lost() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let mut expected = Vec::new();
    let troubles = [
        Trouble::Lost,
        Trouble::AnswerLost,
        Trouble::Status(503),
        Trouble::Status(413),
        Trouble::Status(429),
        Trouble::Cut(1),
        Trouble::Cut(40),
        Trouble::Cut(usize::MAX),
    ];
    for (number, trouble) in troubles.into_iter().enumerate() {
        for place in 0..3 {
            let name = format!("Người Thử {number} {place}");
            ha.enters(&name);
            expected.push(name);
            let mut meets = vec![None; place];
            meets.push(Some(trouble));
            network.meets(&meets);
            let report = ha.syncs();
            network.meets(&[]);
            let problems = report["problems"].as_array().unwrap();
            // the last byte is of the mark that nothing follows: everything else is there
            let whole = place > 0 || matches!(trouble, Trouble::Cut(1));
            assert!(whole || !problems.is_empty(), "{trouble:?} at {place}: {report}");
            assert_eq!(report["complete"], problems.is_empty());
        }
    }
    ha.syncs_well();
    let lan = Device::of(&network, LAN);
    lan.syncs_well();
    expected.sort();
    assert_eq!(lan.names(""), expected);
    assert_eq!(network.town().logs[&VILLAGE].len(), 2 * expected.len());
    let log = ha.ok("sync.log", json!({}));
    let codes: Vec<&str> =
        log["lines"].as_array().unwrap().iter().map(|line| line["code"].as_str().unwrap()).collect();
    for code in ["unreachable", "server_failed", "body_too_large", "too_many_requests", "sync_done"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
}

#[test]
fn a_batch_whose_answer_was_lost_is_sent_again_as_it_was() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    ha.enters("Đỗ Văn Thử");
    network.meets(&[Some(Trouble::AnswerLost)]);
    assert_eq!(ha.syncs()["problems"][0]["code"], "unreachable");
    assert_eq!(ha.summary()["sync"]["waiting"], 2);
    let ha = ha.reopen();
    let report = ha.syncs_well();
    assert_eq!((&report["already"], &report["stored"]), (&json!(2), &json!(0)));
    let town = network.town();
    let batches: std::collections::BTreeSet<_> =
        town.logs[&VILLAGE].iter().map(|entry| entry.batch.unwrap()).collect();
    assert_eq!((batches.len(), town.pushes), (1, 2));
}

#[test]
fn people_go_on_working_while_a_request_is_on_its_way() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    ha.enters("Đỗ Văn Thử");
    let seen = Arc::new(Mutex::new(None));
    let (app, found) = (ha.app.clone(), seen.clone());
    network.meanwhile(move || {
        let members = json!([{"name": "Lê Thị Mẫu"}]);
        app.rpc("household.create", json!({"village": VILLAGE, "members": members})).unwrap();
        let second = app.rpc("sync.run", json!({})).unwrap_err().code;
        let running = app.rpc("home.summary", json!({})).unwrap()["sync"]["running"].clone();
        *found.lock().unwrap() = Some((second, running));
    });
    ha.syncs_well();
    assert_eq!(seen.lock().unwrap().take(), Some((ErrorCode::SyncRunning, json!(true))));
    assert_eq!(network.town().logs[&VILLAGE].len(), 4);
    assert_eq!(ha.summary()["sync"]["running"], false);
}

#[test]
fn locking_the_app_ends_a_sync_without_harm() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    ha.enters("Đỗ Văn Thử");
    let app = ha.app.clone();
    network.meanwhile(move || drop(app.rpc("app.lock", json!({})).unwrap()));
    assert_eq!(ha.code_of("sync.run", json!({})), ErrorCode::Locked);
    let ha = ha.reopen();
    assert_eq!(ha.syncs_well()["already"], 2);
}

#[test]
fn a_revoked_device_is_told_and_keeps_its_records() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    ha.enters("Đỗ Văn Thử");
    network.town().revoked.insert(domain::id::EnrolmentId([60; 16]));
    assert_eq!(ha.syncs()["problems"][0]["code"], "revoked");
    assert_eq!(ha.names(""), ["Đỗ Văn Thử"]);
    assert_eq!(ha.summary()["sync"]["waiting"], 2);
    assert_eq!(ha.summary()["sync"]["last_success"], json!(null));
}

#[test]
fn a_new_configuration_brings_and_takes_villages() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let members = json!([{"name": "Lê Thị Mẫu"}]);
    lan.ok("household.create", json!({"village": OTHER_VILLAGE, "members": members}));
    lan.syncs_well();
    ha.syncs_well();
    assert_eq!(ha.names(""), Vec::<String>::new());
    network.town().users[0].scopes.push(OTHER_VILLAGE);
    network.town().version = 2;
    ha.syncs_well();
    assert_eq!(ha.names(""), ["Lê Thị Mẫu"]);
    network.town().users[0].scopes.pop();
    network.town().version = 3;
    ha.syncs_well();
    assert_eq!(ha.names(""), Vec::<String>::new());
    assert_eq!(ha.ok("config.get", json!({}))["version"], 3);
    // the server was put back: what it knows is what it serves
    network.town().users[0].scopes.push(OTHER_VILLAGE);
    network.town().version = 2;
    ha.syncs_well();
    assert_eq!(ha.names(""), ["Lê Thị Mẫu"]);
    assert_eq!(ha.ok("config.get", json!({}))["version"], 2);
    // and counted up to the same version with something else
    network.town().users[0].scopes.pop();
    ha.syncs_well();
    assert_eq!(ha.names(""), Vec::<String>::new());
    // also where the logs are alike
    network.town().users[0].name = "Trần Thị Hà".to_owned();
    ha.syncs_well();
    assert_eq!(ha.ok("config.get", json!({}))["user"]["name"], "Trần Thị Hà");
    // what the device has is not sent again
    let before = network.town().configured.get();
    ha.syncs_well();
    assert_eq!(network.town().configured.get(), before);
}

#[test]
fn a_forged_configuration_is_not_taken() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    ha.syncs_well();
    {
        let mut town = network.town();
        town.version = 2;
        town.forged = true;
    }
    assert_eq!(ha.syncs()["problems"][0]["code"], "damaged_configuration");
    assert_eq!(ha.ok("config.get", json!({}))["version"], 1);
}

#[test]
fn a_server_that_lost_its_records_gets_them_back() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    lan.syncs_well();
    lan.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    lan.syncs_well();
    ha.syncs_well();
    network.town().restore_empty();
    ha.syncs_well();
    lan.syncs_well();
    ha.syncs_well();
    let town = network.town();
    let document: DocumentId = id.parse().unwrap();
    assert_eq!(town.logs[&VILLAGE].iter().filter(|entry| entry.document == document).count(), 4);
    drop(town);
    assert_eq!(ha.page(&id)["heads"], lan.page(&id)["heads"]);
    let history = ha.ok("household.history", json!({"id": id}));
    assert_eq!(history["events"][0]["by"], "Trần Thị Lan", "carried changes keep their author");
}

#[test]
fn a_server_put_back_in_silence_gets_what_it_had_acknowledged() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let kept = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    let then = network.town().logs[&VILLAGE].len();
    let lost = ha.enters("Lê Thị Mẫu");
    ha.syncs_well();
    let gone = network.town().logs[&VILLAGE].len() - then;
    network.town().restore_older(then);
    // As many new entries as were lost: the cursor is where the log ends, and only the digests differ.
    for area in 0..=gone {
        ha.saves(&kept, &[(&answer("dien_tich"), json!(40 + area))]);
    }
    ha.syncs_well();
    let town = network.town();
    let document: DocumentId = lost.parse().unwrap();
    assert_eq!(town.logs[&VILLAGE].iter().filter(|entry| entry.document == document).count(), gone);
    drop(town);
    assert_eq!(ha.syncs_well()["pushed"], 0);
}

#[test]
fn a_log_that_was_put_back_and_grew_beyond_the_cursor_is_read_anew_as_often_as_it_happens() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    lan.syncs_well();
    for area in [40, 50] {
        let then = network.town().logs[&VILLAGE].len();
        lan.saves(&id, &[(&answer("dien_tich"), json!(area))]);
        lan.syncs_well();
        network.town().restore_older(then);
        // The first of these takes the place of what the server lost; the second builds on it, and is all that comes.
        ha.saves(&id, &[("place/address", json!(format!("Số {area}")))]);
        ha.saves(&id, &[("place/phone", json!(format!("09{area}")))]);
        ha.syncs_well();
        assert_eq!(network.town().logs[&VILLAGE].len(), then + 2);
        lan.syncs_well();
        ha.syncs_well();
        for device in [&ha, &lan] {
            let page = device.page(&id);
            assert_eq!(page["household"]["place"]["phone"], json!(format!("09{area}")));
            assert_eq!(page["household"]["reviews"][REVIEW.to_string()]["answers"]["dien_tich"], area);
        }
        assert_eq!(ha.page(&id)["heads"], lan.page(&id)["heads"]);
    }
}

#[test]
fn a_hole_in_the_log_is_reported_and_not_stepped_over() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    ha.enters("Đỗ Văn Một");
    ha.enters("Đỗ Văn Hai");
    ha.syncs_well();
    let gone = network.town().logs.get_mut(&VILLAGE).unwrap().remove(1);
    let report = lan.syncs();
    assert_eq!(report["problems"][0]["code"], "log_hole");
    assert_eq!(report["complete"], false);
    network.town().logs.get_mut(&VILLAGE).unwrap().insert(1, gone);
    lan.syncs_well();
    assert_eq!(lan.names("").len(), 2);
}
