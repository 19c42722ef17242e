//! Pictures: taken as the household's document describes them, piece by piece, given to those who may see the household.

use domain::id::{DocumentId, PhotoId};
use domain::scalar::Scalar;
use records::Document;
use sha2::{Digest, Sha256};
use sync::code::PhotoCode::{self, Damaged, Mismatch, Part, Stored, Unknown};
use sync::limits::{PHOTO_MAX, PHOTO_PIECE_MAX};
use sync::photo::{self, PhotoPut, PhotoPutAnswer, Whole};
use sync_server::database::photos::{UNFINISHED_LIFE, UNFINISHED_MAX};
use sync_server::moving;
use sync_server::posting;
use sync_server::verify::verify;

use crate::http::{post, send};
use crate::officer::{Officer, household, unit};
use crate::world::World;

const PHOTO: PhotoId = PhotoId::new([7; 16]);
const PIECE: u64 = PHOTO_PIECE_MAX as u64;

pub fn jpeg(length: usize) -> Vec<u8> {
    let middle: Vec<u8> = (0..length - 4).map(|at| u8::try_from(at * 37 % 250).unwrap()).collect();
    [&[0xff, 0xd8], middle.as_slice(), &[0xff, 0xd9]].concat()
}

fn put_body(id: DocumentId, jpeg: &[u8], offset: u64) -> Vec<u8> {
    let sha256 = Sha256::digest(jpeg).into();
    photo::put_body(&Whole { household: id, photo: PHOTO, sha256, jpeg }, offset)
}

fn told(world: &World, officer: &Officer, body: &[u8]) -> PhotoPutAnswer {
    let reply = post(world.address, "/v1/photo/put", &officer.bearer(), body);
    photo::read_put_answer(&reply.body).unwrap_or_else(|error| panic!("{error}: {}", reply.text()))
}

/// Sends the piece of a picture that begins there.
pub fn piece(world: &World, officer: &Officer, id: DocumentId, jpeg: &[u8], offset: u64) -> (PhotoCode, u64) {
    let answer = told(world, officer, &put_body(id, jpeg, offset));
    assert_eq!(answer.sha256.as_slice(), Sha256::digest(jpeg).as_slice());
    (answer.code, answer.held)
}

/// Sends a picture from where the server has come with it, to its end.
pub fn put(world: &World, officer: &Officer, id: DocumentId, jpeg: &[u8]) -> PhotoCode {
    let (mut code, mut held) = (Part, 0);
    while code == Part {
        (code, held) = piece(world, officer, id, jpeg, held);
    }
    code
}

fn get_piece(world: &World, officer: &Officer, id: DocumentId, offset: u64) -> (u64, Vec<u8>) {
    let body = photo::get_body(id, PHOTO, offset);
    let reply = post(world.address, "/v1/photo/get", &officer.bearer(), &body);
    let answer = photo::read_answer(&reply.body).unwrap_or_else(|error| panic!("{error}"));
    (answer.length, answer.piece)
}

pub fn get(world: &World, officer: &Officer, id: DocumentId) -> Vec<u8> {
    let mut jpeg = Vec::new();
    loop {
        let (length, piece) = get_piece(world, officer, id, jpeg.len() as u64);
        jpeg.extend(piece);
        if jpeg.len() as u64 == length {
            return jpeg;
        }
    }
}

/// The household of a number with a photo of these bytes, told to the server.
pub fn described(world: &World, officer: &mut Officer, number: u8, village: &str, jpeg: &[u8]) -> DocumentId {
    let mut document: Document = household(number, officer);
    let sha256 = Scalar::text(hex::encode(Sha256::digest(jpeg)));
    officer.edit(&mut document, &[(&format!("photos/{PHOTO}/sha256"), sha256)]);
    officer.push(world, &document, unit(world, village));
    document.id()
}

#[test]
fn a_picture_is_kept_once_encrypted_and_given_to_those_of_its_village() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let picture = jpeg(PHOTO_MAX);
    let id = described(&world, &mut lan, 1, "Khu phố 1", &picture);
    assert!(get(&world, &lan, id).is_empty(), "not sent yet");
    for _ in 0..2 {
        assert_eq!(put(&world, &lan, id, &picture), Stored);
    }
    assert_eq!((world.rows("photos"), world.rows("photo_pieces")), (1, 0));
    assert!(get(&world, &minh, id) == picture);
    assert_eq!(get_piece(&world, &minh, id, u64::MAX), (PHOTO_MAX as u64, Vec::new()));
    let body = world.sql().bytes("SELECT body FROM photos");
    assert!(!body.windows(16).any(|window| window == &picture[100..116]), "encrypted");
    let world = world.restarted();
    assert!(get(&world, &lan, id) == picture, "after a restart");
}

#[test]
fn what_nobody_described_or_may_not_be_seen_is_not_taken() {
    let world = World::new();
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let picture = jpeg(40_000);
    let id = described(&world, &mut minh, 1, "Khu phố 2", &picture);
    let code = |officer: &Officer, id, jpeg: &[u8]| put(&world, officer, id, jpeg);
    assert_eq!(code(&minh, id, &jpeg(40_001)), Unknown, "another hash");
    assert_eq!(code(&minh, DocumentId::new([9; 16]), &picture), Unknown, "no such household");
    assert_eq!(code(&lan, id, &picture), Unknown, "another village's officer");
    assert_eq!(code(&minh, id, &jpeg(PHOTO_MAX + 1)), Damaged, "too large");
    assert_eq!((world.rows("photos"), world.rows("photo_pieces")), (0, 0));
    assert_eq!(code(&minh, id, &picture), Stored);
    assert!(get(&world, &lan, id).is_empty());
    let large = post(world.address, "/v1/photo/put", &minh.bearer(), &vec![0; 300 * 1024]);
    assert_eq!(large.refusal(), "body_too_large");
    let stranger = post(world.address, "/v1/photo/get", "", &photo::get_body(id, PHOTO, 0));
    assert_eq!(stranger.refusal(), "unknown_token");
}

#[test]
fn bytes_that_are_not_those_described_and_what_is_no_picture_leave_nothing() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (picture, half) = (jpeg(50_000), jpeg(50_000)[..40_000].to_vec());
    let id = described(&world, &mut lan, 1, "Khu phố 1", &picture);
    let of = |jpeg: &[u8]| photo::read_put(&put_body(id, jpeg, 0)).unwrap_or_else(|e| panic!("{e}"));
    let say = |put: &PhotoPut| {
        let answer = told(&world, &lan, &sync::body::one(sync::frame::Kind::PhotoPut, put));
        (answer.code, answer.held)
    };
    let sha256 = of(&picture).sha256;
    // the picture broken off, as if that were all of it
    assert_eq!(say(&PhotoPut { sha256, ..of(&half) }), (Part, PIECE));
    let rest = PhotoPut { sha256, offset: PIECE, piece: half[PHOTO_PIECE_MAX..].to_vec(), ..of(&half) };
    assert_eq!(say(&rest), (Mismatch, 0));
    assert_eq!((world.rows("photos"), world.rows("photo_pieces")), (0, 0));
    // pieces that no picture has
    for wrong in [
        PhotoPut { length: 0, piece: Vec::new(), ..of(&picture) },
        PhotoPut { piece: vec![0; PHOTO_PIECE_MAX + 1], ..of(&picture) },
        PhotoPut { offset: 20_000, ..of(&picture) },
        PhotoPut { offset: u64::MAX, ..of(&picture) },
    ] {
        assert_eq!(say(&wrong), (Damaged, 0), "{} at {}", wrong.piece.len(), wrong.offset);
    }
    assert_eq!(put(&world, &lan, id, &picture), Stored);
    // what the document describes and is no picture
    let other = described(&world, &mut lan, 2, "Khu phố 1", &half);
    assert_eq!(put(&world, &lan, other, &half), Damaged);
    assert_eq!((world.rows("photos"), world.rows("photo_pieces")), (1, 0));
}

#[test]
fn pieces_twice_in_any_order_and_over_restarts_are_the_picture() {
    let mut world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let picture = jpeg(PHOTO_MAX);
    let id = described(&world, &mut lan, 1, "Khu phố 1", &picture);
    assert_eq!(piece(&world, &lan, id, &picture, 2 * PIECE), (Part, 0), "a hole before it");
    assert_eq!(piece(&world, &lan, id, &picture, 0), (Part, PIECE));
    world = world.restarted();
    assert_eq!(piece(&world, &lan, id, &picture, 0), (Part, PIECE), "twice");
    assert_eq!(piece(&world, &lan, id, &picture, 2 * PIECE), (Part, PIECE), "the one between is missing");
    assert_eq!(
        piece(&world, &lan, id, &picture, PIECE - 7),
        (Part, 2 * PIECE - 7),
        "what overlaps is taken once"
    );
    assert!(get(&world, &lan, id).is_empty(), "nothing of it before it is whole");
    world = world.restarted();
    assert_eq!(piece(&world, &lan, id, &picture, u64::MAX), (Part, 2 * PIECE - 7), "a question");
    let body = world.sql().bytes("SELECT body FROM photo_pieces WHERE start = 0");
    assert!(!body.windows(16).any(|window| window == &picture[100..116]), "encrypted");
    let at = 2 * PIECE - 7;
    assert_eq!(piece(&world, &lan, id, &picture, at), (Part, 3 * PIECE - 7));
    assert_eq!(piece(&world, &lan, id, &picture, at + PIECE), (Part, 4 * PIECE - 7));
    world = world.restarted();
    assert_eq!(piece(&world, &lan, id, &picture, at + 2 * PIECE), (Stored, PHOTO_MAX as u64));
    assert_eq!(piece(&world, &lan, id, &picture, 0), (Stored, PHOTO_MAX as u64), "again");
    assert!(get(&world, &lan, id) == picture);
    assert_eq!((world.rows("photos"), world.rows("photo_pieces")), (1, 0));
    assert!(verify(&world.app).unwrap().sound);
}

#[test]
fn a_piece_cut_at_any_byte_is_taken_whole_or_not_at_all() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let picture = jpeg(PHOTO_PIECE_MAX + 100);
    let id = described(&world, &mut lan, 1, "Khu phố 1", &picture);
    let body = put_body(id, &picture, 0);
    let cuts = (0..body.len()).filter(|at| *at < 100 || at % 41 == 0 || body.len() - at < 100);
    let mut refused = 0;
    for at in cuts {
        let reply = send(world.address, "POST /v1/photo/put", &lan.bearer(), body.len(), &body[..at]);
        if reply.status != 200 {
            assert!(["truncated_body", "damaged_body"].contains(&reply.refusal().as_str()), "{at}");
            assert_eq!(world.rows("photo_pieces"), 0, "{at}");
            refused += 1;
        }
    }
    assert!(refused > 100, "{refused}");
    assert_eq!(piece(&world, &lan, id, &picture, 0), (Part, PIECE));
    assert_eq!(piece(&world, &lan, id, &picture, PIECE), (Stored, picture.len() as u64));
    assert!(get(&world, &lan, id) == picture);
}

#[test]
fn two_devices_send_one_picture_and_neither_spoils_it_for_the_other() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let picture = jpeg(PHOTO_MAX);
    let id = described(&world, &mut lan, 1, "Khu phố 1", &picture);
    let wrong = PhotoPut {
        piece: vec![1; PHOTO_PIECE_MAX],
        ..photo::read_put(&put_body(id, &picture, 0)).unwrap_or_else(|e| panic!("{e}"))
    };
    let answer = told(&world, &minh, &sync::body::one(sync::frame::Kind::PhotoPut, &wrong));
    assert_eq!((answer.code, answer.held), (Part, PIECE));
    assert_eq!(piece(&world, &lan, id, &picture, 0), (Part, PIECE));
    let mut at = PIECE;
    while at + PIECE < PHOTO_MAX as u64 {
        at += PIECE;
        assert_eq!(piece(&world, &minh, id, &picture, at - PIECE), (Part, at));
        assert_eq!(piece(&world, &lan, id, &picture, at - PIECE), (Part, at));
    }
    assert_eq!(piece(&world, &minh, id, &picture, at), (Mismatch, 0), "its first piece was wrong");
    assert_eq!(piece(&world, &lan, id, &picture, at), (Stored, PHOTO_MAX as u64));
    assert_eq!(piece(&world, &minh, id, &picture, 0), (Stored, PHOTO_MAX as u64), "there already");
    assert_eq!((world.rows("photos"), world.rows("photo_pieces")), (1, 0));
    assert!(get(&world, &minh, id) == picture);
}

#[test]
fn pictures_that_never_end_are_given_up() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let picture = jpeg(PHOTO_PIECE_MAX * 2);
    let kept = u8::try_from(UNFINISHED_MAX).unwrap();
    let ids: Vec<DocumentId> =
        (1..=kept + 1).map(|number| described(&world, &mut lan, number, "Khu phố 1", &picture)).collect();
    let age = |id: &DocumentId, seconds: i64| {
        let mut sql = world.sql();
        let id = sql.blob(id.bytes());
        sql.run(&format!(
            "UPDATE photo_pieces SET arrived_at = arrived_at - {seconds} WHERE document = {id}"
        ))
        .unwrap();
    };
    assert_eq!(piece(&world, &minh, ids[0], &picture, 0), (Part, PIECE));
    for (at, id) in ids.iter().take(usize::from(kept)).enumerate() {
        assert_eq!(piece(&world, &lan, *id, &picture, 0), (Part, PIECE));
        age(id, 1_000 - at as i64);
    }
    assert_eq!(world.rows("photo_pieces"), UNFINISHED_MAX + 1);
    assert_eq!(piece(&world, &lan, *ids.last().unwrap(), &picture, 0), (Part, PIECE));
    assert_eq!(world.rows("photo_pieces"), UNFINISHED_MAX + 1, "the oldest of this enrolment made room");
    assert_eq!(piece(&world, &lan, ids[0], &picture, u64::MAX), (Part, 0));
    assert_eq!(piece(&world, &minh, ids[0], &picture, u64::MAX), (Part, PIECE), "another's is untouched");
    age(&ids[0], UNFINISHED_LIFE);
    assert_eq!(put(&world, &lan, ids[1], &picture), Stored);
    assert_eq!(piece(&world, &lan, ids[0], &picture, 0), (Part, PIECE));
    assert_eq!(piece(&world, &minh, ids[0], &picture, PIECE), (Part, 0), "too old: from the beginning");
    assert_eq!(put(&world, &minh, ids[0], &picture), Stored);
    assert!(get(&world, &lan, ids[0]) == picture);
}

#[test]
fn who_works_elsewhere_now_still_brings_the_pictures_of_before() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let picture = jpeg(PHOTO_MAX);
    let id = described(&world, &mut lan, 1, "Khu phố 1", &picture);
    assert_eq!(piece(&world, &lan, id, &picture, 0), (Part, PIECE));
    posting::post(&world.app.current().unwrap(), "lan", &["Khu phố 2".to_owned()]).unwrap();
    let world = world.restarted();
    assert_eq!(put(&world, &lan, id, &picture), Stored);
    assert!(get(&world, &lan, id).is_empty());
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    assert!(get(&world, &minh, id) == picture);
}

#[test]
fn a_household_that_moves_keeps_what_came_and_one_that_is_purged_keeps_nothing() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let picture = jpeg(PHOTO_MAX);
    let id = described(&world, &mut lan, 1, "Khu phố 1", &picture);
    for officer in [&lan, &minh] {
        assert_eq!(piece(&world, officer, id, &picture, 0), (Part, PIECE));
    }
    moving::relocate(&world.app, &id.to_string(), &unit(&world, "Khu phố 2").to_string()).unwrap();
    assert_eq!(piece(&world, &minh, id, &picture, PIECE), (Part, 2 * PIECE));
    assert_eq!(
        piece(&world, &lan, id, &picture, PIECE),
        (Part, 2 * PIECE),
        "its text was brought, so is this"
    );
    assert_eq!(put(&world, &lan, id, &picture), Stored);
    assert!(get(&world, &lan, id).is_empty(), "no longer this person's to see");
    assert!(get(&world, &minh, id) == picture);
    assert_eq!((world.rows("photos"), world.rows("photo_pieces")), (1, 0));

    let gone = described(&world, &mut lan, 2, "Khu phố 1", &picture);
    assert_eq!(piece(&world, &lan, gone, &picture, 0), (Part, PIECE));
    moving::purge(&world.app, &gone.to_string()).unwrap();
    assert_eq!((world.rows("photos"), world.rows("photo_pieces")), (1, 0));
    assert_eq!(piece(&world, &lan, gone, &picture, PIECE), (Unknown, 0));
    assert!(verify(&world.app).unwrap().sound);
}
