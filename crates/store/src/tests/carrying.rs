//! What a file brings: all of it or nothing, in its signers' batches, and waiting until the server's log has it.

use domain::scalar::Scalar;

use super::delivery::{BATCH, arrivals, delivery};
use super::*;
use crate::{Arrival, Batch, Carried, ORPHAN, Rebuilt, SetAside, StoreError};

const OTHER: Holder = Holder { user: UserId([30; 16]), enrolment: EnrolmentId([31; 16]) };

fn brought(device: &mut Device, made: &Made) {
    let batch = Batch { id: BATCH, header: vec![1], signature: [2; 64] };
    let all = |carrier: &mut crate::Carrier<'_>| {
        made.changes.iter().try_for_each(|change| {
            carrier.keep(&Carried {
                document: made.document.id(),
                kind: made.document.kind(),
                scope: VILLAGE,
                hash: change.hash,
                bytes: &change.bytes,
                batch: &batch,
                holder: Some((change.actor, OTHER)),
            })
        })
    };
    device.store.carry::<(), StoreError>(500, all).unwrap();
}

#[test]
fn what_is_carried_waits_in_its_batch_and_counts_as_the_servers_when_a_log_brings_it() {
    let mut device = Device::new();
    let made = household(1, 20, "Đỗ Văn Hoà", "038090000001");
    brought(&mut device, &made);
    let mut device = device.reopen();
    assert_eq!(device.store.waiting().unwrap().changes, 2);
    assert!(device.store.unsigned().unwrap().is_empty(), "nobody signs it again");
    assert!(device.store.unsent(usize::MAX).unwrap().iter().all(|one| one.batch == Some(BATCH)));
    assert!(device.store.settled(VILLAGE).unwrap().is_empty());
    assert_eq!(device.store.holder(ActorId([20; 16])).unwrap(), Some(OTHER));
    device.assert_projections_are_those_of_a_rebuild();
    let travelling = device.store.travelling(false).unwrap();
    assert_eq!(travelling, device.store.travelling(true).unwrap());
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    assert_eq!((device.waiting().len(), device.store.settled(VILLAGE).unwrap().len()), (0, 2));
    assert!(device.store.travelling(false).unwrap().is_empty());
    assert_eq!(device.store.travelling(true).unwrap().len(), 2);
    brought(&mut device, &made);
    assert!(device.waiting().is_empty(), "what the server has does not wait again");
}

#[test]
fn a_file_that_fails_halfway_has_changed_nothing() {
    let mut device = Device::new();
    let made = household(1, 20, "Đỗ Văn Hoà", "038090000001");
    let batch = Batch { id: BATCH, header: vec![1], signature: [2; 64] };
    let failed = device.store.carry::<(), StoreError>(500, |carrier| {
        let (first, id) = (&made.changes[0], made.document.id());
        let (hash, bytes) = (first.hash, first.bytes.as_slice());
        let kind = made.document.kind();
        carrier.keep(&Carried {
            document: id,
            kind,
            scope: VILLAGE,
            hash,
            bytes,
            batch: &batch,
            holder: None,
        })?;
        assert!(carrier.store().has_change(&hash)?, "it is there for what comes after it");
        Err(StoreError::LogGap)
    });
    assert!(matches!(failed, Err(StoreError::LogGap)));
    assert!(device.store.find(made.document.id()).unwrap().is_none());
    assert_eq!((device.waiting().len(), device.store.batch(&BATCH).unwrap()), (0, None));
}

#[test]
fn what_others_built_on_a_refused_change_waits_again_when_a_log_brings_that() {
    let mut device = Device::new();
    let made = household(1, 20, "Đỗ Văn Hoà", "038090000001");
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    let first = edited(&made.document, 21, &[("place/phone", Scalar::text("0901"))]);
    let second = edited(&first.document, 21, &[("place/phone", Scalar::text("0902"))]);
    brought(&mut device, &first);
    brought(&mut device, &second);
    let aside = |made: &Made, code: &str| {
        let (hash, document) = (made.changes[0].hash, made.document.id());
        let aside = SetAside { hash, document, code: code.to_owned(), at: 1, edits: Vec::new() };
        (aside, made.changes[0].bytes.clone())
    };
    let refused = [aside(&first, "forbidden_scope"), aside(&second, ORPHAN)];
    let kept = Made { changes: Vec::new(), ..edited(&made.document, 22, &[]) };
    device
        .store
        .refuse(&Rebuilt { refused: &refused, replaced: &[], written: Some(written(&kept)) })
        .unwrap();
    assert_eq!(device.store.refusal(&second.changes[0].hash).unwrap().as_deref(), Some(ORPHAN));
    assert!(device.waiting().is_empty());
    device.store.receive(&delivery(arrivals(&first, VILLAGE, 3), &[(VILLAGE, 3)])).unwrap();
    assert_eq!(device.waiting(), [second.changes[0].hash]);
    assert_eq!(device.store.unsent(usize::MAX).unwrap()[0].batch, Some(BATCH));
    assert_eq!(device.store.set_aside_count(None).unwrap(), 0);
    assert_eq!(device.document(made.document.id()).unwrap().heads(), second.document.heads());
    device.assert_projections_are_those_of_a_rebuild();
}

#[test]
fn what_was_purged_stays_known() {
    let mut device = Device::new();
    let made = household(1, 20, "Đỗ Văn Hoà", "038090000001");
    device.store.receive(&delivery(arrivals(&made, VILLAGE, 1), &[(VILLAGE, 2)])).unwrap();
    let id = made.document.id();
    assert!(!device.store.is_purged(id).unwrap());
    device.store.receive(&delivery(vec![Arrival::Purged(id)], &[(VILLAGE, 3)])).unwrap();
    let device = device.reopen();
    assert!(device.store.is_purged(id).unwrap());
    assert!(device.store.find(id).unwrap().is_none());
}
