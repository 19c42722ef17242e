//! Merging is commutative, associative and idempotent, over random saves on random states.

use std::collections::BTreeSet;

use domain::id::ActorId;
use domain::scalar::Scalar;
use proptest::prelude::*;
use records::{Applied, Author, Document, Edit, Hash, Heads, Kind, RawChange};

use crate::support::{REVIEW, answer, edit, hex, household_id, text, touched};

/// One save: by whom, on which changes of those there are, and what.
#[derive(Clone, Debug)]
struct Command {
    officer: u8,
    on: Vec<prop::sample::Index>,
    edits: Vec<Edit>,
}

fn value() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        Just(Scalar::Null),
        any::<bool>().prop_map(Scalar::Bool),
        (0..3i64).prop_map(Scalar::Int),
        "[ab]".prop_map(Scalar::Text),
    ]
}

/// Few fields, so that they meet: scalars at every depth, entries, and choices.
fn an_edit() -> impl Strategy<Value = Edit> {
    let paths = prop_oneof![
        Just("removed".to_owned()),
        Just("place/phone".to_owned()),
        (0..3u8).prop_map(|n| format!("members/{}/name", hex(0xa0 + n))),
        (0..3u8).prop_map(|n| answer(["nuoc", "nha_tieu", "tai_san_tt#tivi"][usize::from(n)])),
        (0..2u8).prop_map(|n| format!("reviews/{}/b1_entered", hex(0xee + n))),
    ];
    let plain = (paths, value()).prop_map(|(path, value)| edit(&path, value));
    let choice = (0..2u8).prop_map(|n| {
        let field = answer(["nuoc", "nha_tieu"][usize::from(n)]);
        edit(&format!("reviews/{REVIEW}/choices/{}/field", hex(0xc0 + n)), text(&field))
    });
    prop_oneof![5 => plain, 1 => choice]
}

fn command() -> impl Strategy<Value = Command> {
    let on = prop::collection::vec(any::<prop::sample::Index>(), 1..3);
    let edits = prop::collection::vec(an_edit(), 1..4);
    (1..4u8, on, edits).prop_map(|(officer, on, edits)| Command { officer, on, edits })
}

/// The document that saw every save.
fn played(commands: &[Command]) -> Document {
    let mut document = Document::create(Kind::Household, household_id());
    for (nth, command) in commands.iter().enumerate() {
        let hashes: Vec<Hash> = document.changes().iter().map(|change| change.hash).collect();
        let on = Heads::new(command.on.iter().map(|index| *index.get(&hashes)).collect());
        let mut spare = [command.officer; 16];
        spare[0] = 0x80 + nth as u8;
        let (actor, time) = (ActorId::new([command.officer; 16]), nth as i64);
        let author = Author { actor, spare: ActorId::new(spare), time, visit: None };
        let heads = document.at(&on).unwrap().heads();
        document.save(&heads, &command.edits, &author).unwrap();
    }
    document
}

/// Takes changes in this order; one that is too early waits, and everything comes twice.
fn arrived<'a>(order: impl IntoIterator<Item = &'a RawChange>) -> Document {
    let mut document = Document::create(Kind::Household, household_id());
    let mut waiting: Vec<&RawChange> = order.into_iter().collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|change| document.apply(&change.bytes).unwrap() == Applied::MissingDeps);
        assert!(waiting.len() < before, "a change waits for ever");
    }
    for change in document.changes() {
        assert_eq!(document.apply(&change.bytes), Ok(Applied::Already));
    }
    document
}

fn assert_same(one: &Document, other: &Document) {
    assert_eq!(one.heads(), other.heads());
    assert_eq!(one.changes(), other.changes());
    assert_eq!(one.household(), other.household());
    assert_eq!(one.conflicts(), other.conflicts());
    assert_eq!(one.history(), other.history());
}

fn union(one: &Document, other: &Document) -> Document {
    let mut both = one.clone();
    for change in other.changes() {
        assert_ne!(both.apply(&change.bytes), Ok(Applied::MissingDeps));
    }
    both
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(count - 1);
    let inserted = shorter.iter().flat_map(|order| {
        (0..count).map(move |at| {
            let mut longer = order.clone();
            longer.insert(at, count - 1);
            longer
        })
    });
    inserted.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_order_of_arrival_gives_the_same(commands in prop::collection::vec(command(), 1..4)) {
        let document = played(&commands);
        let changes: Vec<RawChange> = document.changes().into_iter().skip(1).collect();
        for order in permutations(changes.len().min(5)) {
            let rest = changes.iter().skip(5);
            assert_same(&arrived(order.iter().map(|at| &changes[*at]).chain(rest)), &document);
        }
    }

    #[test]
    fn long_histories_agree(
        (document, order) in prop::collection::vec(command(), 4..16).prop_map(|commands| played(&commands))
            .prop_flat_map(|document| {
                let order: Vec<usize> = (0..document.changes().len()).collect();
                (Just(document), Just(order).prop_shuffle())
            })
    ) {
        let changes = document.changes();
        let shuffled: Vec<&RawChange> = order.iter().map(|at| &changes[*at]).collect();
        assert_same(&arrived(shuffled.iter().copied()), &document);
        let rows = shuffled.iter().map(|change| change.bytes.as_slice());
        assert_same(&Document::load(Kind::Household, household_id(), rows).unwrap(), &document);
        document.verify().unwrap();
        for change in &changes {
            prop_assert!(touched(&document, &change.hash).is_ok());
        }
    }

    #[test]
    fn merging_is_a_union(
        commands in prop::collection::vec(command(), 3..10),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 3),
    ) {
        let document = played(&commands);
        let hashes: Vec<Hash> = document.changes().iter().map(|change| change.hash).collect();
        let part = |nth: usize| document.at(&Heads::new(vec![*picks[nth].get(&hashes)])).unwrap();
        let (a, b, c) = (part(0), part(1), part(2));
        assert_same(&union(&a, &a), &a);
        assert_same(&union(&a, &b), &union(&b, &a));
        assert_same(&union(&union(&a, &b), &c), &union(&a, &union(&b, &c)));
    }

    /// Whatever is refused, the rest stays, and what was made on top of it is sound again.
    #[test]
    fn a_remade_document_is_sound(
        commands in prop::collection::vec(command(), 2..12),
        pick in any::<prop::sample::Index>(),
    ) {
        let document = played(&commands);
        let changes = document.changes();
        let refused = changes[1..].get(pick.index(changes.len())).map(|change| change.hash);
        let refused: BTreeSet<Hash> = refused.into_iter().collect();
        let mut next = 0xb0;
        let mut fresh = || {
            next += 1;
            ActorId::new([next; 16])
        };
        let (rebuilt, remade) = document.remake(&refused, &mut fresh).unwrap();
        rebuilt.verify().unwrap();
        let olds: BTreeSet<Hash> = remade.iter().map(|remade| remade.old).collect();
        for change in &changes {
            let seen = document.at(&Heads::new(vec![change.hash])).unwrap();
            let lost = refused.iter().any(|hash| seen.has(hash));
            prop_assert_eq!(rebuilt.has(&change.hash), !lost);
            prop_assert!(lost || !olds.contains(&change.hash));
        }
        for change in rebuilt.changes() {
            prop_assert!(touched(&rebuilt, &change.hash).is_ok());
        }
    }

    /// Every value that was ever saved stands, is shown as covered, or was superseded by someone who had seen it.
    #[test]
    fn no_value_disappears_unseen(commands in prop::collection::vec(command(), 2..12)) {
        let document = played(&commands);
        for event in document.history() {
            let then = document.at(&Heads::new(vec![event.hash])).unwrap();
            for edit in &event.edits {
                prop_assert_eq!(&standing(&then, &edit.field)[0], &edit.value, "the author reads it back");
            }
        }
        let heads = document.heads();
        for head in &heads.0 {
            let change = document.history().into_iter().find(|event| event.hash == *head);
            for edit in change.into_iter().flat_map(|event| event.edits) {
                let stands = standing(&document, &edit.field);
                prop_assert!(stands.contains(&edit.value), "{} of a head", edit.field);
            }
        }
    }
}

/// The values that a field has now: the contradicting ones, or the only one, which the last writer put.
fn standing(document: &Document, field: &domain::field::Field) -> Vec<Scalar> {
    let conflicts = document.conflicts();
    let contested = conflicts
        .iter()
        .find(|conflict| conflict.field == *field && conflict.kind == records::ConflictKind::Concurrent);
    if let Some(conflict) = contested {
        return conflict.values.iter().map(|told| told.value.clone()).collect();
    }
    let history = document.history();
    let edits = history.iter().flat_map(|event| event.edits.iter().map(move |edit| (event.hash, edit)));
    let writers: Vec<_> = edits.filter(|(_, edit)| edit.field == *field).collect();
    let superseded = |hash: &Hash| {
        writers
            .iter()
            .any(|(other, _)| other != hash && document.at(&Heads::new(vec![*other])).unwrap().has(hash))
    };
    writers.iter().filter(|(hash, _)| !superseded(hash)).map(|(_, edit)| edit.value.clone()).collect()
}
