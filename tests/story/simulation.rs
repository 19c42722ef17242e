//! Histories with faults: nothing that was acknowledged is lost, and everything comes to rest.

use tests::simulate::play_all;

/// Histories of the tests; `make simulate` plays more.
const HISTORIES: u64 = 200;

#[test]
fn nothing_that_was_acknowledged_is_lost_in_any_history() {
    let (told, failed) = play_all(1..HISTORIES + 1);
    println!("{told:?}");
    assert!(failed.is_empty(), "{} of {HISTORIES} histories:\n{}", failed.len(), failed.join("\n\n"));
    assert!(told.acknowledged > 10 * HISTORIES, "hardly anything was acknowledged: {told:?}");
    assert!(told.faults.len() >= 15, "kinds of misfortune: {told:?}");
}
