//! `verify`: a sound town is called sound, and each kind of damage is found where it is.

use domain::scalar::Scalar;
use sync_server::verify::{Damage, DamageCode, verify};

use crate::officer::{Officer, household, unit};
use crate::world::World;

/// A village's log of six changes of three documents.
fn town() -> World {
    let world = World::new();
    let village = unit(&world, "Khu phố 1");
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    for number in 1..=3 {
        let mut document = household(number, &lan);
        lan.push(&world, &document, village);
        lan.edit(&mut document, &[("place/phone", Scalar::text("0901"))]);
        lan.push(&world, &document, village);
    }
    world.sql().lift_guards();
    world
}

/// A damage with its sequence.
type Found = (DamageCode, Option<u64>);

fn found(world: &World) -> Vec<Found> {
    let verified = verify(&world.app).unwrap();
    assert_eq!(verified.sound, verified.damages.is_empty());
    verified.damages.iter().map(|Damage { code, seq, .. }| (*code, *seq)).collect()
}

#[test]
fn a_sound_town_is_called_sound() {
    let verified = verify(&town().app).unwrap();
    assert!(verified.sound, "{:?}", verified.damages);
    assert_eq!((verified.scopes, verified.entries), (1, 9));
    assert_eq!((verified.documents, verified.views), (3, 3));
}

#[test]
fn each_damage_is_located_and_hides_no_other() {
    use DamageCode::{Batch, Body, Digest, Document, Head, Hole, Row, View};
    let flipped = town().sql().damaged_body();
    let cases: [(String, &[Found]); 7] = [
        (
            format!("UPDATE changes SET body = {flipped} WHERE seq IN (3, 6)"),
            &[(Body, Some(3)), (Body, Some(6)), (Document, None), (Document, None)],
        ),
        ("UPDATE changes SET actor = zeroblob(16) WHERE seq = 2".to_owned(), &[(Row, Some(2))]),
        ("UPDATE changes SET actor_seq = 77 WHERE seq = 2".to_owned(), &[(Row, Some(2))]),
        ("UPDATE changes SET batch = NULL WHERE seq = 4".to_owned(), &[(Batch, Some(4))]),
        ("DELETE FROM changes WHERE seq = 9".to_owned(), &[(Head, Some(9)), (Digest, None), (View, None)]),
        ("DELETE FROM changes WHERE seq = 3".to_owned(), &[(Hole, Some(3)), (Digest, None), (View, None)]),
        ("UPDATE scopes SET digest = zeroblob(16)".to_owned(), &[(Digest, None)]),
    ];
    for (statement, expected) in cases {
        let world = town();
        world.sql().run(&statement).unwrap();
        let mut damages = found(&world);
        damages.retain(|(code, _)| *code != Digest || expected.contains(&(Digest, None)));
        assert_eq!(damages, expected, "{statement}");
    }
}

#[test]
fn a_view_that_says_something_else_is_found() {
    let world = town();
    let sql = "UPDATE views.views SET conflicts = 5 WHERE document = (SELECT document FROM views.views ORDER BY document LIMIT 1)";
    assert_eq!(world.sql().run(sql), Ok(1));
    assert_eq!(found(&world), [(DamageCode::View, None)]);
}
