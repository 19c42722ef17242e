mod permission;

use automerge::transaction::Transactable;
use automerge::{Automerge, Change, ObjType, ROOT, ReadDoc};
use domain::id::{CommentId, DocumentId, MemberId, StepId, VisitId};
use domain::scalar::Scalar;
use domain::user::Role;
use proptest::prelude::*;
use records::{Document, Kind, RawChange};

use super::{Gate, Pace, Refusal, Signer, preparse};
use crate::code::RefusalCode;
use crate::fixture::{HOUSEHOLD, KNOWN, NOW, Officer, REVIEW, answer, household, officer, text};
use crate::hostile::{self, BOMB_COUNT, BOMB_INFLATED, Forge, seal};
use crate::limits::{CHUNK_MAX, OPS_MAX, PREDS_PER_OP_MAX};

fn collector() -> Officer {
    officer(20, Role::Collector)
}

fn gate_of(document: Document) -> Gate {
    Gate::new(document, &[KNOWN], Pace::Each)
}

/// Lets a change in by itself. As a run it comes to the same, or to a gate that says that it is not sound.
fn admit(gate: &mut Gate, chunk: &[u8], by: &Signer) -> Result<(), Refusal> {
    let outline = preparse(chunk)?;
    let mut run = Gate::new(gate.document().clone(), &[KNOWN], Pace::Run);
    let at_once = run.admit(chunk, &outline, by);
    let alone = gate.admit(chunk, &outline, by);
    if run.is_sound() {
        assert_eq!(at_once, alone);
        assert_eq!(run.document().heads(), gate.document().heads());
    }
    alone.map(drop)
}

/// A gate with a household, and the change that a save makes next on it.
fn gate_and_next(edits: &[(&str, Scalar)]) -> (Gate, Vec<u8>) {
    let mut document = household(&collector());
    let gate = gate_of(document.clone());
    let made = collector().save(&mut document, edits);
    (gate, made.last().unwrap().bytes.clone())
}

fn next() -> (Gate, Vec<u8>) {
    gate_and_next(&[(&answer("nuoc"), text("may")), ("place/address", text("Ngõ 4"))])
}

fn refused(code: RefusalCode) -> Refusal {
    Refusal::Code(code)
}

fn agrees(change: &RawChange) {
    let outline = preparse(&change.bytes).unwrap();
    assert_eq!(outline.hash, change.hash);
    assert_eq!(outline.actor, change.actor);
    assert_eq!((outline.seq, outline.start_op, outline.max_op), (change.seq, change.start_op, change.max_op));
    assert_eq!((outline.time, outline.visit, &outline.deps), (change.time, change.visit, &change.deps));
    let library = Change::try_from(change.bytes.as_slice()).unwrap();
    let others: Vec<&[u8]> = outline.other_actors.iter().map(|actor| actor.bytes().as_slice()).collect();
    assert_eq!(others, library.other_actor_ids().iter().map(|actor| actor.to_bytes()).collect::<Vec<_>>());
}

#[test]
fn a_households_changes_pass_one_by_one() {
    let whole = household(&collector());
    let mut gate = gate_of(Document::create(Kind::Household, HOUSEHOLD));
    for change in whole.changes() {
        agrees(&change);
        match admit(&mut gate, &change.bytes, &collector().signer) {
            Ok(()) => assert!(gate.document().has(&change.hash)),
            Err(refusal) => assert_eq!((refusal, change.seq, change.deps.len()), (Refusal::Already, 1, 0)),
        }
    }
    assert_eq!(gate.document().heads(), whole.heads());
    assert_eq!(gate.document().household(), whole.household());
}

#[test]
fn hostile_changes_are_refused_with_their_code_and_leave_the_document_alone() {
    let (mut gate, real) = next();
    let heads = gate.document().heads();
    for (name, bytes, code) in hostile::all(&real).unwrap() {
        let refusal = admit(&mut gate, &bytes, &collector().signer).unwrap_err();
        assert_eq!(refusal, refused(code), "{name}");
        assert_eq!(gate.document().heads(), heads, "{name}");
    }
    assert!(admit(&mut gate, &real, &collector().signer).is_ok());
}

#[test]
fn the_bombs_are_bombs() {
    let actor = crate::fixture::actor(20, 0);
    let bomb = hostile::operation_bomb(actor, BOMB_COUNT);
    assert!(bomb.len() <= 80, "{} bytes", bomb.len());
    assert_eq!(preparse(&bomb), Err(RefusalCode::OverLimit));
    // With fewer operations the library takes the same bytes. The gate would still ask why one key is put twice.
    let small = Change::try_from(hostile::operation_bomb(actor, 1_000).as_slice()).unwrap();
    assert_eq!(small.len(), 1_000);
    assert!(preparse(&hostile::operation_bomb(actor, 1)).is_ok());
    assert_eq!(preparse(&hostile::operation_bomb(actor, 2)), Err(RefusalCode::Damaged));
    assert_eq!(preparse(&hostile::operation_bomb(actor, OPS_MAX)), Err(RefusalCode::Damaged));
    assert_eq!(preparse(&hostile::operation_bomb(actor, OPS_MAX + 1)), Err(RefusalCode::OverLimit));

    let bomb = hostile::predecessor_bomb(actor, BOMB_COUNT);
    assert!(bomb.len() <= 103, "{} bytes", bomb.len());
    let limit_of_start = Forge { start_op: 1, ..Forge::read(&bomb).unwrap() }.bytes();
    assert_eq!(preparse(&limit_of_start), Err(RefusalCode::OverLimit));
    let small = Change::try_from(hostile::predecessor_bomb(actor, 1_000).as_slice()).unwrap();
    assert_eq!(small.decode().operations[0].pred.len(), 1_000);
    assert!(preparse(&hostile::predecessor_bomb(actor, PREDS_PER_OP_MAX)).is_ok());
    assert_eq!(
        preparse(&hostile::predecessor_bomb(actor, PREDS_PER_OP_MAX + 1)),
        Err(RefusalCode::OverLimit)
    );
}

#[test]
fn half_a_gigabyte_in_a_compressed_chunk_is_refused_without_inflating() {
    let bomb = hostile::compressed_bomb(BOMB_INFLATED);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(preparse(&bomb), Err(RefusalCode::Compressed));
}

#[test]
fn a_change_over_the_size_is_refused() {
    let (_, real) = next();
    let long = Forge { extra: vec![0; CHUNK_MAX], ..Forge::read(&real).unwrap() }.bytes();
    assert_eq!(preparse(&long), Err(RefusalCode::OverLimit));
}

#[test]
fn every_flipped_bit_of_every_change_is_refused() {
    for change in household(&collector()).changes() {
        for bit in 0..change.bytes.len() * 8 {
            let mut flipped = change.bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(preparse(&flipped).is_err(), "bit {bit}");
        }
    }
}

#[test]
fn a_forged_change_is_spelt_as_the_real_one() {
    for change in household(&collector()).changes() {
        assert_eq!(Forge::read(&change.bytes).unwrap().bytes(), change.bytes);
    }
}

/// The strongest mutants: every flipped bit with a good checksum. Whatever is admitted must be a sound document.
#[test]
fn whatever_mutant_is_admitted_leaves_a_document_that_loads_again() {
    let (gate, real) = next();
    let content = Forge::read(&real).unwrap().content();
    let mut admitted = 0;
    for bit in 0..content.len() * 8 {
        let mut mutant = content.clone();
        mutant[bit / 8] ^= 1 << (bit % 8);
        let mutant = seal(1, &mutant);
        let mut gate = gate.clone();
        if admit(&mut gate, &mutant, &collector().signer).is_ok() {
            admitted += 1;
            let bytes: Vec<Vec<u8>> = gate.document().changes().into_iter().map(|c| c.bytes).collect();
            let loaded = Document::load(Kind::Household, HOUSEHOLD, bytes.iter().map(Vec::as_slice)).unwrap();
            assert_eq!(loaded.heads(), gate.document().heads());
            loaded.verify().unwrap();
        }
    }
    // Times, answers and letters of the address may differ and still be a change that someone could have made.
    assert!(admitted > 0 && admitted < content.len() * 8 / 2, "{admitted}");
}

/// The library spells a document's columns anew when it saves: another spelling of the same rows has another hash then.
#[test]
fn another_spelling_of_the_same_rows_does_not_become_a_document_that_cannot_load() {
    let (gate, real) = gate_and_next(&[("place/address", text("Ngõ 4"))]);
    let mut forge = Forge::read(&real).unwrap();
    let action = forge.columns.iter_mut().find(|(column, _)| *column == 0x42).unwrap();
    assert_eq!(action.1, [0x7f, 1], "a list of one put");
    action.1 = vec![1, 1];
    let respelt = forge.bytes();
    assert!(preparse(&respelt).is_ok());
    let mut gate = gate.clone();
    assert_eq!(admit(&mut gate, &respelt, &collector().signer), Err(refused(RefusalCode::Unstable)));
    assert!(admit(&mut gate, &real, &collector().signer).is_ok());
}

#[test]
fn another_change_with_the_same_actor_and_sequence_is_an_equivocation() {
    let (mut gate, real) = next();
    let other = Forge { time: NOW + 1, ..Forge::read(&real).unwrap() }.bytes();
    assert!(admit(&mut gate, &real, &collector().signer).is_ok());
    assert_eq!(admit(&mut gate, &other, &collector().signer), Err(Refusal::Equivocation));
    assert_eq!(admit(&mut gate, &real, &collector().signer), Err(Refusal::Already));
}

#[test]
fn counters_and_dependencies_must_fit() {
    let (mut gate, real) = next();
    let forge = Forge::read(&real).unwrap();
    let later = hostile::start_op(&real, forge.start_op + 1).unwrap();
    assert_eq!(admit(&mut gate, &later, &collector().signer), Err(refused(RefusalCode::StartOp)));
    let unknown = Forge { deps: vec![[9; 32]], ..forge.clone() }.bytes();
    assert_eq!(admit(&mut gate, &unknown, &collector().signer), Err(Refusal::MissingDeps));
    let none = Forge { deps: vec![], ..forge }.bytes();
    assert!(matches!(admit(&mut gate, &none, &collector().signer), Err(Refusal::Code(_))));
}

#[test]
fn a_derived_actor_has_its_one_change_and_no_other() {
    let mut gate = gate_of(Document::create(Kind::Household, HOUSEHOLD));
    let fixed = Document::fixed_review(HOUSEHOLD, REVIEW);
    let forged = Forge { time: 5, ..Forge::read(&fixed.bytes).unwrap() }.bytes();
    assert_eq!(admit(&mut gate, &forged, &collector().signer), Err(refused(RefusalCode::DerivedActor)));
    assert!(admit(&mut gate, &fixed.bytes, &collector().signer).is_ok());
    let skeleton = Document::skeleton(Kind::Household, HOUSEHOLD);
    let forged = Forge { seq: 2, ..Forge::read(&skeleton.bytes).unwrap() }.bytes();
    assert_eq!(admit(&mut gate, &forged, &collector().signer), Err(refused(RefusalCode::DerivedActor)));
    let foreign = Document::skeleton(Kind::Household, DocumentId::new([77; 16]));
    assert!(matches!(admit(&mut gate, &foreign.bytes, &collector().signer), Err(Refusal::Code(_))));
}

/// A change made with the library itself, on a household as it is.
fn library_change(edit: impl FnOnce(&mut automerge::transaction::Transaction<'_>)) -> (Gate, Vec<u8>) {
    let document = household(&collector());
    let raw = document.changes();
    let changes = raw.iter().map(|change| Change::try_from(change.bytes.as_slice()).unwrap());
    let mut merged = Automerge::new().with_actor([42; 16].as_slice().into());
    merged.apply_changes(changes).unwrap();
    let mut transaction = merged.transaction();
    edit(&mut transaction);
    transaction.commit();
    let last = merged.get_last_local_change().unwrap();
    (gate_of(document), last.raw_bytes().to_vec())
}

#[test]
fn what_documents_do_not_have_is_refused() {
    type Deed = fn(&mut automerge::transaction::Transaction<'_>);
    let deeds: [(&str, Deed); 8] = [
        ("unknown key", |t| t.put(ROOT, "x", 1).unwrap()),
        ("float", |t| t.put(ROOT, "head", 1.5).unwrap()),
        ("bytes", |t| t.put(ROOT, "head", vec![1_u8]).unwrap()),
        ("counter", |t| t.put(ROOT, "head", automerge::ScalarValue::counter(1)).unwrap()),
        ("list", |t| drop(t.put_object(ROOT, "head", ObjType::List).unwrap())),
        ("map", |t| drop(t.put_object(ROOT, "head", ObjType::Map).unwrap())),
        ("delete", |t| t.delete(ROOT, "head").unwrap()),
        ("container", |t| drop(t.put_object(ROOT, "members", ObjType::Map).unwrap())),
    ];
    for (name, deed) in deeds {
        let (mut gate, bytes) = library_change(deed);
        let refusal = admit(&mut gate, &bytes, &collector().signer).unwrap_err();
        let expected = [refused(RefusalCode::UnknownPath), refused(RefusalCode::Damaged)];
        assert!(expected.contains(&refusal), "{name}: {refusal:?}");
    }
    let (mut gate, bytes) = library_change(|t| {
        let (_, members) = t.get(ROOT, "members").unwrap().unwrap();
        t.put_object(members, "not an id", ObjType::Map).unwrap();
    });
    assert_eq!(admit(&mut gate, &bytes, &collector().signer), Err(refused(RefusalCode::UnknownPath)));
}

#[test]
fn values_that_a_field_does_not_take_are_refused() {
    let member = MemberId::new([7; 16]);
    let wrong = [
        (format!("members/{member}/citizen_id"), text("01234567890")),
        (format!("members/{member}/born"), text("2015-02-31")),
        (format!("members/{member}/name"), text(&"Đ".repeat(10_000))),
        (format!("members/{member}/name"), text("Do\u{302}\u{303} Thử")),
        (format!("members/{member}/sex"), Scalar::Int(1)),
        (format!("reviews/{REVIEW}/b1_entered"), Scalar::Int(-5)),
    ];
    for (path, value) in wrong {
        let (mut gate, bytes) = gate_and_next(&[(&path, value)]);
        assert_eq!(
            admit(&mut gate, &bytes, &collector().signer),
            Err(refused(RefusalCode::InvalidValue)),
            "{path}"
        );
    }
}

/// One move of a random story: which replica, what it does, to which of a few fields.
fn apply(replicas: &mut [Document; 2], officers: &[Officer; 2], (who, deed, place): (usize, u8, u8)) {
    let member = MemberId::new([place % 3; 16]);
    let visit = VisitId::new([place % 2; 16]);
    let value = Scalar::Int(i64::from(deed) + i64::from(place) * 7);
    let edits = match deed % 6 {
        0 => vec![("place/lat".to_owned(), value)],
        1 => vec![
            (format!("members/{member}/order"), value),
            (format!("members/{member}/name"), text("Lê Thử")),
        ],
        2 => vec![(answer("dien_tich"), value)],
        3 => vec![(format!("reviews/{REVIEW}/visits/{visit}/at"), value)],
        4 => vec![("removed".to_owned(), Scalar::Bool(place % 2 == 0)), ("head".to_owned(), Scalar::Null)],
        _ => {
            for change in replicas[1 - who].changes() {
                replicas[who].apply(&change.bytes).unwrap();
            }
            return;
        }
    };
    let edits: Vec<(&str, Scalar)> =
        edits.iter().map(|(path, value)| (path.as_str(), value.clone())).collect();
    officers[who].save(&mut replicas[who], &edits);
}

proptest! {
    #[test]
    fn every_change_that_records_make_passes(story in proptest::collection::vec((0..2_usize, any::<u8>(), any::<u8>()), 1..20)) {
        let officers = [officer(20, Role::Collector), officer(21, Role::Collector)];
        let new = || Document::create(Kind::Household, HOUSEHOLD);
        let mut replicas = [new(), new()];
        for deed in story {
            apply(&mut replicas, &officers, deed);
        }
        replicas.iter().flat_map(Document::changes).for_each(|change| agrees(&change));
    }

    #[test]
    fn arbitrary_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(preparse(&bytes).is_err());
        let _ = preparse(&seal(1, &bytes));
    }

    #[test]
    fn mutated_changes_are_read_without_a_panic(
        nth in 0..4_usize,
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let real = &household(&collector()).changes()[nth].bytes;
        let mut content = Forge::read(real).unwrap().content();
        for (at, byte, deed) in cuts {
            let at = at.index(content.len());
            match deed {
                0 => content[at] = byte,
                1 => content.insert(at, byte),
                _ => { content.remove(at); }
            }
        }
        let mut gate = gate_of(household(&collector()));
        let _ = admit(&mut gate, &seal(1, &content), &collector().signer);
        gate.document().verify().unwrap();
    }
}
