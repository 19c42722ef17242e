//! What the server delivers, and what it says it has.

use domain::scalar::Scalar;

use super::*;
use crate::{Acknowledged, Arrival, Batch, Delivery, Fact, Rebuilt, SetAside, StoreError};

pub const BATCH: Hash = [6; 32];

pub fn arrivals(made: &Made, scope: UnitId, first: u64) -> Vec<Arrival> {
    let arrival = |(sequence, change): (u64, &RawChange)| Arrival::Change {
        scope,
        sequence,
        document: made.document.id(),
        kind: made.document.kind(),
        hash: change.hash,
        bytes: change.bytes.clone(),
        batch: Some(BATCH),
    };
    (first..).zip(&made.changes).map(arrival).collect()
}

pub fn delivery(arrivals: Vec<Arrival>, cursors: &[(UnitId, u64)]) -> Delivery {
    let other = Holder { user: UserId([30; 16]), enrolment: EnrolmentId([31; 16]) };
    Delivery {
        batches: vec![Batch { id: BATCH, header: vec![1], signature: [2; 64] }],
        actors: vec![(ActorId([20; 16]), other)],
        arrivals,
        cursors: cursors.to_vec(),
        epoch: EPOCH,
        at: 1_000,
    }
}

fn listed(device: &Device) -> u32 {
    device.store.list(&crate::HouseholdQuery { limit: 10, ..Default::default() }).unwrap().0
}

#[test]
fn entries_and_cursors_arrive_together() {
    let mut device = Device::new();
    let made = household(1, 20, "Đỗ Văn Hoà", "038090000001");
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    let mut device = device.reopen();
    assert_eq!(device.store.cursors().unwrap(), vec![(VILLAGE, 2)]);
    assert_eq!(device.store.fact(Fact::Epoch).unwrap().as_deref(), Some(EPOCH.bytes().as_slice()));
    assert_eq!(device.document(made.document.id()).unwrap().heads(), made.document.heads());
    assert_eq!(device.store.holder(ActorId([20; 16])).unwrap().unwrap().user, UserId([30; 16]));
    assert!(device.waiting().is_empty());
    assert_eq!(listed(&device), 1);
    device.assert_projections_are_those_of_a_rebuild();
}

#[test]
fn a_delivery_with_a_bad_entry_changes_nothing() {
    let mut device = Device::new();
    let made = household(1, 20, "Đỗ Văn Hoà", "038090000001");
    let mut bad = arrivals(&made, VILLAGE, 1);
    let Arrival::Change { bytes, .. } = &mut bad[1] else { unreachable!() };
    bytes[20] ^= 1;
    let refused = device.store.receive(&delivery(bad, &[(VILLAGE, 2)]));
    assert!(matches!(refused, Err(StoreError::Record(_))));
    assert!(device.store.cursors().unwrap().is_empty());
    assert!(device.store.find(made.document.id()).unwrap().is_none());
}

#[test]
fn a_change_without_what_it_builds_on_is_refused_and_hides_nothing() {
    let mut device = Device::new();
    let made = household(1, 20, "Đỗ Văn Hoà", "038090000001");
    let middle = edited(&made.document, 21, &[("place/phone", Scalar::text("0900000001"))]);
    let last = edited(&middle.document, 22, &[("place/phone", Scalar::text("0900000002"))]);
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    let gap = device.store.receive(&delivery(arrivals(&last, VILLAGE, 3), &[(VILLAGE, 3)]));
    assert!(matches!(gap, Err(StoreError::LogGap)), "{gap:?}");
    assert_eq!((listed(&device), device.store.cursors().unwrap()), (1, vec![(VILLAGE, 2)]));
    let whole = [arrivals(&middle, VILLAGE, 3), arrivals(&last, VILLAGE, 4)].concat();
    device.store.receive(&delivery(whole, &[(VILLAGE, 4)])).unwrap();
    assert_eq!(device.document(made.document.id()).unwrap().heads(), last.document.heads());
}

#[test]
fn a_document_whose_beginning_never_came_is_offered_with_it() {
    let mut device = Device::new();
    let made = household(1, 20, "Đỗ Văn Hoà", "038090000001");
    let later = arrivals(&made, VILLAGE, 1).split_off(1);
    device.store.receive(&delivery(later, &[(VILLAGE, 2)])).unwrap();
    device.store.start_over(7, 7).unwrap();
    let offered: Vec<Hash> = made.changes.iter().map(|change| change.hash).collect();
    assert_eq!(device.waiting(), offered);
}

#[test]
fn an_own_change_that_comes_back_no_longer_waits() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Hoà", "038090000001");
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    assert!(device.waiting().is_empty());
    assert_eq!(device.store.settled(VILLAGE).unwrap().len(), 2);
}

#[test]
fn an_outbox_row_ends_only_by_its_hash() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Hoà", "038090000001");
    let (first, second) = (made.changes[0].hash, made.changes[1].hash);
    device.store.receive(&delivery(Vec::new(), &[(VILLAGE, 0)])).unwrap();
    let place = |sequence| Some((VILLAGE, sequence));
    device.store.acknowledge(&[Acknowledged { hash: [9; 32], place: place(7) }]).unwrap();
    assert_eq!(device.waiting(), [first, second]);
    device.store.acknowledge(&[Acknowledged { hash: second, place: place(2) }]).unwrap();
    assert_eq!(device.waiting(), [first]);
    assert_eq!(device.store.cursors().unwrap(), vec![(VILLAGE, 0)], "a cursor never jumps over a sequence");
    device.store.acknowledge(&[Acknowledged { hash: first, place: place(1) }]).unwrap();
    assert!(device.waiting().is_empty());
    assert_eq!(device.store.cursors().unwrap(), vec![(VILLAGE, 1)]);
    assert_eq!(device.store.settled(VILLAGE).unwrap().len(), 2);
}

#[test]
fn a_lost_scope_and_a_household_that_left_are_not_shown() {
    let mut device = Device::new();
    let here = household(1, 20, "Đỗ Văn Hoà", "038090000001");
    let there = household(2, 21, "Lê Thị Thử", "038190000002");
    let both = [arrivals(&here, VILLAGE, 1), arrivals(&there, OTHER_VILLAGE, 1)].concat();
    device.store.receive(&delivery(both, &[(VILLAGE, 2), (OTHER_VILLAGE, 2)])).unwrap();
    assert_eq!(listed(&device), 2);
    device.store.receive(&delivery(Vec::new(), &[(VILLAGE, 2)])).unwrap();
    assert_eq!(listed(&device), 1);
    device.assert_projections_are_those_of_a_rebuild();
    let left = vec![Arrival::Left(here.document.id(), VILLAGE)];
    device.store.receive(&delivery(left, &[(VILLAGE, 3)])).unwrap();
    assert_eq!(listed(&device), 0);
    let back = vec![Arrival::Entered(here.document.id(), OTHER_VILLAGE)];
    device.store.receive(&delivery(back, &[(VILLAGE, 3), (OTHER_VILLAGE, 3)])).unwrap();
    assert_eq!(listed(&device), 1);
}

/// The server may have been put back to before it had them, and no digest would say so.
#[test]
fn what_leaves_is_offered_once_more_and_once() {
    let mut device = Device::new();
    let [moved, posted] =
        [(1, "038090000001"), (2, "038190000002")].map(|(id, citizen)| device.enter(id, "Hoà", citizen));
    let both = [arrivals(&moved, VILLAGE, 1), arrivals(&posted, VILLAGE, 3)].concat();
    device.store.receive(&delivery(both, &[(VILLAGE, 4)])).unwrap();
    assert!(device.waiting().is_empty());
    let hashes = |made: &Made| made.document.changes().iter().map(|it| it.hash).collect::<Vec<_>>();
    let left = vec![Arrival::Left(moved.document.id(), VILLAGE)];
    device.store.receive(&delivery(left.clone(), &[(VILLAGE, 5)])).unwrap();
    assert_eq!(device.waiting(), hashes(&moved));
    let taken: Vec<Acknowledged> =
        hashes(&moved).into_iter().map(|hash| Acknowledged { hash, place: None }).collect();
    device.store.acknowledge(&taken).unwrap();
    device.store.receive(&delivery(left, &[(VILLAGE, 5)])).unwrap();
    assert!(device.waiting().is_empty(), "heard before");
    device.store.receive(&delivery(Vec::new(), &[(OTHER_VILLAGE, 0)])).unwrap();
    assert_eq!(device.waiting(), hashes(&posted));
    assert_eq!(listed(&device), 0);
    device.assert_projections_are_those_of_a_rebuild();
}

/// The server was put back to before the person was posted away, and to before it had the household.
#[test]
fn a_village_that_comes_back_offers_what_left_with_it() {
    let mut device = Device::new();
    let made = device.enter(1, "Hoà", "038090000001");
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    device.store.receive(&delivery(Vec::new(), &[(OTHER_VILLAGE, 0)])).unwrap();
    let all = |device: &Device, place: fn(u64) -> Option<(UnitId, u64)>| -> Vec<Acknowledged> {
        (1..).zip(device.waiting()).map(|(at, hash)| Acknowledged { hash, place: place(at) }).collect()
    };
    device.store.acknowledge(&all(&device, |at| Some((VILLAGE, at)))).unwrap();
    assert_eq!(listed(&device), 0, "the village is not this device's");
    let back = delivery(Vec::new(), &[(OTHER_VILLAGE, 0), (VILLAGE, 0)]);
    device.store.receive(&back).unwrap();
    assert!(device.waiting().is_empty(), "the log of the village may still speak of it");
    device.store.read_through(2_000).unwrap();
    assert_eq!(device.waiting(), made.changes.iter().map(|it| it.hash).collect::<Vec<_>>());
    assert_eq!(listed(&device), 0);
    device.store.acknowledge(&all(&device, |at| Some((VILLAGE, at)))).unwrap();
    assert_eq!(listed(&device), 1, "it is in the log of the village, and no entry will say so");
    device.assert_projections_are_those_of_a_rebuild();
    device.store.evict(i64::MAX, 2_000).unwrap();
    assert!(device.store.find(made.document.id()).unwrap().is_some());
    // where the log brings it, nothing is left to be said
    device.store.receive(&delivery(Vec::new(), &[(OTHER_VILLAGE, 0)])).unwrap();
    let brought = delivery(arrivals(&made, VILLAGE, 1), &[(OTHER_VILLAGE, 0), (VILLAGE, 2)]);
    device.store.receive(&brought).unwrap();
    device.store.read_through(2_000).unwrap();
    assert!(device.waiting().is_empty());
    assert_eq!(listed(&device), 1);
}

/// The line was cut while everything was read anew, and the person was posted elsewhere before it was there again: no cursor
/// tells any more that the village was this device's.
#[test]
fn what_is_in_no_village_of_the_device_is_hidden_and_offered() {
    let mut device = Device::new();
    let made = device.enter(1, "Hoà", "038090000001");
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    device.store.start_over(1_000, 1_000).unwrap();
    device.store.receive(&delivery(Vec::new(), &[(OTHER_VILLAGE, 0)])).unwrap();
    let taken = Acknowledged { hash: device.waiting()[0], place: Some((VILLAGE, 9)) };
    device.store.acknowledge(&[taken]).unwrap();
    device.store.read_through(2_000).unwrap();
    assert_eq!(listed(&device), 0);
    assert!(device.store.find(made.document.id()).unwrap().unwrap().departed);
    assert_eq!(device.waiting().len(), made.changes.len());
    device.assert_projections_are_those_of_a_rebuild();
}

/// It was moved by the office, the server was put back to before it was there, and its first batch places it where it began.
#[test]
fn a_document_is_shown_in_the_village_in_which_the_server_stores_it() {
    let mut device = Device::new();
    let made = device.enter(1, "Hoà", "038090000001");
    let moved =
        [arrivals(&made, VILLAGE, 1), vec![Arrival::Entered(made.document.id(), OTHER_VILLAGE)]].concat();
    device.store.receive(&delivery(moved, &[(VILLAGE, 2), (OTHER_VILLAGE, 1)])).unwrap();
    device.store.start_over(1_000, 1_000).unwrap();
    device.store.receive(&delivery(Vec::new(), &[(VILLAGE, 0), (OTHER_VILLAGE, 0)])).unwrap();
    let stored = (1..).zip(device.waiting());
    let stored = stored.map(|(at, hash)| Acknowledged { hash, place: Some((VILLAGE, at)) });
    device.store.acknowledge(&stored.collect::<Vec<_>>()).unwrap();
    device.store.read_through(2_000).unwrap();
    assert_eq!(device.store.find(made.document.id()).unwrap().unwrap().scope, VILLAGE);
    assert_eq!(listed(&device), 1);
    device.assert_projections_are_those_of_a_rebuild();
}

#[test]
fn what_a_log_says_has_left_is_not_offered_when_it_is_read_anew() {
    let mut device = Device::new();
    let made = device.enter(1, "Hoà", "038090000001");
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    let left = delivery(vec![Arrival::Left(made.document.id(), VILLAGE)], &[(VILLAGE, 3)]);
    device.store.receive(&left).unwrap();
    device.store.start_over(1_000, 1_000).unwrap();
    let told = device.waiting().into_iter().map(|hash| Acknowledged { hash, place: None });
    device.store.acknowledge(&told.collect::<Vec<_>>()).unwrap();
    device.store.receive(&left).unwrap();
    device.store.read_through(2_000).unwrap();
    assert!(device.waiting().is_empty());
}

#[test]
fn what_left_is_erased_when_its_time_is_over_and_nothing_of_it_waits() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Hoà", "038090000001");
    let id = made.document.id();
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    let late = edited(&made.document, 11, &[("place/address", Scalar::text("Số 13"))]);
    device.keep(&late);
    let unsent = late.changes[0].hash;
    device.store.receive(&delivery(vec![Arrival::Left(id, VILLAGE)], &[(VILLAGE, 3)])).unwrap();
    device.store.evict(999, 2_000).unwrap();
    device.store.evict(1_000, 2_000).unwrap();
    assert!(device.store.find(id).unwrap().is_some(), "a change of it waits");
    assert!(device.waiting().contains(&unsent));
    let all = device.waiting().into_iter().map(|hash| Acknowledged { hash, place: None });
    device.store.acknowledge(&all.collect::<Vec<_>>()).unwrap();
    device.store.evict(999, 2_000).unwrap();
    assert!(device.waiting().is_empty(), "its time is not over");
    device.store.evict(1_000, 2_000).unwrap();
    device.store.evict(1_000, 2_000).unwrap();
    assert_eq!(device.waiting().len(), made.changes.len() + 1, "offered a last time");
    let all = device.waiting().into_iter().map(|hash| Acknowledged { hash, place: None });
    device.store.acknowledge(&all.collect::<Vec<_>>()).unwrap();
    device.store.evict(1_000, 2_000).unwrap();
    assert!(device.store.find(id).unwrap().is_none());
}

#[test]
fn what_left_with_a_refused_edit_is_offered_a_last_time_and_stays() {
    let mut device = Device::new();
    let made = device.enter(1, "Hoà", "038090000001");
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    let id = made.document.id();
    let bad = edited(&made.document, 11, &[("place/address", Scalar::text("Số 13"))]);
    device.keep(&bad);
    let hash = bad.changes[0].hash;
    let aside = SetAside { hash, document: id, code: "step_not_allowed".into(), at: 1, edits: Vec::new() };
    let refused = [(aside, bad.changes[0].bytes.clone())];
    let kept = Made { changes: Vec::new(), ..edited(&made.document, 11, &[]) };
    let rebuilt = Rebuilt { refused: &refused, replaced: &[], written: Some(written(&kept)) };
    device.store.refuse(&rebuilt).unwrap();
    device.store.receive(&delivery(vec![Arrival::Left(id, VILLAGE)], &[(VILLAGE, 3)])).unwrap();
    for offered in [true, true, false] {
        assert_eq!(
            !device.waiting().is_empty(),
            offered,
            "when it left, when its time was over, and no more"
        );
        let all = device.waiting().into_iter().map(|hash| Acknowledged { hash, place: None });
        device.store.acknowledge(&all.collect::<Vec<_>>()).unwrap();
        device.store.evict(1_000, 2_000).unwrap();
    }
    assert!(device.store.find(id).unwrap().is_some(), "somebody has to see what was refused");
}

#[test]
fn what_no_log_speaks_of_when_all_were_read_anew_is_in_none_of_the_villages() {
    let mut device = Device::new();
    let [ghost, kept] =
        [(1, "038090000001"), (2, "038090000002")].map(|(id, citizen)| device.enter(id, "Hoà", citizen));
    let own = device.enter(3, "Hoà", "038090000003");
    let both: Vec<Arrival> = [arrivals(&ghost, VILLAGE, 1), arrivals(&kept, VILLAGE, 3)].concat();
    device.store.receive(&delivery(both, &[(VILLAGE, 4)])).unwrap();
    device.store.read_through(2_000).unwrap();
    assert_eq!(listed(&device), 3);
    device.store.start_over(5, 2_000).unwrap();
    device.store.receive(&delivery(arrivals(&kept, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    device.store.read_through(2_000).unwrap();
    assert_eq!(listed(&device), 3, "what is offered waits for its answer");
    let offered: Vec<Acknowledged> =
        ghost.document.changes().iter().map(|it| Acknowledged { hash: it.hash, place: None }).collect();
    device.store.acknowledge(&offered).unwrap();
    device.store.read_through(2_000).unwrap();
    assert_eq!(listed(&device), 2);
    assert!(device.store.find(ghost.document.id()).unwrap().unwrap().departed);
    assert!(!device.store.find(own.document.id()).unwrap().unwrap().departed, "it was never sent");
    device.assert_projections_are_those_of_a_rebuild();
}

/// Saved on a form that was open when the household left, or built anew without what was refused.
#[test]
fn what_is_written_here_of_a_household_that_left_brings_it_back_to_nobody() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Hoà", "038090000001");
    let id = made.document.id();
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    device.store.receive(&delivery(vec![Arrival::Left(id, VILLAGE)], &[(VILLAGE, 3)])).unwrap();
    device.keep(&edited(&made.document, 11, &[("place/address", Scalar::text("Số 13"))]));
    assert_eq!((listed(&device), device.waiting().len()), (0, 3), "with what was offered when it left");
    assert!(device.store.find(id).unwrap().unwrap().departed);
    device.assert_projections_are_those_of_a_rebuild();
}

#[test]
fn what_is_written_here_is_no_word_of_a_log_but_what_it_took_is() {
    let mut device = Device::new();
    let [told, ghost] =
        [(1, "038090000001"), (2, "038090000002")].map(|(id, citizen)| device.enter(id, "Hoà", citizen));
    let both: Vec<Arrival> = [arrivals(&told, VILLAGE, 1), arrivals(&ghost, VILLAGE, 3)].concat();
    device.store.receive(&delivery(both, &[(VILLAGE, 4)])).unwrap();
    device.store.start_over(5, 2_000).unwrap();
    device.store.receive(&delivery(Vec::new(), &[(VILLAGE, 0)])).unwrap();
    let settle = |device: &mut Device, made: &Made, place: Option<(UnitId, u64)>| {
        let late = edited(&made.document, 11, &[("place/address", Scalar::text("Số 13"))]);
        device.keep(&late);
        let hashes = late.document.changes().into_iter().map(|change| change.hash);
        let all: Vec<Acknowledged> = hashes.map(|hash| Acknowledged { hash, place }).collect();
        device.store.acknowledge(&all).unwrap();
    };
    settle(&mut device, &told, Some((VILLAGE, 9)));
    settle(&mut device, &ghost, None);
    device.store.read_through(2_000).unwrap();
    assert!(!device.store.find(told.document.id()).unwrap().unwrap().departed);
    assert!(device.store.find(ghost.document.id()).unwrap().unwrap().departed);
}

#[test]
fn a_purged_household_is_gone_from_every_table() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Hoà", "038090000001");
    let id = made.document.id();
    device.store.receive(&delivery(vec![Arrival::Purged(id)], &[(VILLAGE, 1)])).unwrap();
    assert!(device.store.find(id).unwrap().is_none());
    assert!(device.waiting().is_empty());
    assert_eq!(listed(&device), 0);
    for table in ["household_search", "household_digits"] {
        let sql = format!("SELECT count(*) FROM {table}");
        let left: i64 = device.store.db.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0);
    }
}

#[test]
fn everything_can_be_offered_again() {
    let mut device = Device::new();
    let own = device.enter(1, "Đỗ Văn Hoà", "038090000001");
    let other = household(2, 20, "Lê Thị Thử", "038190000002");
    device.store.receive(&delivery(arrivals(&other, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    device.store.offer_all(5).unwrap();
    let waiting = device.waiting();
    assert_eq!(waiting.len(), own.changes.len() + other.changes.len());
    let carried = device.store.unsent(usize::MAX).unwrap();
    let carried = carried.iter().filter(|one| one.document == other.document.id());
    assert!(carried.clone().count() == 2 && carried.into_iter().all(|one| one.batch == Some(BATCH)));
}
