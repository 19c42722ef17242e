//! Live events: who is told what, and when nobody is told any more.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use domain::id::UnitId;
use domain::scalar::Scalar;
use sync::live::{Hearing, News};
use sync_server::limits::LISTENERS_OF_ONE;
use sync_server::{moving, quarantine, seal, setup};

use crate::http::get;
use crate::officer::{Officer, household, unit};
use crate::world::World;

/// How long something that is told may take: others' commits are looked for once a second.
const SOON: Duration = Duration::from_secs(10);
/// How long nothing may be told.
const A_WHILE: Duration = Duration::from_millis(1_500);

/// A device that listens.
pub struct Ear {
    stream: TcpStream,
    hearing: Hearing,
    heard: VecDeque<News>,
}

impl Ear {
    pub fn of(world: &World, officer: &Officer) -> Self {
        let mut stream = TcpStream::connect(world.address).unwrap();
        // to this version an answer without length is not in pieces
        let head = format!("GET /v1/live HTTP/1.0\r\nHost: x\r\n{}\r\n", officer.bearer());
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            answer.extend(byte);
        }
        let answer = String::from_utf8(answer).unwrap().to_lowercase();
        for said in
            [" 200 ", "content-type: text/event-stream", "x-accel-buffering: no", "cache-control: no-cache"]
        {
            assert!(answer.contains(said), "{said}: {answer}");
        }
        Self { stream, hearing: Hearing::default(), heard: VecDeque::new() }
    }

    /// The next event; none if none comes in time or the stream ends.
    #[allow(clippy::disallowed_methods, reason = "a test waits by the machine's clock")]
    fn next(&mut self, within: Duration) -> Option<News> {
        let until = Instant::now() + within;
        while self.heard.is_empty() {
            let left = until.saturating_duration_since(Instant::now());
            self.stream.set_read_timeout(Some(left).filter(|left| !left.is_zero())).ok()?;
            let mut piece = [0; 512];
            match self.stream.read(&mut piece) {
                Ok(read) if read > 0 && !left.is_zero() => {
                    self.heard.extend(self.hearing.take(&piece[..read]).unwrap())
                }
                _ => return None,
            }
        }
        self.heard.pop_front()
    }

    /// Hears this, whatever comes before it.
    pub fn hears(&mut self, news: News) {
        while let Some(heard) = self.next(SOON) {
            if heard == news {
                return;
            }
        }
        panic!("{news:?} was not told");
    }

    fn hears_nothing(&mut self) {
        assert_eq!(self.next(A_WHILE), None);
    }

    fn ends(mut self) {
        assert_eq!(self.next(SOON), None);
        self.stream.set_read_timeout(Some(SOON)).unwrap();
        assert_eq!(self.stream.read(&mut [0]).unwrap(), 0, "the stream has an end");
    }
}

/// What is told of the configuration as it is now.
fn configuration(world: &World) -> News {
    News::Configuration(world.app.current().unwrap().identity.configuration_version)
}

fn villages(world: &World) -> [UnitId; 2] {
    ["Khu phố 1", "Khu phố 2"].map(|name| unit(world, name))
}

#[test]
fn a_device_is_told_of_its_own_scopes_and_of_no_others() {
    let world = World::new();
    let [first, second] = villages(&world);
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    minh.push(&world, &household(7, &minh), first);
    let mut ear = Ear::of(&world, &lan);
    assert_eq!(ear.next(SOON), Some(configuration(&world)));
    assert_eq!(ear.next(SOON), Some(News::Head(first, 2)), "how far it is already");
    minh.push(&world, &household(8, &minh), second);
    ear.hears_nothing();
    minh.push(&world, &household(9, &minh), first);
    assert_eq!(ear.next(SOON), Some(News::Head(first, 4)), "once a commit");
    ear.hears_nothing();
    let mut both = Ear::of(&world, &minh);
    let told: Vec<News> = (0..4).filter_map(|_| both.next(SOON)).collect();
    assert!(told.contains(&News::Head(first, 4)) && told.contains(&News::Head(second, 2)), "{told:?}");
}

#[test]
fn what_one_process_takes_is_told_by_the_other() {
    let world = World::new();
    let other = world.beside();
    let [first, _] = villages(&world);
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let mut ears = [Ear::of(&world, &lan), Ear::of(&other, &lan)];
    for (at, server) in [(1, &other), (2, &world), (3, &other)] {
        minh.push(server, &household(at, &minh), first);
        ears.iter_mut().for_each(|ear| ear.hears(News::Head(first, 2 * u64::from(at))));
    }
}

#[test]
fn everything_that_moves_a_log_or_the_configuration_is_told() {
    let world = World::new();
    let [first, second] = villages(&world);
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let mut home = household(9, &minh);
    minh.push(&world, &home, second);
    let mut ear = Ear::of(&world, &minh);
    lan.edit(&mut home, &[("place/address", Scalar::text("Số 9"))]);
    lan.push(&world, &home, second);
    quarantine::release(&world.app, home.id()).unwrap();
    ear.hears(News::Head(second, 3));
    // the command line is another process
    let beside = setup::open(world.place.location()).unwrap();
    moving::relocate(&beside, &home.id().to_string(), "Khu phố 1").unwrap();
    ear.hears(News::Head(first, 4));
    moving::purge(&beside, &home.id().to_string()).unwrap();
    ear.hears(News::Head(first, 5));
    seal::seal(&beside, "2016", "Khu phố 1").unwrap();
    ear.hears(configuration(&world));
    ear.hears_nothing();
}

#[test]
fn without_a_good_token_there_is_nothing_to_hear() {
    let world = World::new();
    let none = get(world.address, "/v1/live", "");
    assert_eq!((none.status, none.refusal().as_str()), (401, "unknown_token"));
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let (ear, mut others) = (Ear::of(&world, &lan), Ear::of(&world, &minh));
    // as the office does it: on the command line, beside the server
    let beside = setup::open(world.place.location()).unwrap();
    setup::revoke(&beside, &lan.enrolment.to_string()).unwrap();
    let mut ear = ear;
    while ear.next(SOON).is_some() {}
    ear.ends();
    let revoked = get(world.address, "/v1/live", &lan.bearer());
    assert_eq!((revoked.status, revoked.refusal().as_str()), (403, "revoked_token"));
    let mut document = household(9, &minh);
    let mut minh = minh;
    minh.edit(&mut document, &[("place/phone", Scalar::text("0901"))]);
    minh.push(&world, &document, unit(&world, "Khu phố 1"));
    others.hears(News::Head(unit(&world, "Khu phố 1"), 3));
}

#[test]
fn a_newer_stream_ends_the_oldest_of_its_device() {
    let world = World::new();
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    let mut ears: VecDeque<Ear> = (0..=LISTENERS_OF_ONE).map(|_| Ear::of(&world, &lan)).collect();
    let mut oldest = ears.pop_front().unwrap();
    while oldest.next(SOON).is_some() {}
    oldest.ends();
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let village = unit(&world, "Khu phố 1");
    minh.push(&world, &household(9, &minh), village);
    ears.iter_mut().for_each(|ear| ear.hears(News::Head(village, 2)));
}

#[test]
#[allow(clippy::disallowed_methods, reason = "how long it takes is measured here")]
fn a_server_that_is_asked_to_end_does_not_wait_for_who_listens() {
    let world = World::new();
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    let mut ear = Ear::of(&world, &lan);
    ear.hears(configuration(&world));
    let started = Instant::now();
    let world = world.restarted();
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    while ear.next(SOON).is_some() {}
    ear.ends();
    Ear::of(&world, &lan).hears(configuration(&world));
}

#[test]
fn who_goes_away_leaves_nothing_behind() {
    let world = World::new();
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    for _ in 0..40 {
        Ear::of(&world, &lan).hears(configuration(&world));
    }
    Ear::of(&world, &lan).hears(configuration(&world));
}
