//! The rulebook that a review pins, with the B1 table that it pins.
//!
//! **Invariant:** a review whose rulebook or table is not here by its exact hash has no rulebook, and so no class.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::Rulebook;
use crate::b1::B1Table;
use crate::review::Review;

/// Rulebooks with a table that are kept; a device meets one or two in its life.
const KEPT_MAX: usize = 32;

/// Rulebooks with a table by the hashes of both. What a hash names never changes, so nothing here is ever outdated; they
/// are kept for the life of the process because merging takes longer than deciding a class.
static KEPT: LazyLock<Mutex<BTreeMap<[String; 2], &'static Rulebook>>> = LazyLock::new(Mutex::default);

/// The rulebook that a review pins, with its table if it pins one; nothing if this program does not have exactly these.
pub fn pinned(review: &Review, tables: &[B1Table]) -> Option<&'static Rulebook> {
    let rulebook = Rulebook::shipped_by_id(&review.rulebook)?;
    if rulebook.hash_hex() != review.rulebook_hash {
        return None;
    }
    match &review.b1_table {
        Some(table) => with_table(rulebook, table, tables),
        None => Some(rulebook),
    }
}

fn with_table(rulebook: &Rulebook, hash: &str, tables: &[B1Table]) -> Option<&'static Rulebook> {
    let key = [rulebook.hash_hex(), hash.to_owned()];
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(merged) = kept.get(&key) {
        return Some(merged);
    }
    let table = tables.iter().find(|table| table.hash() == hash)?;
    if kept.len() >= KEPT_MAX {
        return None;
    }
    let merged: &'static Rulebook = Box::leak(Box::new(rulebook.with_table(table)?));
    kept.insert(key, merged);
    Some(merged)
}
