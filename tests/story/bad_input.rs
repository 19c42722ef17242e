//! Every bad input gets a clear coded error in both languages; nothing is stored, nothing is lost on the device.

use std::path::{Path, PathBuf};

use domain::id::{DocumentId, UnitId};
use serde_json::{Value, json};
use sync::code::RefusalCode;
use sync::push::Verdict;
use tests::client::{Client, chunk, household};
use tests::field::{Field, PIN};
use tests::server::command;
use tests::town::{Home, Officer, Town};

const HOUSEHOLD: DocumentId = DocumentId::new([1; 16]);

fn enrol(field: &mut Field, server: &str, code: &str) -> Value {
    field
        .refused("app.enrol", json!({ "server": server, "code": code, "pin": PIN, "device_name": "máy" }))
        .said
}

#[test]
fn a_code_that_is_unknown_or_used_enrols_nobody() {
    let mut town = Town::open();
    let (url, code) = (town.server().url(), town.server().code("ha"));
    let mut field = Field::start(&town.folder("first"));
    assert_eq!(enrol(&mut field, &url, "AAAA-AAAA-AAAA")["code"], "unknown_code");
    field.enrol(&url, &code, "máy");
    let mut second = Field::start(&town.folder("second"));
    assert_eq!(enrol(&mut second, &url, &code)["code"], "used_code");
    assert_eq!(second.call("app.status", json!({}))["phase"], "unenrolled");
}

#[test]
fn a_revoked_device_loses_nothing_but_is_not_heard() {
    let mut town = Town::open();
    let mut ha = town.officer("ha");
    let home = ha.enters("Đỗ Văn Hoà");
    let enrolment = town.server().last_enrolment();
    command(town.server().place(), &["revoke", "--enrolment", &enrolment], "").unwrap();
    let waiting = ha.waiting();
    assert_eq!(ha.cannot_sync(), "revoked");
    assert_eq!((ha.waiting(), ha.opens(&home).members().len()), (waiting, 1));
}

#[test]
fn a_change_outside_the_devices_villages_is_refused() {
    let mut town = Town::open();
    let (mut ha, mut chau) = (town.officer("ha"), town.officer("chau"));
    let foreign = chau.village();
    let member = json!({ "name": "Đỗ Văn Hoà" });
    let create = json!({ "village": foreign, "members": [member] });
    assert_eq!(ha.field.refused("household.create", create).code, "unknown_village");
    let code = town.server().code("ha");
    let mut client = Client::enrol(&town.server().url(), &code);
    let scope: UnitId = foreign.parse().unwrap();
    let (_, changes) = household(HOUSEHOLD, &[("place/address", "Số 1")]);
    let chunks = changes.iter().map(|change| chunk(HOUSEHOLD, change)).collect();
    let (verdicts, _) = client.push(HOUSEHOLD, scope, chunks);
    assert_eq!(verdicts[0], Verdict::Refused { code: RefusalCode::ForbiddenScope });
    assert!(verdicts.iter().all(|verdict| !matches!(verdict, Verdict::Stored { .. })), "{verdicts:?}");
    chau.syncs();
    assert_eq!(chau.field.call("household.list", json!({ "offset": 0, "limit": 10 }))["total"], 0);
}

#[test]
fn damaged_truncated_and_oversized_bodies_are_told_apart() {
    let mut town = Town::open();
    let code = town.server().code("ha");
    let mut client = Client::enrol(&town.server().url(), &code);
    let scope = client.scope();
    let (_, changes) = household(HOUSEHOLD, &[("place/address", "Số 1")]);
    let chunks = || changes.iter().map(|change| chunk(HOUSEHOLD, change)).collect();
    let told = |client: &Client, body: Vec<u8>| {
        let told = client.post("/v1/push", body);
        (told.status, told.code())
    };
    assert_eq!(told(&client, b"no frames at all".to_vec()), (400, "damaged_body".to_owned()));
    let whole = client.body(HOUSEHOLD, scope, chunks());
    assert_eq!(told(&client, whole[..12].to_vec()), (400, "truncated_body".to_owned()));
    let oversized = told(&client, vec![0x5a; 65 * 1024]);
    assert_eq!(oversized, (413, "body_too_large".to_owned()));
    let (verdicts, _) = client.push(HOUSEHOLD, scope, chunks());
    let stored = |verdict: &Verdict| matches!(verdict, Verdict::Stored { .. });
    assert!(verdicts.iter().all(stored), "nothing of the refused bodies was stored: {verdicts:?}");
}

#[test]
fn a_database_of_another_key_does_not_open_and_its_own_opens_again() {
    let mut town = Town::open();
    let (mut ha, mut binh) = (town.officer("ha"), town.officer("binh"));
    let home = ha.enters("Đỗ Văn Hoà");
    ha.field.ends();
    binh.field.ends();
    let own = database(&ha);
    for end in ENDS {
        let path = with_end(&own, end);
        if path.exists() {
            std::fs::rename(&path, with_end(&path, ".kept")).unwrap();
        }
        let other = with_end(&database(&binh), end);
        if other.exists() {
            std::fs::copy(other, path).unwrap();
        }
    }
    ha.field.crash();
    assert_eq!(ha.field.refused("app.unlock", json!({ "pin": PIN })).code, "wrong_key");
    ha.field.ends();
    for end in ENDS {
        let path = with_end(&own, end);
        // Not every database has every file.
        let _ = std::fs::remove_file(&path);
        let _ = std::fs::rename(with_end(&path, ".kept"), &path);
    }
    ha.device_crashes();
    assert_eq!(ha.opens(&home).members(), ["Đỗ Văn Hoà"]);
}

/// The files of a database: itself, and what a device that died has not moved into it yet.
const ENDS: [&str; 3] = ["", "-wal", "-shm"];

fn database(officer: &Officer) -> PathBuf {
    let entries = std::fs::read_dir(officer.data()).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    paths.find(|path| path.extension().is_some_and(|it| it == "db")).unwrap()
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

#[test]
fn a_malformed_line_is_answered_and_the_next_one_works() {
    let mut town = Town::open();
    let mut ha = town.officer("ha");
    for line in [
        "{broken",
        "[]",
        "\u{0}",
        r#"{"id":1}"#,
        r#"{"id":1,"method":7}"#,
        r#"{"id":1,"method":"app.status","pin":1}"#,
    ] {
        ha.field.line(line);
        assert_eq!(ha.field.hear().unwrap().unwrap_err().code, "malformed_request", "{line}");
    }
    assert_eq!(ha.field.refused("no.such", json!({})).code, "unknown_method");
    assert_eq!(ha.field.refused("household.open", json!({ "id": 7 })).code, "malformed_request");
    assert_eq!(ha.field.call("app.status", json!({}))["phase"], "open");
}

/// Tries a save of one field; gives the code of its refusal.
fn refusal(officer: &mut Officer, home: &Home, field: &str, value: Value) -> String {
    let page = officer.opens(home);
    let edit = json!({ "field": field, "value": value });
    let save = json!({ "id": home.0, "heads": page.heads(), "edits": [edit] });
    officer.field.refused("household.save", save).code
}

#[test]
fn values_that_cannot_be_are_refused_with_their_reason_and_nothing_is_saved() {
    let mut town = Town::open();
    let mut ha = town.officer("ha");
    let home = ha.enters("Đỗ Văn Hoà");
    let page = ha.opens(&home);
    let member = page.0["household"]["members"].as_object().unwrap().keys().next().unwrap().clone();
    let name = format!("members/{member}/name");
    for (field, value, code) in [
        (format!("members/{member}/born"), json!("1980-02-31"), "invalid_date"),
        (format!("members/{member}/citizen_id"), json!("09900000001"), "invalid_citizen_id"),
        (format!("supports/{}/amount_dong", "ab".repeat(16)), json!(-1), "negative_amount"),
        (name.clone(), json!("Đ".repeat(10_000)), "too_long"),
        (name, json!("  "), "empty"),
        (page.path("nuoc"), json!("ao"), "unknown_option"),
        (page.path("thu_nhap"), json!(1), "unknown_question"),
        ("members/1/name".to_owned(), json!("Hoà"), "unknown_field"),
    ] {
        assert_eq!(refusal(&mut ha, &home, &field, value), code, "{field}");
    }
    let after = ha.opens(&home);
    assert_eq!((after.heads(), &after.0["household"]), (page.heads(), &page.0["household"]));
}

#[test]
fn new_households_and_supports_are_checked_like_saves() {
    let mut town = Town::open();
    let mut ha = town.officer("ha");
    let home = ha.enters("Đỗ Văn Hoà");
    let village = ha.village();
    let member = json!({ "name": "Đ".repeat(10_000) });
    let create = json!({ "village": village, "members": [member] });
    assert_eq!(ha.field.refused("household.create", create).code, "too_long");
    let support = json!({ "policy": "hoa_tang", "amount_dong": -3_000_000, "date": "2017-02-31" });
    let params = json!({ "household": home.0, "heads": ha.opens(&home).heads(), "support": support });
    let code = ha.field.refused("support.add", params).code;
    assert!(["negative_amount", "invalid_date"].contains(&code.as_str()), "{code}");
    assert_eq!(ha.field.call("household.list", json!({ "offset": 0, "limit": 10 }))["total"], 1);
}

#[test]
fn nothing_that_people_say_is_in_the_servers_log() {
    let mut town = Town::open();
    let mut ha = town.officer("ha");
    let home = ha.enters("Đỗ Văn Hoà");
    ha.answers(&home, "nuoc", "khac");
    ha.syncs();
    let log = town.server().log();
    assert!(log.contains("push"), "the log is written: {log}");
    for said in ["Hoà", "Ho\\u00e0", "khac", "Nguyễn"] {
        assert!(!log.contains(said), "{said} is in the log");
    }
}
