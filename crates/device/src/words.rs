//! The words for error codes, from the same catalogue as the window's: `ui/messages/{vi,en}.json`.
//!
//! **Invariant:** every code that can reach a person has words in both languages.

use std::collections::BTreeMap;

use commands::Fault;
use serde_json::Value;

const VIETNAMESE: &str = include_str!("../../../ui/messages/vi.json");
const ENGLISH: &str = include_str!("../../../ui/messages/en.json");

/// The catalogue's keys for errors start with this.
const PREFIX: &str = "error_";

/// What a fault says in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// In Vietnamese.
    pub vietnamese: String,
    /// In English.
    pub english: String,
}

/// Error words in both languages, by code.
pub struct Words {
    vietnamese: BTreeMap<String, String>,
    english: BTreeMap<String, String>,
}

impl Words {
    /// The shipped catalogue.
    pub fn shipped() -> Self {
        Self { vietnamese: errors(VIETNAMESE), english: errors(ENGLISH) }
    }

    /// What a fault says, with `{name}` filled from its parameters.
    pub fn say(&self, fault: &Fault) -> Said {
        let code = fault.code.text();
        let words = |catalogue: &BTreeMap<String, String>| {
            let words = catalogue.get(code).map_or(code, String::as_str);
            fill(words, &fault.params)
        };
        Said { vietnamese: words(&self.vietnamese), english: words(&self.english) }
    }
}

fn errors(catalogue: &str) -> BTreeMap<String, String> {
    let all: BTreeMap<String, Value> = serde_json::from_str(catalogue).unwrap_or_default();
    let errors = all.into_iter().filter_map(|(key, words)| {
        let code = key.strip_prefix(PREFIX)?.to_owned();
        Some((code, words.as_str()?.to_owned()))
    });
    errors.collect()
}

fn fill(words: &str, params: &BTreeMap<String, String>) -> String {
    params
        .iter()
        .fold(words.to_owned(), |filled, (name, value)| filled.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use commands::ErrorCode;

    use super::*;

    #[test]
    fn every_code_has_words_in_both_languages() {
        let words = Words::shipped();
        for code in ErrorCode::ALL.iter().map(|code| code.text()) {
            for catalogue in [&words.vietnamese, &words.english] {
                assert!(catalogue.get(code).is_some_and(|words| !words.is_empty()), "no words for {code}");
            }
        }
    }

    #[test]
    fn parameters_fill_the_words() {
        let params = BTreeMap::from([("limit".to_owned(), "120".to_owned())]);
        assert_eq!(fill("at most {limit}, {other}", &params), "at most 120, {other}");
    }
}
