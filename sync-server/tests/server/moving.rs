//! Households that move to another village, and households that are purged.

use domain::id::UnitId;
use domain::scalar::Scalar;
use records::Document;
use sync::code::RefusalCode;
use sync::pull::{EntryKind, Pull};
use sync::push::Verdict;
use sync::scope::Digest;
use sync_server::fault::Code;
use sync_server::moving;
use sync_server::projection;
use sync_server::verify::verify;

use crate::officer::{Officer, from_the_start, household, unit};
use crate::world::World;

/// Two villages; lan has the first, minh both, and a household in the first.
struct Scene {
    world: World,
    villages: [UnitId; 2],
    lan: Officer,
    minh: Officer,
    home: Document,
}

fn scene() -> Scene {
    let world = World::new();
    let villages = ["Khu phố 1", "Khu phố 2"].map(|name| unit(&world, name));
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let mut home = household(9, &lan);
    lan.edit(&mut home, &[("place/phone", Scalar::text("0901"))]);
    lan.push(&world, &home, villages[0]);
    lan.push(&world, &household(8, &lan), villages[0]);
    Scene { world, villages, lan, minh, home }
}

/// What a log says, as kinds, and whether an entry brings bytes.
fn told(pull: &Pull, scope: UnitId) -> Vec<(EntryKind, bool)> {
    let entries = pull.entries.iter().filter(|entry| entry.scope == scope);
    entries.map(|entry| (entry.kind, !entry.bytes.is_empty())).collect()
}

fn digest(pull: &Pull, scope: UnitId) -> Digest {
    pull.state.scopes.iter().find(|state| state.unit == scope).unwrap().digest
}

fn sound(world: &World) {
    let verified = verify(&world.app).unwrap();
    assert!(verified.sound, "{:?}", verified.damages);
    let scopes = world.app.town.scopes();
    let kept = world.app.database.snapshot(&scopes).unwrap();
    projection::rebuild(&world.app).unwrap();
    assert_eq!(world.app.database.snapshot(&scopes).unwrap(), kept);
}

const CHANGE: (EntryKind, bool) = (EntryKind::Change, true);
const LEFT: (EntryKind, bool) = (EntryKind::Left, false);
const ENTERED: (EntryKind, bool) = (EntryKind::Entered, false);
const PURGED: (EntryKind, bool) = (EntryKind::Purged, false);

#[test]
fn a_household_leaves_one_log_and_enters_the_other_with_all_its_changes() {
    let Scene { world, villages: [first, second], lan, minh, home } = scene();
    let moved = moving::relocate(&world.app, &home.id().to_string(), "Khu phố 2").unwrap();
    assert_eq!((moved.from, moved.to), (first, second));
    let pull = minh.pull(&world, &from_the_start());
    assert_eq!(told(&pull, first), [LEFT, LEFT, LEFT, CHANGE, CHANGE, LEFT]);
    assert_eq!(told(&pull, second), [ENTERED, CHANGE, CHANGE, CHANGE]);
    let hashes: Vec<_> = home.changes().iter().map(|change| change.hash).collect();
    assert_eq!(digest(&pull, second), Digest::of(&hashes));
    assert_eq!(digest(&pull, first).count, 2);
    let bytes: Vec<_> =
        pull.entries.iter().filter(|it| it.scope == second).skip(1).map(|it| it.bytes.clone()).collect();
    assert_eq!(bytes, home.changes().into_iter().map(|change| change.bytes).collect::<Vec<_>>());
    // who has the first village alone is told nothing of it any more, but that it is gone
    let pull = lan.pull(&world, &from_the_start());
    assert_eq!(told(&pull, first), [LEFT, LEFT, LEFT, CHANGE, CHANGE, LEFT]);
    assert_eq!(world.app.database.view(home.id()).unwrap().unwrap().scope, second);
    sound(&world);
}

#[test]
fn whoever_edits_it_for_the_village_that_it_left_makes_a_proposal() {
    let Scene { world, villages: [first, second], mut lan, mut minh, mut home } = scene();
    moving::relocate(&world.app, &home.id().to_string(), "Khu phố 2").unwrap();
    lan.edit(&mut home, &[("place/address", Scalar::text("Số 9"))]);
    let verdicts = lan.push(&world, &home, first);
    assert_eq!(verdicts[..3], [Verdict::Already; 3]);
    assert_eq!(verdicts[3], Verdict::Proposal { scope: second, seq: 5 });
    let mut other = home.clone();
    minh.edit(&mut other, &[("place/phone", Scalar::text("0902"))]);
    assert_eq!(minh.push(&world, &other, second)[4], Verdict::Stored { scope: second, seq: 6 });
    sound(&world);
}

#[test]
fn a_household_that_comes_back_is_told_once() {
    let Scene { world, villages: [first, second], minh, home, .. } = scene();
    for name in ["Khu phố 2", "Khu phố 1"] {
        moving::relocate(&world.app, &home.id().to_string(), name).unwrap();
    }
    let pull = minh.pull(&world, &from_the_start());
    assert_eq!(told(&pull, first)[5..], [LEFT, ENTERED, CHANGE, CHANGE, CHANGE]);
    assert_eq!(told(&pull, second), [LEFT; 5]);
    assert_eq!((digest(&pull, first).count, digest(&pull, second)), (5, Digest::default()));
    sound(&world);
}

#[test]
fn only_a_household_moves_and_only_to_another_village() {
    let Scene { world, home, .. } = scene();
    let id = home.id().to_string();
    let code = |household: &str, unit: &str| moving::relocate(&world.app, household, unit).unwrap_err().code;
    assert_eq!(code("x", "Khu phố 2"), Code::UnknownHousehold);
    assert_eq!(code(&"ab".repeat(16), "Khu phố 2"), Code::UnknownHousehold);
    assert_eq!(code(&id, "Khu phố 99"), Code::UnknownUnit);
    assert_eq!(code(&id, "Phường Hoa Sen"), Code::NotAVillage);
    assert_eq!(code(&id, "Khu phố 1"), Code::AlreadyThere);
    assert_eq!(world.rows("changes"), 5);
}

#[test]
fn what_is_purged_is_nowhere_and_stays_away() {
    let Scene { world, villages: [first, second], mut lan, minh, home } = scene();
    moving::relocate(&world.app, &home.id().to_string(), "Khu phố 2").unwrap();
    moving::purge(&world.app, &home.id().to_string()).unwrap();
    let pull = minh.pull(&world, &from_the_start());
    assert_eq!(told(&pull, first), [PURGED, PURGED, PURGED, CHANGE, CHANGE, PURGED, PURGED]);
    assert_eq!(told(&pull, second), [PURGED; 5]);
    assert_eq!((digest(&pull, first).count, digest(&pull, second)), (2, Digest::default()));
    let bodies = "SELECT count(*) FROM changes JOIN documents ON documents.id = document
                  WHERE body IS NOT NULL AND purged_at IS NOT NULL";
    assert_eq!(world.sql().number(bodies), 0);
    let views =
        format!("SELECT count(*) FROM views.views WHERE document = {}", world.sql().blob(home.id().bytes()));
    assert_eq!(world.sql().number(&views), 0);
    // its id is refused for ever, and nothing is kept of the attempt
    assert_eq!(lan.push(&world, &home, first), [Verdict::Refused { code: RefusalCode::Purged }; 3]);
    assert_eq!(world.rows("quarantine"), 0);
    assert_eq!(moving::purge(&world.app, &home.id().to_string()).unwrap_err().code, Code::HouseholdPurged);
    assert!(matches!(world.app.database.logged(home.id()), Ok(Some(logged)) if logged.changes.is_empty()));
    sound(&world);
}

/// The log was put back to before the household was in it; the key store, which is apart, was not.
#[test]
fn a_log_that_never_had_it_refuses_it_all_the_same() {
    let Scene { world, villages: [first, _], mut lan, .. } = scene();
    let gone = household(7, &lan);
    world.app.database.condemn(gone.id(), 1).unwrap();
    moving::complete(&world.app).unwrap();
    assert_eq!(lan.push(&world, &gone, first), [Verdict::Refused { code: RefusalCode::Purged }; 2]);
    assert_eq!((world.rows("documents"), world.rows("quarantine")), (2, 0));
}

/// A purge that died after it was noted, or whose log came back from an older copy, is done when the server starts.
#[test]
fn a_purge_that_was_cut_short_is_carried_on() {
    let Scene { world, home, .. } = scene();
    world.app.database.condemn(home.id(), 1).unwrap();
    assert!(world.app.database.view(home.id()).unwrap().is_some());
    moving::complete(&world.app).unwrap();
    assert!(world.app.database.view(home.id()).unwrap().is_none());
    sound(&world);
    let again = world.app.database.condemned().unwrap();
    moving::complete(&world.app).unwrap();
    assert_eq!(world.app.database.condemned().unwrap(), again);
    sound(&world);
}
