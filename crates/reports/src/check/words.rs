//! What a check says: `data/checks.toml`, filled in.
//!
//! **Invariant:** every code has words in both languages; a test reads every one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::CheckCode;
use crate::figure::Words;

const SHIPPED: &str = include_str!("../../data/checks.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    pub(super) vi: String,
    pub(super) en: String,
}

pub(super) fn catalogue() -> &'static BTreeMap<String, Pair> {
    static WORDS: LazyLock<BTreeMap<String, Pair>> =
        LazyLock::new(|| toml::from_str(SHIPPED).expect("the shipped words are well-formed"));
    &WORDS
}

/// The words of a code with names filled in; a name with `_en` stands in the English words for the one without.
pub(super) fn words(code: CheckCode, params: &[(&str, String)]) -> Words {
    let key = code.key();
    let Some(pair) = catalogue().get(key) else { return Words { vi: key.to_owned(), en: key.to_owned() } };
    let english = params.iter().filter_map(|(name, value)| Some((name.strip_suffix("_en")?, value)));
    let both = || params.iter().map(|(name, value)| (*name, value));
    Words { vi: fill(&pair.vi, both()), en: fill(&pair.en, english.chain(both())) }
}

fn fill<'p>(text: &str, params: impl Iterator<Item = (&'p str, &'p String)>) -> String {
    params.fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
