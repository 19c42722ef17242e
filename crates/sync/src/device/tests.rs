use std::collections::BTreeSet;

use domain::id::{DocumentId, EpochId, UnitId};
use domain::user::Role;
use records::{Document, Kind};

use super::{Cursors, Offer, Outcome, Problem, Step, ancestors, bodies, compare, outcomes, sign, take};
use crate::batch::SignedBatch;
use crate::body::Ending;
use crate::code::RefusalCode;
use crate::fixture::{
    EPOCH, HOUSEHOLD, Memory, NOW, OTHER_VILLAGE, Officer, VILLAGE, hashes, household, offers, officer, text,
};
use crate::limits::{BATCH_BYTES_MAX, BATCH_CHANGES_MAX, BODY_MAX};
use crate::pull::{Entry, EntryKind, Pull, PullState, ScopeState, pull_body, read_pull};
use crate::push::{Answer, Chunk, PushAnswer, Verdict, push_body, read_push};
use crate::scope::Digest;

fn collector() -> Officer {
    officer(20, Role::Collector)
}

/// Households with an address of this many letters.
fn households(count: u16, letters: usize) -> Vec<Offer> {
    let make = |nth: u16| {
        let id = DocumentId::new((u128::from(nth) + 1000).to_be_bytes());
        let mut document = Document::create(Kind::Household, id);
        let address: String =
            (0..letters).map(|at| char::from(b'a' + ((at * 7 + usize::from(nth)) % 26) as u8)).collect();
        collector().save(&mut document, &[("place/address", text(&address))]);
        offers(&document)
    };
    (0..count).flat_map(make).collect()
}

#[test]
fn every_body_keeps_the_limits_and_nothing_is_left_out() {
    let offers = households(700, 250);
    let batches = collector().batches(&offers);
    for (_, chunks) in &batches {
        let bytes: usize = chunks.iter().map(|chunk| chunk.bytes.len()).sum();
        assert!(chunks.len() <= BATCH_CHANGES_MAX && bytes <= BATCH_BYTES_MAX);
    }
    let bodies = bodies(&batches, None);
    assert!(bodies.len() > 1);
    let mut sent = Vec::new();
    for body in &bodies {
        assert!(body.body.len() <= BODY_MAX);
        let push = read_push(&body.body).unwrap();
        assert_eq!(push.ending, Ending::Complete);
        let came: Vec<_> =
            push.batches.iter().flat_map(|(_, chunks)| chunks).map(|chunk| chunk.hash).collect();
        assert_eq!(came, body.hashes);
        sent.extend(came);
    }
    let all: BTreeSet<_> = hashes(&offers).into_iter().collect();
    assert_eq!(sent.len(), offers.len());
    assert_eq!(sent.into_iter().collect::<BTreeSet<_>>(), all);
}

#[test]
fn the_fullest_batch_of_noise_fits_a_body() {
    use sha2::{Digest as _, Sha256};
    let noise = |seed: usize, length: usize| -> Vec<u8> {
        let piece = |part: usize| Sha256::digest(format!("{seed}/{part}"));
        (0..length.div_ceil(32)).flat_map(piece).take(length).collect()
    };
    let many = BATCH_CHANGES_MAX;
    let id = |nth: usize| DocumentId::new(noise(nth, 16).try_into().unwrap());
    let hash = |nth: usize| -> crate::Hash { noise(nth + 1000, 32).try_into().unwrap() };
    let place =
        |nth| crate::batch::Placement { document: id(nth), kind: 1, scope: VILLAGE, hashes: vec![hash(nth)] };
    let [(batch, _)] = collector().batches(&households(1, 9)).try_into().unwrap();
    let mut header = batch.header().unwrap();
    header.documents = (0..many).map(place).collect();
    header.actors =
        (0..64).map(|nth| domain::id::ActorId(noise(nth + 5000, 16).try_into().unwrap())).collect();
    let batch = SignedBatch::sign(&header, &collector().key);
    assert!(batch.header().is_ok());
    let chunk = |nth| crate::push::Chunk {
        document: id(nth),
        hash: hash(nth),
        bytes: noise(nth + 9000, BATCH_BYTES_MAX / many),
    };
    let chunks: Vec<_> = (0..many).map(chunk).collect();
    let bodies = bodies(&[(batch, chunks)], None);
    assert_eq!(bodies.iter().map(|body| body.hashes.len()).collect::<Vec<_>>(), [many]);
    let length = bodies[0].body.len();
    assert!((BATCH_BYTES_MAX + 16 * 1024..=BODY_MAX).contains(&length), "{length} bytes");
}

#[test]
fn offers_are_signed_in_causal_order_whatever_their_order_in_the_outbox() {
    let mut shuffled = offers(&household(&collector()));
    shuffled.reverse();
    let mut server = Memory::with(&[&collector()]);
    let verdicts = server.verdicts(collector().push(&shuffled), &hashes(&shuffled));
    let stored = |seq| Some(Verdict::Stored { scope: VILLAGE, seq });
    assert_eq!(verdicts.len(), 4);
    assert!((1..=4).all(|seq| verdicts.contains(&stored(seq))), "{verdicts:?}");
}

#[test]
fn a_change_that_no_server_would_take_holds_nothing_back() {
    let officer = collector();
    let mut offers = offers(&household(&officer));
    let broken = Offer { bytes: vec![1, 2, 3], hash: [8; 32], ..offers[0].clone() };
    offers.insert(0, broken);
    let author = super::Author {
        town: crate::fixture::TOWN,
        enrolment: officer.signer.enrolment,
        user: officer.signer.user,
        incarnation: domain::id::IncarnationId::new([9; 16]),
        actors: &officer.actors,
        next_number: 7,
    };
    let signing = sign(&offers, &author, &officer.key);
    assert_eq!(signing.unsendable, [([8; 32], RefusalCode::Damaged)]);
    assert_eq!(signing.batches.len(), 1);
    assert_eq!((signing.batches[0].number, signing.batches[0].hashes.len()), (7, 4));
    let header = signing.batches[0].batch.verify(&officer.signer.key).unwrap();
    assert_eq!(header.actors, officer.actors.iter().copied().collect::<Vec<_>>());
}

#[test]
fn a_push_cut_at_any_byte_gives_whole_changes_or_an_error() {
    let offers = households(40, 250);
    let batches = collector().batches(&offers);
    let body = push_body(&batches);
    let whole: Vec<_> = batches.iter().flat_map(|(_, chunks)| chunks.clone()).collect();
    let mut longest = 0;
    for at in 0..body.len() {
        let Ok(push) = read_push(&body[..at]) else { continue };
        let came: Vec<_> = push.batches.iter().flat_map(|(_, chunks)| chunks.clone()).collect();
        assert!(came.len() <= whole.len() && came[..] == whole[..came.len()]);
        assert!(push.ending == Ending::Cut || came.len() == whole.len());
        longest = longest.max(came.len());
    }
    assert!(longest > 0, "flushes make a cut body useful");
}

#[test]
fn a_damaged_push_is_an_error_or_the_beginning_of_the_same_push() {
    let batches = collector().batches(&households(3, 50));
    let body = push_body(&batches);
    let changes = |batches: &[(SignedBatch, Vec<Chunk>)]| -> Vec<(SignedBatch, Chunk)> {
        let of = |(batch, chunks): &(SignedBatch, Vec<Chunk>)| {
            chunks.iter().map(|chunk| (batch.clone(), chunk.clone())).collect::<Vec<_>>()
        };
        batches.iter().flat_map(of).collect()
    };
    let whole = changes(&batches);
    for at in 0..body.len() {
        let mut damaged = body.clone();
        damaged[at] ^= 0x10;
        if let Ok(push) = read_push(&damaged) {
            let came = changes(&push.batches);
            assert!(came[..] == whole[..came.len()], "byte {at}");
            assert!(push.ending == Ending::Cut || came.len() == whole.len(), "byte {at}");
        }
    }
}

fn answer(answers: Vec<Answer>) -> PushAnswer {
    PushAnswer { epoch: EPOCH, answers, cut: false, server_time: NOW, wholes: vec![] }
}

#[test]
fn outcomes_go_by_hash_and_never_by_count() {
    let sent = offers(&household(&collector()));
    let other = Answer { hash: [9; 32], verdict: Verdict::Stored { scope: VILLAGE, seq: 9 } };
    let unrelated = outcomes(&sent, &answer(vec![other; 4]));
    assert!(unrelated.iter().all(|(_, outcome)| *outcome == Outcome::Waits));
    let verdict = |nth: usize, verdict| Answer { hash: sent[nth].hash, verdict };
    let refused = Verdict::Refused { code: RefusalCode::ForbiddenPath };
    let came = outcomes(
        &sent,
        &answer(vec![
            verdict(3, Verdict::MissingDeps),
            verdict(2, refused),
            verdict(0, Verdict::Already),
            verdict(1, Verdict::Proposal { scope: VILLAGE, seq: 3 }),
        ]),
    );
    let came: Vec<Outcome> = came.into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(
        came,
        [
            Outcome::Settled { place: None, proposal: false },
            Outcome::Settled { place: Some((VILLAGE, 3)), proposal: true },
            Outcome::SetAside(RefusalCode::ForbiddenPath),
            // It stood on the refused one.
            Outcome::Remake,
        ]
    );
    let missing = outcomes(&sent[3..], &answer(vec![verdict(3, Verdict::MissingDeps)]));
    assert_eq!(missing, [(sent[3].hash, Outcome::SendAncestors)]);
    let same = outcomes(&sent[3..], &answer(vec![verdict(3, Verdict::Equivocation)]));
    assert_eq!(same, [(sent[3].hash, Outcome::Remake)]);
}

#[test]
fn the_ancestors_of_a_change_are_everything_it_stands_on() {
    let mut document = household(&collector());
    let heads = document.heads();
    let changes = document.changes();
    let last = heads.0[0];
    let found: Vec<_> = ancestors(&changes, &last).iter().map(|change| change.hash).collect();
    assert_eq!(found, changes.iter().map(|change| change.hash).collect::<Vec<_>>());
    collector().save(&mut document, &[("place/code", text("A"))]);
    let found = ancestors(&document.changes(), &last).len();
    assert_eq!(found, changes.len());
}

/// A server's log of a household, as entries with their batch.
fn log() -> (Vec<SignedBatch>, Vec<Entry>) {
    let mut server = Memory::with(&[&collector()]);
    let offers = offers(&household(&collector()));
    server.verdicts(collector().push(&offers), &[]);
    let entry = |(nth, (_, batch, document, bytes)): (usize, &crate::fixture::Row)| Entry {
        scope: VILLAGE,
        seq: nth as u64 + 1,
        kind: EntryKind::Change,
        document: *document,
        doc_kind: 1,
        batch: Some(*batch),
        bytes: bytes.clone(),
        proposal: false,
    };
    let entries = server.logs[&VILLAGE].iter().enumerate().map(entry).collect();
    (server.batches.into_values().collect(), entries)
}

fn state(scopes: &[(UnitId, u64)]) -> PullState {
    let digest = Digest::of(&hashes(&offers(&household(&collector()))));
    let scopes = scopes.iter().map(|(unit, head)| ScopeState { unit: *unit, head: *head, digest }).collect();
    PullState { epoch: EPOCH, scopes, config_version: 1, config: None, server_time: NOW, in_step: false }
}

fn pull(entries: Vec<Entry>, batches: Vec<SignedBatch>) -> Pull {
    Pull { state: state(&[(VILLAGE, 4)]), batches, entries, ending: Ending::Complete }
}

fn at(seq: u64) -> Cursors {
    Cursors { epoch: Some(EPOCH), scopes: [(VILLAGE, seq)].into() }
}

#[test]
fn a_first_pull_brings_the_whole_log() {
    let (batches, entries) = log();
    let taken = take(&Cursors::default(), pull(entries, batches));
    assert_eq!(taken.cursors, at(4));
    assert_eq!((taken.problems.len(), taken.more, taken.reoffer), (0, false, false));
    let mut document = Document::create(Kind::Household, HOUSEHOLD);
    for step in &taken.steps {
        let Step::Change { entry, outline } = step else { panic!("{step:?}") };
        document.apply(&entry.bytes).unwrap();
        let (_, _, header) = &taken.batches[0];
        assert!(header.placement(entry.document, &outline.hash).is_some());
    }
    assert_eq!(document.heads(), household(&collector()).heads());
}

#[test]
fn entries_that_are_there_already_are_passed_over_and_a_hole_stops_the_scope() {
    let (batches, entries) = log();
    let taken = take(&at(2), pull(entries.clone(), batches.clone()));
    assert_eq!((taken.steps.len(), taken.cursors), (2, at(4)));
    let holed = vec![entries[0].clone(), entries[2].clone(), entries[1].clone()];
    let taken = take(&Cursors::default(), pull(holed, batches));
    assert_eq!((taken.steps.len(), taken.cursors), (1, at(1)));
    assert_eq!(taken.problems, [Problem::Hole { scope: VILLAGE, expected: 2, found: 3 }]);
    assert!(!taken.more, "asking again at once would bring the same hole");
}

#[test]
fn an_entry_that_is_not_what_its_batch_names_stops_the_scope() {
    let (batches, entries) = log();
    let unsound = |code| vec![Problem::Unsound { scope: VILLAGE, seq: 1, code }];
    let mut flipped = entries.clone();
    *flipped[0].bytes.last_mut().unwrap() ^= 1;
    let taken = take(&Cursors::default(), pull(flipped, batches.clone()));
    assert_eq!((taken.steps.len(), taken.problems), (0, unsound(RefusalCode::Damaged)));
    let taken = take(&Cursors::default(), pull(entries.clone(), vec![]));
    assert_eq!(taken.problems, unsound(RefusalCode::UnknownSigner));
    let mut elsewhere = entries.clone();
    elsewhere[0].document = DocumentId::new([99; 16]);
    let taken = take(&Cursors::default(), pull(elsewhere, batches.clone()));
    assert_eq!(taken.problems, unsound(RefusalCode::BadSignature));
    let mut foreign = entries;
    foreign[0].scope = OTHER_VILLAGE;
    let taken = take(&Cursors::default(), pull(foreign, batches));
    assert_eq!(taken.problems[0], Problem::ForeignScope(OTHER_VILLAGE));
}

#[test]
fn a_download_cut_at_any_byte_keeps_its_whole_entries() {
    let (batches, entries) = log();
    let body = pull_body(&state(&[(VILLAGE, 4)]), &batches, &entries);
    let mut best = 0;
    for at in 0..=body.len() {
        let Ok(pull) = read_pull(&body[..at]) else { continue };
        let cut = pull.ending == Ending::Cut;
        let taken = take(&Cursors::default(), pull);
        assert!(taken.problems.is_empty());
        assert_eq!(taken.more, taken.steps.len() < 4);
        assert!(cut || taken.steps.len() == 4);
        best = best.max(taken.steps.len());
    }
    assert_eq!(best, 4);
}

#[test]
fn a_restored_server_makes_the_device_offer_again_and_start_from_nothing() {
    let (batches, entries) = log();
    let old = Cursors { epoch: Some(EpochId::new([77; 16])), scopes: [(VILLAGE, 90)].into() };
    let taken = take(&old, pull(entries.clone(), batches.clone()));
    assert!(taken.reoffer);
    assert_eq!(taken.cursors, at(4));
    let above = take(&at(90), pull(entries, batches));
    assert!(above.reoffer);
    assert_eq!(above.cursors, at(4));
}

#[test]
fn scopes_come_and_go() {
    let mut had = at(4);
    had.scopes.insert(OTHER_VILLAGE, 7);
    let taken = take(&had, pull(vec![], vec![]));
    assert_eq!(taken.lost, [OTHER_VILLAGE]);
    assert_eq!(taken.cursors, at(4));
    let gained = Pull { state: state(&[(VILLAGE, 4), (OTHER_VILLAGE, 3)]), ..pull(vec![], vec![]) };
    let taken = take(&at(4), gained);
    assert_eq!(taken.cursors.scopes[&OTHER_VILLAGE], 0);
    assert!(taken.more);
}

#[test]
fn the_next_place_of_an_own_change_need_not_be_pulled() {
    let mut cursors = at(4);
    assert!(!cursors.settle(EPOCH, VILLAGE, 6), "someone else's 5 is still to come");
    assert!(!cursors.settle(EpochId::new([77; 16]), VILLAGE, 5));
    assert!(!cursors.settle(EPOCH, OTHER_VILLAGE, 1));
    assert!(cursors.settle(EPOCH, VILLAGE, 5));
    assert_eq!(cursors, at(5));
}

#[test]
fn digests_are_compared_where_the_log_is_complete() {
    let digest = Digest::of(&hashes(&offers(&household(&collector()))));
    let state = state(&[(VILLAGE, 4)]);
    assert_eq!(compare(&at(4), &state, |_| digest), []);
    let device = Digest::default();
    let differs = Problem::Digest { scope: VILLAGE, server: digest, device };
    assert_eq!(compare(&at(4), &state, |_| device), [differs]);
    assert_eq!(compare(&at(3), &state, |_| device), []);
}
