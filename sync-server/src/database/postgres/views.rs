//! The schema `views`: `basis`, `applied`, `views` and `standings`.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{DocumentId, HouseholdId, ReviewId, UnitId};
use domain::merging::Merged;
use postgres::Row;
use records::Kind;

use super::cell::{bytes, cell, count};
use super::session::Session;
use super::{Postgres, session_of};
use crate::database::Outcome;
use crate::database::value::{of_json, signed, to_json};
use crate::database::views::{Snapshot, Standing, Tally, View, ViewWriter, Views, Work};

/// The number of a household among the kinds of documents, as a row has it.
const HOUSEHOLD: i16 = Kind::Household.number() as i16;

fn applied(session: &mut Session) -> Outcome<BTreeMap<UnitId, u64>> {
    let rows = session.rows("SELECT scope, seq FROM applied", &[])?;
    rows.iter().map(|row| Ok((UnitId::new(bytes(row, 0)?), count(row, 1)?))).collect()
}

struct Writer<'a>(&'a mut Session);

impl ViewWriter for Writer<'_> {
    fn basis(&mut self) -> Outcome<u64> {
        let row = self.0.row("SELECT configuration_version FROM basis", &[])?;
        row.map_or(Ok(0), |row| count(&row, 0))
    }

    fn clear(&mut self, basis: u64) -> Outcome<()> {
        self.0.batch("DELETE FROM basis; DELETE FROM applied; DELETE FROM views; DELETE FROM standings;")?;
        let sql = "INSERT INTO basis (one, configuration_version) VALUES (1, $1)";
        self.0.run(sql, &[&signed(basis)?])?;
        Ok(())
    }

    fn applied(&mut self) -> Outcome<BTreeMap<UnitId, u64>> {
        applied(self.0)
    }

    fn set_applied(&mut self, scope: UnitId, seq: u64) -> Outcome<()> {
        let sql =
            "INSERT INTO applied (scope, seq) VALUES ($1, $2) ON CONFLICT (scope) DO UPDATE SET seq = $2";
        self.0.run(sql, &[&scope.bytes().as_slice(), &signed(seq)?])?;
        Ok(())
    }

    fn put(&mut self, view: &View) -> Outcome<()> {
        let kind = view.content.kind();
        let household = view.household();
        let merged_into = household.and_then(|household| household.merged_into);
        let document = view.document.bytes().as_slice();
        self.0.run(
            "INSERT INTO views (document, scope, kind, listed, conflicts, last_at, body, removed, merged_into, merged)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (document) DO UPDATE SET scope = $2, kind = $3, listed = $4, conflicts = $5, last_at = $6,
                 body = $7, removed = $8, merged_into = $9, merged = $10",
            &[
                &document,
                &view.scope.bytes().as_slice(),
                &i16::from(kind.number()),
                &view.is_listed(),
                &signed(view.conflicts)?,
                &view.last_at,
                &to_json(&view.content)?,
                &household.is_some_and(|household| household.removed),
                &merged_into.as_ref().map(|id| id.bytes().as_slice()),
                &view.merged,
            ],
        )?;
        self.0.run("DELETE FROM standings WHERE document = $1", &[&document])?;
        for (review, standing) in &view.standings {
            let class = standing.class.map(|class| to_json(&class)).transpose()?;
            self.0.run(
                "INSERT INTO standings (document, review, progress, class) VALUES ($1, $2, $3, $4)",
                &[&document, &review.bytes().as_slice(), &to_json(&standing.progress)?, &class],
            )?;
        }
        Ok(())
    }

    fn remove(&mut self, document: DocumentId) -> Outcome<()> {
        let id = document.bytes().as_slice();
        self.0.run("DELETE FROM standings WHERE document = $1", &[&id])?;
        self.0.run("DELETE FROM views WHERE document = $1", &[&id])?;
        Ok(())
    }

    fn merged(&mut self) -> Outcome<Merged> {
        let sql = "SELECT document, merged_into FROM views WHERE merged_into IS NOT NULL";
        let pair = |row: &Row| Ok((HouseholdId::new(bytes(row, 0)?), HouseholdId::new(bytes(row, 1)?)));
        self.0.rows(sql, &[])?.iter().map(pair).collect()
    }

    fn listed(&mut self, of: &[HouseholdId]) -> Outcome<BTreeSet<HouseholdId>> {
        if of.is_empty() {
            return Ok(BTreeSet::new());
        }
        let ids: Vec<&[u8]> = of.iter().map(|id| id.bytes().as_slice()).collect();
        let sql = "SELECT document FROM views WHERE document = ANY ($1) AND kind = $2 AND NOT removed";
        self.0.rows(sql, &[&ids, &HOUSEHOLD])?.iter().map(|row| bytes(row, 0).map(HouseholdId::new)).collect()
    }

    fn set_merged(&mut self, household: HouseholdId, merged: bool) -> Outcome<()> {
        let sql = "UPDATE views SET merged = $2, listed = (NOT removed AND NOT $2)
                   WHERE document = $1 AND merged <> $2";
        self.0.run(sql, &[&household.bytes().as_slice(), &merged])?;
        Ok(())
    }
}

impl Views for Postgres {
    fn update(&self, work: Work<'_>) -> Outcome<()> {
        session_of(&self.views)?.write(|session| {
            session.run("SELECT pg_advisory_xact_lock(hashtext('rasoat views'))", &[])?;
            work(&mut Writer(session))
        })
    }

    fn applied(&self) -> Outcome<BTreeMap<UnitId, u64>> {
        session_of(&self.town)?.moment(applied)
    }

    fn snapshot(&self, scopes: &[UnitId]) -> Outcome<Snapshot> {
        let units: Vec<&[u8]> = scopes.iter().map(|unit| unit.bytes().as_slice()).collect();
        session_of(&self.town)?.moment(|session| {
            let mut sequences = applied(session)?;
            sequences.retain(|scope, _| scopes.contains(scope));
            let mut standings = standings(session, "scope", &units)?;
            let sql = "SELECT document, scope, conflicts, last_at, body, merged FROM views
                       WHERE scope = ANY ($1) ORDER BY document";
            let rows = session.rows(sql, &[&units])?;
            let views = rows.iter().map(|row| view(row, &mut standings)).collect::<Outcome<_>>()?;
            Ok(Snapshot { sequences, views })
        })
    }

    fn view(&self, document: DocumentId) -> Outcome<Option<View>> {
        session_of(&self.town)?.moment(|session| {
            let id = document.bytes().as_slice();
            let mut standings = standings(session, "document", &[id])?;
            let sql =
                "SELECT document, scope, conflicts, last_at, body, merged FROM views WHERE document = $1";
            let row = session.row(sql, &[&id])?;
            row.map(|row| view(&row, &mut standings)).transpose()
        })
    }

    fn tallies(&self, review: ReviewId) -> Outcome<BTreeMap<UnitId, Tally>> {
        let rows = session_of(&self.town)?.rows(
            "SELECT scope, listed, conflicts, last_at, progress, class
             FROM views LEFT JOIN standings ON standings.document = views.document AND review = $1
             WHERE kind = $2",
            &[&review.bytes().as_slice(), &HOUSEHOLD],
        )?;
        let mut tallies: BTreeMap<UnitId, Tally> = BTreeMap::new();
        for row in &rows {
            tally(tallies.entry(UnitId::new(bytes(row, 0)?)).or_default(), row)?;
        }
        Ok(tallies)
    }
}

/// Where households stand, by document.
type Standings = BTreeMap<DocumentId, BTreeMap<ReviewId, Standing>>;

/// The standings of the views whose scope, or document, is one of these.
fn standings(session: &mut Session, by: &str, ids: &[&[u8]]) -> Outcome<Standings> {
    let sql = match by {
        "scope" => {
            "SELECT document, review, progress, class FROM standings JOIN views USING (document) WHERE scope = ANY ($1)"
        }
        _ => "SELECT document, review, progress, class FROM standings WHERE document = ANY ($1)",
    };
    let mut standings = Standings::new();
    for row in &session.rows(sql, &[&ids])? {
        let of_document = standings.entry(DocumentId::new(bytes(row, 0)?)).or_default();
        of_document.insert(ReviewId::new(bytes(row, 1)?), standing(row, 2)?);
    }
    Ok(standings)
}

fn view(row: &Row, standings: &mut Standings) -> Outcome<View> {
    let document = DocumentId::new(bytes(row, 0)?);
    Ok(View {
        document,
        scope: UnitId::new(bytes(row, 1)?),
        conflicts: count(row, 2)?,
        last_at: cell(row, 3)?,
        content: of_json(cell(row, 4)?)?,
        merged: cell(row, 5)?,
        standings: standings.remove(&document).unwrap_or_default(),
    })
}

fn standing(row: &Row, at: usize) -> Outcome<Standing> {
    let class: Option<&str> = cell(row, at + 1)?;
    Ok(Standing { progress: of_json(cell(row, at)?)?, class: class.map(of_json).transpose()? })
}

fn tally(tally: &mut Tally, row: &Row) -> Outcome<()> {
    tally.last_at = tally.last_at.max(cell(row, 3)?);
    if !cell::<bool>(row, 1)? {
        return Ok(());
    }
    tally.households += 1;
    tally.conflicts += count(row, 2)?;
    if cell::<Option<&str>>(row, 4)?.is_none() {
        tally.not_started += 1;
        return Ok(());
    }
    tally.add(standing(row, 4)?);
    Ok(())
}
