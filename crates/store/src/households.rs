//! Tables `households`, `household_reviews`, `household_search`, `household_digits`: the projections that lists and
//! search read.
//!
//! **Invariant:** rows are written from a `Projection` only, in the transaction that changed the document.
//! **Invariant:** a household that left this device's scopes has no rows.

use domain::classification::Class;
use domain::id::{HouseholdId, ReviewId, UnitId};
use domain::review::Progress;
use domain::state::Stage;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;
use crate::people;
use crate::projection::Projection;
use crate::search::Search;

/// Which households to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseholdQuery {
    /// What the person typed.
    pub search: String,
    /// The review whose state is meant.
    pub review: Option<ReviewId>,
    /// Only this state of the review.
    pub progress: Option<Progress>,
    /// Only with changes that wait to be sent.
    pub waiting_only: bool,
    /// Only with contradicting values.
    pub conflicts_only: bool,
    /// Only at this stage of the procedure.
    pub stage: Option<Stage>,
    /// Only in this village.
    pub village: Option<UnitId>,
    /// Rows to skip.
    pub offset: u32,
    /// Rows to give.
    pub limit: u32,
}

/// A household as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdRow {
    /// The household.
    pub id: HouseholdId,
    /// What people call it.
    pub name: Option<String>,
    /// House number, lane.
    pub address: Option<String>,
    /// The scope that it is in.
    pub village: UnitId,
    /// Members who live in it.
    pub members: u32,
    /// Fields with contradicting values.
    pub conflicts: u32,
    /// How far the review is.
    pub progress: Progress,
    /// Where it stands in the procedure of the review.
    pub stage: Stage,
    /// The class, when it is decided.
    pub class: Option<Class>,
    /// The classes that it can still come to.
    pub possible: Vec<Class>,
    /// Changes that wait to be sent.
    pub waiting: u32,
}

/// Households by state of a review.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// No answer yet.
    pub not_started: u32,
    /// Some answers.
    pub in_progress: u32,
    /// Sent back.
    pub returned: u32,
    /// Complete.
    pub done: u32,
    /// With changes that wait to be sent, in whatever state.
    pub waiting: u32,
    /// With contradicting values, in whatever state.
    pub conflicts: u32,
}

/// Writes the projection in place of the one before. A removed household is shown only while people contradict each other
/// about it; which of the merged ones are is settled afterwards.
pub(crate) fn write(db: &Connection, id: HouseholdId, projection: &Projection) -> Result<(), StoreError> {
    remove(db, id)?;
    let sql = "INSERT INTO households (id, scope, shown, removed, merged_into, conflicts, members, name_folded, name,
                                       address) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let p = projection;
    let shown = p.conflicts > 0 || !(p.removed || p.merged_into.is_some());
    let merged_into = p.merged_into.map(|id| id.0);
    db.prepare_cached(sql)?.execute(params![
        id.0,
        p.scope.0,
        shown,
        p.removed,
        merged_into,
        p.conflicts,
        p.members,
        p.name_folded,
        p.name,
        p.address
    ])?;
    let row = db.last_insert_rowid();
    people::write(db, id, &p.people)?;
    let words = "INSERT INTO household_search (rowid, text) VALUES (?1, ?2)";
    db.prepare_cached(words)?.execute((row, &p.text))?;
    let digits = "INSERT INTO household_digits (rowid, digits) VALUES (?1, ?2)";
    db.prepare_cached(digits)?.execute((row, &p.digits))?;
    let sql = "INSERT INTO household_reviews (household, review, progress, class, possible, stage)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut insert = db.prepare_cached(sql)?;
    for review in &p.reviews {
        let class = review.class.map(|class| code(&class)).transpose()?;
        let possible = serde_json::to_string(&review.possible).map_err(|_| StoreError::Row("possible"))?;
        let (progress, stage) = (code(&review.progress)?, code(&review.stage)?);
        insert.execute((id.0, review.review.0, progress, class, possible, stage))?;
    }
    Ok(())
}

/// Removes the projection of a household.
pub(crate) fn remove(db: &Connection, id: HouseholdId) -> Result<(), StoreError> {
    remove_where(db, "id = ?1", id.0)
}

/// Removes the projections of a scope.
pub(crate) fn remove_all(db: &Connection, scope: UnitId) -> Result<(), StoreError> {
    remove_where(db, "scope = ?1", scope.0)
}

fn remove_where(db: &Connection, which: &str, value: [u8; 16]) -> Result<(), StoreError> {
    for table in ["household_search", "household_digits"] {
        let sql = format!("DELETE FROM {table} WHERE rowid IN (SELECT row FROM households WHERE {which})");
        db.prepare_cached(&sql)?.execute([value])?;
    }
    db.prepare_cached(&format!("DELETE FROM households WHERE {which}"))?.execute([value])?;
    Ok(())
}

/// Removes every projection.
pub(crate) fn clear(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch("DELETE FROM household_search; DELETE FROM household_digits; DELETE FROM households;")?;
    Ok(())
}

/// A closed word of the domain as it is stored.
fn code(word: &impl Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        _ => Err(StoreError::Row("word")),
    }
}

fn word<T: DeserializeOwned>(text: String) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(text)).map_err(|_| StoreError::Row("word"))
}

const WAITING: &str = "(SELECT count(*) FROM outbox o WHERE o.document = h.id)";
const PROGRESS: &str = "coalesce(r.progress, 'not_started')";
const STAGE: &str = "coalesce(r.stage, 'unlisted')";
const REVIEWED: &str = "LEFT JOIN household_reviews r ON r.household = h.id AND r.review = ?";
const DIGITS: &str = "SELECT rowid FROM household_digits WHERE household_digits MATCH ?";
const BY_NAME: &str = "ORDER BY h.name_folded, h.name, h.id";

/// The text after `SELECT …` and what stands for its question marks.
struct Filter {
    sql: String,
    values: Vec<Value>,
}

impl Filter {
    fn of(query: &HouseholdQuery) -> Result<Self, StoreError> {
        let Search { words, digits } = Search::of(&query.search);
        let mut filter = Self { sql: "FROM households h".to_owned(), values: Vec::new() };
        let by_words = words.is_some();
        if let Some(words) = words {
            filter.add(" JOIN household_search s ON s.rowid = h.row AND household_search MATCH ?", [words]);
        }
        // joined only where it is asked for: it costs a look-up for each household that matches
        if query.progress.is_some() || query.stage.is_some() {
            filter.add(&format!(" {REVIEWED}"), [review(query.review)]);
        }
        filter.add(" WHERE h.shown = 1", []);
        if let Some(digits) = digits {
            // the words are looked up once; the plus keeps SQLite from asking for them number by number
            let plus = if by_words { "+" } else { "" };
            filter.add(&format!(" AND {plus}h.row IN ({DIGITS})"), [digits]);
        }
        if let Some(village) = query.village {
            filter.add(" AND h.scope = ?", [Value::Blob(village.0.to_vec())]);
        }
        if let Some(progress) = query.progress {
            filter.add(&format!(" AND {PROGRESS} = ?"), [Value::Text(code(&progress)?)]);
        }
        if let Some(stage) = query.stage {
            filter.add(&format!(" AND {STAGE} = ?"), [Value::Text(code(&stage)?)]);
        }
        if query.waiting_only {
            filter.add(&format!(" AND {WAITING} > 0"), []);
        }
        if query.conflicts_only {
            filter.add(" AND h.conflicts > 0", []);
        }
        Ok(filter)
    }

    fn add(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(sql);
        self.values.extend(values);
    }
}

fn review(id: Option<ReviewId>) -> Value {
    id.map_or(Value::Null, |id| Value::Blob(id.0.to_vec()))
}

/// How many households match, and one page of them in order of name.
pub(crate) fn list(db: &Connection, query: &HouseholdQuery) -> Result<(u32, Vec<HouseholdRow>), StoreError> {
    let Filter { sql, mut values } = Filter::of(query)?;
    let mut counting = db.prepare_cached(&format!("SELECT count(*) {sql}"))?;
    let total = counting.query_row(params_from_iter(&values), |row| row.get(0))?;
    values.extend([Value::Integer(query.limit.into()), Value::Integer(query.offset.into())]);
    values.push(review(query.review));
    let columns = "h.id, h.name, h.address, h.scope, h.members, h.conflicts";
    // what is shown is read for the rows of the page only
    let mut page = db.prepare_cached(&format!(
        "WITH page AS (SELECT h.row AS row {sql} {BY_NAME} LIMIT ? OFFSET ?)
         SELECT {columns}, {PROGRESS}, r.class, r.possible, {WAITING}, {STAGE}
         FROM page JOIN households h ON h.row = page.row {REVIEWED} {BY_NAME}"
    ))?;
    let mut rows = page.query(params_from_iter(&values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok((total, found))
}

fn read(row: &Row<'_>) -> Result<HouseholdRow, StoreError> {
    let possible: Option<String> = row.get(8)?;
    let possible = possible.map(|text| serde_json::from_str(&text)).transpose();
    Ok(HouseholdRow {
        id: HouseholdId::new(row.get(0)?),
        name: row.get(1)?,
        address: row.get(2)?,
        village: UnitId(row.get(3)?),
        members: row.get(4)?,
        conflicts: row.get(5)?,
        progress: word(row.get(6)?)?,
        class: row.get::<_, Option<String>>(7)?.map(word).transpose()?,
        possible: possible.map_err(|_| StoreError::Row("possible"))?.unwrap_or_default(),
        waiting: row.get(9)?,
        stage: word(row.get(10)?)?,
    })
}

/// Households by state of the review.
pub(crate) fn counts(db: &Connection, review: Option<ReviewId>) -> Result<Counts, StoreError> {
    let sql = format!(
        "SELECT count(*) FILTER (WHERE p = 'not_started'), count(*) FILTER (WHERE p = 'in_progress'),
                count(*) FILTER (WHERE p = 'returned'), count(*) FILTER (WHERE p = 'done'),
                count(*) FILTER (WHERE w > 0), count(*) FILTER (WHERE c > 0)
         FROM (SELECT {PROGRESS} AS p, {WAITING} AS w, h.conflicts AS c FROM households h {REVIEWED} WHERE h.shown = 1)"
    );
    let read = |row: &Row<'_>| {
        Ok(Counts {
            not_started: row.get(0)?,
            in_progress: row.get(1)?,
            returned: row.get(2)?,
            done: row.get(3)?,
            waiting: row.get(4)?,
            conflicts: row.get(5)?,
        })
    };
    Ok(db.query_row(&sql, [review.map(|id| id.0)], read)?)
}

/// How many households are at each stage of the review.
pub(crate) fn stages(
    db: &Connection,
    review: Option<ReviewId>,
    village: Option<UnitId>,
) -> Result<Vec<(Stage, u32)>, StoreError> {
    let sql = format!(
        "SELECT {STAGE}, count(*) FROM households h {REVIEWED}
         WHERE h.shown = 1 AND coalesce(h.scope = ?, TRUE) GROUP BY 1"
    );
    let village = village.map_or(Value::Null, |village| Value::Blob(village.0.to_vec()));
    let mut counting = db.prepare_cached(&sql)?;
    let mut rows = counting.query([self::review(review), village])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((word(row.get(0)?)?, row.get(1)?));
    }
    Ok(found)
}

/// What people call the household, if it is known.
pub(crate) fn name(db: &Connection, id: HouseholdId) -> Result<Option<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT name FROM households WHERE id = ?1")?;
    let mut rows = query.query([id.0])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?.flatten())
}
