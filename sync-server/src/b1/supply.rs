//! Reading a file that the office has filled in, and taking it into the registry.

use domain::b1::{B1Table, ShippedB1};
use domain::review::Review;
use reports::b1::{B1CellFault, B1Refusal, B1Terms, read_b1};
use serde::Serialize;

use super::SuppliedB1;
use super::pin::{entered, pinned_fact};
use crate::app::App;
use crate::clock;
use crate::database::access::COMMAND_LINE;
use crate::database::facts::{Fact, FactKind};
use crate::fault::{Code, Fault};
use crate::town;

/// What a good file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The rulebook that it is for.
    pub rulebook: String,
    /// How many items.
    pub items: usize,
    /// How many answers.
    pub answers: usize,
    /// The regions.
    pub regions: Vec<String>,
    /// Made up for trying the program.
    pub fictitious: bool,
}

/// What was supplied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Supplied {
    /// SHA-256 of the table, hex: what a review pins.
    pub hash: String,
    /// What the table holds.
    #[serde(flatten)]
    pub checked: Checked,
    /// The configuration version from which it holds.
    pub configuration_version: u64,
    /// The review that uses it now.
    pub review: Option<String>,
    /// Households of the review that have a total entered from paper: it does not count while the table is pinned.
    pub entered: usize,
}

fn checked(table: &B1Table) -> Checked {
    Checked {
        rulebook: table.rulebook.clone(),
        items: table.items.len(),
        answers: table.items.iter().map(|item| item.answers.len()).sum(),
        regions: table.regions.clone(),
        fictitious: table.fictitious,
    }
}

/// The template of a rulebook.
pub fn template(rulebook: &str) -> Result<Vec<u8>, Fault> {
    reports::b1::b1_template(known(rulebook)?).map_err(|error| {
        tracing::error!(%error, "the template cannot be written");
        Fault::of(Code::ServerBroken)
    })
}

fn known(rulebook: &str) -> Result<&'static ShippedB1, Fault> {
    ShippedB1::of(rulebook).ok_or_else(|| Fault::of(Code::B1NoForm).with("rulebook", rulebook))
}

/// Reads a file without taking it in.
pub fn check(bytes: &[u8], terms: &B1Terms) -> Result<Checked, Fault> {
    read(bytes, terms).map(|table| checked(&table))
}

fn read(bytes: &[u8], terms: &B1Terms) -> Result<B1Table, Fault> {
    known(&terms.rulebook)?;
    read_b1(bytes, terms).map_err(|refusal| refused(&refusal))
}

fn refused(refusal: &B1Refusal) -> Fault {
    let fault = Fault::of(Code::B1Refused).with("count", refusal.count);
    refusal.faults.iter().fold(fault, |all, fault| all.because(of_cell(fault)))
}

/// A fault of a file with the place it is at; every code of the reader has its own here (a test reads them all).
fn of_cell(fault: &B1CellFault) -> Fault {
    let code = Code::ALL.iter().find(|code| code.text() == fault.code);
    let mut told = Fault::of(code.copied().unwrap_or(Code::B1Refused)).with("sheet", fault.sheet);
    for (name, value) in [
        ("cell", fault.cell.clone()),
        ("row", fault.row.map(|row| row.to_string())),
        ("column", fault.column.clone()),
        ("what", Some(fault.what.clone()).filter(|what| !what.is_empty())),
    ] {
        told = value.into_iter().fold(told, |told, value| told.with(name, value));
    }
    told
}

/// Takes a file into the registry, and into use by a review if one is named. The same table again changes nothing but
/// the review.
pub fn supply(app: &App, bytes: &[u8], terms: &B1Terms, review: Option<&str>) -> Result<Supplied, Fault> {
    let table = read(bytes, terms)?;
    let hash = table.hash();
    let mut facts = Vec::new();
    if !app.town.b1.entries().any(|(known, ..)| known == hash) {
        let supplied = SuppliedB1 { table: table.clone(), at: clock::now() };
        facts.push(town::fact(FactKind::B1Table, &hash, &supplied)?);
    }
    let pinned = review.map(|name| pinned_fact(app, name, &table, &hash)).transpose()?;
    let entered = pinned.as_ref().map_or(Ok(0), |(review, _)| entered(app, review))?;
    let named = pinned.as_ref().map(|(review, _)| review.name.clone());
    facts.extend(pinned.and_then(|(_, fact)| fact));
    Ok(Supplied {
        checked: checked(&table),
        configuration_version: append(app, "b1_supply", &hash, &facts)?,
        hash,
        review: named,
        entered,
    })
}

/// Notes what is done and does it; nothing to do leaves everything as it is.
pub(super) fn append(app: &App, what: &str, subject: &str, facts: &[Fact]) -> Result<u64, Fault> {
    if facts.is_empty() {
        return Ok(app.identity.configuration_version);
    }
    app.note(COMMAND_LINE, what, subject)?;
    app.append(facts)
}

/// The version of the review that pins a table.
pub(super) fn with_table(review: &Review, hash: Option<&str>) -> Review {
    Review { b1_table: hash.map(str::to_owned), ..review.clone() }
}
