//! Files from device to device: seen at once, carried to the server, still their author's; whatever is not right with a file is
//! said, and changes nothing.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use commands::ErrorCode;
use domain::id::{EnrolmentId, TownId, UserId};
use domain::user::{Role, User};
use records::Hash;
use serde_json::{Value, json};
use std::sync::Arc;
use sync::batch::{Signed, SignedBatch};
use sync::bundle::{BundleHeader, Code, Lock, Origin, PREFIX, open, read_content, seal, write_content};
use sync::code::RefusalCode;
use sync::frame::{self, Kind};
use sync::push::{Chunk, Verdict};

use crate::device::{Device, Network, Trouble, answer};
use crate::town::{HA, LAN, OTHER_VILLAGE, REVIEW, VILLAGE};

const MAI: UserId = UserId([23; 16]);
const TOWN: TownId = TownId([1; 16]);
/// The first device that enrols.
const FIRST: EnrolmentId = EnrolmentId([60; 16]);

type File = (Vec<u8>, String);

/// A town where Mai works in the village of Hà.
fn network() -> Arc<Network> {
    let network = Network::new();
    let mai =
        User { id: MAI, name: "Lê Thị Mai".to_owned(), role: Role::Collector, scopes: vec![VILLAGE] };
    network.town().users.push(mai);
    network
}

fn writes(device: &Device, what: &str) -> File {
    let written = device.ok("bundle.export", json!({ "what": what }));
    let text = |key: &str| written[key].as_str().unwrap().to_owned();
    (STANDARD.decode(text("file")).unwrap(), text("code"))
}

fn form((file, code): &File) -> Value {
    json!({ "file": STANDARD.encode(file), "code": code })
}

fn takes(device: &Device, file: &File) -> Value {
    device.ok("bundle.import", form(file))
}

fn counts(report: &Value) -> [u64; 5] {
    ["new", "already", "missing", "outside", "households"].map(|key| report[key].as_u64().unwrap())
}

fn refused(report: &Value) -> Vec<(&str, u64)> {
    let rows = report["refused"].as_array().unwrap();
    rows.iter().map(|row| (row["code"].as_str().unwrap(), row["count"].as_u64().unwrap())).collect()
}

fn answers(device: &Device, id: &str) -> Value {
    device.page(id)["household"]["reviews"][REVIEW.to_string()]["answers"].clone()
}

fn authors(device: &Device, id: &str) -> BTreeSet<String> {
    let history = device.ok("household.history", json!({ "id": id }));
    let events = history["events"].as_array().unwrap();
    events.iter().filter_map(|event| event["by"].as_str().map(str::to_owned)).collect()
}

/// The hash of the newest change of a household.
fn newest(device: &Device, id: &str) -> Hash {
    let history = device.ok("household.history", json!({ "id": id }));
    hex::decode(history["events"][0]["hash"].as_str().unwrap()).unwrap().try_into().unwrap()
}

/// What must be the same after a file that was not taken.
fn state(device: &Device) -> (Vec<String>, Value, Value) {
    (device.names(""), device.summary()["sync"]["waiting"].clone(), device.ok("app.verify", json!({})))
}

type Batches = Vec<(SignedBatch, Vec<Chunk>)>;

/// The file with other batches in it, under the same code.
fn rewritten((file, code): &File, edit: impl FnOnce(&mut Batches)) -> File {
    let typed = Code::typed(code).unwrap();
    let bundle = read_content(&open(file, &typed).unwrap(), TOWN).unwrap();
    let mut batches: Batches = bundle.pushes().flat_map(|push| push.batches).collect();
    edit(&mut batches);
    let BundleHeader { enrolment, made_at, .. } = bundle.header;
    let content = write_content(&Origin { town: TOWN, enrolment, made_at }, &batches).unwrap();
    (sealed(content.to_vec(), code), code.clone())
}

fn sealed(content: Vec<u8>, code: &str) -> Vec<u8> {
    let lock = Lock { memory_kib: 8, passes: 1, salt: [5; 16], nonce: [6; 24] };
    seal(content.into(), &Code::typed(code).unwrap(), &lock).unwrap()
}

#[test]
fn a_colleague_sees_the_edits_goes_on_and_brings_them_to_the_server_as_their_authors() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    mai.syncs_well();
    let id = ha.enters("Đỗ Văn Thử");
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    let file = writes(&ha, "waiting");
    assert_eq!(ha.summary()["sync"]["waiting"], 4, "a file ends nothing");

    let report = takes(&mai, &file);
    assert_eq!((counts(&report), refused(&report)), ([4, 0, 0, 0, 1], vec![]));
    assert_eq!(report["by"], "Nguyễn Thị Hà");
    assert_eq!(report["first"], json!([{ "id": id, "name": "Đỗ Văn Thử" }]));
    assert_eq!(
        (mai.names(""), answers(&mai, &id)["nuoc"].clone()),
        (vec!["Đỗ Văn Thử".to_owned()], json!("may"))
    );
    mai.saves(&id, &[(&answer("nha_tieu"), json!("tu_hoai"))]);
    assert_eq!(mai.summary()["sync"]["waiting"], 5);

    let mai = mai.reopen();
    let report = mai.syncs_well();
    assert_eq!((&report["stored"], &report["refused"]), (&json!(5), &json!(0)));
    let report = ha.syncs_well();
    assert_eq!((&report["already"], &report["stored"]), (&json!(4), &json!(0)));
    assert_eq!(ha.page(&id)["heads"], mai.page(&id)["heads"]);
    let lan = Device::of(&network, LAN);
    lan.syncs_well();
    for device in [&ha, &mai, &lan] {
        assert_eq!(authors(device, &id), ["Lê Thị Mai", "Nguyễn Thị Hà"].map(str::to_owned).into());
        assert_eq!(device.syncs_well()["pushed"], 0);
    }
}

#[test]
fn everything_of_the_villages_carries_what_others_wrote_as_well() {
    let network = network();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    lan.syncs_well();
    lan.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    lan.syncs_well();
    ha.syncs_well();
    assert_eq!(ha.code_of("bundle.export", json!({ "what": "waiting" })), ErrorCode::NothingToCarry);
    let file = writes(&ha, "everything");
    let mai = Device::of(&network, MAI);
    assert_eq!(counts(&takes(&mai, &file)), [4, 0, 0, 0, 1]);
    assert_eq!(authors(&mai, &id), ["Nguyễn Thị Hà", "Trần Thị Lan"].map(str::to_owned).into());
    let report = mai.syncs_well();
    assert_eq!(report["stored"], 0, "the server has everything");
    assert_eq!(mai.summary()["sync"]["waiting"], 0);
    assert_eq!(mai.page(&id)["heads"], ha.page(&id)["heads"]);
}

#[test]
fn a_wait_ends_by_whoever_brings_the_change_first() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    let mut ids = Vec::new();
    // more than one page of a pull
    for name in ["Đỗ Văn Một", "Đỗ Văn Hai", "Đỗ Văn Ba", "Đỗ Văn Bốn"] {
        ids.push(ha.enters(name));
    }
    takes(&mai, &writes(&ha, "waiting"));
    ha.syncs_well();
    network.meets(&[Some(Trouble::AnswerLost)]);
    mai.syncs();
    network.meets(&[]);
    let report = mai.syncs_well();
    assert_eq!((&report["stored"], &mai.summary()["sync"]["waiting"]), (&json!(0), &json!(0)));
    assert_eq!(network.town().logs[&VILLAGE].len(), 8);
    for id in &ids {
        assert_eq!(mai.page(id)["heads"], ha.page(id)["heads"]);
        assert_eq!(mai.page(id)["waiting"], 0);
    }
    assert_eq!(mai.ok("app.verify", json!({}))["sound"], true);
    assert_eq!(mai.syncs_well()["pulled"], 0);
}

#[test]
fn a_file_taken_twice_or_after_a_newer_one_brings_nothing_new() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    let id = ha.enters("Đỗ Văn Thử");
    let older = writes(&ha, "waiting");
    ha.saves(&id, &[("place/address", json!("Số 2"))]);
    let newer = writes(&ha, "waiting");
    assert_eq!(counts(&takes(&mai, &newer)), [3, 0, 0, 0, 1]);
    let before = state(&mai);
    assert_eq!(counts(&takes(&mai, &newer)), [0, 3, 0, 0, 0]);
    assert_eq!(counts(&takes(&mai, &older)), [0, 2, 0, 0, 0]);
    assert_eq!(state(&mai), before);
    // its own file back
    assert_eq!(counts(&takes(&ha, &writes(&mai, "everything"))), [0, 3, 0, 0, 0]);
    assert_eq!(ha.summary()["sync"]["waiting"], 3);
}

#[test]
fn a_file_that_is_not_whole_not_ours_or_not_opened_changes_nothing() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    mai.enters("Lê Thị Mẫu");
    ha.enters("Đỗ Văn Thử");
    let (file, code) = writes(&ha, "waiting");
    let before = state(&mai);
    let told =
        |bytes: &[u8], code: &str| mai.code_of("bundle.import", form(&(bytes.to_vec(), code.to_owned())));
    for at in (0..file.len()).step_by(97) {
        assert_eq!(told(&file[..at], &code), ErrorCode::TruncatedBundle, "{at}");
    }
    for at in (PREFIX..file.len()).step_by(97) {
        let mut flipped = file.clone();
        flipped[at] ^= 1;
        assert_eq!(told(&flipped, &code), ErrorCode::DamagedBundle, "{at}");
    }
    let mut newer = file.clone();
    newer[8] = 2;
    assert_eq!(told(&newer, &code), ErrorCode::NewerBundle);
    assert_eq!(told(b"PK\x03\x04", &code), ErrorCode::NotABundle);
    for wrong in ["0000-0000-0000-0000", "", &code[1..]] {
        assert_eq!(told(&file, wrong), ErrorCode::WrongBundleCode, "{wrong}");
    }
    assert_eq!(mai.code_of("bundle.import", json!({ "file": "*", "code": code })), ErrorCode::NotABundle);
    let large = "A".repeat(24 * 1024 * 1024);
    assert_eq!(
        mai.code_of("bundle.import", json!({ "file": large, "code": code })),
        ErrorCode::BundleTooLarge
    );
    let origin = Origin { town: TownId([9; 16]), enrolment: FIRST, made_at: 1 };
    let other = sealed(write_content(&origin, &[]).unwrap().to_vec(), &code);
    assert_eq!(told(&other, &code), ErrorCode::BundleOfOtherTown);
    // whole by its seal, but its content is cut
    let mut cut = open(&file, &Code::typed(&code).unwrap()).unwrap().to_vec();
    cut.truncate(cut.len() - 3);
    assert_eq!(told(&sealed(cut, &code), &code), ErrorCode::TruncatedBundle);
    let mut strange = Vec::new();
    frame::write(&mut strange, Kind::PullRequest, &[]);
    assert_eq!(told(&sealed(strange, &code), &code), ErrorCode::DamagedBundle);
    assert_eq!(state(&mai), before);
    let easy = format!(" {} ", code.to_lowercase().replace('-', " "));
    assert_eq!(counts(&takes(&mai, &(file, easy))), [2, 0, 0, 0, 1]);
}

#[test]
fn a_batch_is_taken_for_its_signature_alone() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    mai.syncs_well();
    ha.enters("Đỗ Văn Thử");
    let file = writes(&ha, "waiting");
    let before = state(&mai);
    let forged = rewritten(&file, |batches| batches[0].0.0.signature[5] ^= 1);
    assert_eq!(refused(&takes(&mai, &forged)), [("bad_signature", 2)]);
    // signed by somebody whom nobody enrolled, in the name of Hà
    let stranger = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    let usurped = rewritten(&file, |batches| {
        let bytes = batches[0].0.0.bytes.clone();
        batches[0].0 = SignedBatch(Signed::new(sync::batch::BATCH_CONTEXT, bytes, &stranger));
    });
    assert_eq!(refused(&takes(&mai, &usurped)), [("bad_signature", 2)]);
    let other = rewritten(&file, |batches| {
        let header = batches[0].0.header().unwrap();
        let header = sync::batch::BatchHeader { enrolment: EnrolmentId([99; 16]), ..header };
        batches[0].0 = SignedBatch::sign(&header, &stranger);
    });
    assert_eq!(refused(&takes(&mai, &other)), [("unknown_signer", 2)]);
    // a change that its batch does not name
    let smuggled = rewritten(&file, |batches| batches[0].1[0].document = domain::id::DocumentId([8; 16]));
    assert_eq!(counts(&takes(&mai, &smuggled))[0], 0);
    assert_eq!(state(&mai), before);

    network.town().revoked.insert(FIRST);
    network.town().version += 1;
    mai.syncs_well();
    assert_eq!(refused(&takes(&mai, &file)), [("unknown_signer", 2)]);
    assert_eq!(state(&mai), before);
}

#[test]
fn a_signers_role_and_villages_are_judged_as_the_server_would() {
    let network = network();
    let (lan, ha, mai) = (Device::of(&network, LAN), Device::of(&network, HA), Device::of(&network, MAI));
    let id = ha.enters("Đỗ Văn Thử");
    let outside = lan
        .ok("household.create", json!({ "village": OTHER_VILLAGE, "members": [{ "name": "Vũ Văn Thử" }] }));
    let inside = lan.enters("Lê Thị Mẫu");
    let file = writes(&lan, "waiting");
    assert_eq!(counts(&takes(&mai, &file)), [2, 0, 0, 1, 1]);
    assert_eq!(mai.names(""), ["Lê Thị Mẫu"]);
    assert_eq!(mai.code_of("household.open", json!({ "id": outside["id"] })), ErrorCode::UnknownHousehold);
    // Hà lost the village since, as far as Mai's device knows
    network.town().users[0].scopes.clear();
    network.town().version += 1;
    mai.syncs_well();
    let report = takes(&mai, &writes(&ha, "waiting"));
    assert_eq!((counts(&report)[0], refused(&report)), (0, vec![("forbidden_scope", 1)]));
    assert_eq!(mai.code_of("household.open", json!({ "id": id })), ErrorCode::UnknownHousehold);
    mai.page(&inside);
}

#[test]
fn what_builds_on_nothing_that_is_here_or_in_the_file_is_left_out_and_counted() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    let id = ha.enters("Đỗ Văn Thử");
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    let other = ha.enters("Lê Thị Mẫu");
    let file = writes(&ha, "waiting");
    let headless = rewritten(&file, |batches| {
        let document = id.parse().unwrap();
        let first = batches[0].1.iter().position(|chunk| chunk.document == document).unwrap();
        batches[0].1.remove(first);
    });
    assert_eq!(counts(&takes(&mai, &headless)), [2, 0, 3, 0, 1]);
    mai.page(&other);
    assert_eq!(counts(&takes(&mai, &file)), [4, 2, 0, 0, 1], "the whole file mends it");
    mai.syncs_well();
}

#[test]
fn a_household_that_was_purged_does_not_come_back_with_a_file() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    let id = ha.enters("Đỗ Văn Thử");
    let file = writes(&ha, "waiting");
    takes(&mai, &file);
    mai.saves(&id, &[("place/address", json!("Số 2"))]);
    let purged = Verdict::Refused { code: RefusalCode::Purged };
    network.town().forced.insert(newest(&mai, &id), purged);
    rewritten(&file, |batches| {
        let chunks = batches.iter().flat_map(|(_, chunks)| chunks);
        network.town().forced.extend(chunks.map(|chunk| (chunk.hash, purged)));
    });
    mai.syncs();
    assert_eq!(mai.names(""), Vec::<String>::new());
    let report = takes(&mai, &file);
    assert_eq!((counts(&report)[0], refused(&report)), (0, vec![("purged", 2)]));
    assert_eq!((mai.names(""), &mai.summary()["sync"]["waiting"]), (vec![], &json!(0)));
}

#[test]
fn what_the_server_refuses_for_its_signers_sake_is_set_aside_and_nobody_writes_in_anothers_name() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    mai.syncs_well();
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    let bad = newest(&ha, &id);
    ha.saves(&id, &[(&answer("nha_loai"), json!("kien_co"))]);
    let file = writes(&ha, "waiting");
    takes(&mai, &file);
    mai.saves(&id, &[(&answer("nha_tieu"), json!("tu_hoai"))]);
    network.town().forced.insert(bad, Verdict::Refused { code: RefusalCode::ForbiddenPath });

    let report = mai.syncs_well();
    assert_eq!(report["refused"], 2, "the one that was refused, and the one by Hà that builds on it");
    assert_eq!(answers(&mai, &id), json!({ "nha_tieu": "tu_hoai" }));
    let rows = mai.ok("refused.list", json!({}))["rows"].as_array().unwrap().clone();
    let mut told: Vec<(&str, &Value)> =
        rows.iter().map(|row| (row["code"].as_str().unwrap(), &row["edits"][0]["value"])).collect();
    told.sort_by_key(|(code, _)| *code);
    assert_eq!(told, [("forbidden_path", &json!("may")), ("missing_deps", &json!("kien_co"))]);
    let report = takes(&mai, &file);
    assert_eq!(refused(&report), [("forbidden_path", 1), ("missing_deps", 1)], "it is not begun again");

    ha.syncs_well();
    mai.syncs_well();
    assert_eq!(answers(&ha, &id), json!({ "nha_tieu": "tu_hoai", "nha_loai": "kien_co" }));
    assert_eq!(mai.page(&id)["heads"], ha.page(&id)["heads"]);
    let by = |value: &str| {
        let history = mai.ok("household.history", json!({ "id": id }));
        let events = history["events"].as_array().unwrap().clone();
        let event = events.iter().find(|event| event["edits"].to_string().contains(value)).cloned();
        event.unwrap_or_else(|| panic!("{value} in {history}"))["by"].clone()
    };
    assert_eq!((by("tu_hoai"), by("kien_co")), (json!("Lê Thị Mai"), json!("Nguyễn Thị Hà")));
}

#[test]
fn what_takes_anothers_place_is_set_aside_where_it_was_carried() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    mai.syncs_well();
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    takes(&mai, &writes(&ha, "waiting"));
    network.town().forced.insert(newest(&ha, &id), Verdict::Equivocation);
    assert_eq!(mai.syncs_well()["refused"], 1);
    assert_eq!(mai.ok("refused.list", json!({}))["rows"][0]["code"], "equivocation");
    ha.syncs_well();
    mai.syncs_well();
    assert_eq!(answers(&mai, &id), json!({ "nuoc": "may" }), "its author made it again");
    assert_eq!(authors(&mai, &id), ["Nguyễn Thị Hà".to_owned()].into());
}

#[test]
fn what_the_office_takes_after_all_comes_back_with_what_was_built_on_it() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    mai.syncs_well();
    ha.saves(&id, &[(&answer("nuoc"), json!("may"))]);
    let bad = newest(&ha, &id);
    ha.saves(&id, &[(&answer("nha_loai"), json!("kien_co"))]);
    takes(&mai, &writes(&ha, "waiting"));
    network.town().forced.insert(bad, Verdict::Refused { code: RefusalCode::ForbiddenScope });
    mai.syncs_well();
    assert_eq!(mai.page(&id)["set_aside"], 2);
    // the log gets what was refused, and not yet what Hà wrote after it
    network.town().forced.clear();
    let later = newest(&ha, &id);
    network.town().forced.insert(later, Verdict::MissingDeps);
    ha.syncs();
    mai.syncs();
    assert_eq!((&mai.page(&id)["set_aside"], &mai.page(&id)["waiting"]), (&json!(0), &json!(1)));
    network.town().forced.clear();
    mai.syncs_well();
    ha.syncs_well();
    mai.syncs_well();
    assert_eq!(answers(&mai, &id), json!({ "nuoc": "may", "nha_loai": "kien_co" }));
    assert_eq!(mai.page(&id)["set_aside"], 0);
}

#[test]
fn what_every_device_makes_alike_is_signed_here_where_its_carrier_lost_the_right() {
    let network = network();
    let (ha, mai) = (Device::of(&network, HA), Device::of(&network, MAI));
    let known = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    mai.syncs_well();
    ha.saves(&known, &[(&answer("nuoc"), json!("may"))]);
    let new = ha.enters("Lê Thị Mẫu");
    takes(&mai, &writes(&ha, "waiting"));
    mai.saves(&known, &[(&answer("nha_tieu"), json!("tu_hoai"))]);
    mai.saves(&new, &[("place/address", json!("Số 2"))]);
    network.town().appoint(HA, Role::Viewer);
    let report = mai.syncs_well();
    assert_eq!(report["refused"], 2, "what Hà wrote, and nothing else");
    assert_eq!(answers(&mai, &known), json!({ "nha_tieu": "tu_hoai" }));
    assert_eq!(mai.page(&new)["household"]["place"]["address"], "Số 2");
    assert_eq!(
        (authors(&mai, &new), &mai.summary()["sync"]["waiting"]),
        (["Lê Thị Mai".to_owned()].into(), &json!(0))
    );
    let lan = Device::of(&network, LAN);
    lan.syncs_well();
    for id in [&known, &new] {
        assert_eq!(lan.page(id)["heads"], mai.page(id)["heads"]);
    }
}
