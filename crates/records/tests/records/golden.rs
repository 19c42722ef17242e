//! The bytes that can never change.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, ObjId, ObjType, ROOT, ScalarValue};
use domain::id::{DocumentId, ReviewId, UnitId};
use domain::scalar::Scalar;
use records::{Document, Kind};

use crate::support::{Officer, REVIEW, answer, hex, household_id, text};

/// The recorded bytes of a fixture: hex, in lines.
fn fixture(text: &str) -> Vec<u8> {
    let digits: String = text.split_whitespace().collect();
    ::hex::decode(digits).unwrap()
}

fn assert_golden(made: &[u8], recorded: &str) {
    assert_eq!(::hex::encode(made), ::hex::encode(fixture(recorded)));
}

#[test]
fn the_skeletons_are_the_recorded_bytes() {
    let household = Document::skeleton(Kind::Household, household_id());
    assert_golden(&household.bytes, include_str!("../fixtures/skeleton-household.hex"));
    let programme = Document::skeleton(Kind::Programme, household_id());
    assert_golden(&programme.bytes, include_str!("../fixtures/skeleton-programme.hex"));
}

#[test]
fn the_fixed_review_is_the_recorded_bytes() {
    let review = Document::fixed_review(household_id(), REVIEW);
    assert_golden(&review.bytes, include_str!("../fixtures/fixed-review.hex"));
}

#[test]
fn a_save_is_the_recorded_bytes() {
    let made = every_type_of_value();
    assert_golden(&made, include_str!("../fixtures/save.hex"));
}

/// A first save that makes two entries and puts each type of value.
fn every_type_of_value() -> Vec<u8> {
    let mut officer = Officer::new(1);
    let member = format!("members/{}", hex(0xa1));
    officer.saves(&[("place/phone", text("0373 000 000"))]);
    let made = officer.saves(&[
        (&format!("{member}/name"), text("Đỗ Văn Hoà")),
        (&format!("{member}/merit"), Scalar::Bool(true)),
        (&format!("{member}/order"), Scalar::Int(-1)),
        (&answer("tai_san_tt#tivi"), Scalar::Bool(false)),
        (&answer(&format!("bhyt/{}", hex(0xa1))), text("?")),
        (&format!("reviews/{REVIEW}/visits/{}/at", hex(0xb1)), Scalar::Int(1_480_001_000)),
        ("place/phone", Scalar::Null),
    ]);
    made.last().unwrap().bytes.clone()
}

#[test]
fn the_programme_of_a_unit_and_year_has_the_recorded_id() {
    let unit = UnitId::new([0x22; 16]);
    let id = Document::programme_id(unit, 2017);
    assert_eq!(id.to_string(), include_str!("../fixtures/programme-id.txt").trim());
    assert_ne!(id, Document::programme_id(unit, 2018));
    assert_ne!(id, Document::programme_id(UnitId::new([0x23; 16]), 2017));
}

#[test]
fn skeletons_are_bound_to_their_document_and_reviews_to_both() {
    let other = DocumentId::new([0x12; 16]);
    let skeletons =
        [Document::skeleton(Kind::Household, household_id()), Document::skeleton(Kind::Household, other)];
    assert_ne!(skeletons[0].actor, skeletons[1].actor);
    assert_ne!(skeletons[0].hash, skeletons[1].hash);
    let review = Document::fixed_review(household_id(), REVIEW);
    assert_eq!(review.deps, [skeletons[0].hash]);
    assert_ne!(review.actor, Document::fixed_review(household_id(), ReviewId::new([1; 16])).actor);
    assert_ne!(review.actor, Document::fixed_review(other, REVIEW).actor);
}

#[test]
fn derived_actors_have_one_change_each() {
    let derived = Document::derived_actor_changes(Kind::Household, household_id(), &[REVIEW]);
    let hashes: Vec<_> = derived.iter().map(|change| change.hash).collect();
    assert_eq!(
        hashes,
        [
            Document::skeleton(Kind::Household, household_id()).hash,
            Document::fixed_review(household_id(), REVIEW).hash
        ]
    );
    assert_eq!(Document::derived_actor_changes(Kind::Programme, household_id(), &[REVIEW]).len(), 1);
}

/// A household that already holds much opens the review with the same bytes as an empty one.
#[test]
fn the_fixed_review_does_not_depend_on_what_the_household_holds() {
    let mut busy = Officer::new(1);
    busy.saves(&[("place/address", text("Số 5"))]);
    busy.saves(&[("place/address", text("Số 7"))]);
    let made = busy.saves(&[(&answer("nuoc"), text("may"))]);
    assert_eq!(made.len(), 2, "the fixed change, then the save");
    assert_eq!(made[0], Document::fixed_review(household_id(), REVIEW));
}

fn committed(
    doc: &mut Automerge,
    time: i64,
    write: impl FnOnce(&mut automerge::transaction::Transaction<'_>),
) {
    let mut tx = doc.transaction();
    write(&mut tx);
    tx.commit_with(CommitOptions::default().with_time(time));
}

fn last_bytes(doc: &Automerge) -> Vec<u8> {
    doc.get_last_local_change().unwrap().raw_bytes().to_vec()
}

/// Our changes are built from operations; Automerge's own transactions make the same bytes from the same puts.
#[test]
fn automerge_itself_makes_the_same_bytes() {
    let skeleton = Document::skeleton(Kind::Household, household_id());
    let mut doc = Automerge::new().with_actor(skeleton.actor.bytes().as_slice().into());
    let mut reviews = ROOT;
    committed(&mut doc, 0, |tx| {
        tx.put(ROOT, "id", household_id().to_string()).unwrap();
        tx.put(ROOT, "kind", "household").unwrap();
        tx.put(ROOT, "v", ScalarValue::Int(1)).unwrap();
        for container in ["place", "members", "reviews", "supports", "photos"] {
            let made = tx.put_object(ROOT, container, ObjType::Map).unwrap();
            if container == "reviews" {
                reviews = made;
            }
        }
    });
    assert_eq!(last_bytes(&doc), skeleton.bytes);

    let fixed = Document::fixed_review(household_id(), REVIEW);
    doc.set_actor(fixed.actor.bytes().as_slice().into());
    let mut answers = ROOT;
    committed(&mut doc, 0, |tx| {
        let record: ObjId = tx.put_object(&reviews, REVIEW.to_string(), ObjType::Map).unwrap();
        for container in ["answers", "visits", "steps", "comments", "choices"] {
            let made = tx.put_object(&record, container, ObjType::Map).unwrap();
            if container == "answers" {
                answers = made;
            }
        }
    });
    assert_eq!(last_bytes(&doc), fixed.bytes);

    let mut officer = Officer::new(1);
    let ours =
        officer.saves(&[(&answer("dien_tich"), Scalar::Int(40)), (&answer("nuoc"), text("gieng_khoan"))]);
    doc.set_actor(officer.actor.bytes().as_slice().into());
    committed(&mut doc, ours[1].time, |tx| {
        tx.put(&answers, "dien_tich", ScalarValue::Int(40)).unwrap();
        tx.put(&answers, "nuoc", "gieng_khoan").unwrap();
    });
    assert_eq!(last_bytes(&doc), ours[1].bytes);
}

#[test]
fn a_long_save_is_stored_uncompressed() {
    let mut officer = Officer::new(1);
    let long = "một hai ba bốn ".repeat(100);
    let made = officer.saves(&[("place/address", text(&long))]);
    let bytes = &made[0].bytes;
    assert!(bytes.len() > 256);
    assert_eq!(bytes[8], 1, "chunk type: uncompressed change");
    assert_eq!(officer.document.changes().last().unwrap().bytes, *bytes);
    let mut other = Officer::new(2);
    other.document.apply(bytes).unwrap();
    assert_eq!(other.document.household().place.address, Some(long));
}
