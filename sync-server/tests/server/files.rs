//! What only a database of files has: what lies in them, and what is refused untouched.

use std::path::PathBuf;

use sync_server::database::sqlite::Sqlite;
use sync_server::database::{DatabaseError, Location};
use sync_server::fault::Code;
use sync_server::moving;
use sync_server::setup;
use sync_server::verify::verify;

use crate::officer::{Officer, household, unit};
use crate::world::World;

fn folder(world: &World) -> PathBuf {
    match world.place.location() {
        Location::Folder(folder) => folder,
        Location::Postgres { .. } => panic!("a test of files"),
    }
}

#[test]
fn the_log_tells_nothing_without_the_key_store() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    lan.push(&world, &household(9, &lan), unit(&world, "Khu phố 1"));
    let files =
        ["town.db", "town.db-wal"].map(|name| std::fs::read(folder(&world).join(name)).unwrap_or_default());
    let name = "Đỗ Văn Hoà".as_bytes();
    assert!(!files.concat().windows(name.len()).any(|window| window == name));
}

#[test]
fn a_newer_or_foreign_database_is_refused_untouched() {
    let refusal = |folder: &std::path::Path| match Sqlite::open(folder) {
        Ok(_) => panic!("opened"),
        Err(error) => error,
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.db");
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 999).unwrap();
    drop(newer);
    assert_eq!(refusal(folder.path()), DatabaseError::Newer);
    std::fs::write(&path, b"not a database, and long enough to be looked at as one ........................")
        .unwrap();
    assert!(matches!(refusal(folder.path()), DatabaseError::Damaged(_)));
}

#[test]
fn an_empty_folder_is_no_town() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(setup::open(folder.path()).err().unwrap().code, Code::NoTown);
    assert!(!folder.path().join("town.db").exists());
    drop(Sqlite::open(folder.path()).unwrap());
    assert_eq!(setup::open(folder.path()).err().unwrap().code, Code::NoTown);
}

#[test]
fn verifying_writes_nothing() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    lan.push(&world, &household(9, &lan), unit(&world, "Khu phố 1"));
    let read = || std::fs::read(folder(&world).join("town.db")).unwrap();
    let before = read();
    assert!(verify(&world.app).unwrap().sound);
    assert_eq!(read(), before);
}

#[test]
fn nothing_of_a_purged_household_is_left_in_the_files() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let home = household(9, &lan);
    lan.push(&world, &home, unit(&world, "Khu phố 1"));
    let found = |name: &str| {
        let files = std::fs::read_dir(folder(&world)).unwrap().map(|entry| entry.unwrap().path());
        let holding = |bytes: Vec<u8>| bytes.windows(name.len()).any(|window| window == name.as_bytes());
        files.filter(|path| holding(std::fs::read(path).unwrap())).count()
    };
    assert!(found("Đỗ Văn Hoà") > 0, "the views are plain");
    moving::purge(&world.app, &home.id().to_string()).unwrap();
    assert_eq!(found("Đỗ Văn Hoà"), 0);
}
