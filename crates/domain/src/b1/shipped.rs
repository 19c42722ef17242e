//! What the program knows of the official tables: the regions, and the items that were found in a source. No table
//! of any period is complete, so none of them scores: they are the beginning of the file that the office fills in.
//!
//! **Invariant:** what is shipped here is locked and says why, in both languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{B1Answer, B1Item, B1Kind, B1Table, answer_id};
use crate::rulebook::Status;

/// One for each period whose reviews have a form B1.
const FILES: [&str; 2] =
    [include_str!("../../rulebooks/2016-2021/b1.toml"), include_str!("../../rulebooks/2022-2026/b1.toml")];

/// A file that does not load is left out; a test holds that none is.
static SHIPPED: LazyLock<Vec<ShippedB1>> =
    LazyLock::new(|| FILES.iter().filter_map(|file| ShippedB1::load(file).ok()).collect());

/// A region of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct B1Region {
    /// The column: `NT_DBSH`.
    pub id: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
}

/// A part of the official table of which nothing is known but that it exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct B1Missing {
    /// Numbers on the form.
    pub no: String,
    /// What it is about, in Vietnamese.
    pub name_vi: String,
    /// The same in English.
    pub name_en: String,
    /// How sure that is.
    pub status: Status,
    /// Where it was looked for.
    pub source: String,
}

/// Why what is known scores nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct B1Locked {
    /// In Vietnamese.
    pub reason_vi: String,
    /// In English.
    pub reason_en: String,
    /// Where the official table was looked for.
    pub source: String,
}

/// What is known of a period's official table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShippedB1 {
    /// The items that were found, with the points that were found.
    pub table: B1Table,
    /// The regions; empty where the period's regions were not found.
    pub regions: Vec<B1Region>,
    /// What is missing as a whole.
    pub missing: Vec<B1Missing>,
    /// Why it scores nobody.
    pub locked: B1Locked,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rulebook: String,
    version: String,
    legal: String,
    locked: B1Locked,
    #[serde(default)]
    regions: Vec<B1Region>,
    #[serde(default)]
    items: Vec<RawItem>,
    #[serde(default)]
    missing: Vec<B1Missing>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    no: String,
    name_vi: String,
    name_en: Option<String>,
    kind: B1Kind,
    waived_vi: Option<String>,
    status: Status,
    source: String,
    answers: Vec<RawAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnswer {
    label_vi: String,
    label_en: Option<String>,
    #[serde(default)]
    points: BTreeMap<String, i64>,
}

impl ShippedB1 {
    /// Reads a file of this kind; the fictitious table of the tests is one too.
    ///
    /// # Errors
    /// What the file has is not what it should have.
    pub fn load(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let table = B1Table {
            rulebook: file.rulebook,
            version: file.version,
            legal: file.legal,
            fictitious: false,
            regions: file.regions.iter().map(|region| region.id.clone()).collect(),
            items: file.items.into_iter().enumerate().map(|(at, raw)| raw.item(at)).collect(),
        };
        Ok(Self { table, regions: file.regions, missing: file.missing, locked: file.locked })
    }

    /// Every one that the program knows, oldest period first.
    pub fn all() -> &'static [Self] {
        &SHIPPED
    }

    /// That of a rulebook; none for a rulebook without form B1.
    pub fn of(rulebook: &str) -> Option<&'static Self> {
        Self::all().iter().find(|shipped| shipped.table.rulebook == rulebook)
    }

    /// The regions' ids.
    pub fn region_ids(&self) -> Vec<&str> {
        self.regions.iter().map(|region| region.id.as_str()).collect()
    }

    /// The region with an id.
    pub fn region(&self, id: &str) -> Option<&B1Region> {
        self.regions.iter().find(|region| region.id == id)
    }
}

impl B1Item {
    /// The id of the item that stands at a place of the table, from 0.
    pub fn id_at(at: usize) -> String {
        format!("b1_{}", at + 1)
    }
}

impl RawItem {
    fn item(self, at: usize) -> B1Item {
        let answer = |raw: RawAnswer| B1Answer {
            id: answer_id(&self.name_vi, &raw.label_vi),
            label_vi: raw.label_vi,
            label_en: raw.label_en,
            points: raw.points,
        };
        B1Item {
            id: B1Item::id_at(at),
            answers: self.answers.into_iter().map(answer).collect(),
            no: self.no,
            name_vi: self.name_vi,
            name_en: self.name_en,
            kind: self.kind,
            waived_vi: self.waived_vi,
            status: self.status,
            source: self.source,
        }
    }
}
