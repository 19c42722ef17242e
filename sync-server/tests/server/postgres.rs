//! What only a database of several processes has: servers beside each other, locks, and what is refused.

use std::sync::Barrier;
use std::time::Duration;

use ::postgres::{Client, NoTls};
use domain::id::{ActorId, EnrolmentId};
use domain::scalar::Scalar;
use sync::code::PhotoCode;
use sync::limits::PHOTO_MAX;
use sync::live::News;
use sync::push::{Verdict, push_body};
use sync_server::database::postgres::Postgres;
use sync_server::database::{DatabaseError, Location};
use sync_server::verify::verify;

use crate::live::Ear;
use crate::officer::{Officer, answer, from_the_start, household, unit, verdicts};
use crate::photos;
use crate::world::World;

fn addresses(world: &World) -> (String, String) {
    match world.place.location() {
        Location::Postgres { town, keys } => (town.to_string(), keys.to_string()),
        Location::Folder(_) => panic!("these tests need a cluster: .ci/postgres"),
    }
}

fn refusal(town: &str, keys: &str) -> DatabaseError {
    Postgres::open(town, keys).err().expect("refused")
}

#[test]
fn servers_beside_each_other_number_without_gaps() {
    const WRITERS: u8 = 8;
    const EACH: u8 = 5;
    let world = World::new();
    let other = world.beside();
    let villages = ["Khu phố 1", "Khu phố 2"].map(|name| unit(&world, name));
    let officers: Vec<Officer> =
        (1..=WRITERS).map(|number| Officer::enrol(&world, "minh", number).0).collect();
    std::thread::scope(|scope| {
        for (mut officer, at) in officers.into_iter().zip(0_usize..) {
            let server = if at.is_multiple_of(2) { &world } else { &other };
            let village = villages[at / 2 % 2];
            scope.spawn(move || {
                for at in 0..EACH {
                    let document = household(officer.actor.0[0] * 16 + at, &officer);
                    let stored = officer.push(server, &document, village);
                    assert!(stored.iter().all(|it| matches!(it, Verdict::Stored { .. })), "{stored:?}");
                }
            });
        }
    });
    let each = u64::from(WRITERS) * u64::from(EACH);
    let (minh, _) = Officer::enrol(&world, "minh", 99);
    for server in [&world, &other] {
        let pull = minh.pull(server, &from_the_start());
        for village in villages {
            let entries = pull.entries.iter().filter(|entry| entry.scope == village);
            let seqs: Vec<u64> = entries.map(|entry| entry.seq).collect();
            assert_eq!(seqs, (1..=each).collect::<Vec<_>>());
        }
    }
    let verified = verify(&other.app).unwrap();
    assert!(verified.sound, "{:?}", verified.damages);
}

#[test]
fn the_same_changes_on_two_servers_at_once_are_stored_once() {
    let world = World::new();
    let other = world.beside();
    let village = unit(&world, "Khu phố 1");
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    for number in 1..=12 {
        let mut document = household(number, &lan);
        lan.edit(&mut document, &[("place/phone", Scalar::text("0901"))]);
        let body = push_body(&lan.batches(&document, village));
        let start = Barrier::new(2);
        let send = |server| {
            start.wait();
            verdicts(&document, &answer(&lan.send(server, &body), &body))
        };
        let told = std::thread::scope(|scope| {
            let one = scope.spawn(|| send(&world));
            let two = scope.spawn(|| send(&other));
            [one.join().unwrap(), two.join().unwrap()]
        });
        let count = document.changes().len();
        let stored = told.iter().flatten().filter(|it| matches!(it, Verdict::Stored { .. })).count();
        let already = told.iter().flatten().filter(|it| **it == Verdict::Already).count();
        assert_eq!((stored, already), (count, count), "{told:?}");
    }
    assert!(verify(&world.app).unwrap().sound);
}

/// Two people give one new document to two villages at once: one is stored, the other one is told where it is not.
#[test]
fn one_document_in_two_villages_at_once_is_placed_once() {
    let world = World::new();
    let other = world.beside();
    let [first, second] = ["Khu phố 1", "Khu phố 2"].map(|name| unit(&world, name));
    for number in 1..=8 {
        let (mut lan, _) = Officer::enrol(&world, "minh", number);
        let (mut minh, _) = Officer::enrol(&world, "minh", 100 + number);
        let document = household(number, &lan);
        let bodies = [push_body(&lan.batches(&document, first)), push_body(&minh.batches(&document, second))];
        let start = Barrier::new(2);
        let told = std::thread::scope(|scope| {
            let one = scope.spawn(|| {
                start.wait();
                answer(&lan.send(&world, &bodies[0]), &bodies[0])
            });
            let two = scope.spawn(|| {
                start.wait();
                answer(&minh.send(&other, &bodies[1]), &bodies[1])
            });
            [one.join().unwrap(), two.join().unwrap()]
        });
        let skeleton = document.changes()[0].hash;
        let stored = told.iter().flat_map(|told| &told.answers).filter(|it| it.hash == skeleton);
        let stored = stored.filter(|it| matches!(it.verdict, Verdict::Stored { .. })).count();
        assert_eq!(stored, 1, "{told:?}");
    }
    assert!(verify(&world.app).unwrap().sound);
}

/// A process that hangs in the middle of a write holds up its own scope only, and what waited comes after it.
#[test]
fn a_writer_that_hangs_holds_up_its_scope_alone() {
    let world = World::new();
    let villages = ["Khu phố 1", "Khu phố 2"].map(|name| unit(&world, name));
    let (mut lan, _) = Officer::enrol(&world, "minh", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let mut hung = Client::connect(&addresses(&world).0, NoTls).unwrap();
    hung.batch_execute("SET search_path = town; BEGIN").unwrap();
    hung.query("SELECT 1 FROM scopes WHERE unit = $1 FOR UPDATE", &[&villages[0].bytes().as_slice()])
        .unwrap();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| lan.push(&world, &household(1, &lan), villages[0]));
        let beside = minh.push(&world, &household(2, &minh), villages[1]);
        assert_eq!(beside[0], Verdict::Stored { scope: villages[1], seq: 1 });
        std::thread::sleep(Duration::from_millis(300));
        assert!(!waiting.is_finished());
        hung.batch_execute("COMMIT").unwrap();
        assert_eq!(waiting.join().unwrap()[0], Verdict::Stored { scope: villages[0], seq: 1 });
    });
}

/// The engine answers the COMMIT of a transaction that has failed like any other.
#[test]
fn a_failed_statement_undoes_its_transaction_even_if_its_error_is_passed_over() {
    let world = World::new();
    let nobody = EnrolmentId::new([9; 16]);
    let kept = world.app.database.write(0, &[], &mut |ledger| {
        assert!(ledger.claim(ActorId::new([1; 16]), nobody).is_err());
        Ok(())
    });
    assert!(matches!(kept, Err(DatabaseError::Failed(_))), "{kept:?}");
    let seen = world.app.database.write(0, &[], &mut |ledger| {
        assert_eq!(ledger.owner(ActorId::new([1; 16]))?, None);
        Ok(())
    });
    assert_eq!(seen, Ok(()), "the connection is sound afterwards");
}

#[test]
fn a_panic_in_a_transaction_undoes_it_and_harms_no_later_one() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let database = world.app.database.clone();
    let panicked = std::thread::spawn(move || {
        database.write(0, &[], &mut |ledger| {
            ledger.claim(ActorId::new([7; 16]), lan.enrolment)?;
            panic!("on purpose")
        })
    });
    assert!(panicked.join().is_err());
    assert_eq!(world.rows("actors"), 0);
    lan = Officer::enrol(&world, "lan", 2).0;
    assert_eq!(lan.push(&world, &household(1, &lan), unit(&world, "Khu phố 1")).len(), 2);
}

#[test]
fn other_machines_and_a_key_store_that_is_not_apart_are_refused() {
    let world = World::new();
    let (town, keys) = addresses(&world);
    assert_eq!(refusal(&town, &town), DatabaseError::KeysNotApart);
    let far =
        ["postgres://rasoat@192.0.2.1/town", "postgres://rasoat@example.org/town", "mysql://x/y", "town", ""];
    for address in far {
        assert_eq!(refusal(address, &keys), DatabaseError::Address, "{address}");
        assert_eq!(refusal(&town, address), DatabaseError::Address, "{address}");
    }
}

#[test]
fn a_newer_or_foreign_database_is_refused_untouched() {
    let world = World::new();
    let (town, keys) = addresses(&world);
    world.sql().run("INSERT INTO migrations (name) VALUES ('9999-later')").unwrap();
    assert_eq!(refusal(&town, &keys), DatabaseError::Newer);
    world.sql().run("DROP TABLE migrations").unwrap();
    assert!(matches!(refusal(&town, &keys), DatabaseError::Damaged(_)));
    assert_eq!(world.rows("identity"), 1);
}

/// Cuts the connections that listen, as soon as there is one: it is opened beside the request that wants to hear.
fn cut_who_listens(world: &World) {
    let cut = || {
        world.sql().number(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE datname = current_database() AND query LIKE 'LISTEN%'",
        )
    };
    for _ in 0..200 {
        if cut() > 0 {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nobody listened");
}

/// The connection that listens is cut; what is told in the meantime is made up for.
#[test]
fn listening_goes_on_after_its_connection_was_cut() {
    let world = World::new();
    let other = world.beside();
    let village = unit(&world, "Khu phố 1");
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let mut ear = Ear::of(&world, &lan);
    ear.hears(News::Head(village, 0));
    for round in 1..=3_u8 {
        // both processes listen; either may be cut at first
        cut_who_listens(&world);
        let head = 4 * u64::from(round);
        minh.push(&other, &household(round, &minh), village);
        ear.hears(News::Head(village, head - 2));
        minh.push(&other, &household(10 + round, &minh), village);
        ear.hears(News::Head(village, head));
    }
}

/// No text of this engine can hold the letter.
#[test]
fn a_zero_letter_in_a_name_is_no_fault_of_the_server() {
    let world = World::new();
    assert_eq!(world.app.database.office_password("a\0b"), Ok(None));
}

/// What is in the town's database tells nothing without the key store.
#[test]
fn the_log_tells_nothing_without_the_key_store() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    lan.push(&world, &household(9, &lan), unit(&world, "Khu phố 1"));
    let name = hex::encode("Đỗ Văn Hoà");
    let found = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table} AS row WHERE encode(convert_to(row::text, 'UTF8'), 'hex') LIKE '%{name}%'
                           OR row::text LIKE '%{name}%'");
        world.sql().number(&sql)
    };
    assert_eq!(found("views.views"), 1, "the computed views are plain, and in no backup");
    assert_eq!((found("changes"), found("batches"), found("documents")), (0, 0, 0));
}

/// Each piece comes to another process, and every one of them to both at once.
#[test]
fn pieces_of_a_picture_come_to_any_server() {
    let world = World::new();
    let other = world.beside();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let picture = photos::jpeg(PHOTO_MAX);
    let length = PHOTO_MAX as u64;
    let first = photos::described(&world, &mut lan, 1, "Khu phố 1", &picture);
    let (mut held, mut servers) = (0, [&world, &other].into_iter().cycle());
    while held < length {
        held = photos::piece(servers.next().unwrap(), &lan, first, &picture, held).1;
    }
    assert!(photos::get(&other, &lan, first) == picture);
    for number in 2..=6 {
        let id = photos::described(&world, &mut lan, number, "Khu phố 1", &picture);
        let start = Barrier::new(2);
        let send = |server| {
            start.wait();
            photos::put(server, &lan, id, &picture)
        };
        let told = std::thread::scope(|scope| {
            let [one, two] = [&world, &other].map(|server| scope.spawn(move || send(server)));
            [one.join().unwrap(), two.join().unwrap()]
        });
        assert_eq!(told, [PhotoCode::Stored; 2]);
        assert!(photos::get(&world, &lan, id) == picture);
    }
    assert_eq!((world.rows("photos"), world.rows("photo_pieces")), (6, 0));
}
