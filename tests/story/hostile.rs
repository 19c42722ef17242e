//! Hostile changes against the running server: refused, and its memory stays as it was.

use domain::id::DocumentId;
use sync::code::RefusalCode;
use sync::gate::preparse;
use sync::hostile;
use sync::push::{Chunk, Verdict};
use tests::client::{Client, chunk, household, save};
use tests::town::Town;

/// The peak memory of the server may grow by this much while everything hostile is thrown at it; the least of the
/// bombs would take a hundred times as much.
const GROWTH_MAX_KIB: u64 = 16 * 1024;

const HOUSEHOLD: DocumentId = DocumentId::new([1; 16]);

/// A client with a household on the server, and a real change that the server has not seen.
fn client(town: &mut Town) -> (Client, Vec<u8>) {
    let code = town.server().code("ha");
    let mut client = Client::enrol(&town.server().url(), &code);
    let (mut document, changes) = household(HOUSEHOLD, &[("place/address", "Số 1")]);
    let chunks = changes.iter().map(|change| chunk(HOUSEHOLD, change)).collect();
    let scope = client.scope();
    let (verdicts, _) = client.push(HOUSEHOLD, scope, chunks);
    assert!(verdicts.iter().all(|verdict| matches!(verdict, Verdict::Stored { .. })), "{verdicts:?}");
    let real = save(&mut document, &[("place/code", "A1")]).pop().unwrap();
    (client, real.bytes)
}

fn hostile_chunk(bytes: &[u8]) -> Chunk {
    let hash = preparse(bytes).map_or([99; 32], |outline| outline.hash);
    Chunk { document: HOUSEHOLD, hash, bytes: bytes.to_vec() }
}

#[test]
fn every_hostile_change_is_refused_at_once_and_the_servers_memory_stays_as_it_was() {
    let mut town = Town::open();
    let (mut client, real) = client(&mut town);
    let scope = client.scope();
    let before = town.server().process().peak_memory_kib();
    for (name, bytes, code) in hostile::all(&real).unwrap() {
        let (verdicts, took) = client.push(HOUSEHOLD, scope, vec![hostile_chunk(&bytes)]);
        assert_eq!(verdicts, [Verdict::Refused { code }], "{name}");
        println!("{name:>20}: {:>7} bytes, {code:?} after {took:?}", bytes.len());
    }
    let grown = town.server().process().peak_memory_kib() - before;
    println!("peak memory before: {before} KiB, grown by {grown} KiB");
    assert!(grown <= GROWTH_MAX_KIB, "grown by {grown} KiB");
}

#[test]
fn the_bombs_have_the_sizes_they_are_known_by() {
    let mut town = Town::open();
    let (mut client, real) = client(&mut town);
    let actor = hostile::Forge::read(&real).unwrap().actor;
    let scope = client.scope();
    for bomb in [
        hostile::operation_bomb(actor, hostile::BOMB_COUNT),
        hostile::predecessor_bomb(actor, hostile::BOMB_COUNT),
    ] {
        assert!(bomb.len() <= 128, "a bomb is small: {} bytes", bomb.len());
        let (verdicts, _) = client.push(HOUSEHOLD, scope, vec![hostile_chunk(&bomb)]);
        assert_eq!(verdicts, [Verdict::Refused { code: RefusalCode::OverLimit }]);
    }
}

#[test]
fn bodies_that_inflate_without_end_are_refused_before_they_are_inflated() {
    let mut town = Town::open();
    let (mut client, _) = client(&mut town);
    let before = town.server().process().peak_memory_kib();
    let bomb = zstd::bulk::compress(&vec![0; hostile::BOMB_INFLATED], 3).unwrap();
    let told = client.post("/v1/push", bomb[..bomb.len().min(60 * 1024)].to_vec());
    assert_eq!((told.status, told.code().as_str()), (413, "inflated_too_large"));
    let compressed = hostile::compressed_bomb(hostile::BOMB_INFLATED);
    let scope = client.scope();
    let (verdicts, took) = client.push(HOUSEHOLD, scope, vec![hostile_chunk(&compressed)]);
    assert!(matches!(verdicts[..], [Verdict::Refused { .. }]), "{verdicts:?}");
    println!("{} bytes that inflate to 512 MiB: {:?} after {took:?}", compressed.len(), verdicts[0]);
    let grown = town.server().process().peak_memory_kib() - before;
    assert!(grown <= GROWTH_MAX_KIB, "grown by {grown} KiB");
}

#[test]
fn after_everything_hostile_the_household_is_as_it_was_and_can_be_worked_on() {
    let mut town = Town::open();
    let (mut client, real) = client(&mut town);
    let scope = client.scope();
    for (_, bytes, _) in hostile::all(&real).unwrap() {
        client.push(HOUSEHOLD, scope, vec![hostile_chunk(&bytes)]);
    }
    let (verdicts, _) = client.push(HOUSEHOLD, scope, vec![hostile_chunk(&real)]);
    assert!(matches!(verdicts[..], [Verdict::Stored { .. }]), "{verdicts:?}");
    let mut binh = town.officer("binh");
    binh.syncs();
    let page = binh.opens(&tests::town::Home(HOUSEHOLD.to_string()));
    assert_eq!(page.0["household"]["place"]["code"], "A1");
}
