//! Contents: what goes in comes out, in parts that keep the limits of a push; anything else is refused whole.

use domain::id::TownId;
use domain::user::Role;
use zeroize::Zeroizing;

use super::*;
use crate::body;
use crate::device::bodies;
use crate::fixture::{Memory, NOW, Officer, TOWN, household, offers, officer};
use crate::frame::{self, Kind};
use crate::limits::{BATCHES_PER_PUSH_MAX, INFLATED_MAX, PROTOCOL_VERSION};
use crate::pull::PullRequest;
use crate::push::{Chunk, Verdict, push_body};
use crate::wire;

type Batches = Vec<(SignedBatch, Vec<Chunk>)>;

fn hoa() -> Officer {
    officer(20, Role::Collector)
}

fn origin(officer: &Officer) -> Origin {
    Origin { town: TOWN, enrolment: officer.signer.enrolment, made_at: NOW }
}

fn batches(officer: &Officer) -> Batches {
    officer.batches(&offers(&household(officer)))
}

fn content(officer: &Officer) -> Vec<u8> {
    write_content(&origin(officer), &batches(officer)).unwrap().to_vec()
}

fn refusal(content: &[u8]) -> Option<BundleError> {
    read_content(content, TOWN).err()
}

#[test]
fn a_file_gives_back_what_it_was_given_and_a_server_takes_it_as_a_push() {
    let (hoa, code) = (hoa(), Code::of(&Zeroizing::new([7; 16])));
    let lock = Lock { memory_kib: 8, passes: 1, salt: [1; 16], nonce: [2; 24] };
    let file = write(&origin(&hoa), &batches(&hoa), &code, &lock).unwrap();
    let bundle = read(&file, &code, TOWN).unwrap();
    assert_eq!((bundle.header.enrolment, bundle.header.made_at), (hoa.signer.enrolment, NOW));
    let pushes: Vec<_> = bundle.pushes().collect();
    assert_eq!(pushes.len(), 1);
    assert_eq!(pushes[0].batches, batches(&hoa));
    let mut memory = Memory::with(&[&hoa]);
    let answers = memory.take(pushes[0].clone()).answers;
    assert_eq!(answers.len(), 4);
    assert!(answers.iter().all(|answer| matches!(answer.verdict, Verdict::Stored { .. })));
    assert_eq!(read(&file, &code, TownId::new([9; 16])).err(), Some(BundleError::OtherTown));
}

#[test]
fn a_content_cut_anywhere_is_truncated_and_a_flipped_bit_is_never_taken() {
    let whole = content(&hoa());
    for at in 0..whole.len() {
        assert_eq!(refusal(&whole[..at]), Some(BundleError::Truncated), "{at}");
    }
    for bit in (0..whole.len() * 8).step_by(7) {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(refusal(&flipped).is_some(), "{bit}");
    }
    assert_eq!(refusal(&[whole.as_slice(), b"x"].concat()), Some(BundleError::Damaged));
}

/// A content of these frames.
fn of_frames(frames: &[(Kind, Vec<u8>)]) -> Vec<u8> {
    let mut content = Vec::new();
    frames.iter().for_each(|(kind, payload)| frame::write(&mut content, *kind, payload));
    content
}

fn header(version: u32, parts: u32) -> (Kind, Vec<u8>) {
    let (town, enrolment) = (TOWN, hoa().signer.enrolment);
    let header = BundleHeader { version, town, enrolment, made_at: NOW, parts };
    (Kind::Bundle, wire::to_bytes(&header))
}

#[test]
fn what_is_not_a_content_is_refused_by_its_code() {
    let (hoa, end) = (hoa(), (Kind::End, Vec::new()));
    let batches = batches(&hoa);
    let part = || (Kind::BundlePart, push_body(&batches));
    let (current, newer) = (PROTOCOL_VERSION, PROTOCOL_VERSION + 1);
    assert_eq!(refusal(&of_frames(&[header(current, 1), part(), end.clone()])), None);
    let question = PullRequest {
        epoch: None,
        cursors: vec![],
        max_bytes: 9,
        config_version: 0,
        standing: None,
        config_mark: None,
    };
    let asking = (Kind::BundlePart, bodies(&batches, Some(&question)).remove(0).body);
    let cut = (Kind::BundlePart, push_body(&batches)[..200].to_vec());
    let mut writer = body::Writer::new();
    (0..=INFLATED_MAX / 1024).for_each(|_| writer.frame(Kind::Batch, &[0; 1024]));
    let bomb = (Kind::BundlePart, writer.finish());
    for (frames, told) in [
        (vec![header(newer, 1), part(), end.clone()], BundleError::Newer),
        (vec![header(0, 1), part(), end.clone()], BundleError::Damaged),
        (vec![header(current, 2), part(), end.clone()], BundleError::Damaged),
        (vec![header(current, 1), end.clone()], BundleError::Damaged),
        (vec![part(), end.clone()], BundleError::Damaged),
        (vec![header(current, 1), part(), header(current, 1), end.clone()], BundleError::Damaged),
        (vec![header(current, 1), asking, end.clone()], BundleError::Damaged),
        (vec![header(current, 1), cut, end.clone()], BundleError::Damaged),
        (vec![header(current, 1), bomb, end.clone()], BundleError::TooLarge),
        (vec![header(current, 1), (Kind::BundlePart, b"PK".to_vec()), end], BundleError::Damaged),
        (vec![header(current, 1), part()], BundleError::Truncated),
    ] {
        assert_eq!(refusal(&of_frames(&frames)), Some(told), "{told}");
    }
}

#[test]
fn every_part_keeps_the_limits_of_a_push() {
    let hoa = hoa();
    let one = batches(&hoa);
    let many: Batches = (0..200).flat_map(|_| one.clone()).collect();
    let bundle = read_content(&write_content(&origin(&hoa), &many).unwrap(), TOWN).unwrap();
    let pushes: Vec<_> = bundle.pushes().collect();
    assert_eq!(bundle.header.parts as usize, pushes.len());
    assert!(pushes.len() > 3);
    for push in &pushes {
        assert!(push.batches.len() <= BATCHES_PER_PUSH_MAX);
    }
    let back: Batches = pushes.into_iter().flat_map(|push| push.batches).collect();
    assert_eq!(back, many);
    // changes that do not compress, as large as they may be: a push's worth of bytes a part
    let noise = |seed: u8| Chunk { bytes: vec![seed; crate::limits::CHUNK_MAX], ..one[0].1[0].clone() };
    let large: Batches = (0..40).map(|seed| (one[0].0.clone(), vec![noise(seed)])).collect();
    let bundle = read_content(&write_content(&origin(&hoa), &large).unwrap(), TOWN).unwrap();
    let back: Batches = bundle.pushes().flat_map(|push| push.batches).collect();
    assert_eq!(back, large);
}

/// The bytes that `docs/protocol.md` describes.
#[test]
fn a_header_is_spelt_as_the_protocol_says() {
    let (_, payload) = header(1, 2);
    let (town, enrolment) = ("01".repeat(16), "14".repeat(16));
    assert_eq!(hex::encode(payload), format!("850150{town}50{enrolment}1a{NOW:08x}02"));
}
