//! What names a table and its answers by their content.
//!
//! **Invariant:** the same content gives the same name on every machine and in every version of the program; the
//! order of what is hashed here never changes.

use sha2::{Digest, Sha256};

use super::{B1Item, B1Kind, B1Table};
use crate::rulebook::Status;
use crate::vietnamese::{fold, tidy};

/// Bytes of an answer's id.
const ANSWER_BYTES: usize = 5;

/// The key of an answer in documents, made of the words of its item and its own.
pub fn answer_id(item: &str, label: &str) -> String {
    let mut hash = Canonical::new("rasoat/b1-answer/1");
    hash.text(&fold(&tidy(item)));
    hash.text(&fold(&tidy(label)));
    format!("a_{}", hex::encode(&hash.end()[..ANSWER_BYTES]))
}

impl B1Table {
    /// SHA-256 of the table's content, hex.
    pub fn hash(&self) -> String {
        let mut hash = Canonical::new("rasoat/b1-table/1");
        [&self.rulebook, &self.version, &self.legal].into_iter().for_each(|text| hash.text(text));
        hash.text(if self.fictitious { "fictitious" } else { "supplied" });
        hash.list(self.regions.len());
        self.regions.iter().for_each(|region| hash.text(region));
        hash.list(self.items.len());
        self.items.iter().for_each(|item| hash.item(item));
        hex::encode(hash.end())
    }
}

/// Texts with their lengths and lists with their counts, so that no two contents give the same bytes.
struct Canonical(Sha256);

impl Canonical {
    fn new(purpose: &str) -> Self {
        let mut started = Self(Sha256::new());
        started.text(purpose);
        started
    }

    fn text(&mut self, text: &str) {
        self.list(text.len());
        self.0.update(text.as_bytes());
    }

    fn list(&mut self, count: usize) {
        self.0.update((count as u64).to_le_bytes());
    }

    fn item(&mut self, item: &B1Item) {
        [&item.id, &item.no, &item.name_vi].into_iter().for_each(|text| self.text(text));
        self.text(item.name_en.as_deref().unwrap_or_default());
        self.text(kind(item.kind));
        self.text(item.waived_vi.as_deref().unwrap_or_default());
        self.text(status(item.status));
        self.text(&item.source);
        self.list(item.answers.len());
        for answer in &item.answers {
            [&answer.id, &answer.label_vi].into_iter().for_each(|text| self.text(text));
            self.text(answer.label_en.as_deref().unwrap_or_default());
            self.list(answer.points.len());
            for (region, points) in &answer.points {
                self.text(region);
                self.0.update(points.to_le_bytes());
            }
        }
    }

    fn end(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

fn kind(kind: B1Kind) -> &'static str {
    match kind {
        B1Kind::Single => "single",
        B1Kind::OneOrNone => "one_or_none",
        B1Kind::Several => "several",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Verified => "verified",
        Status::Secondary => "secondary",
        Status::Inferred => "inferred",
        Status::Recall => "recall",
        Status::NotFound => "not_found",
    }
}
