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

/// The words of a code with names filled in.
pub(super) fn words(code: CheckCode, params: &[(&str, String)]) -> Words {
    let key = code.key();
    let Some(pair) = catalogue().get(key) else { return Words { vi: key.to_owned(), en: key.to_owned() } };
    Words { vi: fill(&pair.vi, params), en: fill(&pair.en, params) }
}

fn fill(text: &str, params: &[(&str, String)]) -> String {
    params.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
