//! Histories with faults: nothing that was acknowledged is lost, and everything comes to rest.

use tests::place::CLUSTER;
use tests::simulate::play_all;

/// Histories of the tests; `make simulate` plays more.
const HISTORIES: u64 = 200;
/// Over PostgreSQL, where every history copies databases.
const IN_A_CLUSTER: u64 = 40;

#[test]
#[allow(clippy::disallowed_methods, reason = "the cluster is a setting of the test run")]
fn nothing_that_was_acknowledged_is_lost_in_any_history() {
    let histories = if std::env::var(CLUSTER).is_ok() { IN_A_CLUSTER } else { HISTORIES };
    let (told, failed) = play_all(1..histories + 1);
    println!("{told:?}");
    assert!(failed.is_empty(), "{} of {histories} histories:\n{}", failed.len(), failed.join("\n\n"));
    assert!(told.acknowledged > 10 * histories, "hardly anything was acknowledged: {told:?}");
    assert!(told.faults.len() >= 15, "kinds of misfortune: {told:?}");
}
