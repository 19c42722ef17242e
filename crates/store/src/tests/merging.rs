//! Households that were entered twice, in the lists.

use domain::id::HouseholdId;

use super::*;
use crate::HouseholdQuery;

fn shown(device: &Device) -> Vec<String> {
    let query = HouseholdQuery { limit: 100, ..Default::default() };
    let (_, rows) = device.store.list(&query).unwrap();
    rows.into_iter().filter_map(|row| row.name).collect()
}

fn into(id: u8) -> Scalar {
    Scalar::text(HouseholdId::new([id; 16]).to_string())
}

fn village() -> (Device, Vec<Made>) {
    let mut device = Device::new();
    let made =
        ["An", "Ba", "Chi"].into_iter().zip(1..).map(|(name, id)| device.enter(id, name, "")).collect();
    (device, made)
}

#[test]
fn a_merged_household_is_not_shown_until_it_is_put_back() {
    let (mut device, made) = village();
    let merged = edited(&made[0].document, 20, &[("merged_into", into(2))]);
    device.keep(&merged);
    assert_eq!(shown(&device), ["Ba", "Chi"]);
    device.assert_projections_are_those_of_a_rebuild();
    device.keep(&edited(&merged.document, 21, &[("merged_into", Scalar::Null)]));
    assert_eq!(shown(&device), ["An", "Ba", "Chi"]);
}

#[test]
fn of_a_circle_the_smallest_is_shown_in_whatever_order_its_merges_come() {
    let merges = [(1, 2), (2, 3), (3, 1)];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]] {
        let (mut device, made) = village();
        for at in order {
            let (from, to) = merges[at];
            device.keep(&edited(&made[from - 1].document, 30, &[("merged_into", into(to))]));
        }
        assert_eq!(shown(&device), ["An"], "{order:?}");
        device.assert_projections_are_those_of_a_rebuild();
        device.store.purge(DocumentId([3; 16])).unwrap();
        assert_eq!(
            shown(&device),
            ["Ba"],
            "the first gives way to the second, which names nobody who is there"
        );
        device.assert_projections_are_those_of_a_rebuild();
    }
}

#[test]
fn a_record_comes_back_when_the_one_in_its_place_leaves_the_lists() {
    let (mut device, made) = village();
    device.keep(&edited(&made[0].document, 20, &[("merged_into", into(2))]));
    let removed = edited(&made[1].document, 21, &[("removed", Scalar::Bool(true))]);
    device.keep(&removed);
    assert_eq!(shown(&device), ["An", "Chi"]);
    device.assert_projections_are_those_of_a_rebuild();
    device.keep(&edited(&removed.document, 22, &[("removed", Scalar::Bool(false))]));
    assert_eq!(shown(&device), ["Ba", "Chi"]);
    device.store.purge(DocumentId([2; 16])).unwrap();
    assert_eq!(shown(&device), ["An", "Chi"]);
    device.assert_projections_are_those_of_a_rebuild();
}
