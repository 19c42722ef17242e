//! Saving, refusing, and a power cut in the middle.

use std::collections::BTreeSet;

use domain::field::Field;
use domain::id::ActorId;
use domain::scalar::Scalar;
use rusqlite::{Transaction, TransactionBehavior};

use super::*;
use crate::{Batch, Draft, Fact, LogLine, Rebuilt, SetAside, StoreError};

#[test]
fn what_was_saved_is_there_after_opening_again() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Thử", "038090000001");
    let device = device.reopen();
    let document = device.document(made.document.id()).unwrap();
    assert_eq!(document.heads(), made.document.heads());
    assert_eq!(document.household(), made.document.household());
    assert_eq!(device.waiting(), made.changes.iter().map(|change| change.hash).collect::<Vec<_>>());
    assert_eq!(device.store.holder(made.author.actor).unwrap(), Some(HOLDER));
    assert_eq!(
        device.store.holder(made.author.spare).unwrap(),
        None,
        "an actor that made nothing is not known"
    );
    assert_eq!(device.store.configuration(), Some(&configuration()));
}

#[test]
fn the_skeletons_actor_is_nobodys() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Thử", "038090000001");
    assert_eq!(device.store.holder(made.changes[0].actor).unwrap(), None);
    assert_eq!(device.store.actors_of(HOLDER.enrolment).unwrap(), vec![made.author.actor]);
}

#[test]
fn saving_the_same_change_twice_stores_it_once() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Thử", "038090000001");
    device.keep(&made);
    assert_eq!(device.waiting().len(), made.changes.len());
}

#[test]
fn a_failed_write_leaves_nothing() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Thử", "038090000001");
    let before = crate::verify::shown(&device.store.db).unwrap();
    let more = edited(&made.document, 40, &[("place/address", Scalar::text("Số 13"))]);
    let failed: Result<(), StoreError> = device.store.transaction(|store, db| {
        let id = more.document.id();
        for change in &more.changes {
            let (hash, bytes) = (change.hash, change.bytes.as_slice());
            let new = crate::changes::NewChange { hash, document: id, bytes, batch: None, sequence: None };
            crate::changes::add(db, new)?;
            crate::outbox::add(db, &hash, id, 1)?;
        }
        store.project(db, &more.document, VILLAGE)?;
        Err(StoreError::Row("stopped"))
    });
    assert!(failed.is_err());
    assert_eq!(device.document(made.document.id()).unwrap().heads(), made.document.heads());
    assert_eq!(crate::verify::shown(&device.store.db).unwrap(), before);
    assert_eq!(device.waiting().len(), made.changes.len());
}

#[test]
fn documents_that_change_together_are_saved_together_or_not_at_all() {
    let mut device = Device::new();
    let (one, two) = (household(1, 30, "Đỗ Văn Thử", ""), household(2, 30, "Lê Thị Thử", ""));
    let refuse = "CREATE TEMP TRIGGER stop BEFORE INSERT ON changes WHEN new.document = x'02020202020202020202020202020202'
                  BEGIN SELECT raise(ABORT, 'stopped'); END";
    device.store.db.execute_batch(refuse).unwrap();
    assert!(device.store.save_all(&[written(&one), written(&two)]).is_err());
    assert_eq!(
        (device.waiting().len(), crate::verify::shown(&device.store.db).unwrap()),
        (0, std::collections::BTreeMap::new())
    );
    device.store.db.execute_batch("DROP TRIGGER stop").unwrap();
    device.store.save_all(&[written(&one), written(&two)]).unwrap();
    assert_eq!(device.waiting().len(), one.changes.len() + two.changes.len());
    assert_eq!(crate::verify::shown(&device.store.db).unwrap().len(), 2);
}

/// The files as they are on the disk while a transaction is open are what a power cut leaves.
#[test]
fn a_power_cut_in_the_middle_of_a_save_leaves_the_state_before_it() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Thử", "038090000001");
    let cut = tempfile::tempdir().unwrap();
    {
        let open = Transaction::new_unchecked(&device.store.db, TransactionBehavior::Immediate).unwrap();
        open.execute("DELETE FROM outbox", []).unwrap();
        open.execute("DELETE FROM changes", []).unwrap();
        for file in std::fs::read_dir(device.folder.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), cut.path().join(file.file_name())).unwrap();
        }
    }
    let store = Store::open(&cut.path().join("a.db"), &key()).unwrap();
    let check: String = store.db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let row = store.find(made.document.id()).unwrap().unwrap();
    assert_eq!(store.document(&row).unwrap().unwrap().heads(), made.document.heads());
    assert_eq!(store.waiting().unwrap().changes as usize, made.changes.len());
}

#[test]
fn a_refused_change_is_set_aside_and_the_document_goes_on_without_it() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Thử", "038090000001");
    let bad = edited(&made.document, 40, &[("place/address", Scalar::text("Nơi khác"))]);
    device.keep(&bad);
    let later = edited(&bad.document, 40, &[("place/phone", Scalar::text("0900000001"))]);
    device.keep(&later);

    let refused = bad.changes[0].hash;
    let mut fresh = || ActorId([77; 16]);
    let (rebuilt, remade) = later.document.remake(&BTreeSet::from([refused]), &mut fresh).unwrap();
    let field: Field = "place/address".parse().unwrap();
    let edits = vec![(field, Scalar::text("Nơi khác"))];
    let document = rebuilt.id();
    let code = "forbidden_path".to_owned();
    let aside = SetAside { hash: refused, document, code, at: 3, edits };
    let changes: Vec<RawChange> = remade.iter().map(|one| one.new.clone()).collect();
    let replaced: Vec<Hash> = remade.iter().map(|one| one.old).collect();
    let actors = [ActorId([77; 16])];
    let written = Written {
        document: &rebuilt,
        scope: VILLAGE,
        changes: &changes,
        actors: &actors,
        holder: HOLDER,
        at: 4,
    };
    let refused_rows = [(aside.clone(), bad.changes[0].bytes.clone())];
    let change = Rebuilt { refused: &refused_rows, replaced: &replaced, written: Some(written) };
    device.store.refuse(&change).unwrap();

    let stands = device.document(document).unwrap();
    assert_eq!(stands.heads(), rebuilt.heads());
    assert_eq!(stands.household().place.address.as_deref(), Some("Số 12 ngõ Thử"));
    assert_eq!(stands.household().place.phone.as_deref(), Some("0900000001"));
    assert_eq!(device.store.set_aside().unwrap(), vec![aside]);
    let waiting = device.waiting();
    assert!(!waiting.contains(&refused) && waiting.contains(&changes[0].hash));
    device.assert_projections_are_those_of_a_rebuild();
}

#[test]
fn a_batch_is_stored_with_its_number_before_it_is_sent() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Thử", "038090000001");
    assert_eq!(device.store.next_batch_number().unwrap(), 1);
    let batch = Batch { id: [1; 32], header: vec![1, 2, 3], signature: [4; 64] };
    let hashes: Vec<Hash> = made.changes.iter().map(|change| change.hash).collect();
    device.store.enclose(&batch, 1, &hashes).unwrap();
    let device = device.reopen();
    assert_eq!(device.store.next_batch_number().unwrap(), 2);
    assert_eq!(device.store.batch(&[1; 32]).unwrap(), Some(batch));
    assert!(device.store.unsent(usize::MAX).unwrap().iter().all(|one| one.batch == Some([1; 32])));
}

#[test]
fn the_outbox_is_read_in_pieces_of_at_least_one() {
    let mut device = Device::new();
    device.enter(1, "Đỗ Văn Thử", "038090000001");
    device.enter(2, "Lê Thị Thử", "038190000002");
    assert_eq!(device.store.unsent(0).unwrap().len(), 1);
    assert_eq!(device.store.unsent(usize::MAX).unwrap().len(), 4);
}

#[test]
fn single_values_and_the_log_are_kept() {
    let mut device = Device::new();
    device.store.remember(&[(Fact::Server, b"https://x"), (Fact::Token, b"t")]).unwrap();
    device.store.remember(&[(Fact::Server, b"https://y")]).unwrap();
    for at in 0..i64::from(crate::LOG_LINES_MAX) + 5 {
        let params = [("pushed".to_owned(), "3".to_owned())].into();
        device.store.log(&LogLine { at, code: "sync_done".to_owned(), params }).unwrap();
    }
    let device = device.reopen();
    assert_eq!(device.store.fact(Fact::Server).unwrap().as_deref(), Some(b"https://y".as_slice()));
    assert_eq!(device.store.fact(Fact::LastSuccess).unwrap(), None);
    let lines = device.store.sync_log().unwrap();
    assert_eq!(lines.len(), crate::LOG_LINES_MAX as usize);
    assert_eq!(lines[0].at, i64::from(crate::LOG_LINES_MAX) + 4);
}

#[test]
fn a_draft_is_erased_with_its_household() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Thử", "");
    let household = Some(made.document.id());
    let draft = Draft { household, form: "record".to_owned(), content: "gõ dở".to_owned(), at: 1 };
    device.store.keep_draft(&draft).unwrap();
    assert_eq!(device.store.draft(household, "record").unwrap(), Some(draft));
    device.store.purge(made.document.id()).unwrap();
    assert_eq!(device.store.drafts().unwrap(), []);
}
