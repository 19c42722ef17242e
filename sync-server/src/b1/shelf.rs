//! The tables that the office has supplied, as the registry keeps them.

use std::collections::{BTreeMap, BTreeSet};

use domain::b1::B1Table;
use domain::review::Review;
use serde::{Deserialize, Serialize};

/// What the registry keeps of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppliedB1 {
    /// The table.
    pub table: B1Table,
    /// When it was supplied, seconds since 1970.
    pub at: i64,
}

/// Every table that was supplied, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct B1Shelf {
    /// The tables.
    pub tables: Vec<B1Table>,
    /// When each was supplied, by its hash.
    supplied: BTreeMap<String, i64>,
}

impl B1Shelf {
    /// Puts a table on it.
    pub fn put(&mut self, hash: &str, supplied: SuppliedB1) {
        self.supplied.insert(hash.to_owned(), supplied.at);
        self.tables.push(supplied.table);
    }

    /// Each table with its hash and when it was supplied.
    pub fn entries(&self) -> impl Iterator<Item = (String, i64, &B1Table)> {
        self.tables.iter().map(|table| {
            let hash = table.hash();
            let at = self.supplied.get(&hash).copied().unwrap_or_default();
            (hash, at, table)
        })
    }

    /// The table that a review pins, with when it was supplied.
    pub fn of(&self, review: &Review) -> Option<(i64, &B1Table)> {
        let pinned = review.b1_table.as_deref()?;
        self.entries().find(|(hash, ..)| hash == pinned).map(|(_, at, table)| (at, table))
    }

    /// The tables that any of the reviews pins: what a device needs.
    pub fn pinned<'a>(&self, reviews: impl Iterator<Item = &'a Review>) -> Vec<B1Table> {
        let pinned: BTreeSet<&str> = reviews.filter_map(|review| review.b1_table.as_deref()).collect();
        let is_pinned = |hash: &str| pinned.contains(hash);
        self.entries().filter(|(hash, ..)| is_pinned(hash)).map(|(_, _, table)| table.clone()).collect()
    }
}
