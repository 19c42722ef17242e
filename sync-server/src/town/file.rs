//! The town file: what an office writes down once so that `init` can set up its server.
//!
//! TOML, `format = 1`. Things are named by short keys of the office's choice (`ba-dinh`, `ba-dinh/kp-1`); the ids
//! that go into documents are derived from them, so that the same file always gives the same ids. A complete small
//! file is `demo/example.toml`.
//!
//! **Invariant:** an unknown word in the file is an error, never ignored: a misspelt setting does not pass unseen.

use std::collections::BTreeMap;

use serde::Deserialize;

use domain::citation::DocumentKind;
use domain::review::ReviewKind;
use domain::unit::{Area, UnitKind};
use domain::user::Role;

/// The format that this program reads.
pub const FORMAT: u32 = 1;

/// A whole town file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TownFile {
    /// Must be [`FORMAT`].
    pub format: u32,
    /// The town itself.
    pub town: TownPart,
    /// Units, parents before or after their children.
    pub unit: Vec<UnitPart>,
    /// People who use the program.
    #[serde(default)]
    pub user: Vec<UserPart>,
    /// Reviews, oldest first.
    #[serde(default)]
    pub review: Vec<ReviewPart>,
    /// The registry of documents that letters and reports cite.
    #[serde(default)]
    pub citation: Vec<CitationPart>,
    /// Population figures, by which rates are divided.
    #[serde(default)]
    pub population: Vec<PopulationPart>,
    /// What the town's report says about itself.
    pub report: Option<ReportPart>,
}

/// The town.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TownPart {
    /// Short name from which every id of the file is derived, for example `bim-son`. Never change it.
    pub key: String,
    /// The key of the unit that the server belongs to.
    pub unit: String,
    /// The key of the review that is open.
    pub current_review: Option<String>,
}

/// A unit of the tree.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitPart {
    /// Its key, unique among units.
    pub key: String,
    /// The key of the unit above; none for the top.
    pub parent: Option<String>,
    /// `province`, `district`, `commune`, `village`.
    pub kind: UnitKind,
    /// Name with its kind word: "Phường Ba Đình", "Khu phố 3".
    pub name: String,
    /// `rural` or `urban`; that of the parent where it is left out.
    pub area: Option<Area>,
    /// The column of the B1 table that holds here: `NT_BTB_DHMT`, `THANH_THI`; where it is left out, that of the
    /// nearest unit above of the same area.
    pub b1_region: Option<String>,
    /// First day, `YYYY-MM-DD`.
    pub valid_from: String,
    /// Last day.
    pub valid_to: Option<String>,
    /// Keys of the units that took its place.
    #[serde(default)]
    pub successors: Vec<String>,
}

/// A person who uses the program.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserPart {
    /// Its key, unique among users; also what `enrol --user` takes.
    pub key: String,
    /// Full name.
    pub name: String,
    /// `collector`, `commune_officer`, `office`, `viewer`.
    pub role: Role,
    /// Keys of single units whose documents the person works on.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Keys of units that count with everything under them.
    #[serde(default)]
    pub under: Vec<String>,
}

/// A review.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewPart {
    /// Its key, unique among reviews.
    pub key: String,
    /// The year of the survey.
    pub year: i32,
    /// `periodic` or `ad_hoc`.
    pub kind: ReviewKind,
    /// What people call it.
    pub name: String,
    /// Id of a rulebook that the program ships.
    pub rulebook: String,
    /// The office has confirmed a rulebook that is not the one of `list_year`.
    #[serde(default)]
    pub rulebook_confirmed: bool,
    /// The day at which ages are computed, `YYYY-MM-DD`.
    pub as_of: String,
    /// First day.
    pub opened_on: String,
    /// Last day for the villages.
    pub deadline: Option<String>,
    /// The year in which its list takes effect.
    pub list_year: i32,
    /// Whether the level above gives its opinion before the recognition; as the rulebook says where it is left out.
    pub opinion: Option<bool>,
    /// Who gives it: "Chủ tịch UBND thị xã".
    pub opinion_of: Option<String>,
    /// A second standard beside the national one.
    pub local_standard: Option<LocalStandardPart>,
}

/// A standard of the province or town.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalStandardPart {
    /// What people call it.
    pub name: String,
    /// The document that sets it.
    pub legal: String,
    /// Thresholds that it sets in place of the rulebook's, by their ids there.
    pub threshold: BTreeMap<String, LocalThresholdPart>,
}

/// A threshold of a local standard.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalThresholdPart {
    /// For rural households.
    pub rural: i64,
    /// For urban households.
    pub urban: i64,
}

/// A document that is cited.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitationPart {
    /// Its key; the report names citations by it.
    pub key: String,
    /// What it is: `law`, `decree`, `circular`, `resolution`, `decision`, `directive`, `plan`, `programme`, `report`,
    /// `submission`, `notice`, `guidance`, `minutes`, `letter`.
    pub kind: DocumentKind,
    /// The number; empty where it is still to be given.
    #[serde(default)]
    pub number: String,
    /// The symbol after the number: `KH-UBND`.
    pub symbol: String,
    /// The day, `YYYY-MM-DD`; none where it is blank.
    pub date: Option<String>,
    /// Who issued it.
    pub issuer: String,
    /// What it is about.
    pub title: String,
}

/// Population of a unit on a day.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PopulationPart {
    /// The unit's key.
    pub unit: String,
    /// Households.
    pub households: i64,
    /// People.
    pub people: i64,
    /// Where the figures were read.
    pub source: String,
    /// The day they hold for, `YYYY-MM-DD`.
    pub date: String,
}

/// The report's own settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportPart {
    /// The day as of which recognitions are read, `YYYY-MM-DD`.
    pub as_of: String,
    /// First day of the period whose supports are counted.
    pub from: String,
    /// Last day of it.
    pub to: String,
    /// The year whose programme documents hold the tasks and indicators.
    pub year: i32,
    /// Check the figures against those of the town's paper report of May 2017, which the program knows.
    #[serde(default)]
    pub paper: bool,
    /// The letter: its words, and which registry entries it cites where; read by the report itself.
    #[serde(default)]
    pub letter: toml::Table,
}
