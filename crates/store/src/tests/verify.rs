//! What is kept, held against itself.

use super::*;

#[test]
fn a_sound_database_is_called_sound_and_what_lists_show_wrong_is_named() {
    let mut device = Device::new();
    let [first, second] = [(1, "038090000001"), (2, "038090000002")]
        .map(|(id, citizen)| device.enter(id, "Đỗ Văn Hoà", citizen));
    assert!(device.store.is_whole().unwrap());
    assert_eq!(device.store.misshown().unwrap(), []);
    assert_eq!(device.store.documents().unwrap().len(), 2);
    let stored = device.store.stored(first.document.id()).unwrap();
    let made: Vec<_> = first.document.changes().into_iter().map(|it| (it.hash, it.bytes)).collect();
    assert_eq!(stored.into_iter().map(|it| (it.hash, it.bytes)).collect::<Vec<_>>(), made);

    let db = &device.store.db;
    db.execute("UPDATE households SET members = 9 WHERE id = ?1", [first.document.id().0]).unwrap();
    assert_eq!(device.store.misshown().unwrap(), [first.document.id()]);
    let db = &device.store.db;
    db.execute("DELETE FROM people WHERE household = ?1", [second.document.id().0]).unwrap();
    assert_eq!(device.store.misshown().unwrap(), [first.document.id(), second.document.id()]);
    // nothing was mended by looking
    assert_eq!(device.store.misshown().unwrap().len(), 2);
    device.store.rebuild().unwrap();
    assert_eq!(device.store.misshown().unwrap(), []);
}

#[test]
fn a_change_that_was_damaged_is_found_where_it_lies() {
    let mut device = Device::new();
    let made = device.enter(1, "Đỗ Văn Hoà", "038090000001");
    let last = made.changes.last().unwrap().hash;
    let mut bytes = made.changes.last().unwrap().bytes.clone();
    *bytes.last_mut().unwrap() ^= 1;
    device.store.db.execute("UPDATE changes SET bytes = ?1 WHERE hash = ?2", (&bytes, last)).unwrap();
    let stored = device.store.stored(made.document.id()).unwrap();
    assert_eq!(stored.last().map(|it| (it.hash, it.bytes.clone())), Some((last, bytes)));
    assert!(device.store.misshown().is_err(), "a document that cannot be read is compared with nothing");
}
