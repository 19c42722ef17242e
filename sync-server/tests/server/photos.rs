//! Pictures: taken as the household's document describes them, given to those who may see the household.

use domain::id::{DocumentId, PhotoId};
use domain::scalar::Scalar;
use records::Document;
use sha2::{Digest, Sha256};
use sync::code::PhotoCode;
use sync::limits::PHOTO_MAX;
use sync::photo::{self, PhotoPutAnswer};

use crate::http::post;
use crate::officer::{Officer, household, unit};
use crate::world::World;

const PHOTO: PhotoId = PhotoId::new([7; 16]);

fn jpeg(length: usize) -> Vec<u8> {
    let middle: Vec<u8> = (0..length - 4).map(|at| u8::try_from(at * 37 % 250).unwrap()).collect();
    [&[0xff, 0xd8], middle.as_slice(), &[0xff, 0xd9]].concat()
}

fn put(world: &World, officer: &Officer, id: DocumentId, jpeg: &[u8]) -> PhotoPutAnswer {
    let body = photo::put_body(id, PHOTO, jpeg.to_vec());
    let reply = post(world.address, "/v1/photo/put", &officer.bearer(), &body);
    photo::read_put_answer(&reply.body).unwrap()
}

fn get(world: &World, officer: &Officer, id: DocumentId) -> Vec<u8> {
    let reply = post(world.address, "/v1/photo/get", &officer.bearer(), &photo::get_body(id, PHOTO));
    photo::read_answer(&reply.body).unwrap_or_else(|error| panic!("{error}")).jpeg
}

/// A household with a photo of these bytes, told to the server.
fn described(world: &World, officer: &mut Officer, village: &str, jpeg: &[u8]) -> Document {
    let mut document = household(1, officer);
    let sha256 = Scalar::text(hex::encode(Sha256::digest(jpeg)));
    officer.edit(&mut document, &[(&format!("photos/{PHOTO}/sha256"), sha256)]);
    officer.push(world, &document, unit(world, village));
    document
}

#[test]
fn a_picture_is_kept_once_encrypted_and_given_to_those_of_its_village() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let picture = jpeg(PHOTO_MAX);
    let document = described(&world, &mut lan, "Khu phố 1", &picture);
    assert!(get(&world, &lan, document.id()).is_empty(), "not sent yet");
    for _ in 0..2 {
        let answer = put(&world, &lan, document.id(), &picture);
        assert_eq!(answer.code, PhotoCode::Stored);
        assert_eq!(answer.sha256.as_slice(), Sha256::digest(&picture).as_slice());
    }
    assert_eq!(world.rows("photos"), 1);
    assert!(get(&world, &minh, document.id()) == picture);
    let body = world.sql().bytes("SELECT body FROM photos");
    assert!(!body.windows(16).any(|window| window == &picture[100..116]), "encrypted");
    let world = world.restarted();
    assert!(get(&world, &lan, document.id()) == picture, "after a restart");
}

#[test]
fn what_nobody_described_or_may_not_be_seen_is_not_taken() {
    let world = World::new();
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let picture = jpeg(5_000);
    let document = described(&world, &mut minh, "Khu phố 2", &picture);
    let code = |officer: &Officer, id, jpeg: &[u8]| put(&world, officer, id, jpeg).code;
    assert_eq!(code(&minh, document.id(), &jpeg(5_001)), PhotoCode::Unknown, "another hash");
    assert_eq!(code(&minh, DocumentId::new([9; 16]), &picture), PhotoCode::Unknown, "no such household");
    assert_eq!(code(&lan, document.id(), &picture), PhotoCode::Unknown, "another village's officer");
    assert_eq!(code(&minh, document.id(), b"<html>"), PhotoCode::Damaged);
    assert_eq!(code(&minh, document.id(), &jpeg(PHOTO_MAX + 1)), PhotoCode::Damaged);
    assert_eq!(world.rows("photos"), 0);
    assert_eq!(code(&minh, document.id(), &picture), PhotoCode::Stored);
    assert!(get(&world, &lan, document.id()).is_empty());
    let large = post(world.address, "/v1/photo/put", &minh.bearer(), &vec![0; 300 * 1024]);
    assert_eq!(large.refusal(), "body_too_large");
    let stranger = post(world.address, "/v1/photo/get", "", &photo::get_body(document.id(), PHOTO));
    assert_eq!(stranger.refusal(), "unknown_token");
}
