//! Two server processes over one PostgreSQL.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use domain::id::{ActorId, DocumentId};
use records::Hash;
use sync::push::Verdict;
use tests::client::{Client, answer, chunk, household_by};
use tests::server::{Server, command};
use tests::town::Town;

const WRITERS: u8 = 4;
/// Deaths of each server, and how long both live between two of them.
const DEATHS: usize = 4;
const LIFE: Duration = Duration::from_millis(350);
/// Households of one push.
const HOUSEHOLDS: u8 = 3;

/// Officers' devices reach either process, and what one took the other one gives.
#[test]
fn officers_meet_over_two_servers() {
    let mut town = Town::open();
    let (mut ha, mut binh) = (town.officer("ha"), town.officer("binh"));
    let beside = town.server_beside("beside.log");
    binh.turns_to(beside.address());
    let home = ha.enters("Đỗ Văn Hoà");
    ha.syncs();
    binh.syncs();
    binh.answers(&home, "nuoc", "khac");
    binh.syncs();
    ha.syncs();
    assert_eq!(ha.opens(&home).answer("nuoc"), "khac");
    ha.turns_to(beside.address());
    town.server_dies();
    let second = ha.enters("Lê Thị Bưởi");
    ha.syncs();
    binh.syncs();
    assert_eq!(binh.opens(&second).members(), ["Lê Thị Bưởi"]);
}

/// What the servers' addresses are now, and what they have acknowledged.
struct Known {
    urls: Mutex<[String; 2]>,
    acknowledged: Mutex<BTreeMap<Hash, usize>>,
    over: AtomicBool,
}

fn pushed(known: &Known, client: &mut Client, writer: u8) {
    let (scope, actor) = (client.scope(), ActorId::new([0x40 + writer; 16]));
    let mut number = 0_u32;
    while !known.over.load(Ordering::Relaxed) {
        let documents: Vec<_> = (0..HOUSEHOLDS)
            .map(|at| {
                let mut id = [writer; 16];
                id[..4].copy_from_slice(&(number * u32::from(HOUSEHOLDS) + u32::from(at)).to_be_bytes());
                let id = DocumentId::new(id);
                let (_, changes) = household_by(actor, id, &[("place/address", "Số 1")]);
                (id, changes.iter().map(|change| chunk(id, change)).collect::<Vec<_>>())
            })
            .collect();
        let body = client.bodies(scope, documents);
        // the same body until somebody acknowledges it, at one server or the other
        for attempt in usize::from(writer).. {
            let url = known.urls.lock().unwrap()[attempt % 2].clone();
            client.turn_to(&url);
            let told = client.try_post("/v1/push", body.clone()).filter(|told| told.status == 200);
            let Some(told) = told else {
                sleep(Duration::from_millis(10));
                continue;
            };
            let answer = answer(&told.body, &body);
            let mut acknowledged = known.acknowledged.lock().unwrap();
            for it in answer.answers {
                assert!(matches!(it.verdict, Verdict::Stored { .. } | Verdict::Already), "{:?}", it.verdict);
                *acknowledged.entry(it.hash).or_default() += 1;
            }
            break;
        }
        number += 1;
    }
}

#[test]
fn either_server_killed_under_load_loses_nothing() {
    let mut town = Town::open();
    let mut servers = ["first.log", "second.log"].map(|log| town.server_beside(log));
    let clients: Vec<Client> = (0..WRITERS)
        .map(|writer| {
            let code = town.server().code("binh");
            Client::enrol(&servers[0].url(), &code).with_actor(ActorId::new([0x40 + writer; 16]))
        })
        .collect();
    let known = Known {
        urls: Mutex::new(servers.each_ref().map(Server::url)),
        acknowledged: Mutex::default(),
        over: AtomicBool::new(false),
    };
    std::thread::scope(|scope| {
        for (mut client, writer) in clients.into_iter().zip(0..) {
            let known = &known;
            scope.spawn(move || pushed(known, &mut client, writer));
        }
        for death in 0..2 * DEATHS {
            sleep(LIFE);
            let server = &mut servers[death % 2];
            server.kill();
            sleep(LIFE / 4);
            server.restart();
            *known.urls.lock().unwrap() = servers.each_ref().map(Server::url);
        }
        known.over.store(true, Ordering::Relaxed);
    });
    let acknowledged = known.acknowledged.into_inner().unwrap();
    let reader = Client::enrol(&town.server().url(), &town.server().code("binh"));
    let mut heads: BTreeMap<_, u64> = BTreeMap::new();
    let mut held: BTreeMap<Hash, usize> = BTreeMap::new();
    for entry in reader.pull_all() {
        let head = heads.entry(entry.scope).or_default();
        assert_eq!(entry.seq, *head + 1, "a hole");
        *head = entry.seq;
        *held.entry(sync::gate::preparse(&entry.bytes).unwrap().hash).or_default() += 1;
    }
    let lost = acknowledged.keys().filter(|hash| !held.contains_key(*hash)).count();
    println!("{} changes acknowledged over {} deaths, {lost} lost", acknowledged.len(), 2 * DEATHS);
    assert_eq!(lost, 0);
    assert!(acknowledged.len() > 100, "hardly any load: {}", acknowledged.len());
    assert!(held.values().all(|times| *times == 1), "a change is in the log twice");
    let verified = command(town.server().place(), &["verify"], "").unwrap();
    assert_eq!(verified["sound"], true, "{verified}");
}
