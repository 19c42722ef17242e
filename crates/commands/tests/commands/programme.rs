//! The programme of a unit and year.

use commands::ErrorCode;
use serde_json::json;

use crate::device::{Device, Network};
use crate::town::{HA, LAN, TOWN_UNIT, VILLAGE};

#[test]
fn the_office_keeps_the_towns_programme() {
    let lan = Device::of(&Network::new(), LAN);
    let page = lan.ok("programme.open", json!({"unit": TOWN_UNIT, "year": 2017}));
    assert_eq!(page["programme"]["tasks"], json!({}));
    assert_eq!(lan.summary()["sync"]["waiting"], 0, "looking at it makes nothing");
    let edits = json!([{"field": "tasks/plan_2017/status", "value": "done"},
                       {"field": "indicators/merit_people/value", "value": 1223},
                       {"field": "indicators/merit_people/source", "value": "Sổ theo dõi"}]);
    let save = json!({"unit": TOWN_UNIT, "year": 2017, "heads": page["heads"], "edits": edits});
    let saved = lan.ok("programme.save", save);
    assert_eq!(saved["programme"]["tasks"]["plan_2017"]["status"], "done");
    assert_eq!(saved["waiting"], 2);
    lan.syncs_well();
    let lan = lan.reopen();
    let again = lan.ok("programme.open", json!({"unit": TOWN_UNIT, "year": 2017}));
    assert_eq!(again["programme"], saved["programme"]);
    assert_eq!(again["waiting"], 0);
    assert_eq!(
        lan.ok("programme.open", json!({"unit": TOWN_UNIT, "year": 2016}))["programme"]["tasks"],
        json!({})
    );
}

#[test]
fn bad_edits_and_collectors_write_no_programme() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let save = |device: &Device, unit, year: i32, field: &str, value: serde_json::Value| {
        let page = device.ok("programme.open", json!({"unit": unit, "year": 2017}));
        let edits = json!([{"field": field, "value": value}]);
        device.code_of(
            "programme.save",
            json!({"unit": unit, "year": year, "heads": page["heads"], "edits": edits}),
        )
    };
    let status = "tasks/plan_2017/status";
    assert_eq!(save(&lan, TOWN_UNIT, 2017, status, json!("maybe")), ErrorCode::UnknownOption);
    assert_eq!(save(&lan, TOWN_UNIT, 2017, "head", json!("x")), ErrorCode::UnknownField);
    assert_eq!(save(&lan, TOWN_UNIT, 2017, "tasks/plan_2071/status", json!("done")), ErrorCode::UnknownField);
    assert_eq!(save(&lan, TOWN_UNIT, 2017, "indicators/merit/value", json!(1)), ErrorCode::UnknownField);
    assert_eq!(
        save(&lan, TOWN_UNIT, 2017, "indicators/merit_people/value", json!(-1)),
        ErrorCode::OutOfRange
    );
    assert_eq!(save(&lan, TOWN_UNIT, 1492, status, json!("done")), ErrorCode::OutOfRange);
    assert_eq!(save(&ha, VILLAGE, 2017, status, json!("done")), ErrorCode::NotPermitted);
    assert_eq!(
        ha.code_of("programme.open", json!({"unit": TOWN_UNIT, "year": 2017})),
        ErrorCode::UnknownUnit
    );
    assert_eq!(lan.summary()["sync"]["waiting"], 0);
}
