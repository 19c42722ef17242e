use domain::id::{EnrolmentId, TownId, UnitId};
use domain::scalar::Scalar;
use domain::user::Role;
use records::{Document, Kind};

use crate::batch::{BatchHeader, SignedBatch};
use crate::body::Ending;
use crate::code::RefusalCode;
use crate::device::Offer;
use crate::fixture::{
    HOUSEHOLD, Memory, OTHER_VILLAGE, Officer, REVIEW, VILLAGE, answer, hashes, household, offer, offers,
    officer, text,
};
use crate::hostile;
use crate::push::{Chunk, Push, Verdict};

fn collector() -> Officer {
    officer(20, Role::Collector)
}

fn refused(code: RefusalCode) -> Option<Verdict> {
    Some(Verdict::Refused { code })
}

fn stored(seq: u64) -> Option<Verdict> {
    Some(Verdict::Stored { scope: VILLAGE, seq })
}

/// The verdicts on these offers, pushed by their officer.
fn pushed(server: &mut Memory, by: &Officer, offers: &[Offer]) -> Vec<Option<Verdict>> {
    server.verdicts(by.push(offers), &hashes(offers))
}

/// A server that has the collector's household.
fn server_with_household() -> (Memory, Document) {
    let mut server = Memory::with(&[&collector()]);
    let document = household(&collector());
    pushed(&mut server, &collector(), &offers(&document));
    (server, document)
}

/// A change that is refused when it was applied already, and one whose document cannot be loaded again, spoil the run
/// that they come with: the rest of the push is decided on as if each had come alone.
#[test]
fn a_run_that_goes_wrong_is_decided_on_change_by_change() {
    let (mut server, document) = server_with_household();
    let stranger = officer(66, Role::Collector);
    let (mut by_other, mut respelt, mut good) = (document.clone(), document.clone(), document);
    let visit = format!("reviews/{REVIEW}/visits/{}/by", "0b".repeat(16));
    let name = text(&stranger.signer.user.to_string());
    let forged = collector().save(&mut by_other, &[(&visit, name)]).remove(0);
    let mut second = Officer { actors: [domain::id::ActorId::new([31; 16])].into(), ..collector() };
    let odd = second.save(&mut respelt, &[("place/address", text("Ngõ 4"))]).remove(0);
    let mut forge = hostile::Forge::read(&odd.bytes).unwrap();
    let action = forge.columns.iter_mut().find(|(column, _)| *column == 0x42).unwrap();
    action.1 = vec![1, 1];
    let bytes = forge.bytes();
    let hash = crate::gate::preparse(&bytes).unwrap().hash;
    second.actors = [domain::id::ActorId::new([32; 16])].into();
    let made = second.save(&mut good, &[("place/code", text("A1"))]).remove(0);
    let unstable = Offer { hash, bytes, ..offer(&respelt, &odd) };
    let all = [offer(&by_other, &forged), unstable, offer(&good, &made)];
    let third = Officer {
        actors: all.iter().map(|it| crate::gate::preparse(&it.bytes).unwrap().actor).collect(),
        ..collector()
    };
    let verdicts = pushed(&mut server, &third, &all);
    let codes = [RefusalCode::ForgedAuthor, RefusalCode::Unstable].map(refused);
    assert_eq!(verdicts, [codes[0], codes[1], stored(5)]);
    assert_eq!(server.documents[&HOUSEHOLD].document.heads(), good.heads());
}

/// A push of chunks under any header, signed by `by`.
fn signed(by: &Officer, change: impl FnOnce(&mut BatchHeader), offers: &[Offer]) -> Vec<Push> {
    let [(batch, chunks)] = by.batches(offers).try_into().unwrap();
    let mut header = batch.header().unwrap();
    change(&mut header);
    let batch = SignedBatch::sign(&header, &by.key);
    vec![Push { batches: vec![(batch, chunks)], pull: None, ending: Ending::Complete }]
}

#[test]
fn a_push_is_stored_in_order_and_again_is_already_there() {
    let mut server = Memory::with(&[&collector()]);
    let document = household(&collector());
    let offers = offers(&document);
    assert_eq!(offers.len(), 4);
    assert_eq!(pushed(&mut server, &collector(), &offers), [stored(1), stored(2), stored(3), stored(4)]);
    assert_eq!(pushed(&mut server, &collector(), &offers), vec![Some(Verdict::Already); 4]);
    assert_eq!(server.documents[&HOUSEHOLD].document.heads(), document.heads());
    assert_eq!(server.logs[&VILLAGE].len(), 4);
}

#[test]
fn every_prefix_of_the_log_applies() {
    let (server, _) = server_with_household();
    let mut replica = Document::create(Kind::Household, HOUSEHOLD);
    for (_, _, _, bytes) in &server.logs[&VILLAGE] {
        assert_ne!(replica.apply(bytes).unwrap(), records::Applied::MissingDeps);
    }
}

#[test]
fn a_change_without_its_ground_is_told_so_and_taken_with_it() {
    let mut server = Memory::with(&[&collector()]);
    let offers = offers(&household(&collector()));
    let last = &offers[3..];
    assert_eq!(pushed(&mut server, &collector(), last), [Some(Verdict::MissingDeps)]);
    assert_eq!(pushed(&mut server, &collector(), &offers)[3], stored(4));
}

#[test]
fn one_refused_change_blocks_nothing_but_its_dependants() {
    let mut server = Memory::with(&[&collector()]);
    let mut document = household(&collector());
    let good = document.clone();
    collector().save(&mut document, &[("place/phone", text("không phải số"))]);
    collector().save(&mut document, &[("place/code", text("A1"))]);
    let mut other = Document::create(Kind::Household, domain::id::DocumentId::new([60; 16]));
    collector().save(&mut other, &[("place/code", text("B1"))]);
    let all: Vec<Offer> = offers(&document).into_iter().chain(offers(&other)).collect();
    let verdicts = pushed(&mut server, &collector(), &all);
    assert_eq!(verdicts[4], refused(RefusalCode::InvalidValue));
    assert_eq!(verdicts[5], Some(Verdict::MissingDeps));
    assert_eq!(&verdicts[6..], [stored(5), stored(6)]);
    assert_eq!(server.documents[&HOUSEHOLD].document.heads(), good.heads());
}

#[test]
fn refused_changes_are_kept_for_a_person_and_unsigned_ones_are_not() {
    let (mut server, mut document) = server_with_household();
    let made = collector().save(&mut document, &[("place/phone", text("không phải số"))]);
    let offers = [offer(&document, &made[0])];
    let [push] = collector().push(&offers).try_into().unwrap();
    let decision = super::decide(&mut server, &push).unwrap();
    assert_eq!(decision.quarantine.len(), 1);
    assert_eq!(decision.quarantine[0].bytes, made[0].bytes);
    assert!(decision.batches.contains_key(&decision.quarantine[0].batch));
    let mut unsigned = push;
    unsigned.batches[0].0.0.signature[5] ^= 1;
    let decision = super::decide(&mut server, &unsigned).unwrap();
    assert_eq!(decision.others[&made[0].hash], Verdict::Refused { code: RefusalCode::BadSignature });
    assert!(decision.quarantine.is_empty() && decision.batches.is_empty());
}

#[test]
fn hostile_changes_are_refused_by_the_server_and_nothing_is_stored() {
    let (mut server, mut document) = server_with_household();
    let real = collector().save(&mut document, &[(&answer("nuoc"), text("mua"))]).pop().unwrap();
    let log = server.logs[&VILLAGE].clone();
    for (name, bytes, code) in hostile::all(&real.bytes).unwrap() {
        let hash = crate::gate::preparse(&bytes).map_or([99; 32], |outline| outline.hash);
        let mut offer = offer(&document, &real);
        let change = |header: &mut BatchHeader| header.documents[0].hashes = vec![hash];
        let mut pushes = signed(&collector(), change, std::slice::from_ref(&offer));
        offer = Offer { hash, bytes, ..offer };
        pushes[0].batches[0].1 = vec![offer.chunk()];
        assert_eq!(server.verdicts(pushes, &[hash]), [refused(code)], "{name}");
    }
    assert_eq!(server.logs[&VILLAGE], log);
}

#[test]
fn a_change_under_another_hash_or_document_is_refused() {
    let (mut server, mut document) = server_with_household();
    let made = collector().save(&mut document, &[("place/code", text("A1"))]);
    let offers = [offer(&document, &made[0])];
    let mut pushes = signed(&collector(), |header| header.documents[0].hashes = vec![[9; 32]], &offers);
    assert_eq!(server.verdicts(pushes.clone(), &hashes(&offers)), [refused(RefusalCode::BadSignature)]);
    pushes[0].batches[0].1[0].hash = [9; 32];
    assert_eq!(server.verdicts(pushes, &[[9; 32]]), [refused(RefusalCode::Damaged)]);
}

#[test]
fn only_the_enrolled_of_this_town_are_heard() {
    let (mut server, mut document) = server_with_household();
    let made = collector().save(&mut document, &[("place/code", text("A1"))]);
    let offers = [offer(&document, &made[0])];
    let names = hashes(&offers);
    let stranger = officer(66, Role::Collector);
    assert_eq!(server.verdicts(stranger.push(&offers), &names), [refused(RefusalCode::UnknownSigner)]);
    let pushes = signed(&collector(), |header| header.town = TownId::new([66; 16]), &offers);
    assert_eq!(server.verdicts(pushes, &names), [refused(RefusalCode::OtherTown)]);
    let pushes = signed(&collector(), |header| header.user = stranger.signer.user, &offers);
    assert_eq!(server.verdicts(pushes, &names), [refused(RefusalCode::UnknownSigner)]);
    let pushes = signed(&collector(), |header| header.version = 2, &offers);
    assert_eq!(server.verdicts(pushes, &names), [refused(RefusalCode::BadSignature)]);
}

#[test]
fn an_actor_belongs_to_one_enrolment() {
    let (mut server, mut document) = server_with_household();
    let thief = Officer { actors: collector().actors, ..officer(21, Role::Collector) };
    server.signers.insert(thief.signer.enrolment, thief.signer.clone());
    let made = collector().save(&mut document, &[("place/code", text("A1"))]);
    let offers = [offer(&document, &made[0])];
    assert_eq!(pushed(&mut server, &thief, &offers), [refused(RefusalCode::ForeignActor)]);
    let unlisted = signed(&collector(), |header| header.actors.clear(), &offers);
    assert_eq!(server.verdicts(unlisted, &hashes(&offers)), [stored(5)], "known to be the signer's");
    let mut server = Memory::with(&[&collector()]);
    let all = self::offers(&document);
    let unlisted = signed(&collector(), |header| header.actors.clear(), &all);
    let verdicts = server.verdicts(unlisted, &hashes(&all));
    let derived = Document::derived_actor_changes(Kind::Household, HOUSEHOLD, &[REVIEW]);
    for (offer, verdict) in all.iter().zip(verdicts) {
        let nobodys = derived.iter().any(|change| change.hash == offer.hash);
        let taken = matches!(verdict, Some(Verdict::Stored { .. }));
        assert_eq!(taken, nobodys, "{verdict:?}");
    }
}

#[test]
fn a_village_is_written_by_those_who_have_it() {
    let (mut server, mut document) = server_with_household();
    let elsewhere = |officer: &mut Officer| officer.signer.scopes = vec![OTHER_VILLAGE];
    let mut neighbour = officer(21, Role::Collector);
    elsewhere(&mut neighbour);
    server.signers.insert(neighbour.signer.enrolment, neighbour.signer.clone());
    let made = neighbour.save(&mut document, &[("place/code", text("A1"))]);
    let offers = [offer(&document, &made[0])];
    assert_eq!(pushed(&mut server, &neighbour, &offers), [refused(RefusalCode::ForbiddenScope)]);
    let new = Document::create(Kind::Household, domain::id::DocumentId::new([61; 16]));
    let skeleton = self::offers(&new);
    assert_eq!(pushed(&mut server, &neighbour, &skeleton), [refused(RefusalCode::ForbiddenScope)]);
}

#[test]
fn edits_for_a_moved_or_sealed_household_are_proposals() {
    let (mut server, mut document) = server_with_household();
    let held = server.documents.get_mut(&HOUSEHOLD).unwrap();
    (held.scope, held.former) = (OTHER_VILLAGE, vec![VILLAGE]);
    let made = collector().save(&mut document, &[("place/code", text("A1"))]);
    let proposal = |scope: UnitId, seq| [Some(Verdict::Proposal { scope, seq })];
    let offers = [offer(&document, &made[0])];
    assert_eq!(pushed(&mut server, &collector(), &offers), proposal(OTHER_VILLAGE, 1));
    let held = server.documents.get_mut(&HOUSEHOLD).unwrap();
    (held.scope, held.former) = (VILLAGE, vec![]);
    server.sealed.insert(VILLAGE);
    let made = collector().save(&mut document, &[("place/code", text("A2"))]);
    let offers = [offer(&document, &made[0])];
    assert_eq!(pushed(&mut server, &collector(), &offers), proposal(VILLAGE, 5));
    let new = Document::create(Kind::Household, domain::id::DocumentId::new([62; 16]));
    let skeleton = self::offers(&new);
    assert_eq!(pushed(&mut server, &collector(), &skeleton), proposal(VILLAGE, 6));
}

#[test]
fn edits_of_a_person_who_works_elsewhere_now_are_proposals() {
    let (mut server, mut document) = server_with_household();
    let signer = server.signers.get_mut(&collector().signer.enrolment).unwrap();
    (signer.scopes, signer.former) = (vec![OTHER_VILLAGE], vec![VILLAGE]);
    let proposal = |scope: UnitId, seq| [Some(Verdict::Proposal { scope, seq })];
    let made = collector().save(&mut document, &[("place/code", text("A1"))]);
    assert_eq!(pushed(&mut server, &collector(), &[offer(&document, &made[0])]), proposal(VILLAGE, 5));
    let new = Document::create(Kind::Household, domain::id::DocumentId::new([63; 16]));
    assert_eq!(pushed(&mut server, &collector(), &offers(&new)), proposal(VILLAGE, 6));
    // it moved on to a third village since
    let held = server.documents.get_mut(&HOUSEHOLD).unwrap();
    (held.scope, held.former) = (UnitId::new([7; 16]), vec![VILLAGE]);
    let made = collector().save(&mut document, &[("place/code", text("A2"))]);
    let offers = [offer(&document, &made[0])];
    assert_eq!(pushed(&mut server, &collector(), &offers), proposal(UnitId::new([7; 16]), 1));
    server.signers.get_mut(&collector().signer.enrolment).unwrap().former.clear();
    let made = collector().save(&mut document, &[("place/code", text("A3"))]);
    let offers = [offer(&document, &made[0])];
    assert_eq!(pushed(&mut server, &collector(), &offers), [refused(RefusalCode::ForbiddenScope)]);
}

#[test]
fn a_purged_household_is_refused_for_ever() {
    let (mut server, document) = server_with_household();
    server.purged.insert(HOUSEHOLD);
    let verdicts = pushed(&mut server, &collector(), &offers(&document));
    assert_eq!(verdicts, vec![refused(RefusalCode::Purged); 4]);
}

#[test]
fn a_programme_is_written_by_the_commune_and_only_in_its_place() {
    let (collector, commune) = (collector(), officer(21, Role::CommuneOfficer));
    let mut server = Memory::with(&[&collector, &commune]);
    let edit = [("indicators/merit_people/value", Scalar::Int(12))];
    let mut programme = Document::create(Kind::Programme, Document::programme_id(VILLAGE, 2017));
    commune.save(&mut programme, &edit);
    let skeleton = &offers(&programme)[..1];
    assert_eq!(pushed(&mut server, &collector, skeleton), [refused(RefusalCode::ForbiddenRole)]);
    assert_eq!(pushed(&mut server, &commune, &offers(&programme)), [stored(1), stored(2)]);
    let stray = Document::create(Kind::Programme, Document::programme_id(OTHER_VILLAGE, 2017));
    assert_eq!(pushed(&mut server, &commune, &offers(&stray)), [refused(RefusalCode::Misplaced)]);
    let unknown = |header: &mut BatchHeader| header.documents[0].kind = 9;
    let pushes = signed(&commune, unknown, &offers(&stray));
    assert_eq!(server.verdicts(pushes, &hashes(&offers(&stray))), [refused(RefusalCode::UnknownKind)]);
    let mut mixed = household(&collector);
    let made = collector.save(&mut mixed, &[("place/code", text("A1"))]);
    pushed(&mut server, &collector, &offers(&household(&collector)));
    let as_programme = |header: &mut BatchHeader| header.documents[0].kind = 2;
    let pushes = signed(&collector, as_programme, &[offer(&mixed, &made[0])]);
    assert_eq!(server.verdicts(pushes, &[made[0].hash]), [refused(RefusalCode::Misplaced)]);
}

#[test]
fn a_colleague_carries_another_ones_batch() {
    let mut server = Memory::with(&[&collector()]);
    let document = household(&collector());
    // The carrier's token opened the request; the batch is the collector's, and so are the changes.
    assert_eq!(pushed(&mut server, &collector(), &offers(&document)).last(), Some(&stored(4)));
    let owner = EnrolmentId::new([20; 16]);
    assert!(server.owners.values().all(|enrolment| *enrolment == owner) && !server.owners.is_empty());
}

#[test]
fn a_hash_has_one_verdict_however_often_it_comes() {
    let mut server = Memory::with(&[&collector()]);
    let document = household(&collector());
    let [push] = collector().push(&offers(&document)).try_into().unwrap();
    let forged = |(batch, chunks): &(SignedBatch, Vec<Chunk>)| {
        let mut forged = batch.clone();
        forged.0.signature[0] ^= 1;
        (forged, chunks.clone())
    };
    let twice = Push {
        batches: vec![forged(&push.batches[0]), push.batches[0].clone(), forged(&push.batches[0])],
        pull: None,
        ending: Ending::Complete,
    };
    let answer = server.take(twice);
    let verdicts: Vec<_> = answer.answers.iter().map(|answer| Some(answer.verdict)).collect();
    assert_eq!(verdicts, [stored(1), stored(2), stored(3), stored(4)]);
}
