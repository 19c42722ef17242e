//! `views.db`: `basis`, `applied`, `views` and `standings`.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{DocumentId, HouseholdId, ReviewId, UnitId};
use domain::merging::Merged;
use records::Kind;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{Sqlite, in_transaction, lock};
use crate::database::Outcome;
use crate::database::value::{of_json, signed, to_json, unsigned};
use crate::database::views::{Snapshot, Standing, Tally, View, ViewWriter, Views, Work};

/// The start of every query that reads views with [`view`].
const VIEW: &str = "SELECT document, scope, conflicts, last_at, body, merged FROM views";

fn applied(connection: &Connection) -> Outcome<BTreeMap<UnitId, u64>> {
    let mut query = connection.prepare_cached("SELECT scope, seq FROM applied")?;
    let rows = query.query_map([], |row| Ok((UnitId::new(row.get(0)?), row.get(1)?)))?;
    rows.map(|row| row.map_err(Into::into).and_then(|(scope, seq)| Ok((scope, unsigned(seq)?)))).collect()
}

struct Writer<'a>(&'a Transaction<'a>);

impl ViewWriter for Writer<'_> {
    fn basis(&mut self) -> Outcome<u64> {
        let sql = "SELECT configuration_version FROM basis";
        unsigned(self.0.query_row(sql, [], |row| row.get(0)).optional()?.unwrap_or(0))
    }

    fn clear(&mut self, basis: u64) -> Outcome<()> {
        self.0.execute_batch(
            "DELETE FROM basis; DELETE FROM applied; DELETE FROM views; DELETE FROM standings;",
        )?;
        let sql = "INSERT INTO basis (one, configuration_version) VALUES (1, ?)";
        self.0.execute(sql, [signed(basis)?])?;
        Ok(())
    }

    fn applied(&mut self) -> Outcome<BTreeMap<UnitId, u64>> {
        applied(self.0)
    }

    fn set_applied(&mut self, scope: UnitId, seq: u64) -> Outcome<()> {
        let sql = "INSERT OR REPLACE INTO applied (scope, seq) VALUES (?, ?)";
        self.0.execute(sql, params![scope.bytes(), signed(seq)?])?;
        Ok(())
    }

    fn put(&mut self, view: &View) -> Outcome<()> {
        let kind = view.content.kind();
        let household = view.household();
        let mut put = self.0.prepare_cached(
            "INSERT OR REPLACE INTO views (document, scope, kind, listed, conflicts, last_at, body, removed,
                                           merged_into, merged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        put.execute(params![
            view.document.bytes(),
            view.scope.bytes(),
            kind.number(),
            view.is_listed(),
            signed(view.conflicts)?,
            view.last_at,
            to_json(&view.content)?,
            household.is_some_and(|household| household.removed),
            household.and_then(|household| household.merged_into).map(|id| id.0),
            view.merged,
        ])?;
        self.0.execute("DELETE FROM standings WHERE document = ?", [view.document.bytes()])?;
        let mut put = self.0.prepare_cached(
            "INSERT INTO standings (document, review, progress, class) VALUES (?, ?, ?, ?)",
        )?;
        for (review, standing) in &view.standings {
            let class = standing.class.map(|class| to_json(&class)).transpose()?;
            let progress = to_json(&standing.progress)?;
            put.execute(params![view.document.bytes(), review.bytes(), progress, class])?;
        }
        Ok(())
    }

    fn remove(&mut self, document: DocumentId) -> Outcome<()> {
        self.0.execute("DELETE FROM standings WHERE document = ?", [document.bytes()])?;
        self.0.execute("DELETE FROM views WHERE document = ?", [document.bytes()])?;
        Ok(())
    }

    fn merged(&mut self) -> Outcome<Merged> {
        let sql = "SELECT document, merged_into FROM views WHERE merged_into IS NOT NULL";
        let mut query = self.0.prepare_cached(sql)?;
        let read = |row: &Row<'_>| Ok((HouseholdId::new(row.get(0)?), HouseholdId::new(row.get(1)?)));
        Ok(query.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    fn listed(&mut self, of: &[HouseholdId]) -> Outcome<BTreeSet<HouseholdId>> {
        let sql = "SELECT 1 FROM views WHERE document = ? AND kind = ? AND removed = 0";
        let mut query = self.0.prepare_cached(sql)?;
        let mut found = BTreeSet::new();
        for id in of {
            let there: Option<i64> = query
                .query_row(params![id.bytes(), Kind::Household.number()], |row| row.get(0))
                .optional()?;
            found.extend(there.map(|_| *id));
        }
        Ok(found)
    }

    fn set_merged(&mut self, household: HouseholdId, merged: bool) -> Outcome<()> {
        let sql = "UPDATE views SET merged = ?2, listed = (removed = 0 AND NOT ?2)
                   WHERE document = ?1 AND merged <> ?2";
        self.0.prepare_cached(sql)?.execute(params![household.bytes(), merged])?;
        Ok(())
    }
}

impl Views for Sqlite {
    fn update(&self, work: Work<'_>) -> Outcome<()> {
        in_transaction(&mut lock(&self.views), |transaction| work(&mut Writer(transaction)))
    }

    fn applied(&self) -> Outcome<BTreeMap<UnitId, u64>> {
        applied(&lock(&self.views))
    }

    fn snapshot(&self, scopes: &[UnitId]) -> Outcome<Snapshot> {
        let connection = lock(&self.views);
        let moment = connection.unchecked_transaction()?;
        let mut query = moment.prepare_cached(&format!("{VIEW} WHERE scope = ?"))?;
        let mut snapshot = Snapshot { sequences: applied(&moment)?, views: Vec::new() };
        snapshot.sequences.retain(|scope, _| scopes.contains(scope));
        for scope in scopes {
            let mut rows = query.query([scope.bytes()])?;
            while let Some(row) = rows.next()? {
                snapshot.views.push(view(&moment, row)?);
            }
        }
        snapshot.views.sort_by_key(|view| view.document);
        Ok(snapshot)
    }

    fn view(&self, document: DocumentId) -> Outcome<Option<View>> {
        let connection = lock(&self.views);
        let mut query = connection.prepare_cached(&format!("{VIEW} WHERE document = ?"))?;
        let mut rows = query.query([document.bytes()])?;
        rows.next()?.map(|row| view(&connection, row)).transpose()
    }

    fn tallies(&self, review: ReviewId) -> Outcome<BTreeMap<UnitId, Tally>> {
        let connection = lock(&self.views);
        let mut query = connection.prepare_cached(
            "SELECT scope, listed, conflicts, last_at, progress, class
             FROM views LEFT JOIN standings ON standings.document = views.document AND review = ?
             WHERE kind = ?",
        )?;
        let mut tallies: BTreeMap<UnitId, Tally> = BTreeMap::new();
        let mut rows = query.query(params![review.bytes(), Kind::Household.number()])?;
        while let Some(row) = rows.next()? {
            let tally = tallies.entry(UnitId::new(row.get(0)?)).or_default();
            count(tally, row)?;
        }
        Ok(tallies)
    }
}

fn view(connection: &Connection, row: &Row<'_>) -> Outcome<View> {
    let document = DocumentId::new(row.get(0)?);
    let mut query =
        connection.prepare_cached("SELECT review, progress, class FROM standings WHERE document = ?")?;
    let mut rows = query.query([document.bytes()])?;
    let mut standings = BTreeMap::new();
    while let Some(row) = rows.next()? {
        standings.insert(ReviewId::new(row.get(0)?), standing(row, 1)?);
    }
    Ok(View {
        document,
        scope: UnitId::new(row.get(1)?),
        conflicts: unsigned(row.get(2)?)?,
        last_at: row.get(3)?,
        content: of_json(&row.get::<_, String>(4)?)?,
        merged: row.get(5)?,
        standings,
    })
}

fn standing(row: &Row<'_>, at: usize) -> Outcome<Standing> {
    let class: Option<String> = row.get(at + 1)?;
    let class = class.map(|class| of_json(&class)).transpose()?;
    Ok(Standing { progress: of_json(&row.get::<_, String>(at)?)?, class })
}

fn count(tally: &mut Tally, row: &Row<'_>) -> Outcome<()> {
    tally.last_at = tally.last_at.max(row.get(3)?);
    if !row.get::<_, bool>(1)? {
        return Ok(());
    }
    tally.households += 1;
    tally.conflicts += unsigned(row.get(2)?)?;
    if row.get::<_, Option<String>>(4)?.is_none() {
        tally.not_started += 1;
        return Ok(());
    }
    tally.add(standing(row, 4)?);
    Ok(())
}
