//! Bytes that are damaged, foreign, or made to hurt.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{Automerge, Change, ObjType, ROOT, ReadDoc, ScalarValue};
use domain::field::Field;
use domain::id::DocumentId;
use domain::scalar::Scalar;
use records::{Applied, Document, Hash, Kind, RawChange, Reader, RecordError};

use crate::support::{Officer, REVIEW, answer, hex, household_id, text, touched};

fn busy() -> Officer {
    let mut officer = Officer::new(1);
    officer.answers("nuoc", "may");
    officer.saves(&[("place/address", text("Số 5")), (&format!("members/{}/name", hex(0xa1)), text("Mai"))]);
    officer
}

#[test]
fn every_flipped_bit_and_every_cut_is_an_error() {
    let change = busy().document.changes().pop().unwrap().bytes;
    let mut fresh = busy().document;
    for bit in 0..change.len() * 8 {
        let mut flipped = change.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(fresh.apply(&flipped).is_err(), "bit {bit}");
    }
    for length in 0..change.len() {
        assert!(fresh.apply(&change[..length]).is_err(), "cut at {length}");
    }
    let mut longer = change.clone();
    longer.push(0);
    assert_eq!(RawChange::read(&longer), Err(RecordError::Damaged));
    assert_eq!(fresh.heads(), busy().document.heads());
}

#[test]
fn a_damaged_row_is_an_error_and_not_a_shorter_document() {
    let mut rows: Vec<Vec<u8>> = busy().document.changes().into_iter().map(|change| change.bytes).collect();
    let loaded =
        |rows: &[Vec<u8>]| Document::load(Kind::Household, household_id(), rows.iter().map(Vec::as_slice));
    assert_eq!(loaded(&rows).unwrap().household(), busy().document.household());
    rows.swap(1, 3);
    assert_eq!(loaded(&rows).unwrap().heads(), busy().document.heads(), "any order");
    rows[1][40] ^= 1;
    assert_eq!(loaded(&rows).unwrap_err(), RecordError::Damaged);
    let mut missing: Vec<Vec<u8>> =
        busy().document.changes().into_iter().map(|change| change.bytes).collect();
    missing.remove(2);
    assert_eq!(loaded(&missing).unwrap_err(), RecordError::MissingDeps);
}

#[test]
fn a_compressed_change_is_refused() {
    let mut officer = Officer::new(1);
    let long = "một hai ba bốn ".repeat(100);
    let raw = officer.saves(&[("place/address", text(&long))]).remove(0);
    let mut change = Change::try_from(raw.bytes.as_slice()).unwrap();
    let compressed = change.bytes().into_owned();
    assert_eq!(compressed[8], 2);
    assert_eq!(Officer::new(2).document.apply(&compressed), Err(RecordError::Compressed));
}

#[test]
fn a_change_of_one_household_does_not_apply_to_another() {
    let other = DocumentId::new([0x12; 16]);
    let mut document = Document::create(Kind::Household, other);
    let before = document.heads();
    for change in busy().document.changes() {
        match document.apply(&change.bytes) {
            Ok(Applied::MissingDeps) | Err(RecordError::Foreign) => {}
            taken => panic!("{taken:?}"),
        }
    }
    assert_eq!(document.heads(), before);
    let rows = busy().document.changes();
    let loaded = Document::load(Kind::Household, other, rows.iter().map(|change| change.bytes.as_slice()));
    assert_eq!(loaded.unwrap_err(), RecordError::Foreign);
}

#[test]
fn the_same_actor_and_sequence_with_other_content_is_equivocation() {
    let mut officer = busy();
    let mut clone = officer.clone();
    officer.answers("nha_tieu", "khong");
    clone.answers("nha_tieu", "khac");
    let change = clone.document.changes().pop().unwrap();
    let before = officer.document.heads();
    assert_eq!(officer.document.apply(&change.bytes), Err(RecordError::Equivocation));
    assert_eq!(officer.document.heads(), before);
}

/// Decodes a change, alters it, encodes it again with a right checksum.
fn altered(raw: &RawChange, alter: impl FnOnce(&mut automerge::ExpandedChange)) -> Vec<u8> {
    let mut expanded = Change::try_from(raw.bytes.as_slice()).unwrap().decode();
    expanded.hash = None;
    alter(&mut expanded);
    Change::from(expanded).raw_bytes().to_vec()
}

#[test]
fn jumps_of_sequence_and_counter_are_refused() {
    let mut officer = busy();
    let target = officer.clone();
    officer.answers("nha_tieu", "khong");
    let next = officer.document.changes().pop().unwrap();
    let cases = [
        (altered(&next, |change| change.seq += 1), RecordError::Sequence),
        (altered(&next, |change| change.seq = u64::MAX), RecordError::Sequence),
        (
            altered(&next, |change| change.start_op = u64::from(u32::MAX).try_into().unwrap()),
            RecordError::StartOp,
        ),
        (altered(&next, |change| change.start_op = 1.try_into().unwrap()), RecordError::StartOp),
        (altered(&next, |change| change.deps.clear()), RecordError::Foreign),
        (altered(&next, |change| change.extra_bytes = vec![1]), RecordError::Damaged),
        (altered(&next, |change| change.operations.clear()), RecordError::Damaged),
        (altered(&next, |change| change.actor_id = vec![1; 15].into()), RecordError::Damaged),
    ];
    for (bytes, error) in cases {
        let mut document = target.document.clone();
        assert_eq!(document.apply(&bytes), Err(error));
        assert_eq!(document.heads(), target.document.heads());
        document.verify().unwrap();
    }
}

#[test]
fn a_change_must_have_seen_its_actors_previous_one() {
    let mut officer = busy();
    let skeleton = Document::skeleton(Kind::Household, household_id());
    let blind = officer.saves(&[("place/phone", text("1"))]).pop().unwrap();
    let bytes = altered(&blind, |change| {
        change.seq += 1;
        change.deps = vec![automerge::ChangeHash(skeleton.hash)];
        change.start_op = (skeleton.max_op + 1).try_into().unwrap();
    });
    assert_eq!(officer.document.apply(&bytes), Err(RecordError::Sequence));
}

/// A change that another program makes on the household.
fn foreign(on: &Officer, write: impl FnOnce(&mut Transaction<'_>)) -> (Document, Hash) {
    let mut doc = Automerge::new();
    let changes = on.document.changes();
    doc.apply_changes(
        changes.iter().map(|raw| Change::try_from(raw.bytes.as_slice()).unwrap()).collect::<Vec<_>>(),
    )
    .unwrap();
    doc.set_actor(vec![0x77; 16].into());
    let mut tx = doc.transaction();
    write(&mut tx);
    tx.commit_with(CommitOptions::default().with_time(1));
    let change = doc.get_last_local_change().unwrap();
    let mut document = on.document.clone();
    assert_eq!(document.apply(change.raw_bytes()), Ok(Applied::New));
    (document, change.hash().0)
}

fn under(tx: &Transaction<'_>, path: &[&str]) -> automerge::ObjId {
    path.iter().fold(ROOT, |object, key| tx.get(&object, *key).unwrap().unwrap().1)
}

#[test]
fn what_documents_do_not_have_is_not_touched_but_refused() {
    let officer = busy();
    let review = REVIEW.to_string();
    let answers = ["reviews", review.as_str(), "answers"];
    let member = hex(0xa1);
    type Write<'a> = Box<dyn FnOnce(&mut Transaction<'_>) + 'a>;
    let cases: Vec<(Write<'_>, RecordError)> = vec![
        (Box::new(|tx| tx.put(ROOT, "id", "x").unwrap()), RecordError::UnknownPath),
        (Box::new(|tx| tx.put(ROOT, "members", 1).unwrap()), RecordError::UnknownPath),
        (Box::new(|tx| tx.delete(ROOT, "members").unwrap()), RecordError::UnknownPath),
        (
            Box::new(|tx| {
                tx.put_object(ROOT, "reviews", ObjType::Map).unwrap();
            }),
            RecordError::UnknownPath,
        ),
        (
            Box::new(|tx| {
                let reviews = under(tx, &["reviews"]);
                tx.put_object(reviews, hex(0xef), ObjType::Map).unwrap();
            }),
            RecordError::UnknownPath,
        ),
        (
            Box::new(|tx| {
                let answers = under(tx, &answers);
                tx.put_object(answers, "nuoc", ObjType::Text).unwrap();
            }),
            RecordError::UnknownPath,
        ),
        (
            Box::new(|tx| {
                let members = under(tx, &["members"]);
                tx.delete(members, member.as_str()).unwrap();
            }),
            RecordError::UnknownPath,
        ),
        (
            Box::new(|tx| {
                let answers = under(tx, &answers);
                tx.put(answers, "nuoc", ScalarValue::Uint(1)).unwrap();
            }),
            RecordError::WrongValue,
        ),
        (
            Box::new(|tx| {
                let answers = under(tx, &answers);
                tx.put(answers, "nuoc", ScalarValue::counter(1)).unwrap();
            }),
            RecordError::WrongValue,
        ),
    ];
    for (nth, (write, error)) in cases.into_iter().enumerate() {
        let (document, hash) = foreign(&officer, write);
        assert_eq!(touched(&document, &hash), Err(error), "case {nth}");
        document.household();
        document.conflicts();
        document.history();
    }
}

/// An answer under a nested map would have the path of a flat key: it is neither read nor taken.
#[test]
fn a_nested_map_does_not_pass_for_a_flat_key() {
    let officer = busy();
    let (document, hash) = foreign(&officer, |tx| {
        let answers = under(tx, &["reviews", &REVIEW.to_string(), "answers"]);
        let nested = tx.put_object(answers, "bhyt", ObjType::Map).unwrap();
        tx.put(nested, hex(0xa1), true).unwrap();
    });
    assert_eq!(touched(&document, &hash), Err(RecordError::UnknownPath));
    assert_eq!(document.household(), officer.document.household());
}

#[test]
fn a_change_may_only_supersede_the_same_field_that_it_has_seen() {
    let mut officer = busy();
    let target = officer.clone();
    officer.saves(&[(&answer("nuoc"), text("mua")), (&answer("nha_loa"), text("x"))]);
    let next = officer.document.changes().pop().unwrap();
    let crossed = altered(&next, |change| {
        let over = change.operations.iter().find(|op| !op.pred.is_empty()).unwrap().pred.clone();
        change.operations.iter_mut().for_each(|op| op.pred = over.clone());
    });
    let mut document = target.document.clone();
    assert_eq!(document.apply(&crossed), Ok(Applied::New));
    let hash = RawChange::read(&crossed).unwrap().hash;
    assert_eq!(touched(&document, &hash), Err(RecordError::Predecessor));
}

/// It names the operation of someone whose save it does not descend from: that answer would vanish unseen.
#[test]
fn a_change_may_not_supersede_what_it_has_not_seen() {
    let mut officer = busy();
    let mut other = officer.clone();
    other.actor = domain::id::ActorId::new([2; 16]);
    let theirs = other.saves(&[(&answer("nuoc"), text("khac"))]).remove(0);
    let ours = officer.saves(&[(&answer("nuoc"), text("mua"))]).remove(0);
    let sly = altered(&ours, |change| {
        change.actor_id = vec![3; 16].into();
        change.seq = 1;
        let unseen = automerge::legacy::OpId(theirs.start_op, vec![2; 16].into());
        let over: Vec<_> = change.operations[0].pred.iter().cloned().chain([unseen]).collect();
        change.operations[0].pred = over.into();
    });
    let refused = Reader::new(other.document).read(&sly).map(|reading| reading.touched());
    assert_eq!(refused, Err(RecordError::Predecessor));
}

/// The map of an entry that someone else made at the same time: whether it is there depends on who came first.
#[test]
fn a_change_may_not_write_into_what_it_has_not_seen() {
    let mut officer = busy();
    let mut other = officer.clone();
    other.actor = domain::id::ActorId::new([2; 16]);
    let name = format!("members/{}/name", hex(0xb2));
    let theirs = other.saves(&[(&name, text("Lan"))]).remove(0);
    let ours = officer.saves(&[("place/address", text("Số 6"))]).remove(0);
    let sly = altered(&ours, |change| {
        change.actor_id = vec![3; 16].into();
        change.seq = 1;
        let map = automerge::legacy::OpId(theirs.start_op, vec![2; 16].into());
        change.operations[0].obj = automerge::legacy::ObjectId::Id(map);
        change.operations[0].key = automerge::legacy::Key::Map("name".into());
        change.operations[0].pred = Vec::new().into();
    });
    let refused = Reader::new(other.document).read(&sly).map(|reading| reading.touched());
    assert_eq!(refused, Err(RecordError::UnknownPath));
}

/// Read one after the other as they arrive, or each beside what it has seen: it is the same.
#[test]
fn what_was_read_before_is_not_read_again() {
    let mut officer = busy();
    officer.saves(&[(&answer("nuoc"), text("mua"))]);
    officer.saves(&[(&format!("members/{}/name", hex(0xa1)), text("Mai Anh"))]);
    let mut reader = Reader::new(Document::create(Kind::Household, household_id()));
    for change in &officer.document.changes()[1..] {
        let reading = reader.read(&change.bytes).unwrap();
        assert_eq!(Ok(reading.touched()), touched(&officer.document, &change.hash));
        reader.take(reading).unwrap();
    }
    assert_eq!(reader.document().heads(), officer.document.heads());
}

#[test]
fn touched_names_the_fields_and_values_of_a_save() {
    let mut officer = busy();
    let made = officer.saves(&[(&answer("nuoc"), text("mua")), ("place/lat", Scalar::Int(5))]);
    let list = touched(&officer.document, &made[0].hash).unwrap();
    let expected: Vec<(Field, Scalar)> =
        vec![("place/lat".parse().unwrap(), Scalar::Int(5)), (answer("nuoc").parse().unwrap(), text("mua"))];
    assert_eq!(list, expected);
    for change in officer.document.changes() {
        touched(&officer.document, &change.hash).unwrap();
    }
    let fixed = Document::fixed_review(household_id(), REVIEW);
    assert_eq!(touched(&officer.document, &fixed.hash), Ok(vec![]));
}

#[test]
fn every_error_has_its_own_code() {
    let errors = [
        RecordError::Damaged,
        RecordError::Compressed,
        RecordError::Foreign,
        RecordError::MissingDeps,
        RecordError::Equivocation,
        RecordError::Sequence,
        RecordError::StartOp,
        RecordError::UnknownHeads,
        RecordError::UnknownPath,
        RecordError::WrongValue,
        RecordError::Predecessor,
        RecordError::ActorInUse,
        RecordError::SkeletonRefused,
        RecordError::Merge("detail for the log".to_owned()),
    ];
    let codes: std::collections::BTreeSet<String> = errors.iter().map(RecordError::code).collect();
    assert_eq!(codes.len(), errors.len());
    assert!(codes.iter().all(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')));
}
