//! The end of a history: the weather clears, everybody syncs, and then everything has to be true that was promised.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::history::{Place, shown};
use super::play::{Officer, World};

/// Rounds of syncs in which everything has to come to rest.
const ROUNDS: usize = 8;

/// Brings everything to rest and checks it.
///
/// # Errors
/// What is wrong.
pub fn rest(world: &mut World) -> Result<(), String> {
    world.line.wire().bad_weather = false;
    world.note("— the weather clears —".to_owned());
    let officers = world.officers.len();
    let mut quiet = false;
    for _ in 0..ROUNDS {
        // every device, whatever the one before it said
        let calm: Vec<bool> = (0..officers).map(|at| world.syncs(at)).collect();
        let moved = world.moves_again() | world.posts_again();
        let released = world.releases();
        quiet = calm.iter().all(|calm| *calm) && !moved && !released;
        if quiet {
            break;
        }
    }
    if let Some(wrong) = world.wrong.take() {
        return Err(wrong);
    }
    if !quiet {
        return Err(format!("no rest after {ROUNDS} rounds"));
    }
    let pages = pages(world);
    outboxes_are_empty(world, &pages)?;
    devices_are_sound(world)?;
    what_was_purged_is_nowhere(world, &pages)?;
    configurations_are_the_servers(world)?;
    replicas_are_equal(world, &pages)?;
    nothing_is_lost(world, &pages)?;
    let wire = world.line.wire();
    let server = &wire.server;
    server.unseals().or_else(|| server.views_are_wrong()).or_else(|| server.damages()).map_or(Ok(()), Err)
}

/// The pages of every device, by household.
type Pages = Vec<BTreeMap<String, Value>>;

fn pages(world: &World) -> Pages {
    let of = |officer: &Officer| {
        let ids = officer.device.households();
        ids.into_iter().map(|id| (id.clone(), officer.device.page(&id))).collect()
    };
    world.officers.iter().map(of).collect()
}

fn devices_are_sound(world: &World) -> Result<(), String> {
    for officer in &world.officers {
        let verified = officer.device.ok("app.verify", json!({}));
        if verified["sound"] != true {
            return Err(format!("{}: {verified}", officer.device.name));
        }
    }
    Ok(())
}

fn what_was_purged_is_nowhere(world: &World, pages: &Pages) -> Result<(), String> {
    for (id, words) in &world.purged {
        if pages.iter().any(|own| own.contains_key(id)) {
            return Err(format!("a device has {id}, which was purged"));
        }
        if world.line.wire().server.says(words) {
            return Err(format!("a file of the server says something of {id}, which was purged"));
        }
    }
    Ok(())
}

/// Nothing waits, and of no household that the device has is anything set aside. What was refused of one that left its villages
/// since stays there to be seen, because no log tells the device any more that the office took it; but it did.
fn outboxes_are_empty(world: &World, pages: &Pages) -> Result<(), String> {
    for (officer, own) in world.officers.iter().zip(pages) {
        let summary = officer.device.ok("home.summary", json!({}));
        let waiting = &summary["sync"]["waiting"];
        let known = own.iter().filter(|(id, _)| !world.forgotten.contains(*id));
        let aside: u64 = known.filter_map(|(_, page)| page["set_aside"].as_u64()).sum();
        if *waiting != 0 || aside != 0 {
            return Err(format!("{}: {waiting} wait, {aside} set aside", officer.device.name));
        }
        what_was_refused_was_taken(world, officer)?;
    }
    Ok(())
}

fn what_was_refused_was_taken(world: &World, officer: &Officer) -> Result<(), String> {
    let refused = officer.device.ok("refused.list", json!({}));
    for row in refused["rows"].as_array().into_iter().flatten() {
        let household = row["document"].as_str().unwrap_or_default();
        if world.forgotten.contains(household) {
            continue;
        }
        let words = row["edits"].as_array().into_iter().flatten().filter_map(|edit| edit["value"].as_str());
        for word in words.filter(|word| word.starts_with("chữ ")) {
            if !world.line.wire().server.holds(household, word) {
                return Err(format!(
                    "{}: {word} of {household} was refused, and not taken",
                    officer.device.name
                ));
            }
        }
    }
    Ok(())
}

fn configurations_are_the_servers(world: &World) -> Result<(), String> {
    for Officer { device, .. } in &world.officers {
        let own = device.ok("config.get", json!({}));
        let served = world.line.wire().server.configuration(own["user"]["id"].as_str().unwrap_or_default());
        for part in ["version", "user", "units", "users", "reviews", "current_review", "policies"] {
            if own[part] != served[part] {
                return Err(format!("{} has other {part} than the server", device.name));
            }
        }
    }
    Ok(())
}

/// The villages of a device.
fn villages(world: &World, at: usize) -> BTreeSet<String> {
    let config = world.officers[at].device.ok("config.get", json!({}));
    let scopes = config["user"]["scopes"].as_array().into_iter().flatten();
    scopes.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn replicas_are_equal(world: &World, pages: &Pages) -> Result<(), String> {
    let mut known: BTreeMap<&str, (&str, &Value)> = BTreeMap::new();
    let mut by_village: BTreeMap<&str, BTreeMap<usize, BTreeSet<&str>>> = BTreeMap::new();
    for (at, own) in pages.iter().enumerate() {
        let (name, scopes) = (world.officers[at].device.name.as_str(), villages(world, at));
        for (id, page) in own {
            let village = page["village"].as_str().unwrap_or_default();
            if !scopes.contains(village) {
                return Err(format!("{name} has {id} of a village that is not its own"));
            }
            by_village.entry(village).or_default().entry(at).or_default().insert(id);
            let (first, other) = known.entry(id).or_insert((name, page));
            for part in ["heads", "household", "conflicts"] {
                if other[part] != page[part] {
                    return Err(format!("{first} and {name} differ in {part} of {id}"));
                }
            }
        }
    }
    for (village, devices) in &by_village {
        let all: BTreeSet<&str> = devices.values().flatten().copied().collect();
        for at in (0..pages.len()).filter(|at| villages(world, *at).contains(*village)) {
            let own = devices.get(&at).cloned().unwrap_or_default();
            if own != all {
                let name = &world.officers[at].device.name;
                return Err(format!("{name} lacks households of {village}: {:?}", all.difference(&own)));
            }
        }
    }
    Ok(())
}

fn nothing_is_lost(world: &World, pages: &Pages) -> Result<(), String> {
    let mut standing: BTreeMap<Place, BTreeSet<String>> = BTreeMap::new();
    for page in pages.iter().flat_map(BTreeMap::values) {
        let household = page["id"].as_str().unwrap_or_default().to_owned();
        let review = page["review"].as_str().unwrap_or_default();
        let members = page["household"]["members"].as_object().into_iter().flatten();
        let names = members.map(|(member, _)| format!("members/{member}/name"));
        let fields = ["place/address".to_owned(), format!("reviews/{review}/answers/ghi_chu")];
        for field in names.chain(fields) {
            let words = shown(page, &field);
            standing.entry(Place { household: household.clone(), field }).or_default().extend(words);
        }
    }
    let lost = world.history.lost(&standing);
    if lost.is_empty() { Ok(()) } else { Err(format!("acknowledged and lost: {}", lost.join("; "))) }
}
