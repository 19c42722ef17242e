//! What was written in a history, who acknowledged it, and who had seen it when they wrote over it.
//!
//! Every edit carries a word of its own. An acknowledged word is accounted for as long as it stands somewhere, or
//! somebody who had seen it wrote over it, and that word is accounted for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A field of a household.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The household.
    pub household: String,
    /// The field's path.
    pub field: String,
}

#[derive(Clone, Debug)]
struct Word {
    /// When it was made, among all words.
    number: u64,
    at: Place,
    device: usize,
    acknowledged: bool,
    /// No device may have it any more: where the server loses it too, nobody can bring it back.
    fragile: bool,
    /// The words that its author saw there.
    seen: BTreeSet<String>,
}

/// The words of a history.
#[derive(Clone, Debug, Default)]
pub struct History {
    words: BTreeMap<String, Word>,
    made: u64,
    saved: u64,
}

impl History {
    /// A new word.
    pub fn word(&mut self) -> String {
        self.made += 1;
        // no word is the beginning of another
        format!("chữ {}.", self.made)
    }

    /// How many words were made.
    pub fn made(&self) -> u64 {
        self.made
    }

    /// How many edits were saved on a device.
    pub fn edits(&self) -> u64 {
        self.saved
    }

    /// How many were acknowledged.
    pub fn acknowledged(&self) -> u64 {
        self.words.values().filter(|word| word.acknowledged).count() as u64
    }

    /// A word was saved by a device that saw these in its place.
    pub fn saved(&mut self, word: &str, device: usize, at: Place, seen: BTreeSet<String>) {
        let number = self.made;
        self.saved += 1;
        let kept = Word { number, at, device, acknowledged: false, fragile: false, seen };
        self.words.insert(word.to_owned(), kept);
    }

    /// Somebody chose a word over others.
    pub fn chose(&mut self, word: &str, over: BTreeSet<String>) {
        if let Some(known) = self.words.get_mut(word) {
            known.seen.extend(over.into_iter().filter(|other| other != word));
        }
    }

    /// The device says that the server has everything that it wrote about a household; the words that it means. It does not
    /// speak of those that it forgot.
    pub fn acknowledge(&mut self, device: usize, household: &str) -> Vec<String> {
        let own = |word: &Word| word.device == device && word.at.household == household && !word.fragile;
        let new = |word: &Word| own(word) && !word.acknowledged;
        let those = self.words.iter_mut().filter(|(_, word)| new(word));
        let acknowledged = those.map(|(name, word)| {
            word.acknowledged = true;
            name.clone()
        });
        acknowledged.collect()
    }

    /// The households that a device has unacknowledged words about.
    pub fn waiting(&self, device: usize) -> BTreeSet<String> {
        let those = self.words.values().filter(|word| word.device == device && !word.acknowledged);
        those.map(|word| word.at.household.clone()).collect()
    }

    /// The words that a device saved, and nobody has acknowledged so far.
    pub fn waiting_words(&self, device: usize) -> BTreeSet<String> {
        let those = self.words.iter().filter(|(_, word)| word.device == device && !word.acknowledged);
        those.map(|(name, _)| name.clone()).collect()
    }

    /// A device was put back to when so many words had been made, and speaks of none that came later: a copy of it may go on with
    /// them. What it had sent is on the server, and maybe there only; the others are nobody's promise any more.
    pub fn forgot(&mut self, device: usize, made: u64, server_holds: impl Fn(&str, &str) -> bool) {
        for (name, word) in &mut self.words {
            if word.device == device && word.number > made {
                word.fragile = true;
                word.acknowledged &= server_holds(&word.at.household, name);
            }
        }
    }

    /// A person asked for the household to be erased: nobody's promise any more.
    pub fn purged(&mut self, household: &str) {
        self.words.retain(|_, word| word.at.household != household);
    }

    /// The words about a household.
    pub fn words_of(&self, household: &str) -> Vec<String> {
        let those = self.words.iter().filter(|(_, word)| word.at.household == household);
        those.map(|(name, _)| name.clone()).collect()
    }

    /// The server was put back: what no device may have is nobody's promise any more.
    pub fn server_forgot(&mut self) {
        self.words.values_mut().filter(|word| word.fragile).for_each(|word| word.acknowledged = false);
    }

    /// The acknowledged words that are nowhere, and that nobody who had seen them wrote over. `standing` are the words
    /// that stand in each field.
    pub fn lost(&self, standing: &BTreeMap<Place, BTreeSet<String>>) -> Vec<String> {
        let stands = |name: &str, word: &Word| standing.get(&word.at).is_some_and(|it| it.contains(name));
        let mut accounted: BTreeSet<&str> = self
            .words
            .iter()
            .filter(|(name, word)| stands(name, word))
            .map(|(name, _)| name.as_str())
            .collect();
        loop {
            let newly: Vec<&str> = (accounted.iter())
                .flat_map(|name| self.words.get(*name).into_iter().flat_map(|word| &word.seen))
                .map(String::as_str)
                .filter(|name| !accounted.contains(name))
                .collect();
            if newly.is_empty() {
                break;
            }
            accounted.extend(newly);
        }
        let lost =
            self.words.iter().filter(|(name, word)| word.acknowledged && !accounted.contains(name.as_str()));
        lost.map(|(name, word)| {
            format!("{name} of device {} at {} {}", word.device, word.at.household, word.at.field)
        })
        .collect()
    }
}

/// The words that a page shows in a field: the one that counts, and those that contradict it.
pub fn shown(page: &Value, field: &str) -> BTreeSet<String> {
    let mut at = &page["household"];
    for part in field.split('/') {
        at = &at[part];
    }
    let conflicts = page["conflicts"].as_array().into_iter().flatten();
    let values = conflicts
        .filter(|conflict| conflict["field"] == field)
        .flat_map(|conflict| conflict["values"].as_array().into_iter().flatten())
        .map(|told| &told["value"]);
    std::iter::once(at).chain(values).filter_map(Value::as_str).map(str::to_owned).collect()
}
