//! Rows read from a list, CSV with a header line. Columns: `household` (id), `class`, `change`, `people`, `decision`,
//! `decided_on`, `from`; and, if there are such, `to`, `certificate`, `unit` (id; else that of the household's
//! document), `review` (id or key). Other columns are an error.

use chrono::NaiveDate;
use domain::date::parse_day;
use domain::id::{HouseholdId, UnitId};
use domain::recognition::Recognition;
use serde::de::DeserializeOwned;

use super::{Recognised, append};
use crate::app::App;
use crate::csv;
use crate::fault::{Code, Fault};
use crate::projection;

const NEEDED: [&str; 7] = ["household", "class", "change", "people", "decision", "decided_on", "from"];
const OPTIONAL: [&str; 4] = ["to", "certificate", "unit", "review"];

/// Recognises what a list says.
pub fn of_list(app: &App, text: &str) -> Result<Recognised, Fault> {
    projection::catch_up(app)?;
    let mut records = csv::records(text).map(|record| record.map_err(unread));
    let (_, header) = records.next().ok_or(Fault::of(Code::ListEmpty))??;
    check_header(&header)?;
    let rows = records.map(|record| {
        let (line, fields) = record?;
        if fields.len() != header.len() {
            return Err(malformed(line, "columns"));
        }
        Line { app, line, header: &header, fields: &fields }.row()
    });
    append(app, rows.collect::<Result<_, _>>()?, Vec::new())
}

fn unread(why: csv::Malformed) -> Fault {
    match why {
        csv::Malformed::Quotes(line) => malformed(line, "quotes"),
        csv::Malformed::Columns(line) => malformed(line, "columns"),
    }
}

fn malformed(line: usize, column: &str) -> Fault {
    Fault::of(Code::ListMalformed).with("line", line).with("column", column)
}

fn check_header(header: &[String]) -> Result<(), Fault> {
    if let Some(missing) = NEEDED.iter().find(|name| !header.iter().any(|column| column == *name)) {
        return Err(malformed(1, missing));
    }
    let known = |column: &&String| NEEDED.contains(&column.as_str()) || OPTIONAL.contains(&column.as_str());
    let twice = |at: usize| header[..at].contains(&header[at]);
    match header.iter().enumerate().find(|(at, column)| !known(column) || twice(*at)) {
        Some((_, column)) => Err(malformed(1, column)),
        None => Ok(()),
    }
}

struct Line<'a> {
    app: &'a App,
    line: usize,
    header: &'a [String],
    fields: &'a [String],
}

impl Line<'_> {
    fn text(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.map_or("", |at| self.fields[at].as_str())
    }

    fn wrong(&self, column: &str) -> Fault {
        malformed(self.line, column)
    }

    fn day(&self, column: &str) -> Result<NaiveDate, Fault> {
        parse_day(self.text(column)).map_err(|_| self.wrong(column))
    }

    fn word<T: DeserializeOwned>(&self, column: &str) -> Result<T, Fault> {
        serde_json::from_value(self.text(column).into()).map_err(|_| self.wrong(column))
    }

    fn given(&self, column: &str) -> Option<&str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    fn unit(&self, household: HouseholdId) -> Result<UnitId, Fault> {
        if let Some(text) = self.given("unit") {
            let unit = text.parse().map_err(|_| self.wrong("unit"))?;
            return self.app.town.unit_of(unit).map(|unit| unit.id).ok_or_else(|| self.wrong("unit"));
        }
        let view = self.app.database.view(household)?;
        view.filter(|view| view.household().is_some())
            .map(|view| view.scope)
            .ok_or_else(|| self.wrong("household"))
    }

    fn row(&self) -> Result<Recognition, Fault> {
        let household = self.text("household").parse().map_err(|_| self.wrong("household"))?;
        let review = match self.given("review") {
            Some(name) => Some(self.app.town.review_named(name).ok_or_else(|| self.wrong("review"))?.id),
            None => None,
        };
        Ok(Recognition {
            seq: 0,
            household,
            unit: self.unit(household)?,
            review,
            class: self.word("class")?,
            change: self.word("change")?,
            people: self.text("people").parse().map_err(|_| self.wrong("people"))?,
            decision: self.text("decision").to_owned(),
            decided_on: self.day("decided_on")?,
            certificate: self.given("certificate").map(str::to_owned),
            from: self.day("from")?,
            to: self.given("to").map(|_| self.day("to")).transpose()?,
        })
    }
}
