//! What the server owns about its town: units, users, reviews, citations, population, report settings.
//!
//! **Invariant:** the town that is read from the registry equals the one that was installed.

pub mod check;
pub mod file;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::citation::Citation;
use domain::classification::Class;
use domain::configuration::{Configuration, Recognised, Seal};
use domain::date::parse_day;
use domain::id::{HouseholdId, ReviewId, TownId, UnitId, UserId};
use domain::policy::Policy;
use domain::population::Population;
use domain::recognition::{Recognition, Register};
use domain::review::Review;
use domain::unit::Unit;
use domain::user::{Enrolled, PublicKey, Role, User};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::b1::{B1Shelf, SuppliedB1};
use crate::database::facts::{Fact, FactKind};
use crate::database::people::Enrolment;
use crate::fault::{Code, Fault};

/// The town. Users and reviews stand with their keys of the town file.
#[derive(Clone, Debug, PartialEq)]
pub struct Town {
    /// The unit that the server belongs to.
    pub unit: UnitId,
    /// The review that is open.
    pub current_review: Option<ReviewId>,
    /// Units.
    pub units: Vec<Unit>,
    /// Users.
    pub users: Vec<(String, User)>,
    /// The units that users were posted to before.
    pub former: BTreeMap<UserId, Vec<UnitId>>,
    /// Reviews, oldest first.
    pub reviews: Vec<(String, Review)>,
    /// The policy registry.
    pub policies: Vec<Policy>,
    /// The citation registry.
    pub citations: Vec<Citation>,
    /// Population figures.
    pub population: Vec<Population>,
    /// The B1 tables that the office has supplied.
    pub b1: B1Shelf,
    /// What the office has closed, oldest first.
    pub seals: Vec<Seal>,
    /// Of each review and scope that was sealed: how far the log was.
    pub pins: BTreeMap<(ReviewId, UnitId), u64>,
    /// The report's settings, if the town file has any.
    pub report: Option<ReportSettings>,
}

/// The report's settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportSettings {
    /// The days it speaks of.
    pub days: reports::ReportDays,
    /// The letter's words and citations.
    pub letter: reports::Letter,
    /// Where the paper report of May 2017 prints another figure, a check says so.
    pub paper: bool,
}

/// What the registry keeps of the town itself.
#[derive(Serialize, Deserialize)]
struct Settings {
    unit: UnitId,
    current_review: Option<ReviewId>,
    report: Option<ReportSettings>,
}

/// An entry of the registry.
pub fn fact<T: Serialize>(kind: FactKind, id: impl ToString, value: &T) -> Result<Fact, Fault> {
    let body = serde_json::to_string(value).map_err(|_| Fault::of(Code::ServerBroken))?;
    Ok(Fact { kind, id: id.to_string(), body })
}

fn value<T: DeserializeOwned>(fact: &Fact) -> Result<T, Fault> {
    serde_json::from_str(&fact.body).map_err(|error| {
        tracing::error!(kind = fact.kind.word(), id = fact.id, %error, "a fact of the registry cannot be read");
        Fault::of(Code::DatabaseDamaged)
    })
}

/// How far the logs were when a review was sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pins {
    /// The review.
    pub review: ReviewId,
    /// The last sequence of each scope.
    pub sequences: Vec<(UnitId, u64)>,
}

/// Pins as an entry of the registry, beside their seal.
pub fn pins_fact(seal: &Seal, pins: &Pins) -> Result<Fact, Fault> {
    fact(FactKind::Pins, format!("{}/{}", seal.review, seal.unit), pins)
}

/// Where a user was posted before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Former {
    /// The user.
    pub user: UserId,
    /// The units that are the user's no more, or were not at some time.
    pub units: Vec<UnitId>,
}

/// A seal as an entry of the registry.
pub fn seal_fact(seal: &Seal) -> Result<Fact, Fault> {
    fact(FactKind::Seal, format!("{}/{}", seal.review, seal.unit), seal)
}

impl Town {
    /// The town as entries of the registry.
    pub fn facts(&self) -> Result<Vec<Fact>, Fault> {
        let report = self.report.clone();
        let settings = Settings { unit: self.unit, current_review: self.current_review, report };
        let mut facts = vec![fact(FactKind::Settings, "town", &settings)?];
        for unit in &self.units {
            facts.push(fact(FactKind::Unit, unit.id, unit)?);
        }
        for (key, user) in &self.users {
            facts.push(fact(FactKind::User, key, user)?);
        }
        for (user, units) in &self.former {
            facts.push(fact(FactKind::Former, user, &Former { user: *user, units: units.clone() })?);
        }
        for (key, review) in &self.reviews {
            facts.push(fact(FactKind::Review, key, review)?);
        }
        for policy in &self.policies {
            facts.push(fact(FactKind::Policy, &policy.id, policy)?);
        }
        for citation in &self.citations {
            facts.push(fact(FactKind::Citation, &citation.id, citation)?);
        }
        for (hash, at, table) in self.b1.entries() {
            let supplied = SuppliedB1 { table: table.clone(), at };
            facts.push(fact(FactKind::B1Table, hash, &supplied)?);
        }
        for (at, figure) in self.population.iter().enumerate() {
            facts.push(fact(FactKind::Population, at, figure)?);
        }
        for seal in &self.seals {
            facts.push(seal_fact(seal)?);
        }
        Ok(facts)
    }

    /// The town from the registry.
    pub fn of_facts(facts: &[Fact]) -> Result<Self, Fault> {
        let settings = facts.iter().find(|fact| fact.kind == FactKind::Settings);
        let settings: Settings = value(settings.ok_or(Fault::of(Code::NoTown))?)?;
        let mut town = Self {
            unit: settings.unit,
            current_review: settings.current_review,
            units: Vec::new(),
            users: Vec::new(),
            former: BTreeMap::new(),
            reviews: Vec::new(),
            policies: Vec::new(),
            citations: Vec::new(),
            population: Vec::new(),
            b1: B1Shelf::default(),
            seals: Vec::new(),
            pins: BTreeMap::new(),
            report: settings.report,
        };
        for fact in facts {
            match fact.kind {
                FactKind::Unit => town.units.push(value(fact)?),
                FactKind::User => town.users.push((fact.id.clone(), value(fact)?)),
                FactKind::Former => {
                    let former: Former = value(fact)?;
                    town.former.insert(former.user, former.units);
                }
                FactKind::Review => town.reviews.push((fact.id.clone(), value(fact)?)),
                FactKind::Policy => town.policies.push(value(fact)?),
                FactKind::Citation => town.citations.push(value(fact)?),
                FactKind::Population => town.population.push(value(fact)?),
                FactKind::B1Table => town.b1.put(&fact.id, value::<SuppliedB1>(fact)?),
                FactKind::Seal => town.seals.push(value(fact)?),
                FactKind::Pins => {
                    let pins: Pins = value(fact)?;
                    for (unit, seq) in pins.sequences {
                        // sealed once for good: a seal above a sealed unit moves nothing
                        town.pins.entry((pins.review, unit)).or_insert(seq);
                    }
                }
                FactKind::Settings => {}
            }
        }
        Ok(town)
    }

    /// A user by id.
    pub fn user(&self, id: UserId) -> Option<&User> {
        self.users.iter().map(|(_, user)| user).find(|user| user.id == id)
    }

    /// A user by id or key, as somebody typed it.
    pub fn user_named(&self, name: &str) -> Option<&User> {
        let fits = |(key, user): &&(String, User)| key == name || user.id.to_string() == name;
        self.users.iter().find(fits).map(|(_, user)| user)
    }

    /// A review by id.
    pub fn review(&self, id: ReviewId) -> Option<&Review> {
        self.reviews.iter().map(|(_, review)| review).find(|review| review.id == id)
    }

    /// A review by id or key, as somebody typed it.
    pub fn review_named(&self, name: &str) -> Option<&Review> {
        let fits = |(key, review): &&(String, Review)| key == name || review.id.to_string() == name;
        self.reviews.iter().find(fits).map(|(_, review)| review)
    }

    /// A unit by id.
    pub fn unit_of(&self, id: UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// A unit by id or name, as somebody typed it; none if several have the name.
    pub fn unit_named(&self, name: &str) -> Option<&Unit> {
        let mut found = self.units.iter().filter(|unit| unit.name == name || unit.id.to_string() == name);
        found.next().filter(|_| found.next().is_none())
    }

    /// True if the review is sealed for the unit or one above it.
    pub fn is_sealed(&self, unit: UnitId, review: ReviewId) -> bool {
        let sealed = |unit: UnitId| self.seals.iter().any(|seal| (seal.unit, seal.review) == (unit, review));
        self.with_those_above(&[unit]).into_iter().any(sealed)
    }

    /// A number that changes with what the views are computed from: the units, and the reviews with what they pin.
    pub fn basis(&self) -> u64 {
        let ground = serde_json::to_vec(&(&self.units, &self.reviews)).unwrap_or_default();
        let digest: [u8; 32] = Sha256::digest(&ground).into();
        let (first, _) = digest.split_at(8);
        // Databases hold signed numbers, and 0 stands for no basis.
        (u64::from_be_bytes(first.try_into().unwrap_or_default()) >> 1).max(1)
    }

    /// Units with every unit above them.
    fn with_those_above(&self, units: &[UnitId]) -> Vec<UnitId> {
        let mut seen = units.to_vec();
        let mut at = 0;
        while at < seen.len() {
            let parent = self.unit_of(seen[at]).and_then(|unit| unit.parent);
            seen.extend(parent.filter(|parent| !seen.contains(parent)));
            at += 1;
        }
        seen
    }

    /// Every unit's id: every scope.
    pub fn scopes(&self) -> Vec<UnitId> {
        self.units.iter().map(|unit| unit.id).collect()
    }

    /// What a person's device may know of the town: the units of its scopes with those above them, the people who work
    /// in the same scopes with the keys of their devices, and who in the scopes is on which list.
    pub fn configuration(
        &self,
        user: &User,
        (register, enrolments): (&Register, &[Enrolment]),
        town: TownId,
        version: u64,
    ) -> Configuration {
        let seen = self.with_those_above(&user.scopes);
        let meets = |other: &User| {
            user.role == Role::Office || other.scopes.iter().any(|scope| user.scopes.contains(scope))
        };
        // a household that moves brings along what others wrote, so everybody is known by name
        let known = |(_, other): &(String, User)| match meets(other) {
            true => other.clone(),
            false => User { scopes: Vec::new(), ..other.clone() },
        };
        let met = |id| self.user(id).is_some_and(meets);
        Configuration {
            version,
            town,
            town_unit: self.unit,
            user: user.clone(),
            units: self.units.iter().filter(|unit| seen.contains(&unit.id)).cloned().collect(),
            users: self.users.iter().map(known).collect(),
            enrolled: enrolments.iter().filter(|it| met(it.user)).map(enrolled).collect(),
            reviews: self.reviews.iter().map(|(_, review)| review.clone()).collect(),
            current_review: self.current_review,
            policies: self.policies.clone(),
            b1_tables: self.b1.pinned(self.reviews.iter().map(|(_, review)| review)),
            recognised: self.recognised(user, register),
            seals: self.seals.iter().filter(|seal| seen.contains(&seal.unit)).cloned().collect(),
        }
    }

    /// Of each household of the person's scopes: the row that puts it on the opening list of the open review, and
    /// the rows that the review itself found.
    fn recognised(&self, user: &User, register: &Register) -> Vec<Recognised> {
        let review = self.current_review.and_then(|id| self.review(id));
        let Some((review, day)) = review.and_then(|it| Some((it.id, parse_day(&it.as_of).ok()?))) else {
            return Vec::new();
        };
        let (found, before): (Vec<Recognition>, Vec<Recognition>) =
            register.rows().iter().cloned().partition(|row| row.review == Some(review));
        let opening = held(&before, day).into_values().filter(|row| row.class != Class::NotPoor);
        let mut rows: Vec<&Recognition> = opening.chain(&found).collect();
        rows.retain(|row| user.scopes.contains(&row.unit));
        rows.sort_by_key(|row| row.seq);
        rows.into_iter().map(told).collect()
    }
}

/// The row of each household that holds on a day, among some rows of the register.
fn held(rows: &[Recognition], day: NaiveDate) -> BTreeMap<HouseholdId, &Recognition> {
    let mut held: BTreeMap<HouseholdId, &Recognition> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.from <= day) {
        let known = held.entry(row.household).or_insert(row);
        if known.from <= row.from {
            *known = row;
        }
    }
    held.retain(|_, row| row.to.is_none_or(|to| day <= to));
    held
}

fn enrolled(enrolment: &Enrolment) -> Enrolled {
    let (id, user, key) = (enrolment.id, enrolment.user, PublicKey(enrolment.public_key));
    Enrolled { id, user, key, revoked: enrolment.revoked_at.is_some() }
}

fn told(row: &Recognition) -> Recognised {
    Recognised {
        household: row.household,
        review: row.review,
        class: row.class,
        change: row.change,
        decision: row.decision.clone(),
        from: row.from.to_string(),
        to: row.to.map(|to| to.to_string()),
    }
}
