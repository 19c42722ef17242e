//! The data of a simulated server, as files or in a cluster: copied, put back, searched. Nobody may have it open, but for
//! being searched.

use std::path::{Path, PathBuf};

use postgres::{Client, NoTls};

use super::device::{copy, copy_but};
use crate::place::{Databases, Place};

/// A copy as it is; in this folder, if it is files.
///
/// # Panics
/// When the disk or the cluster fails.
pub fn copied(from: &Place, to: &Path) -> Place {
    match from {
        Place::Folder(folder) => {
            copy(folder, to);
            Place::Folder(to.to_owned())
        }
        Place::Cluster(databases) => {
            leave(databases);
            Place::in_cluster(databases.cluster.clone(), Some(databases))
        }
    }
}

/// Puts back what was copied earlier, but for the key store, which is apart.
///
/// # Panics
/// When the disk or the cluster fails.
pub fn put_back(place: &Place, from: &Place) {
    match (place, from) {
        (Place::Folder(folder), Place::Folder(from)) => {
            let is_keys = |name: &str| name.starts_with("keys.db");
            files(folder).into_iter().filter(|(name, _)| !is_keys(name)).for_each(|(_, path)| {
                std::fs::remove_file(path).expect("a file can be removed");
            });
            copy_but(from, folder, is_keys);
        }
        (Place::Cluster(databases), Place::Cluster(from)) => {
            leave(from);
            let ([town, _], [copy, _]) = (databases.names(), from.names());
            databases.say(&format!("DROP DATABASE {town} WITH (FORCE)"));
            databases.say(&format!("CREATE DATABASE {town} TEMPLATE {copy}"));
        }
        _ => panic!("a copy is of the same kind"),
    }
}

/// Whether it says one of these words in plain.
///
/// # Panics
/// When the disk or the cluster fails.
pub fn says(place: &Place, words: &[String]) -> bool {
    match place {
        Place::Folder(folder) => files(folder).into_iter().any(|(_, path)| {
            let bytes = std::fs::read(path).expect("a file can be read");
            words.iter().any(|word| bytes.windows(word.len()).any(|piece| piece == word.as_bytes()))
        }),
        Place::Cluster(databases) => databases.names().iter().any(|name| rows_say(databases, name, words)),
    }
}

fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let named = |entry: std::fs::DirEntry| (entry.file_name().to_string_lossy().into_owned(), entry.path());
    entries.map(|entry| named(entry.expect("an entry"))).collect()
}

/// Ends what is still connected: a template is copied while nobody is.
fn leave(databases: &Databases) {
    for name in databases.names() {
        databases.say(&format!(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'"
        ));
    }
}

/// Whether a row of any table of ours says one of these words, as text or in bytes.
fn rows_say(databases: &Databases, name: &str, words: &[String]) -> bool {
    let mut client = Client::connect(&databases.address(name), NoTls).expect("the cluster answers");
    let tables = client
        .query("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('town', 'views', 'keys')", &[])
        .expect("the tables are listed");
    tables.iter().map(|row| row.get::<_, String>(0)).any(|table| {
        let sql = format!(
            "SELECT EXISTS (SELECT FROM {table} AS it, unnest($1::text[]) AS word
             WHERE strpos(it::text, word) > 0 OR strpos(it::text, encode(convert_to(word, 'UTF8'), 'hex')) > 0)"
        );
        client.query_one(&sql, &[&words]).expect("a table can be searched").get(0)
    })
}
