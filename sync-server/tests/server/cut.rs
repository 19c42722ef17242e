//! A push and a pull that are cut, the pull at every byte.

use domain::scalar::Scalar;
use sync::device::{Cursors, take};
use sync::pull::{Entry, read_pull, request_body};
use sync::push::{Verdict, push_body};
use sync_server::verify::verify;

use crate::http::post;
use crate::officer::{Officer, answer, from_the_start, household, review, unit};
use crate::world::World;

/// Letters of a note that do not compress, so that a body has several pieces that are flushed.
const LONG: usize = 480;
/// Households of the push; each is four changes.
const HOUSEHOLDS: u8 = 32;

fn noise(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut letter = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'a' + (state % 26) as u8)
    };
    (0..LONG).map(|_| letter()).collect()
}

/// The body of a push of some households, some 40 kB.
fn push(world: &World, officer: &mut Officer) -> Vec<u8> {
    let village = unit(world, "Khu phố 1");
    let note = format!("reviews/{}/answers/ghi_chu", review(world));
    let mut batches = Vec::new();
    for number in 1..=HOUSEHOLDS {
        let mut document = household(number, officer);
        officer.edit(&mut document, &[(&note, Scalar::text(noise(u64::from(number))))]);
        batches.extend(officer.batches(&document, village));
    }
    push_body(&batches)
}

#[test]
fn a_push_cut_at_any_byte_is_answered_for_exactly_what_is_stored() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let body = push(&world, &mut lan);
    let (mut stored, changes) = (0, usize::from(HOUSEHOLDS) * 4);
    // every byte of the beginning and of the end, and every 97th of what is between: an answer takes a while
    let cuts = (0..body.len()).filter(|at| *at < 200 || at % 97 == 0 || body.len() - at < 100);
    let mut partial = 0;
    for at in cuts {
        let reply = lan.send(&world, &body[..at]);
        if reply.status != 200 {
            assert_eq!(reply.status, 400, "{at}: {}", reply.text());
            assert!(["truncated_body", "damaged_body"].contains(&reply.refusal().as_str()), "{at}");
            assert_eq!(world.rows("changes"), stored, "{at}");
            continue;
        }
        let told = answer(&reply, &body);
        assert!(told.cut, "{at}");
        partial += 1;
        let new =
            told.answers.iter().filter(|it| matches!(it.verdict, Verdict::Stored { .. })).count() as i64;
        let known = told.answers.iter().filter(|it| it.verdict == Verdict::Already).count() as i64;
        assert_eq!(known, stored, "{at}: what was acknowledged before is there");
        stored += new;
        assert_eq!(world.rows("changes"), stored, "{at}");
    }
    assert!(partial > 0, "the body was never cut between two pieces");
    let told = answer(&lan.send(&world, &body), &body);
    assert_eq!((told.cut, told.answers.len()), (false, changes));
    assert_eq!(world.rows("changes"), changes as i64);
    assert!(verify(&world.app).unwrap().sound);
}

#[test]
fn a_pull_cut_at_any_byte_is_gone_on_with_and_comes_to_the_same() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let body = push(&world, &mut lan);
    assert_eq!(lan.send(&world, &body).status, 200);
    let ask = |cursors: &Cursors| {
        let request = cursors.request(1 << 20, (1, None), None);
        post(world.address, "/v1/pull", &lan.bearer(), &request_body(&request)).body
    };
    let whole = ask(&Cursors::default());
    let all = lan.pull(&world, &from_the_start()).entries;
    let mut partial = 0;
    for at in 0..whole.len() {
        let Ok(pull) = read_pull(&whole[..at]) else { continue };
        let entries: Vec<Entry> = pull.entries.clone();
        assert_eq!(entries, all[..entries.len()], "{at}: a beginning, and nothing half");
        let taken = take(&Cursors::default(), pull);
        assert!(taken.problems.is_empty(), "{at}: {:?}", taken.problems);
        assert_eq!(taken.steps.len(), entries.len(), "{at}");
        if entries.is_empty() || entries.len() == all.len() {
            continue;
        }
        partial += 1;
        if partial % 50 == 1 {
            let rest = read_pull(&ask(&taken.cursors)).unwrap().entries;
            assert_eq!([entries, rest].concat(), all, "{at}: what is missing comes next");
        }
    }
    assert!(partial > 0, "the answer was never cut between two entries");
}
