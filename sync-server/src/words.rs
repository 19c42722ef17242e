//! The words for codes, from the catalogue that the whole program shares: `ui/messages/{vi,en}.json`.
//!
//! **Invariant:** every code that can leave the server has words in both languages (a test reads them all).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

type Catalogue = BTreeMap<String, Value>;

static VIETNAMESE: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../../ui/messages/vi.json")));
static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../../ui/messages/en.json")));

fn read(text: &str) -> Catalogue {
    serde_json::from_str(text).unwrap_or_default()
}

/// Words in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// The words under `key`, with `{name}` filled in; the key itself where the catalogue has none.
pub fn words(key: &str, params: &[(&'static str, String)]) -> Words {
    Words { vi: fill(&VIETNAMESE, key, params), en: fill(&ENGLISH, key, params) }
}

/// The words for an error code.
pub fn error(code: &str, params: &[(&'static str, String)]) -> Words {
    words(&format!("error_{code}"), params)
}

/// True if both catalogues have the key.
pub fn known(key: &str) -> bool {
    VIETNAMESE.contains_key(key) && ENGLISH.contains_key(key)
}

fn fill(catalogue: &Catalogue, key: &str, params: &[(&'static str, String)]) -> String {
    let words = catalogue.get(key).and_then(Value::as_str).unwrap_or(key).to_owned();
    params.iter().fold(words, |filled, (name, value)| filled.replace(&format!("{{{name}}}"), value))
}
