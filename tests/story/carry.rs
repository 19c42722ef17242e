//! Edits go by hand where there is no network: from phone to phone, and on a stick to the office.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tests::server::command;
use tests::town::{Home, Officer, Town};

fn writes(officer: &mut Officer, what: &str) -> (Value, String) {
    let written = officer.field.call("bundle.export", json!({ "what": what }));
    (written["file"].clone(), written["code"].as_str().unwrap().to_owned())
}

fn authors(officer: &mut Officer, home: &Home) -> Vec<String> {
    let history = officer.field.call("household.history", json!({ "id": home.0 }));
    let by = history["events"].as_array().unwrap().iter().filter_map(|event| event["by"].as_str());
    let mut authors: Vec<String> = by.map(str::to_owned).collect();
    authors.sort();
    authors.dedup();
    authors
}

#[test]
fn what_two_officers_wrote_reaches_the_office_on_a_stick_and_stays_theirs() {
    let mut town = Town::open();
    let (mut ha, mut binh) = (town.officer("ha"), town.officer("binh"));
    ha.syncs();
    ha.is_cut_off();
    binh.is_cut_off();
    let home = ha.enters("Đỗ Văn Hoà");
    ha.answers(&home, "nuoc", "may");
    let (file, code) = writes(&mut ha, "waiting");
    let waiting = ha.waiting();

    let refused = binh.field.refused("bundle.import", json!({ "file": file, "code": "0000-0000-0000-0000" }));
    assert_eq!(refused.code, "wrong_bundle_code");
    let taken = binh.field.call("bundle.import", json!({ "file": file, "code": code }));
    assert_eq!((&taken["new"], &taken["by"]), (&json!(waiting), &json!("Nguyễn Thị Hà")));
    binh.device_crashes();
    assert_eq!(binh.opens(&home).answer("nuoc"), "may");
    binh.answers(&home, "dien_tich", 40);
    assert_eq!((ha.waiting(), binh.waiting()), (waiting, waiting + 1));

    let (file, code) = writes(&mut binh, "everything");
    let stick = town.folder("stick.rasoat");
    std::fs::write(&stick, STANDARD.decode(file.as_str().unwrap()).unwrap()).unwrap();
    let place = town.server().place().clone();
    let take = |code: &str| command(&place, &["take", "--file", &stick.to_string_lossy()], code);
    assert_eq!(take("0000").unwrap_err()["code"], "wrong_bundle_code");
    let taken = take(&code).unwrap();
    assert_eq!((&taken["stored"], &taken["refused"]), (&json!(waiting + 1), &json!({})));
    assert_eq!(taken["by"], "Trần Văn Bình");

    ha.is_connected();
    binh.is_connected();
    for officer in [&mut ha, &mut binh] {
        let own = officer.waiting();
        let report = officer.syncs();
        assert_eq!((&report["already"], &report["stored"]), (&json!(own), &json!(0)), "{report}");
        assert_eq!(officer.waiting(), 0);
    }
    ha.syncs();
    assert_eq!(ha.opens(&home).heads(), binh.opens(&home).heads());
    assert_eq!(ha.opens(&home).answer("dien_tich"), 40);
    for officer in [&mut ha, &mut binh] {
        assert_eq!(authors(officer, &home), ["Nguyễn Thị Hà", "Trần Văn Bình"]);
    }
}
