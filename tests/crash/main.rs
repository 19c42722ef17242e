//! The power fails at every write, truncation, sync and deletion of a story, one after the other: first a device's, then the
//! server's. What was not synced by then is gone, whole, in part or not at all. And the disk is full from each of them on.
//!
//! Whatever was told to be saved is there afterwards, whatever was told to be stored is in the log, nothing is damaged,
//! and everything comes to rest as if nothing had happened.

mod photo;

use std::collections::BTreeSet;

use disk::Disk;
use serde_json::{Value, json};
use sync_server::moving;
use tests::simulate::ground::{Ground, device_folder};
use tests::simulate::history::{Place, shown};
use tests::simulate::play::World;
use tests::simulate::rest;

/// Acts that no story has: something would be wrong with the disk.
const ACTS_MAX: u64 = 2_000;
const ADDRESS: &str = "place/address";

/// A world in fair weather with a household that two officers of a village and one of the commune have.
fn world(ground: &Ground) -> (World, String) {
    let world = World::new(ground, 1);
    world.line.wire().bad_weather = false;
    let config = world.officers[0].device.ok("config.get", json!({}));
    let units = config["units"].as_array().expect("units");
    let village = units.iter().find(|unit| unit["kind"] == "village").expect("a village")["id"].clone();
    let form = json!({ "village": village, "place": { "address": "Số 1" }, "members": [{ "name": "Mai" }] });
    let created = world.officers[0].device.ok("household.create", form);
    for at in [0, 1, 4] {
        world.officers[at].device.ok("sync.run", json!({}));
    }
    (world, created["id"].as_str().expect("an id").to_owned())
}

/// Saves a word of its own as the address; it counts if the device says that it is saved.
fn saves(world: &mut World, at: usize, household: &str) {
    let device = &world.officers[at].device;
    let Ok(page) = device.call("household.open", json!({ "id": household })) else { return };
    let (word, seen) = (world.history.word(), shown(&page, ADDRESS));
    let edits = json!([{ "field": ADDRESS, "value": word }]);
    let form = json!({ "id": household, "heads": page["heads"], "edits": edits });
    if device.call("household.save", form).is_ok() {
        let place = Place { household: household.to_owned(), field: ADDRESS.to_owned() };
        world.history.saved(&word, at, place, seen);
    }
}

fn syncs(world: &World, at: usize) {
    let _ = world.officers[at].device.call("sync.run", json!({}));
}

/// The story of both tests; it goes on whatever fails.
fn story(world: &mut World, household: &str) {
    saves(world, 0, household);
    saves(world, 1, household);
    syncs(world, 1);
    syncs(world, 0);
    saves(world, 0, household);
    let page = world.officers[0].device.call("household.open", json!({ "id": household }));
    if let Some(village) = page.ok().map(|page| page["village"].clone()) {
        let form =
            json!({ "village": village, "place": { "address": "Số 2" }, "members": [{ "name": "Lan" }] });
        let _ = world.officers[0].device.call("household.create", form);
    }
    syncs(world, 0);
    syncs(world, 1);
}

/// Everything that a device calls saved is there, or somebody who had seen it wrote over it.
fn what_was_saved_is_there(
    world: &World,
    at: usize,
    household: &str,
    saved: &BTreeSet<String>,
) -> Result<(), String> {
    let device = &world.officers[at].device;
    let verified = device.ok("app.verify", json!({}));
    if verified["sound"] != true {
        return Err(format!("{verified}"));
    }
    let history = device.ok("household.history", json!({ "id": household })).to_string();
    match saved.iter().find(|word| !history.contains(word.as_str())) {
        Some(word) => Err(format!("{word} was saved and is not there")),
        None => Ok(()),
    }
}

/// Tells the story with the power failing at the n-th act of the disk; false if it has fewer.
fn device_dies(ground: &Ground, n: u64) -> Result<bool, String> {
    let (mut world, household) = world(ground);
    let disk = Disk::over(&device_folder(world.folder(), 0));
    world.officers[0].device.restart();
    disk.fails_at(Some(n));
    story(&mut world, &household);
    let died = disk.is_dead();
    let saved: BTreeSet<String> = world.history.waiting_words(0);
    world.officers[0].device.falls(|| disk.restore_power(n));
    what_was_saved_is_there(&world, 0, &household, &saved)?;
    rest::rest(&mut world)?;
    Ok(died)
}

fn server_dies(ground: &Ground, n: u64) -> Result<bool, String> {
    let (mut world, household) = world(ground);
    let disk = Disk::over(&world.folder().join("server"));
    world.line.wire().server.falls(|| {});
    disk.fails_at(Some(n));
    story(&mut world, &household);
    let other: Value = world.officers[3].device.ok("config.get", json!({}));
    let elsewhere = other["user"]["scopes"][0].as_str().expect("a scope").to_owned();
    let moved = moving::relocate(world.line.wire().server.app(), &household, &elsewhere).is_ok();
    let died = disk.is_dead();
    let acknowledged: Vec<String> = (0..2).flat_map(|at| acknowledged(&mut world, at, &household)).collect();
    world.line.wire().server.falls(|| disk.restore_power(n));
    let lost = acknowledged.iter().find(|word| !world.line.wire().server.holds(&household, word));
    if let Some(word) = lost {
        return Err(format!("{word} was acknowledged and is not there"));
    }
    if let Some(damage) = world.line.wire().server.damages() {
        return Err(damage);
    }
    let placed = world.line.wire().server.households();
    let there = placed.iter().any(|(id, unit)| id.to_string() == household && unit.to_string() == elsewhere);
    if moved && !there {
        return Err("the household was moved and is not there".to_owned());
    }
    rest::rest(&mut world)?;
    Ok(died)
}

/// Tells the story with the device's disk full from the n-th act on; then there is room again and everything goes on.
fn device_fills(ground: &Ground, n: u64) -> Result<bool, String> {
    let (mut world, household) = world(ground);
    let disk = Disk::over(&device_folder(world.folder(), 0));
    world.officers[0].device.restart();
    disk.fills_at(Some(n - 1));
    story(&mut world, &household);
    let filled = disk.is_full();
    disk.fills_at(None);
    let saved: BTreeSet<String> = world.history.waiting_words(0);
    what_was_saved_is_there(&world, 0, &household, &saved)?;
    rest::rest(&mut world)?;
    Ok(filled)
}

fn server_fills(ground: &Ground, n: u64) -> Result<bool, String> {
    let (mut world, household) = world(ground);
    let disk = Disk::over(&world.folder().join("server"));
    world.line.wire().server.falls(|| {});
    disk.fills_at(Some(n - 1));
    story(&mut world, &household);
    let filled = disk.is_full();
    disk.fills_at(None);
    let acknowledged: Vec<String> = (0..2).flat_map(|at| acknowledged(&mut world, at, &household)).collect();
    let lost = acknowledged.iter().find(|word| !world.line.wire().server.holds(&household, word));
    if let Some(word) = lost {
        return Err(format!("{word} was acknowledged and is not there"));
    }
    rest::rest(&mut world)?;
    Ok(filled)
}

/// The words of a device that it has nothing more to send of.
fn acknowledged(world: &mut World, at: usize, household: &str) -> Vec<String> {
    let page = world.officers[at].device.ok("household.open", json!({ "id": household }));
    let settled = page["waiting"] == 0 && page["set_aside"] == 0;
    if settled { world.history.acknowledge(at, household) } else { Vec::new() }
}

fn at_every_act(dies: impl Fn(&Ground, u64) -> Result<bool, String>) -> u64 {
    disk::install();
    let ground = Ground::new();
    for n in 1..ACTS_MAX {
        match dies(&ground, n) {
            Ok(true) => {}
            Ok(false) => return n - 1,
            Err(wrong) => panic!("at act {n}: {wrong}"),
        }
    }
    panic!("the story has no end");
}

#[test]
fn a_device_loses_nothing_that_it_called_saved() {
    let acts = at_every_act(device_dies);
    assert!(acts > 30, "{acts} acts");
}

#[test]
fn the_server_loses_nothing_that_it_acknowledged() {
    let acts = at_every_act(server_dies);
    assert!(acts > 30, "{acts} acts");
}

#[test]
fn a_device_without_room_loses_nothing_that_it_called_saved() {
    let acts = at_every_act(device_fills);
    assert!(acts > 20, "{acts} acts");
}

#[test]
fn a_server_without_room_loses_nothing_that_it_acknowledged() {
    let acts = at_every_act(server_fills);
    assert!(acts > 20, "{acts} acts");
}

#[test]
fn who_has_no_room_says_so_and_goes_on_when_there_is_some() {
    disk::install();
    let (world, household) = world(&Ground::new());
    let device = &world.officers[0].device;
    let form = |word: &str| {
        let heads = device.page(&household)["heads"].clone();
        json!({ "id": household, "heads": heads, "edits": [{ "field": ADDRESS, "value": word }] })
    };
    let of_server = Disk::over(&world.folder().join("server"));
    world.line.wire().server.falls(|| {});
    device.ok("household.save", form("Số 7"));
    of_server.fills_at(Some(0));
    let told = device.ok("sync.run", json!({}));
    assert_eq!(told["problems"][0]["code"], "server_full", "{told}");
    assert_eq!(device.page(&household)["waiting"], 1);
    of_server.fills_at(None);
    assert_eq!(device.ok("sync.run", json!({}))["complete"], true);
    assert_eq!(device.page(&household)["waiting"], 0);
}

#[test]
fn a_device_without_room_saves_nothing_and_says_so() {
    disk::install();
    let (mut world, household) = world(&Ground::new());
    let disk = Disk::over(&device_folder(world.folder(), 0));
    world.officers[0].device.restart();
    let device = &world.officers[0].device;
    let before = device.page(&household);
    let edits = json!([{ "field": ADDRESS, "value": "Số 7" }]);
    let form = json!({ "id": household, "heads": before["heads"], "edits": edits });
    disk.fills_at(Some(0));
    let refused = device.call("household.save", form.clone()).expect_err("there is no room");
    assert_eq!(refused.code.text(), "disk_full");
    assert_eq!(device.page(&household)["heads"], before["heads"]);
    disk.fills_at(None);
    device.ok("household.save", form);
    assert_eq!(device.page(&household)["household"]["place"]["address"], "Số 7");
}
