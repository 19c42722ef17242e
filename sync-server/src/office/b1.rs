//! Which B1 table the open review uses, and why the one that comes with the program scores nobody.

use domain::b1::{B1Table, ShippedB1};
use domain::review::Review;
use serde::Serialize;

use super::html::escape;
use super::language::Language;
use crate::b1::B1Shelf;
use crate::clock;

/// Letters of a hash that a page shows.
const HASH_SHOWN: usize = 12;

/// The table of the open review.
#[derive(Clone, Debug, Serialize)]
pub struct B1InForce {
    /// The table that is pinned; without one totals are entered from paper.
    pub table: Option<B1Named>,
    /// What comes with the program, which is locked.
    pub shipped: Option<B1Locked>,
    /// How many tables were supplied.
    pub supplied: usize,
}

/// A supplied table.
#[derive(Clone, Debug, Serialize)]
pub struct B1Named {
    /// SHA-256, hex.
    pub hash: String,
    /// What the office calls this version.
    pub version: String,
    /// The document that it was taken from.
    pub legal: String,
    /// Made up for trying the program.
    pub fictitious: bool,
    /// How many items.
    pub items: usize,
    /// When it was supplied, seconds since 1970.
    pub at: i64,
}

/// A table that scores nobody.
#[derive(Clone, Debug, Serialize)]
pub struct B1Locked {
    /// Its items.
    pub items: usize,
    /// How many of them have every point.
    pub known: usize,
    /// Why it is locked, in Vietnamese.
    pub reason_vi: String,
    /// The same in English.
    pub reason_en: String,
}

/// What is in force for a review.
pub fn in_force(shelf: &B1Shelf, review: &Review) -> B1InForce {
    let named = |(at, table): (i64, &B1Table)| B1Named {
        hash: table.hash(),
        version: table.version.clone(),
        legal: table.legal.clone(),
        fictitious: table.fictitious,
        items: table.items.len(),
        at,
    };
    let locked = |shipped: &ShippedB1| {
        let full = |regions: usize| {
            let items = shipped.table.items.iter();
            items.filter(|item| item.answers.iter().all(|answer| answer.points.len() == regions)).count()
        };
        B1Locked {
            items: shipped.table.items.len(),
            known: full(shipped.regions.len()),
            reason_vi: shipped.locked.reason_vi.clone(),
            reason_en: shipped.locked.reason_en.clone(),
        }
    };
    B1InForce {
        table: shelf.of(review).map(named),
        shipped: ShippedB1::of(&review.rulebook).map(locked),
        supplied: shelf.tables.len(),
    }
}

/// The part of the page.
pub fn section(language: Language, in_force: &B1InForce) -> String {
    let B1InForce { table, shipped, .. } = in_force;
    let alarm = table.as_ref().filter(|table| table.fictitious).map_or_else(String::new, |_| {
        format!(r#"<p class="alarm" role="note">{}</p>"#, escape(&language.say("b1_fictitious")))
    });
    let first = table.as_ref().map_or_else(|| language.say("b1_entered"), |table| used(language, table));
    let lines = [first].into_iter().chain(shipped.as_ref().map(|shipped| locked(language, shipped)));
    let lines: String = lines.map(|line| format!("<p class=\"hint\">{}</p>", escape(&line))).collect();
    format!("<section><h2>{}</h2>{alarm}{lines}</section>", escape(&language.say("b1_title")))
}

fn used(language: Language, table: &B1Named) -> String {
    let shown: String = table.hash.chars().take(HASH_SHOWN).collect();
    let params = [
        ("version", table.version.clone()),
        ("legal", table.legal.clone()),
        ("items", language.number(table.items as u64)),
        ("at", clock::vietnamese(table.at)),
        ("hash", shown),
    ];
    language.fill("b1_used", &params)
}

fn locked(language: Language, shipped: &B1Locked) -> String {
    let reason = match language {
        Language::Vietnamese => shipped.reason_vi.clone(),
        Language::English => shipped.reason_en.clone(),
    };
    let params = [("known", language.number(shipped.known as u64)), ("reason", reason)];
    language.fill("b1_shipped", &params)
}
