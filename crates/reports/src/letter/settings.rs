//! What an office settles about its letter: the template, the registry entry, the signature.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::error::TemplateError;

const SHIPPED: &str = include_str!("../../templates/letter-870.toml");

/// The letter's settings; also the town file's `[report.letter]` table, where everything may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Letter {
    /// The registry key of the letter itself, whose number and day are printed.
    pub citation: String,
    /// Who signs; `None` as long as nobody has.
    pub signer: Option<String>,
    /// Registry keys by the names that the template cites documents under, where they differ.
    pub cites: BTreeMap<String, String>,
    /// The words.
    pub template: Template,
}

impl Default for Letter {
    fn default() -> Self {
        Self {
            citation: "letter_870".to_owned(),
            signer: None,
            cites: BTreeMap::new(),
            template: Template::shipped().clone(),
        }
    }
}

/// The words of a letter. Every text may hold placeholders, see `Filler`; a text that begins with `- ` is an item of
/// a list, one that begins with `# ` is bold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What stands above the text.
    pub head: Head,
    /// The text.
    pub body: Body,
    /// What stands below it.
    pub signature: Signature,
    /// The appendix.
    pub appendix: Appendix,
}

/// What stands above the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The authority above the issuer, where the form names one.
    pub above: Option<String>,
    /// The issuer, in capitals, a line each.
    pub issuer: Vec<String>,
    /// The place of issue.
    pub place: String,
    /// What it is about, after `V/v`, a line each.
    pub subject: Vec<String>,
    /// Whom it goes to.
    pub receivers: Vec<String>,
}

/// The text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Before the first section.
    pub opening: Vec<String>,
    /// The numbered sections.
    pub section: Vec<BodySection>,
    /// The last sentence, without its end: `./.` is set by the program.
    pub closing: String,
}

/// A numbered section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodySection {
    /// Its title with its number.
    pub title: String,
    /// Its paragraphs.
    pub text: Vec<String>,
}

/// What stands below the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The power to sign and the office, in capitals, a line each.
    pub authority: Vec<String>,
    /// Nơi nhận, an item each, without dashes and ends.
    pub recipients: Vec<String>,
}

/// The appendix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appendix {
    /// Its title, in capitals, a line each.
    pub title: Vec<String>,
    /// The issuer, as the reference line names it.
    pub issuer: String,
    /// The six columns' heads.
    pub columns: [String; 6],
    /// The rows.
    pub row: Vec<AppendixRow>,
}

/// A row of the appendix. Each cell is a list of paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AppendixRow {
    /// Số TT; empty: the cell is one with that of the row above.
    pub no: String,
    /// The task.
    pub name: Vec<String>,
    /// The document that asks for it.
    pub basis: Vec<String>,
    /// How far it has come.
    pub progress: Vec<String>,
    /// What came out of it.
    pub result: Vec<String>,
    /// Remarks.
    pub note: Vec<String>,
    /// A heading: `name` spans every column but the first, in bold.
    pub heading: bool,
}

impl Template {
    /// The template of the program: the town's letter 870.
    ///
    /// # Panics
    /// Never: the shipped text is read by a test.
    pub fn shipped() -> &'static Self {
        static TEMPLATE: LazyLock<Template> =
            LazyLock::new(|| Template::parse(SHIPPED).expect("the shipped template is well-formed"));
        &TEMPLATE
    }

    /// A template from its text.
    ///
    /// # Errors
    /// The line that is not as expected.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        toml::from_str(text).map_err(|error| TemplateError::Shape(error.to_string()))
    }
}
