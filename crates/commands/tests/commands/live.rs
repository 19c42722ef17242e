//! Listening: what makes a sync due before its time, and what ends it.

use std::sync::Arc;
use std::time::Duration;

use commands::ErrorCode;
use serde_json::json;

use crate::device::{Device, Network, Next, PIN};
use crate::town::{HA, LAN, OTHER_VILLAGE, VILLAGE};

const NOW: Duration = Duration::ZERO;

fn head(scope: impl ToString, head: u64) -> String {
    format!("event: head\ndata: {} {head}\n\n", scope.to_string())
}

/// What comes next, after the device was looked at.
fn next(device: &Arc<Device>, look: impl FnOnce(&Device) + Send + 'static, then: String) -> Next {
    let device = Arc::clone(device);
    Box::new(move || {
        look(&device);
        then
    })
}

/// The end of a stream, after the device was looked at.
fn at_last(device: &Arc<Device>, look: impl FnOnce(&Device) + Send + 'static) -> Next {
    next(device, look, ":\n\n".to_owned())
}

/// How the stream begins.
fn at_first(device: &Arc<Device>) -> Next {
    next(device, |_| {}, "event: configuration\ndata: 1\n\n".to_owned())
}

fn is_due(device: &Device) -> bool {
    device.app.is_due()
}

#[test]
fn what_the_server_has_beyond_the_device_makes_a_sync_due() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Arc::new(Device::of(&network, LAN)));
    ha.enters("Đỗ Văn Một");
    ha.syncs_well();
    network.tells(vec![
        next(&lan, |lan| assert!(!is_due(lan)), head(OTHER_VILLAGE, 0)),
        next(&lan, |lan| assert!(!is_due(lan), "an empty log"), head(VILLAGE, 2)),
        at_last(&lan, |lan| {
            assert!(is_due(lan) && lan.app.waits(NOW));
            assert_eq!(lan.syncs_well()["pulled"], 2);
            assert!(!is_due(lan), "it is here now");
        }),
        next(&lan, |_| {}, head(VILLAGE, 2)),
        next(&lan, |lan| assert!(!is_due(lan), "told twice"), "event: configuration\ndata: 2\n\n".to_owned()),
        at_last(&lan, |lan| assert!(is_due(lan) && lan.summary()["sync"]["live"] == true)),
    ]);
    assert_eq!(lan.app.listen(), Ok(()));
    assert!(!is_due(&lan), "nothing is known of a server that cannot be heard");
    assert_eq!(lan.summary()["sync"]["live"], false);
}

#[test]
fn what_is_saved_is_due_while_the_server_is_heard() {
    let network = Network::new();
    let ha = Arc::new(Device::of(&network, HA));
    ha.enters("Đỗ Văn Một");
    assert!(!ha.app.waits(NOW) && !is_due(&ha), "without a server there is nothing to be done");
    network.tells(vec![
        at_first(&ha),
        at_last(&ha, |ha| {
            assert!(is_due(ha), "what had waited before");
            ha.syncs_well();
            assert!(!is_due(ha));
            ha.app.waits(NOW);
            ha.enters("Đỗ Văn Hai");
            assert!(ha.app.waits(NOW), "somebody is told at once");
            assert!(is_due(ha));
            ha.syncs_well();
        }),
        next(&ha, |_| {}, head(VILLAGE, 4)),
        at_last(&ha, |ha| assert!(!is_due(ha), "what it sent itself is no news")),
    ]);
    assert_eq!(ha.app.listen(), Ok(()));
}

#[test]
fn a_closed_app_hears_no_more() {
    let network = Network::new();
    let ha = Arc::new(Device::of(&network, HA));
    network.tells(vec![
        at_first(&ha),
        at_last(&ha, |ha| drop(ha.ok("app.lock", json!({})))),
        at_last(&ha, |_| panic!("nobody hears this")),
    ]);
    assert_eq!(ha.app.listen(), Ok(()));
    assert_eq!(ha.app.listen().map_err(|fault| fault.code), Err(ErrorCode::Locked));
    ha.ok("app.unlock", json!({"pin": PIN}));
    network.tells(vec![at_first(&ha)]);
    assert_eq!(ha.app.listen(), Ok(()));
}

#[test]
fn a_server_that_cannot_be_heard_is_a_fault() {
    let network = Network::new();
    let nobody = Device::new(&network);
    assert_eq!(nobody.app.listen().map_err(|fault| fault.code), Err(ErrorCode::NotEnrolled));
    let ha = Arc::new(Device::of(&network, HA));
    network.town().revoked.insert(domain::id::EnrolmentId([60; 16]));
    assert_eq!(ha.app.listen().map_err(|fault| fault.code), Err(ErrorCode::ServerRefused));
    network.town().revoked.clear();
    for nonsense in ["<html>\n\n".to_owned(), "x".repeat(5_000)] {
        network.tells(vec![next(&ha, |_| {}, nonsense)]);
        assert_eq!(ha.app.listen().map_err(|fault| fault.code), Err(ErrorCode::DamagedAnswer));
    }
    network.tells(vec![
        at_first(&ha),
        next(&ha, |ha| assert!(ha.app.is_listening()), "x".repeat(5_000)),
        at_last(&ha, |_| panic!("a line without end is given up")),
    ]);
    assert_eq!(ha.app.listen(), Ok(()));
    assert!(!ha.app.is_listening());
}
