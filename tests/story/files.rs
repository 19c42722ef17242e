//! What only a server over files has.

use std::path::Path;

use tests::server::command;
use tests::town::Town;

#[test]
fn a_server_database_newer_than_the_program_is_left_alone() {
    let mut town = Town::open();
    town.server_dies();
    let path = town.folder("server").join("town.db");
    raise_version(&path);
    let before = std::fs::read(&path).unwrap();
    let refused = command(town.server().place(), &["enrol", "--user", "ha"], "").unwrap_err();
    assert_eq!(refused["code"], "database_newer", "{refused}");
    assert!(refused["vi"].is_string() && refused["en"].is_string());
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

/// Writes a version into the file's header that no program has yet.
fn raise_version(path: &Path) {
    const USER_VERSION: std::ops::Range<usize> = 60..64;
    let mut bytes = std::fs::read(path).unwrap();
    bytes[USER_VERSION].copy_from_slice(&9_999_u32.to_be_bytes());
    std::fs::write(path, bytes).unwrap();
}
