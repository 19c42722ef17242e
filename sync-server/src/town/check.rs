//! The town file, checked as a whole: either everything in it holds together, or nothing is set up.
//!
//! **Invariant:** what comes out refers only to things that are there, with valid dates and counts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::citation::Citation;
use domain::classification::{Misfit, misfit};
use domain::date::parse_day;
use domain::id::{ReviewId, UnitId, UserId};
use domain::policy::Policy;
use domain::population::Population;
use domain::recognition::Register;
use domain::review::{LocalStandard, LocalThreshold, Review};
use domain::rulebook::Rulebook;
use domain::unit::{Area, Unit, under};
use domain::user::User;
use domain::vietnamese::tidy;
use reports::{ReportState, TownData};
use sha2::{Digest, Sha256};

use super::file::{FORMAT, LocalThresholdPart, ReportPart, ReviewPart, TownFile, UnitPart, UserPart};
use super::{ReportSettings, Town};
use crate::b1::B1Shelf;
use crate::fault::{Code, Fault};

/// Characters of a name, a title, a source.
const TEXT_MAX: usize = 300;
/// Characters of a key.
const KEY_MAX: usize = 64;

/// Reads a town file.
pub fn read(text: &str) -> Result<Town, Fault> {
    let malformed = |error: toml::de::Error| {
        let line = error.span().map_or(0, |span| text[..span.start].lines().count().max(1));
        Fault::of(Code::TownMalformed).with("line", line).with("reason", error.message())
    };
    check(toml::from_str(text).map_err(malformed)?)
}

/// Checks a town file.
pub fn check(file: TownFile) -> Result<Town, Fault> {
    if file.format != FORMAT {
        return Err(Fault::of(Code::TownFormat).with("format", file.format).with("known", FORMAT));
    }
    let checker = Checker::of(&file)?;
    let units = checker.units(&file.unit)?;
    let users = file.user.iter().map(|part| checker.user(part, &units)).collect::<Result<_, _>>()?;
    let reviews = file.review.iter().map(|part| checker.review(part)).collect::<Result<_, _>>()?;
    let current = file.town.current_review.as_deref();
    let town = Town {
        unit: checker.unit("town", &file.town.unit)?,
        current_review: current.map(|key| checker.review_id("town", key)).transpose()?,
        units,
        users,
        former: std::collections::BTreeMap::new(),
        reviews,
        policies: Policy::shipped().to_vec(),
        citations: checker.citations(&file)?,
        population: checker.population(&file)?,
        b1: B1Shelf::default(),
        seals: Vec::new(),
        pins: std::collections::BTreeMap::new(),
        report: file.report.as_ref().map(report).transpose()?,
    };
    writable(&town)?;
    Ok(town)
}

/// Writes the letter of a town without households, so that a citation that it lacks is found now and not in May.
fn writable(town: &Town) -> Result<(), Fault> {
    let Some(ReportSettings { days, letter, .. }) = &town.report else { return Ok(()) };
    let data = TownData {
        town: town.unit,
        units: &town.units,
        households: &[],
        register: &Register::default(),
        population: &town.population,
        citations: &town.citations,
        policies: &town.policies,
        programmes: &[],
        days: *days,
        letter,
        state: &ReportState::default(),
    };
    let written = reports::letter_docx(&data, &reports::figures(&data), &[]);
    written.map(drop).map_err(|error| at(Code::TownReport, "report.letter").with("reason", error))
}

fn at(code: Code, place: &str) -> Fault {
    Fault::of(code).with("at", place)
}

fn text(place: &str, text: &str) -> Result<String, Fault> {
    let tidy = tidy(text);
    let fits = (1..=TEXT_MAX).contains(&tidy.chars().count());
    if fits { Ok(tidy) } else { Err(at(Code::TownText, place)) }
}

fn day(place: &str, day: &str) -> Result<NaiveDate, Fault> {
    parse_day(day).map_err(|_| at(Code::TownDate, place))
}

/// Two days in order, as they were written.
fn ordered(place: &str, first: &str, last: Option<&str>) -> Result<(), Fault> {
    let first = day(place, first)?;
    let last = last.map(|last| day(place, last)).transpose()?;
    if last.is_some_and(|last| last < first) { Err(at(Code::TownDate, place)) } else { Ok(()) }
}

fn report(part: &ReportPart) -> Result<ReportSettings, Fault> {
    ordered("report", &part.from, Some(&part.to))?;
    let days = reports::ReportDays {
        as_of: day("report", &part.as_of)?,
        from: day("report", &part.from)?,
        to: day("report", &part.to)?,
        year: part.year,
    };
    let letter = part.letter.clone().try_into();
    let letter =
        letter.map_err(|error| at(Code::TownReport, "report.letter").with("reason", error.message()))?;
    Ok(ReportSettings { days, letter, paper: part.paper })
}

/// Keys, and the ids derived from them.
struct Checker {
    town: String,
    units: BTreeSet<String>,
    reviews: BTreeSet<String>,
}

fn keys<'a>(kind: &str, keys: impl Iterator<Item = &'a String>) -> Result<BTreeSet<String>, Fault> {
    let mut seen = BTreeSet::new();
    for key in keys {
        let place = format!("{kind} {key}");
        if key.is_empty() || key.chars().count() > KEY_MAX {
            return Err(at(Code::TownText, &place));
        }
        if !seen.insert(key.clone()) {
            return Err(at(Code::TownDuplicate, &place));
        }
    }
    Ok(seen)
}

impl Checker {
    fn of(file: &TownFile) -> Result<Self, Fault> {
        keys("town", std::iter::once(&file.town.key))?;
        keys("user", file.user.iter().map(|part| &part.key))?;
        keys("citation", file.citation.iter().map(|part| &part.key))?;
        Ok(Self {
            town: file.town.key.clone(),
            units: keys("unit", file.unit.iter().map(|part| &part.key))?,
            reviews: keys("review", file.review.iter().map(|part| &part.key))?,
        })
    }

    /// The id of a thing: SHA-256 of the town's key, its kind and its own key, cut to 16 bytes.
    fn id(&self, kind: &str, key: &str) -> [u8; 16] {
        let mut hash = Sha256::new();
        for part in ["rasoat/town-file/1", &self.town, kind, key] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let digest: [u8; 32] = hash.finalize().into();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        id
    }

    fn unit(&self, place: &str, key: &str) -> Result<UnitId, Fault> {
        if self.units.contains(key) {
            return Ok(UnitId::new(self.id("unit", key)));
        }
        Err(at(Code::TownUnknownKey, place).with("key", key))
    }

    fn review_id(&self, place: &str, key: &str) -> Result<ReviewId, Fault> {
        if self.reviews.contains(key) {
            return Ok(ReviewId::new(self.id("review", key)));
        }
        Err(at(Code::TownUnknownKey, place).with("key", key))
    }

    fn units(&self, parts: &[UnitPart]) -> Result<Vec<Unit>, Fault> {
        let by_key: BTreeMap<&str, &UnitPart> = parts.iter().map(|part| (part.key.as_str(), part)).collect();
        parts.iter().map(|part| self.unit_of(part, &by_key)).collect()
    }

    fn unit_of(&self, part: &UnitPart, all: &BTreeMap<&str, &UnitPart>) -> Result<Unit, Fault> {
        let place = format!("unit {}", part.key);
        ordered(&place, &part.valid_from, part.valid_to.as_deref())?;
        let successors = part.successors.iter().map(|key| self.unit(&place, key));
        Ok(Unit {
            id: self.unit(&place, &part.key)?,
            parent: part.parent.as_deref().map(|key| self.unit(&place, key)).transpose()?,
            kind: part.kind,
            name: text(&place, &part.name)?,
            area: area(part, all)?,
            valid_from: part.valid_from.clone(),
            valid_to: part.valid_to.clone(),
            successors: successors.collect::<Result<_, _>>()?,
            b1_region: b1_region(part, all)?,
        })
    }

    fn user(&self, part: &UserPart, units: &[Unit]) -> Result<(String, User), Fault> {
        let place = format!("user {}", part.key);
        let mut scopes = Vec::new();
        for key in &part.scopes {
            scopes.push(self.unit(&place, key)?);
        }
        for key in &part.under {
            scopes.extend(under(units, self.unit(&place, key)?));
        }
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() {
            return Err(at(Code::TownNoScope, &place));
        }
        let id = UserId::new(self.id("user", &part.key));
        Ok((part.key.clone(), User { id, name: text(&place, &part.name)?, role: part.role, scopes }))
    }

    fn review(&self, part: &ReviewPart) -> Result<(String, Review), Fault> {
        let place = format!("review {}", part.key);
        day(&place, &part.as_of)?;
        ordered(&place, &part.opened_on, part.deadline.as_deref())?;
        let unknown = || at(Code::TownRulebook, &place).with("rulebook", &part.rulebook);
        let rulebook = Rulebook::shipped_by_id(&part.rulebook).ok_or_else(unknown)?;
        check_rulebook(&place, part, rulebook)?;
        let review = Review {
            id: self.review_id(&place, &part.key)?,
            year: part.year,
            kind: part.kind,
            name: text(&place, &part.name)?,
            rulebook: rulebook.id.clone(),
            rulebook_hash: rulebook.hash_hex(),
            as_of: part.as_of.clone(),
            opened_on: part.opened_on.clone(),
            deadline: part.deadline.clone(),
            list_year: part.list_year,
            b1_table: None,
            local_standard: local_standard(&place, part, rulebook)?,
            opinion: part.opinion,
            opinion_of: opinion_of(&place, part)?,
        };
        Ok((part.key.clone(), review))
    }

    /// Citations. A blank number or day is taken, and listed on the report's checks page.
    fn citations(&self, file: &TownFile) -> Result<Vec<Citation>, Fault> {
        let citation = |part: &super::file::CitationPart| {
            let place = format!("citation {}", part.key);
            let date = part.date.as_deref().map(|date| day(&place, date)).transpose()?;
            Ok(Citation {
                id: part.key.clone(),
                kind: part.kind,
                number: tidy(&part.number),
                symbol: text(&place, &part.symbol)?,
                date,
                issuer: text(&place, &part.issuer)?,
                title: text(&place, &part.title)?,
            })
        };
        file.citation.iter().map(citation).collect()
    }

    fn population(&self, file: &TownFile) -> Result<Vec<Population>, Fault> {
        let figure = |part: &super::file::PopulationPart| {
            let place = format!("population {}", part.unit);
            if part.households < 0 || part.people < 0 {
                return Err(at(Code::TownCount, &place));
            }
            Ok(Population {
                unit: self.unit(&place, &part.unit)?,
                households: part.households,
                people: part.people,
                source: text(&place, &part.source)?,
                date: day(&place, &part.date)?,
            })
        };
        file.population.iter().map(figure).collect()
    }
}

/// Who gives the opinion of the level above. Where nobody is asked, nobody is named.
fn opinion_of(place: &str, part: &ReviewPart) -> Result<Option<String>, Fault> {
    match &part.opinion_of {
        Some(_) if part.opinion == Some(false) => Err(at(Code::TownOpinion, place)),
        who => who.as_deref().map(|who| text(place, who)).transpose(),
    }
}

/// A rulebook that scores nobody is of no use to a review; one of other years has to be confirmed.
fn check_rulebook(place: &str, part: &ReviewPart, rulebook: &Rulebook) -> Result<(), Fault> {
    if rulebook.locked.is_some() {
        return Err(at(Code::TownRulebookLocked, place).with("rulebook", &rulebook.id));
    }
    let proposed = Rulebook::for_list_year(part.list_year).map(|proposed| proposed.id.as_str());
    if proposed == Some(rulebook.id.as_str()) || part.rulebook_confirmed {
        return Ok(());
    }
    Err(at(Code::TownRulebookYear, place)
        .with("rulebook", &rulebook.id)
        .with("year", part.list_year)
        .with("proposed", proposed.unwrap_or("–")))
}

/// A second standard: thresholds that the rulebook has, with other values; nobody may lose by it.
fn local_standard(
    place: &str,
    part: &ReviewPart,
    rulebook: &Rulebook,
) -> Result<Option<LocalStandard>, Fault> {
    let Some(local) = &part.local_standard else { return Ok(None) };
    let place = format!("{place}.local_standard");
    if local.threshold.is_empty() {
        return Err(at(Code::TownThreshold, &place));
    }
    let threshold = |(id, values): (&String, &LocalThresholdPart)| {
        if rulebook.thresholds.iter().all(|known| known.id != *id) {
            return Err(at(Code::TownUnknownKey, &place).with("key", id));
        }
        if values.rural < 0 || values.urban < 0 {
            return Err(at(Code::TownThreshold, &place));
        }
        Ok((id.clone(), LocalThreshold { rural: values.rural, urban: values.urban }))
    };
    let standard = LocalStandard {
        name: text(&place, &local.name)?,
        legal: text(&place, &local.legal)?,
        thresholds: local.threshold.iter().map(threshold).collect::<Result<_, _>>()?,
    };
    match misfit(rulebook, &standard) {
        None => Ok(Some(standard)),
        Some(misfit) => Err(misfits(&place, misfit)),
    }
}

/// Scores that show what is wrong with a local standard.
fn misfits(place: &str, misfit: Misfit) -> Fault {
    let (code, area, b1, b2) = match misfit {
        Misfit::Unclear { area, b1, b2 } => (Code::TownStandardUnclear, area, b1, b2),
        Misfit::Stricter { area, b1, b2 } => (Code::TownStandardStricter, area, b1, b2),
    };
    let area = match area {
        Area::Rural => "rural",
        Area::Urban => "urban",
    };
    at(code, place).with("area", area).with("b1", b1).with("b2", b2)
}

/// A unit's column of the B1 table: its own, or that of the nearest unit above that says one and is of the same area.
fn b1_region(part: &UnitPart, all: &BTreeMap<&str, &UnitPart>) -> Result<Option<String>, Fault> {
    let own = area(part, all)?;
    let mut now = Some(part);
    while let Some(unit) = now {
        if let Some(region) = &unit.b1_region
            && area(unit, all)? == own
        {
            return text(&format!("unit {}", unit.key), region).map(Some);
        }
        now = unit.parent.as_deref().and_then(|key| all.get(key).copied());
    }
    Ok(None)
}

/// A unit's area: its own, or that of the nearest unit above that says one. Walking up also finds circles.
fn area(part: &UnitPart, all: &BTreeMap<&str, &UnitPart>) -> Result<Area, Fault> {
    let broken = || at(Code::TownTree, &format!("unit {}", part.key));
    let mut found = None;
    let mut now = part;
    for _ in 0..=all.len() {
        found = found.or(now.area);
        match &now.parent {
            None => return found.ok_or_else(broken),
            Some(key) => now = all.get(key.as_str()).ok_or_else(|| broken().with("key", key))?,
        }
    }
    Err(broken())
}
