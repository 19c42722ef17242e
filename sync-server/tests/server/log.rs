//! The log: sequences without gaps, the same after a restart, unalterable, and the views equal to a rebuild.

use domain::scalar::Scalar;
use sync::push::Verdict;
use sync::scope::Digest;
use sync_server::projection;

use crate::officer::{Officer, from_the_start, household, review, unit};
use crate::world::World;

fn stored(verdicts: &[Verdict]) -> Vec<u64> {
    let seq = |verdict: &Verdict| match verdict {
        Verdict::Stored { seq, .. } => *seq,
        other => panic!("{other:?}"),
    };
    verdicts.iter().map(seq).collect()
}

#[test]
fn what_one_pushes_another_pulls() {
    let world = World::new();
    let village = unit(&world, "Khu phố 1");
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let document = household(9, &lan);
    assert_eq!(stored(&lan.push(&world, &document, village)), [1, 2]);
    assert_eq!(lan.push(&world, &document, village), [Verdict::Already; 2]);

    let pull = minh.pull(&world, &from_the_start());
    let bytes: Vec<_> = pull.entries.iter().map(|entry| (entry.seq, entry.bytes.clone())).collect();
    let sent: Vec<_> =
        document.changes().into_iter().zip(1..).map(|(change, seq)| (seq, change.bytes)).collect();
    assert_eq!(bytes, sent);
    let key = lan.key.verifying_key().to_bytes();
    assert_eq!(pull.batches[0].verify(&key).unwrap().user, lan.user);
    let state = pull.state.scopes.iter().find(|state| state.unit == village).unwrap();
    let hashes: Vec<_> = document.changes().iter().map(|change| change.hash).collect();
    assert_eq!((state.head, state.digest), (2, Digest::of(&hashes)));
    assert!(pull.state.config.is_some());

    let mut again = from_the_start();
    (again.epoch, again.cursors) = (Some(pull.state.epoch), vec![(village, 1)]);
    again.config_version = pull.state.config_version;
    let rest = minh.pull(&world, &again);
    assert_eq!(rest.entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [2]);
    assert_eq!(rest.state.config, None);
    again.epoch = Some(domain::id::EpochId::new([1; 16]));
    assert_eq!(minh.pull(&world, &again).entries.len(), 2, "cursors of another life mean nothing");
}

#[test]
fn sequences_have_no_gaps_under_many_writers_and_a_restart() {
    const WRITERS: u8 = 6;
    const EACH: u8 = 4;
    let world = World::new();
    let village = unit(&world, "Khu phố 1");
    let officers: Vec<Officer> = (1..=WRITERS)
        .map(|number| Officer::enrol(&world, if number % 2 == 0 { "lan" } else { "minh" }, number).0)
        .collect();
    std::thread::scope(|scope| {
        for mut officer in officers {
            let world = &world;
            scope.spawn(move || {
                for at in 0..EACH {
                    let document = household(officer.actor.0[0] * 16 + at, &officer);
                    stored(&officer.push(world, &document, village));
                }
            });
        }
    });
    let count = u64::from(WRITERS) * u64::from(EACH) * 2;
    let world = world.restarted();
    let (minh, _) = Officer::enrol(&world, "minh", 99);
    let seqs: Vec<u64> = minh.pull(&world, &from_the_start()).entries.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, (1..=count).collect::<Vec<_>>());
}

#[test]
fn views_equal_a_rebuild_and_a_view_computed_afresh() {
    let world = World::new();
    let village = unit(&world, "Khu phố 1");
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let review = review(&world);
    for number in 1..=3 {
        let mut document = household(number, &lan);
        lan.push(&world, &document, village);
        let answer = format!("reviews/{review}/answers/nuoc");
        lan.edit(&mut document, &[(&answer, Scalar::text("khac"))]);
        lan.push(&world, &document, village);
    }
    let scopes = world.app.town.scopes();
    let kept = world.app.database.snapshot(&scopes).unwrap();
    assert_eq!(kept.views.len(), 3);
    assert_eq!(kept.views[0].standings[&review].progress, domain::review::Progress::InProgress);
    projection::rebuild(&world.app).unwrap();
    assert_eq!(world.app.database.snapshot(&scopes).unwrap(), kept);
    let tally = &world.app.database.tallies(review).unwrap()[&village];
    assert_eq!((tally.households, tally.in_progress, tally.not_started), (3, 3, 0));
}

#[test]
fn what_is_append_only_refuses_to_change() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    lan.push(&world, &household(9, &lan), unit(&world, "Khu phố 1"));
    world.app.note("nobody", "test", "").unwrap();
    let mut sql = world.sql();
    let forbidden = [
        "UPDATE changes SET hash = zeroblob(32)",
        "UPDATE changes SET body = zeroblob(1)",
        "DELETE FROM changes",
        "UPDATE batches SET number = 7",
        "DELETE FROM batches",
        "UPDATE registry SET body = '{}'",
        "DELETE FROM registry",
        "UPDATE access_log SET who = 'x'",
        "DELETE FROM access_log",
        "UPDATE scopes SET head = head - 1 WHERE head > 0",
        "UPDATE scopes SET head = head + 2",
    ];
    for statement in forbidden {
        let refused = sql.run(statement).unwrap_err();
        assert!(refused.contains("append_only"), "{statement}: {refused}");
    }
    // What a purge will do: the body goes, the row stays.
    assert_eq!(sql.run("UPDATE changes SET body = NULL WHERE seq = 2"), Ok(1));
}
