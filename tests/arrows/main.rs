//! The import arrows of ARCHITECTURE.md, read from the manifests: a crate may use what its arrow allows, nothing else.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// Which of our crates each crate may import.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("records", &["domain"]),
    ("sync", &["domain", "records"]),
    ("reports", &["domain"]),
    ("store", &["domain", "records"]),
    ("commands", &["domain", "records", "sync", "store", "reports"]),
    ("device", &["commands"]),
    ("rasoat", &["device", "commands"]),
    ("sync-server", &["domain", "records", "sync", "reports"]),
    ("disk", &[]),
];

/// Libraries that only some crates may name.
const FENCES: &[(&str, &[&str])] = &[
    ("automerge", &["records", "sync"]),
    ("rusqlite", &["store", "sync-server", "disk"]),
    ("rusqlite_migration", &["store", "sync-server"]),
    ("tauri", &["rasoat"]),
    ("axum", &["device", "sync-server"]),
    ("zip", &["reports"]),
    ("quick-xml", &["reports"]),
    ("rust_xlsxwriter", &["reports"]),
    ("postgres", &["sync-server"]),
    ("r2d2", &["sync-server"]),
];

/// Libraries that the pure crates may not name at all.
const IMPURE: &[&str] = &["tokio", "reqwest", "rusqlite", "getrandom", "rand", "axum", "tauri"];
const PURE: &[&str] = &["domain", "records", "sync", "reports"];

fn packages() -> BTreeMap<String, Package> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(root).no_deps().exec().expect("cargo metadata");
    metadata.packages.into_iter().map(|package| (package.name.to_string(), package)).collect()
}

fn imports(package: &Package) -> BTreeSet<String> {
    let shipped = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
    shipped.map(|dependency| dependency.name.clone()).collect()
}

#[test]
fn crates_import_only_along_the_arrows() {
    let packages = packages();
    for (name, allowed) in ARROWS {
        let ours = imports(&packages[*name]).into_iter().filter(|import| packages.contains_key(import));
        for import in ours {
            assert!(allowed.contains(&import.as_str()), "{name} must not import {import}");
        }
    }
}

#[test]
fn every_crate_has_an_arrow() {
    let known: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).chain(["tests"]).collect();
    for name in packages().keys() {
        assert!(known.contains(name.as_str()), "{name} has no arrow");
    }
}

#[test]
fn fenced_libraries_stay_behind_their_fences() {
    let packages = packages();
    for (library, allowed) in FENCES {
        for (name, package) in packages.iter().filter(|(name, _)| name.as_str() != "tests") {
            let named = imports(package).contains(*library);
            assert!(!named || allowed.contains(&name.as_str()), "{name} must not name {library}");
        }
    }
}

#[test]
fn the_pure_crates_name_nothing_impure() {
    let packages = packages();
    for name in PURE {
        let imports = imports(&packages[*name]);
        for library in IMPURE {
            assert!(!imports.contains(*library), "{name} must not name {library}");
        }
    }
}

#[test]
fn database_code_of_the_server_stays_in_its_folder() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../sync-server/src");
    for file in rust_files(root.as_ref()) {
        let text = std::fs::read_to_string(&file).expect("source");
        let inside = file.components().any(|part| part.as_os_str() == "database");
        for library in ["rusqlite", "postgres::", "r2d2"] {
            let named = text.replace("database::postgres::", "").contains(library);
            assert!(inside || !named, "{} names {library}", file.display());
        }
    }
}

fn rust_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let nested = folders.iter().flat_map(|folder| rust_files(folder));
    files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")).chain(nested).collect()
}
