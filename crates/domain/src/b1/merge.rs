//! A supplied table inside a rulebook: its items are questions like any others.
//!
//! **Invariant:** a rulebook never takes a table that is not complete, or that belongs to another rulebook.

use super::{B1Item, B1Kind, B1Table};
use crate::rulebook::{ChoiceOption, Level, Question, QuestionKind, Rulebook, Section};

/// The id of the section that the items become.
pub const SECTION: &str = "b1";
/// The answer "none of these" of an item that may have none.
pub(super) const NONE: &str = "none";
/// The answer "not scored for this household".
pub(super) const WAIVED: &str = "waived";

const TITLE_VI: &str = "Phiếu B1: các mục chấm điểm";
const TITLE_EN: &str = "Form B1: scored items";
const NONE_VI: &str = "Không thuộc trường hợp nào ở trên";
const NONE_EN: &str = "None of these";
const WAIVED_VI: &str = "Không tính điểm mục này";
const WAIVED_EN: &str = "Not scored";

impl Rulebook {
    /// The rulebook with the items of a table as its last section; nothing if the table cannot be used with it.
    pub fn with_table(&self, table: &B1Table) -> Option<Self> {
        let fits = table.rulebook == self.id && table.is_complete();
        let free = !self.sections.iter().any(|section| section.id == SECTION)
            && table.items.iter().all(|item| self.question(&item.id).is_none());
        (fits && free).then(|| {
            let mut merged = self.clone();
            merged.sections.push(table.section());
            merged.b1.table_hash = Some(table.hash());
            merged.b1.table = Some(table.clone());
            merged
        })
    }
}

impl B1Table {
    fn section(&self) -> Section {
        Section {
            id: SECTION.to_owned(),
            title_vi: TITLE_VI.to_owned(),
            title_en: TITLE_EN.to_owned(),
            questions: self.items.iter().map(B1Item::question).collect(),
        }
    }
}

impl B1Item {
    fn question(&self) -> Question {
        let text = |name: &str| format!("{}. {name}", self.no);
        Question {
            id: self.id.clone(),
            level: Level::Household,
            kind: self.question_kind(),
            text_vi: text(&self.name_vi),
            text_en: text(self.name_en.as_deref().unwrap_or(&self.name_vi)),
            required: true,
            applies: None,
            status: self.status,
            source: self.source.clone(),
        }
    }

    fn question_kind(&self) -> QuestionKind {
        let mut options: Vec<ChoiceOption> = self
            .answers
            .iter()
            .map(|answer| {
                option(&answer.id, &answer.label_vi, answer.label_en.as_deref().unwrap_or(&answer.label_vi))
            })
            .collect();
        if self.kind == B1Kind::Several {
            return QuestionKind::Several { options };
        }
        if self.kind == B1Kind::OneOrNone {
            options.push(option(NONE, NONE_VI, NONE_EN));
        }
        if let Some(waived) = &self.waived_vi {
            let words = |lead: &str| format!("{lead}: {waived}");
            options.push(option(WAIVED, &words(WAIVED_VI), &words(WAIVED_EN)));
        }
        QuestionKind::Choice { options }
    }
}

fn option(id: &str, text_vi: &str, text_en: &str) -> ChoiceOption {
    ChoiceOption { id: id.to_owned(), text_vi: text_vi.to_owned(), text_en: text_en.to_owned() }
}
