//! People who work in another village from one day on.

use domain::scalar::Scalar;
use sync::code::RefusalCode;
use sync::push::Verdict;
use sync_server::fault::Code;
use sync_server::posting::post;
use sync_server::verify::verify;

use crate::officer::{Officer, from_the_start, household, unit};
use crate::world::World;

fn names(units: &[&str]) -> Vec<String> {
    units.iter().map(|unit| (*unit).to_owned()).collect()
}

#[test]
fn what_a_person_still_brings_of_a_former_village_is_a_proposal() {
    let world = World::new();
    let (first, second) = (unit(&world, "Khu phố 1"), unit(&world, "Khu phố 2"));
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let mut home = household(9, &lan);
    lan.push(&world, &home, first);
    let posted = post(&world.app.current().unwrap(), "lan", &names(&["Khu phố 2"])).unwrap();
    assert_eq!((posted.units, posted.former), (vec![second], vec![first]));

    // edited, and entered, before the device heard of it
    lan.edit(&mut home, &[("place/phone", Scalar::text("0901"))]);
    let told = lan.push(&world, &home, first);
    assert_eq!(told, [Verdict::Already, Verdict::Already, Verdict::Proposal { scope: first, seq: 3 }]);
    let new = lan.push(&world, &household(8, &lan), first);
    assert!(new.iter().all(|verdict| matches!(verdict, Verdict::Proposal { .. })), "{new:?}");
    let here = lan.push(&world, &household(7, &lan), second);
    assert!(here.iter().all(|verdict| matches!(verdict, Verdict::Stored { .. })), "{here:?}");

    // and nothing of the former village is given out
    let pull = lan.pull(&world, &from_the_start());
    assert_eq!(pull.state.scopes.iter().map(|scope| scope.unit).collect::<Vec<_>>(), [second]);
    assert!(pull.entries.iter().all(|entry| entry.scope == second));
    assert!(verify(&world.app).unwrap().sound);
}

#[test]
fn a_posting_outlives_the_process_and_the_next_posting() {
    let world = World::new();
    let first = unit(&world, "Khu phố 1");
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    post(&world.app.current().unwrap(), "lan", &names(&["Khu phố 2"])).unwrap();
    let app = world.app.current().unwrap();
    let again = post(&app, "lan", &names(&["Khu phố 2", "Khu phố 2"])).unwrap();
    assert_eq!(again.configuration_version, app.identity.configuration_version, "nothing changed");
    let back = post(&app, "lan", &names(&["Khu phố 1"])).unwrap();
    assert_eq!((back.units.as_slice(), back.former.len()), ([first].as_slice(), 2));
    let world = world.restarted();
    let told = lan.push(&world, &household(9, &lan), first);
    assert!(told.iter().all(|verdict| matches!(verdict, Verdict::Stored { .. })), "{told:?}");
}

#[test]
fn a_village_that_was_never_hers_stays_shut_and_bad_input_changes_nothing() {
    let world = World::new();
    let (first, second) = (unit(&world, "Khu phố 1"), unit(&world, "Khu phố 2"));
    let version = world.app.identity.configuration_version;
    let code = |name: &str, units: &[&str]| post(&world.app, name, &names(units)).unwrap_err().code;
    assert_eq!(code("nobody", &["Khu phố 1"]), Code::UnknownUser);
    assert_eq!(code("lan", &["Khu phố 1", "Khu phố 99"]), Code::UnknownUnit);
    assert_eq!(world.app.current().unwrap().identity.configuration_version, version);
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let refused = lan.push(&world, &household(9, &lan), second);
    assert!(refused.contains(&Verdict::Refused { code: RefusalCode::ForbiddenScope }), "{refused:?}");
    let stored = lan.push(&world, &household(8, &lan), first);
    assert!(stored.iter().all(|verdict| matches!(verdict, Verdict::Stored { .. })));
}
