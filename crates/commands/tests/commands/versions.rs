//! Device and server of different versions: what was entered stays, and people are told which end has to be renewed.

use commands::ErrorCode;
use serde_json::json;

use crate::device::{Device, Network, PIN, SERVER};
use crate::town::{HA, LAN};

const OWN: &str = env!("CARGO_PKG_VERSION");

fn problem(device: &Device) -> String {
    let report = device.syncs();
    assert_eq!((&report["complete"], &report["pushed"]), (&json!(false), &json!(0)));
    report["problems"][0]["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_server_of_another_protocol_is_told_apart_and_nothing_is_lost() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    ha.enters("Đỗ Văn Một");
    for (protocol, code) in [(2, "old_version"), (0, "old_server")] {
        network.town().versions = Some((protocol, OWN));
        assert_eq!(problem(&ha), code);
        let sync = &ha.summary()["sync"];
        assert_eq!((&sync["waiting"], &sync["set_aside"]), (&json!(2), &json!(0)));
    }
    network.town().versions = Some((1, OWN));
    assert_eq!(ha.syncs_well()["stored"], 2);
}

#[test]
fn enrolling_says_which_end_is_too_old_and_the_code_stays_good() {
    let network = Network::new();
    let device = Device::new(&network);
    let code = device.code(LAN);
    let form = json!({"server": SERVER, "code": code, "pin": PIN, "device_name": "Máy thử"});
    for (protocol, refused) in [(2, ErrorCode::OldVersion), (0, ErrorCode::OldServer)] {
        network.town().versions = Some((protocol, OWN));
        assert_eq!(device.code_of("app.enrol", form.clone()), refused);
    }
    network.town().versions = Some((1, OWN));
    assert_eq!(device.ok("app.enrol", form)["phase"], "open");
}

#[test]
fn a_newer_app_is_told_of_and_stops_nobody() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    ha.syncs_well();
    assert_eq!(ha.summary()["newer_app"], json!(null), "the town wants what is here");
    network.town().versions = Some((1, "99.0.1"));
    ha.enters("Đỗ Văn Một");
    assert_eq!(ha.syncs_well()["stored"], 2);
    assert_eq!(ha.summary()["newer_app"], "99.0.1");
    let ha = ha.reopen();
    assert_eq!(ha.summary()["newer_app"], "99.0.1", "without a network as well");
    for (says, known) in
        [(None, json!("99.0.1")), (Some("nonsense"), json!("99.0.1")), (Some(OWN), json!(null))]
    {
        network.town().versions = says.map(|app| (1, app));
        ha.syncs_well();
        assert_eq!(ha.summary()["newer_app"], known, "{says:?}");
    }
}

#[test]
fn a_server_from_before_versions_is_served_as_ever() {
    let network = Network::new();
    network.town().versions = None;
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    ha.enters("Đỗ Văn Một");
    ha.syncs_well();
    lan.syncs_well();
    assert_eq!(lan.names("").len(), 1);
    assert_eq!(lan.summary()["newer_app"], json!(null));
}
