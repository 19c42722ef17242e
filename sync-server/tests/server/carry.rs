//! Files that an officer brings to the office: judged by their signers, stored once, and whatever is not right with one is said.

use domain::configuration::Configuration;
use domain::id::TownId;
use domain::scalar::Scalar;
use sync::batch::SignedBatch;
use sync::bundle::{Code as BundleCode, Lock, Origin, write};
use sync::push::{Chunk, Verdict};
use sync_server::fault::Code;
use sync_server::{carry, seal, setup};

use crate::http::{Reply, get, post};
use crate::office::cookie;
use crate::officer::{Officer, from_the_start, household, review, unit};
use crate::world::World;

const CODE: &str = "7Q3K-M0ZD-0000-0001";

fn file(officer: &Officer, town: TownId, batches: &[(SignedBatch, Vec<Chunk>)]) -> Vec<u8> {
    let lock = Lock { memory_kib: 8, passes: 1, salt: [1; 16], nonce: [2; 24] };
    let origin = Origin { town, enrolment: officer.enrolment, made_at: 1_480_000_000 };
    write(&origin, batches, &BundleCode::typed(CODE).unwrap(), &lock).unwrap()
}

/// The session's word, as its pages have it.
fn word(world: &World, cookie: &str) -> String {
    let page = get(world.address, "/office/carry", cookie).text();
    page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
}

/// Posts the form as a browser does.
fn brings(world: &World, cookie: &str, fields: &[(&str, &[u8])]) -> Reply {
    let mut body = Vec::new();
    for (name, value) in fields {
        let of_file = if *name == "file" { "; filename=\"a.rasoat\"" } else { "" };
        let head = format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"{of_file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--xx--\r\n");
    let headers = format!("{cookie}Content-Type: multipart/form-data; boundary=xx\r\n");
    post(world.address, "/office/carry", &headers, &body)
}

#[test]
fn a_file_is_taken_at_the_office_page_and_its_writer_hears_already() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let document = household(9, &lan);
    let batches = lan.batches(&document, unit(&world, "Khu phố 1"));
    let file = file(&lan, lan.town, &batches);
    let cookie = cookie(&world);
    let word = word(&world, &cookie);
    let bring =
        || brings(&world, &cookie, &[("csrf", word.as_bytes()), ("file", &file), ("code", CODE.as_bytes())]);
    let page = bring();
    assert_eq!(page.status, 200, "{}", page.text());
    let writer = world.app.town.user(lan.user).unwrap().name.clone();
    assert!(page.text().contains(&writer), "{}", page.text());
    assert!(page.text().contains("<b>2</b><span>sửa đổi mới đã nhận</span>"), "{}", page.text());
    assert!(bring().text().contains("<b>2</b><span>đã có từ trước</span>"));
    assert_eq!(lan.push(&world, &document, unit(&world, "Khu phố 1")), [Verdict::Already; 2]);
    let pull = lan.pull(&world, &from_the_start());
    assert_eq!((pull.entries.len(), pull.batches.len()), (2, 1));
    assert_eq!(pull.batches[0].header().unwrap().enrolment, lan.enrolment);
    let noted = world.app.database.accesses(9).unwrap();
    assert_eq!(noted.iter().filter(|note| note.what == "carry").count(), 2);
}

#[test]
fn a_file_that_is_not_right_is_said_to_be_and_stores_nothing() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let batches = lan.batches(&household(9, &lan), unit(&world, "Khu phố 1"));
    let (good, other) = (file(&lan, lan.town, &batches), file(&lan, TownId::new([9; 16]), &batches));
    let mut newer = good.clone();
    newer[8] = 2;
    let mut damaged = good.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let before = world.stored();
    let told = |file: &[u8], code: &str| carry::take(&world.app, file, code).unwrap_err().code;
    for at in (0..good.len()).step_by(97) {
        assert_eq!(told(&good[..at], CODE), Code::TruncatedBundle, "{at}");
    }
    assert_eq!(told(&good, "7Q3K-M0ZD-0000-0002"), Code::WrongBundleCode);
    assert_eq!(told(&other, CODE), Code::BundleOfOtherTown);
    assert_eq!(told(&newer, CODE), Code::NewerBundle);
    assert_eq!(told(&damaged, CODE), Code::DamagedBundle);
    assert_eq!(told(b"PK", CODE), Code::NotABundle);

    let cookie = cookie(&world);
    let word = word(&world, &cookie);
    let reply = brings(&world, "", &[("csrf", word.as_bytes()), ("file", &good), ("code", CODE.as_bytes())]);
    assert_eq!(reply.refusal(), "not_logged_in");
    for fields in [
        vec![("file", good.as_slice()), ("code", CODE.as_bytes())],
        vec![("csrf", b"made-up".as_slice()), ("file", &good), ("code", CODE.as_bytes())],
        vec![],
    ] {
        assert_eq!(brings(&world, &cookie, &fields).refusal(), "stale_form");
    }
    let shown = brings(
        &world,
        &cookie,
        &[("csrf", word.as_bytes()), ("file", &good[..90]), ("code", CODE.as_bytes())],
    );
    assert_eq!(shown.status, 400);
    assert!(shown.text().contains("thiếu phần cuối"), "{}", shown.text());
    let junk = vec![0; sync::limits::BUNDLE_FILE_MAX];
    let shown =
        brings(&world, &cookie, &[("csrf", word.as_bytes()), ("file", &junk), ("code", CODE.as_bytes())]);
    assert!(shown.text().contains("không phải"), "{}", shown.text());
    let large = vec![0; sync_server::limits::CARRIED_MAX + 1];
    let shown = brings(&world, &cookie, &[("csrf", word.as_bytes()), ("file", &large)]);
    assert_eq!(shown.refusal(), "body_too_large");
    assert_eq!(post(world.address, "/office/carry", &cookie, b"x").refusal(), "malformed_message");
    let cut = format!("--xx\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{word}\r\n--x");
    let form = format!("{cookie}Content-Type: multipart/form-data; boundary=xx\r\n");
    assert_eq!(post(world.address, "/office/carry", &form, cut.as_bytes()).refusal(), "malformed_message");
    assert_eq!(world.stored(), before);
}

#[test]
fn every_outcome_is_counted_and_judged_by_the_signer() {
    let world = World::new();
    let village = unit(&world, "Khu phố 1");
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let kept = household(3, &lan);
    let mut batches = lan.batches(&kept, village);
    // outside Lan's villages, without its beginning, and by another key
    batches.extend(lan.batches(&household(4, &lan), unit(&world, "Khu phố 2")));
    let mut headless = minh.batches(&household(5, &minh), village);
    headless[0].1.remove(0);
    let mut forged = minh.batches(&household(6, &minh), village);
    forged[0].0.0.signature[0] ^= 1;
    batches.extend(headless);
    batches.extend(forged);
    let brought = file(&lan, lan.town, &batches);
    let taken = carry::take(&world.app, &brought, CODE).unwrap();
    assert_eq!((taken.stored, taken.missing, taken.already), (2, 2, 0));
    let refused: Vec<(&str, u64)> =
        taken.refused.iter().map(|(code, count)| (code.as_str(), *count)).collect();
    assert_eq!(refused, [("bad_signature", 2), ("forbidden_scope", 1)]);

    seal::seal(&world.app.current().unwrap(), "2016", &village.to_string()).unwrap();
    let mut later = kept.clone();
    lan.edit(&mut later, &[("place/phone", Scalar::text("0901"))]);
    let batches = lan.batches(&later, village);
    let late = file(&lan, lan.town, &batches);
    let taken = carry::take(&world.app, &late, CODE).unwrap();
    assert_eq!((taken.already, taken.proposals), (2, 1));
    setup::revoke(&world.app, &lan.enrolment.to_string()).unwrap();
    lan.edit(&mut later, &[("place/phone", Scalar::text("0902"))]);
    let batches = lan.batches(&later, village);
    let late = file(&lan, lan.town, &batches);
    let taken = carry::take(&world.app, &late, CODE).unwrap();
    assert_eq!((taken.already, taken.refused["unknown_signer"]), (3, 1));
}

#[test]
fn a_file_of_several_parts_is_taken_in_order() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let mut batches = Vec::new();
    for number in 1..=90 {
        let mut document = household(number, &lan);
        let long: String =
            (0..400).map(|at| char::from(b'a' + (at * usize::from(number) % 26) as u8)).collect();
        lan.edit(
            &mut document,
            &[(&format!("reviews/{}/answers/ghi_chu", review(&world)), Scalar::text(&long))],
        );
        batches.extend(lan.batches(&document, unit(&world, "Khu phố 1")));
    }
    let taken = carry::take(&world.app, &file(&lan, lan.town, &batches), CODE).unwrap();
    assert_eq!((taken.stored, taken.missing, taken.refused.len()), (90 * 4, 0, 0));
    assert!(sync_server::verify::verify(&world.app).unwrap().sound);
}

#[test]
fn devices_learn_each_others_keys_and_which_are_revoked() {
    let world = World::new();
    let (lan, first) = Officer::enrol(&world, "lan", 1);
    let read = |bytes: &[u8]| serde_json::from_slice::<Configuration>(bytes).unwrap();
    assert_eq!(read(&first.config.bytes).enrolled.len(), 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let told = || read(&lan.pull(&world, &from_the_start()).state.config.unwrap().bytes);
    let known = told();
    assert!(known.version > read(&first.config.bytes).version);
    let of_minh = |known: &Configuration| {
        let minh = known.enrolled.iter().find(|it| it.id == minh.enrolment).unwrap();
        (minh.user, minh.key.0, minh.revoked)
    };
    let key = minh.key.verifying_key().to_bytes();
    assert_eq!(of_minh(&known), (minh.user, key, false));
    setup::revoke(&world.app, &minh.enrolment.to_string()).unwrap();
    let later = told();
    assert_eq!(of_minh(&later), (minh.user, key, true));
    assert!(later.version > known.version);
    setup::revoke(&world.app, &minh.enrolment.to_string()).unwrap_err();
    assert_eq!(told().version, later.version);
}
