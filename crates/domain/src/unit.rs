//! The tree of administrative units. Nothing assumes a number of levels.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::UnitId;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, thị xã, thành phố thuộc tỉnh; existed until 30/6/2025.
    District,
    /// Xã, phường, thị trấn.
    Commune,
    /// Thôn, khu phố, tổ dân phố.
    Village,
}

/// Which of the two income lines and score thresholds holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Khu vực nông thôn.
    Rural,
    /// Khu vực thành thị.
    Urban,
}

/// A unit of the tree; also the scope that a document can be in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Unit {
    /// Stable; survives renaming and merging.
    pub id: UnitId,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// What it is.
    pub kind: UnitKind,
    /// Name with its kind word: "Phường Ba Đình", "Khu phố 3".
    pub name: String,
    /// Urban or rural.
    pub area: Area,
    /// First day of its existence, `YYYY-MM-DD`.
    pub valid_from: String,
    /// Last day of its existence.
    pub valid_to: Option<String>,
    /// The units that took its place.
    #[serde(default)]
    pub successors: Vec<UnitId>,
    /// The column of the B1 table that holds here: `NT_BTB_DHMT`, `THANH_THI`.
    #[serde(default)]
    pub b1_region: Option<String>,
}

/// Where a household lives, as far as the rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locality<'a> {
    /// Urban or rural.
    pub area: Area,
    /// The column of the B1 table; none if the office has not said.
    pub b1_region: Option<&'a str>,
}

impl From<Area> for Locality<'_> {
    fn from(area: Area) -> Self {
        Self { area, b1_region: None }
    }
}

/// Where a household of a unit lives, if the unit is known.
pub fn locality(units: &[Unit], id: UnitId) -> Option<Locality<'_>> {
    let unit = units.iter().find(|unit| unit.id == id)?;
    Some(Locality { area: unit.area, b1_region: unit.b1_region.as_deref() })
}

/// The units at and under `top`, in the order given.
pub fn under(units: &[Unit], top: UnitId) -> Vec<UnitId> {
    let mut found = vec![top];
    let mut at = 0;
    while at < found.len() {
        let parent = found[at];
        found.extend(units.iter().filter(|unit| unit.parent == Some(parent)).map(|unit| unit.id));
        at += 1;
    }
    found
}
