//! Enrolling, the PIN, the files on the disk.

use commands::ErrorCode;
use serde_json::{Value, json};

use crate::device::{Device, Network, PIN, SERVER, Trouble};
use crate::town::HA;

fn form(code: &str) -> Value {
    json!({"server": SERVER, "code": code, "pin": PIN, "device_name": "Điện thoại của Hà"})
}

#[test]
fn a_code_enrols_a_person_and_opens_the_app() {
    let device = Device::new(&Network::new());
    assert_eq!(device.ok("app.status", json!({}))["phase"], "unenrolled");
    assert_eq!(device.code_of("home.summary", json!({})), ErrorCode::NotEnrolled);
    let code = device.code(HA).to_lowercase();
    let status = device.ok("app.enrol", form(&format!(" {code} ")));
    assert_eq!(status["phase"], "open");
    assert_eq!(status["user_name"], "Nguyễn Thị Hà");
    assert_eq!(status["server"], SERVER);
    let config = device.ok("config.get", Value::Null);
    assert_eq!(config["user"]["id"], HA.to_string());
    assert_eq!(config["rulebook"]["id"], "2016-2021");
    assert!(!config["policies"].as_array().unwrap().is_empty());
}

#[test]
fn the_pin_locks_and_unlocks() {
    let device = Device::of(&Network::new(), HA);
    device.enters("Đỗ Văn Thử");
    assert_eq!(device.ok("app.lock", json!({}))["phase"], "locked");
    assert_eq!(device.code_of("home.summary", json!({})), ErrorCode::Locked);
    for wrong in ["271829", "2718", "", "chữ không phải số"] {
        assert_eq!(device.code_of("app.unlock", json!({"pin": wrong})), ErrorCode::WrongPin);
    }
    assert_eq!(device.ok("app.status", json!({}))["phase"], "locked");
    assert_eq!(device.ok("app.unlock", json!({"pin": PIN}))["phase"], "open");
    assert_eq!(device.names(""), ["Đỗ Văn Thử"]);
}

#[test]
fn after_a_restart_everything_is_there() {
    let device = Device::of(&Network::new(), HA);
    let id = device.enters("Đỗ Văn Thử");
    let before = device.page(&id);
    let device = device.restart();
    assert_eq!(device.ok("app.status", json!({}))["phase"], "locked");
    let device = device.reopen();
    assert_eq!(device.page(&id), before);
}

#[test]
fn bad_codes_pins_and_addresses_enrol_nobody() {
    let device = Device::new(&Network::new());
    assert_eq!(device.code_of("app.enrol", form("SAI")), ErrorCode::UnknownCode);
    assert_eq!(device.code_of("app.enrol", form("  -- ")), ErrorCode::UnknownCode);
    let code = device.code(HA);
    for (key, value, expected) in [
        ("pin", json!("12345"), ErrorCode::WeakPin),
        ("pin", json!("12345a"), ErrorCode::WeakPin),
        ("server", json!("http://example.vn"), ErrorCode::InvalidServer),
        ("device_name", json!("  "), ErrorCode::Empty),
        ("device_name", json!("m".repeat(81)), ErrorCode::TooLong),
    ] {
        let mut bad = form(&code);
        bad[key] = value;
        let fault = device.fault("app.enrol", bad);
        assert_eq!((fault.code, fault.field.as_deref()), (expected, Some(key)));
    }
    assert_eq!(device.ok("app.status", json!({}))["phase"], "unenrolled");
    device.ok("app.enrol", form(&code));
    assert_eq!(device.code_of("app.enrol", form(&code)), ErrorCode::AlreadyEnrolled);
    assert_eq!(Device::new(&device.network).code_of("app.enrol", form(&code)), ErrorCode::UsedCode);
}

#[test]
fn without_network_nobody_is_enrolled_and_the_code_is_still_good() {
    let device = Device::new(&Network::new());
    let code = device.code(HA);
    for trouble in [Trouble::Lost, Trouble::Status(502)] {
        device.network.meets(&[Some(trouble)]);
        device.fault("app.enrol", form(&code));
        assert_eq!(device.ok("app.status", json!({}))["phase"], "unenrolled");
    }
    device.ok("app.enrol", form(&code));
}

#[test]
fn a_configuration_that_the_server_did_not_sign_is_not_taken() {
    let device = Device::new(&Network::new());
    let code = device.code(HA);
    device.network.town().forged = true;
    assert_eq!(device.code_of("app.enrol", form(&code)), ErrorCode::DamagedConfiguration);
    assert_eq!(device.ok("app.status", json!({}))["phase"], "unenrolled");
}

#[test]
fn nothing_readable_lies_on_the_disk() {
    let device = Device::of(&Network::new(), HA);
    device.enters("Đỗ Văn Đặc Biệt");
    let token = [60; 32];
    for file in std::fs::read_dir(device.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!holds("Đặc Biệt".as_bytes()) && !holds(&token) && !holds(hex::encode(token).as_bytes()));
        assert!(!holds(PIN.as_bytes()) && !holds("Nguyễn".as_bytes()));
    }
}

#[test]
fn a_damaged_enrolment_file_is_said_to_be_damaged() {
    let device = Device::of(&Network::new(), HA);
    let path = device.folder.path().join("enrolment.json");
    let good = std::fs::read_to_string(&path).unwrap();
    let device = device.restart();
    for bad in ["{", "{\"format\":1}", &good.replace("\"memory_kib\": 32768", "\"memory_kib\": 99999999")] {
        std::fs::write(&path, bad).unwrap();
        assert_eq!(device.code_of("app.unlock", json!({"pin": PIN})), ErrorCode::DamagedEnrolment);
    }
    std::fs::write(&path, good).unwrap();
    device.ok("app.unlock", json!({"pin": PIN}));
}

#[test]
fn a_database_of_another_key_is_told_apart_from_a_wrong_pin() {
    let (device, other) = (Device::of(&Network::new(), HA), Device::of(&Network::new(), HA));
    let database = |device: &Device| {
        let files = std::fs::read_dir(device.folder.path()).unwrap().map(|file| file.unwrap().path());
        files.into_iter().find(|path| path.extension().is_some_and(|end| end == "db")).unwrap()
    };
    let (mine, theirs) = (database(&device), database(&other));
    other.ok("app.lock", json!({}));
    let device = device.restart();
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", mine.display()));
    }
    std::fs::copy(theirs, mine).unwrap();
    assert_eq!(device.code_of("app.unlock", json!({"pin": PIN})), ErrorCode::WrongKey);
}

#[test]
fn a_copy_on_another_machine_is_another_installation() {
    let device = Device::of(&Network::new(), HA);
    let path = device.folder.path().join("incarnation");
    let first = std::fs::read_to_string(&path).unwrap();
    let device = device.reopen();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
    std::fs::remove_file(&path).unwrap();
    let device = device.reopen();
    assert_ne!(std::fs::read_to_string(&path).unwrap(), first);
    device.enters("Đỗ Văn Thử");
    device.syncs_well();
}
