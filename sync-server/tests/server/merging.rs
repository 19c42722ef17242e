//! Households that were entered twice, in what lists and reports read.

use domain::id::HouseholdId;
use domain::scalar::Scalar;
use sync_server::projection;

use crate::officer::{Officer, household, review, unit};
use crate::world::World;

fn listed(world: &World) -> u64 {
    projection::catch_up(&world.app).unwrap();
    let tallies = world.app.database.tallies(review(world)).unwrap();
    tallies.values().map(|tally| tally.households).sum()
}

fn is_merged(world: &World, id: HouseholdId) -> bool {
    world.app.database.view(id).unwrap().unwrap().merged
}

#[test]
fn of_two_records_that_name_each_other_the_smallest_is_counted_and_a_rebuild_agrees() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let village = unit(&world, "Khu phố 1");
    let (mut one, mut other) = (household(1, &lan), household(2, &lan));
    for document in [&one, &other] {
        lan.push(&world, document, village);
    }
    assert_eq!(listed(&world), 2);
    let names = |id: HouseholdId| Scalar::text(id.to_string());
    lan.edit(&mut one, &[("merged_into", names(other.id()))]);
    lan.push(&world, &one, village);
    assert_eq!((listed(&world), is_merged(&world, one.id())), (1, true));

    minh.edit(&mut other, &[("merged_into", names(one.id()))]);
    minh.push(&world, &other, village);
    assert_eq!((listed(&world), is_merged(&world, one.id())), (1, false), "the smallest stays");
    assert!(is_merged(&world, other.id()));
    projection::rebuild(&world.app).unwrap();
    assert_eq!((listed(&world), is_merged(&world, one.id())), (1, false));

    minh.edit(&mut other, &[("merged_into", Scalar::Null)]);
    minh.push(&world, &other, village);
    assert_eq!((listed(&world), is_merged(&world, one.id())), (1, true), "the circle is open");
}

#[test]
fn a_record_is_counted_again_when_the_one_in_its_place_leaves_the_lists() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let village = unit(&world, "Khu phố 1");
    let (mut one, mut other) = (household(1, &lan), household(2, &lan));
    lan.edit(&mut one, &[("merged_into", Scalar::text(other.id().to_string()))]);
    for document in [&one, &other] {
        lan.push(&world, document, village);
    }
    assert_eq!((listed(&world), is_merged(&world, one.id())), (1, true));
    lan.edit(&mut other, &[("removed", Scalar::Bool(true))]);
    lan.push(&world, &other, village);
    assert_eq!((listed(&world), is_merged(&world, one.id())), (1, false));
    projection::rebuild(&world.app).unwrap();
    assert_eq!((listed(&world), is_merged(&world, one.id())), (1, false));
}
