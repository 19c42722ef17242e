//! Documents without the changes that the server refused.

use std::collections::BTreeSet;

use domain::id::ActorId;
use domain::scalar::Scalar;
use records::{ConflictKind, Document, Hash, RecordError, Remade};

use crate::support::{Officer, REVIEW, answer, hex, household_id, meet, text, touched};

/// Remakes, with actors 0xf0, 0xf1 …
fn remake(officer: &Officer, refused: &[Hash]) -> (Officer, Vec<Remade>) {
    let mut next = 0xef;
    let mut fresh = || {
        next += 1;
        ActorId::new([next; 16])
    };
    let refused: BTreeSet<Hash> = refused.iter().copied().collect();
    let (document, remade) = officer.document.remake(&refused, &mut fresh).unwrap();
    document.verify().unwrap();
    for change in document.changes() {
        touched(&document, &change.hash).unwrap();
    }
    let mut rebuilt = officer.clone();
    rebuilt.document = document;
    (rebuilt, remade)
}

#[test]
fn later_edits_are_made_again_under_one_fresh_actor() {
    let mut officer = Officer::new(1);
    officer.answers("nuoc", "may");
    let refused = officer.answers("nha_tieu", "khong");
    let later = [officer.answers("nha_loai", "don_so"), officer.answers("nuoc", "mua")];
    let (rebuilt, remade) = remake(&officer, &[refused]);
    assert_eq!(rebuilt.reads("nha_tieu"), None);
    assert_eq!(rebuilt.reads("nha_loai"), Some(text("don_so")));
    assert_eq!(rebuilt.reads("nuoc"), Some(text("mua")));
    let olds: Vec<Hash> = remade.iter().map(|remade| remade.old).collect();
    assert_eq!(olds, later);
    for (nth, Remade { old, new }) in remade.iter().enumerate() {
        assert_eq!((new.actor, new.seq), (ActorId::new([0xf0; 16]), nth as u64 + 1));
        assert_eq!(new.time, officer.document.change(old).unwrap().time);
        assert!(!rebuilt.document.has(old));
    }
}

#[test]
fn nothing_is_made_again_where_nothing_depends_on_the_refused_change() {
    let (mut one, mut two) = (Officer::new(1), Officer::new(2));
    one.answers("nuoc", "may");
    meet(&mut one, &mut two);
    let refused = one.answers("nha_tieu", "khong");
    two.answers("nha_loai", "don_so");
    one.receives(&two);
    let (rebuilt, remade) = remake(&one, &[refused]);
    assert!(remade.is_empty());
    assert_eq!(rebuilt.document.heads(), two.document.heads());
}

/// What had not seen each other before has not seen each other afterwards.
#[test]
fn remade_edits_stay_concurrent_with_what_they_had_not_seen() {
    let (mut one, mut two) = (Officer::new(1), Officer::new(2));
    one.answers("nuoc", "may");
    meet(&mut one, &mut two);
    let refused = one.answers("nha_tieu", "khong");
    one.answers("nuoc", "mua");
    two.answers("nuoc", "khac");
    one.receives(&two);
    one.answers("nha_loai", "don_so");
    let (rebuilt, remade) = remake(&one, &[refused]);
    assert_eq!(remade.len(), 2);
    let mut contested = rebuilt.contested(ConflictKind::Concurrent);
    contested.sort();
    assert_eq!(contested, ["khac", "mua"]);
    assert_eq!(rebuilt.reads("nha_loai"), Some(text("don_so")));
}

#[test]
fn an_edit_of_a_refused_entry_makes_the_entry_again() {
    let mut officer = Officer::new(1);
    let member = format!("members/{}", hex(0xa1));
    let made = officer.saves(&[(&format!("{member}/name"), text("Mai"))]);
    officer.saves(&[(&format!("{member}/born"), text("1980"))]);
    let (rebuilt, remade) = remake(&officer, &[made[0].hash]);
    assert_eq!(remade.len(), 1);
    let household = rebuilt.document.household();
    let only = household.members.values().next().unwrap();
    assert_eq!((only.name.as_deref(), only.born.as_deref()), (None, Some("1980")));
}

#[test]
fn an_edit_that_would_change_nothing_is_not_made_again() {
    let mut officer = Officer::new(1);
    officer.answers("nuoc", "may");
    let refused = officer.answers("nuoc", "mua");
    officer.answers("nuoc", "may");
    officer.answers("nha_tieu", "khong");
    let (rebuilt, remade) = remake(&officer, &[refused]);
    assert_eq!(remade.len(), 1);
    assert_eq!((rebuilt.reads("nuoc"), rebuilt.reads("nha_tieu")), (Some(text("may")), Some(text("khong"))));
}

#[test]
fn edits_of_a_refused_review_go_with_it() {
    let mut officer = Officer::new(1);
    officer.saves(&[(&answer("nuoc"), text("may")), ("place/phone", text("1"))]);
    officer.saves(&[(&answer("nha_tieu"), text("khong")), ("place/address", text("Số 5"))]);
    let fixed = Document::fixed_review(household_id(), REVIEW);
    let (rebuilt, remade) = remake(&officer, &[fixed.hash]);
    assert_eq!(remade.len(), 2);
    assert!(!rebuilt.document.has(&fixed.hash));
    let household = rebuilt.document.household();
    assert!(household.reviews.is_empty());
    assert_eq!(household.place.address.as_deref(), Some("Số 5"));
    assert_eq!(household.place.phone.as_deref(), Some("1"));
}

#[test]
fn without_its_skeleton_nothing_is_left() {
    let officer = Officer::new(1);
    let skeleton = officer.document.changes()[0].hash;
    let remade = officer.document.remake(&BTreeSet::from([skeleton]), &mut || ActorId::new([9; 16]));
    assert_eq!(remade.unwrap_err(), RecordError::SkeletonRefused);
}

/// A clone of the device took our place in the actor's sequence: its change is in the log, ours are made again beside
/// it, and the contradiction is shown.
#[test]
fn after_an_equivocation_both_are_there() {
    let mut officer = Officer::new(1);
    officer.answers("nuoc", "may");
    let mut clone = officer.clone();
    let ours = officer.answers("nuoc", "mua");
    officer.answers("nha_tieu", "khong");
    let theirs = clone.saves(&[(&answer("nuoc"), text("khac")), ("removed", Scalar::Bool(false))]);
    assert_eq!(officer.document.apply(&theirs[0].bytes), Err(RecordError::Equivocation));

    let displaced = BTreeSet::from([ours]);
    let mut fresh = || ActorId::new([0xf0; 16]);
    let (mut rebuilt, remade) =
        officer.document.remake_beside(&BTreeSet::new(), &displaced, &mut fresh).unwrap();
    assert_eq!(remade.len(), 2);
    assert!(remade.iter().all(|remade| remade.new.actor == ActorId::new([0xf0; 16])));
    rebuilt.apply(&theirs[0].bytes).unwrap();
    rebuilt.verify().unwrap();
    officer.document = rebuilt;
    assert_eq!(officer.reads("nha_tieu"), Some(text("khong")));
    let mut contested = officer.contested(ConflictKind::Concurrent);
    contested.sort();
    assert_eq!(contested, ["khac", "mua"]);
}
