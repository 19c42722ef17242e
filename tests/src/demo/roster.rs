//! Who is who in the demo town: villages, collectors and officers, read from the town file that the server is set
//! up with.

use std::path::Path;

use anyhow::Context;
use domain::unit::{Area, UnitKind};
use domain::user::Role;
use sync_server::town::file::{TownFile, UnitPart};

use super::plan::VillagePlan;

/// A village and who surveys it.
#[derive(Clone, Debug)]
pub struct Village {
    /// What the generator needs.
    pub plan: VillagePlan,
    /// Its name.
    pub name: String,
    /// The name of its unit.
    pub unit: String,
    /// Keys of its collectors; the first one enters the households.
    pub collectors: Vec<String>,
}

/// The people and places of the demo town.
pub struct Roster {
    /// Villages in the order of the file.
    pub villages: Vec<Village>,
    /// Keys of the commune officers with the names of their units.
    pub officers: Vec<(String, String)>,
    /// Key of the office's person.
    pub office: String,
    /// Name of the town.
    pub town: String,
}

impl Roster {
    /// Reads a town file.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let file: TownFile = toml::from_str(&text).context("the town file is not well-formed")?;
        let name = |key: &str| unit(&file, key).map(|unit| unit.name.clone()).unwrap_or_default();
        let villages = file.unit.iter().filter(|unit| unit.kind == UnitKind::Village);
        let villages = villages.map(|village| Village {
            plan: VillagePlan { key: village.key.clone(), area: area(&file, village) },
            name: village.name.clone(),
            unit: village.parent.as_deref().map(name).unwrap_or_default(),
            collectors: collectors(&file, &village.key),
        });
        let officers = file.user.iter().filter(|user| user.role == Role::CommuneOfficer);
        let officers = officers
            .map(|user| (user.key.clone(), user.under.first().map(|key| name(key)).unwrap_or_default()));
        let office =
            file.user.iter().find(|user| user.role == Role::Office).context("nobody is in the office")?;
        Ok(Self {
            villages: villages.collect(),
            officers: officers.collect(),
            office: office.key.clone(),
            town: name(&file.town.unit),
        })
    }

    /// Keys of everybody who gets a device.
    pub fn everybody(&self) -> Vec<String> {
        let collectors = self.villages.iter().flat_map(|village| village.collectors.clone());
        let officers = self.officers.iter().map(|(key, _)| key.clone());
        collectors.chain(officers).chain([self.office.clone()]).collect()
    }
}

fn unit<'a>(file: &'a TownFile, key: &str) -> Option<&'a UnitPart> {
    file.unit.iter().find(|unit| unit.key == key)
}

/// Its own, or that of the unit above.
fn area(file: &TownFile, of: &UnitPart) -> Area {
    let above = || of.parent.as_deref().and_then(|key| unit(file, key)).map(|parent| area(file, parent));
    of.area.or_else(above).unwrap_or(Area::Rural)
}

fn collectors(file: &TownFile, village: &str) -> Vec<String> {
    let collectors = file.user.iter().filter(|user| user.role == Role::Collector);
    collectors
        .filter(|user| user.scopes.iter().any(|scope| scope == village))
        .map(|user| user.key.clone())
        .collect()
}
