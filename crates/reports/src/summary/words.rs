//! Titles and headings of the tables: `data/summary.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::figure::Words;

const SHIPPED: &str = include_str!("../../data/summary.toml");

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    vi: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titled {
    title: Pair,
    #[serde(default)]
    columns: BTreeMap<String, Pair>,
}

/// The words of a table.
pub(super) struct Heading {
    pub(super) title: Words,
    /// By column id.
    pub(super) columns: BTreeMap<String, Words>,
}

fn words(pair: &Pair) -> Words {
    Words { vi: pair.vi.clone(), en: pair.en.clone() }
}

/// The words of a table; its key where it has none.
pub(super) fn headings(id: &str) -> Heading {
    static TITLED: LazyLock<BTreeMap<String, Titled>> =
        LazyLock::new(|| toml::from_str(SHIPPED).expect("the shipped words are well-formed"));
    let Some(found) = TITLED.get(id) else {
        return Heading { title: Words { vi: id.to_owned(), en: id.to_owned() }, columns: BTreeMap::new() };
    };
    let columns = found.columns.iter().map(|(id, pair)| (id.clone(), words(pair))).collect();
    Heading { title: words(&found.title), columns }
}
