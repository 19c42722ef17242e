//! The units with their progress in the open review.

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::Json;
use axum::extract::State;
use axum::response::Html;
use chrono::NaiveDate;
use domain::classification::Class;
use domain::id::UnitId;
use domain::unit::{Unit, UnitKind, under};
use serde::Serialize;

use super::b1::{self, B1InForce};
use super::html::{Page, escape};
use super::language::Language;
use crate::app::App;
use crate::auth::officer::{Officer, PageOfficer};
use crate::clock;
use crate::database::views::Tally;
use crate::fault::Fault;
use crate::projection;

/// A unit with everything under it counted together.
#[derive(Clone, Debug, Serialize)]
pub struct UnitProgress {
    /// The unit.
    pub unit: UnitId,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// Its kind.
    pub kind: UnitKind,
    /// Its name.
    pub name: String,
    /// Its households.
    pub tally: Tally,
}

/// The lists that were recognised, as of a day.
#[derive(Clone, Debug, Serialize)]
pub struct RecognisedLists {
    /// The day.
    pub as_of: NaiveDate,
    /// Poor households on them.
    pub poor: u64,
    /// Near-poor households on them.
    pub near_poor: u64,
}

/// The town in the open review.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// The review's name.
    pub review: Option<String>,
    /// Its last day for the villages.
    pub deadline: Option<String>,
    /// Every unit, in the order of the town file.
    pub units: Vec<UnitProgress>,
    /// The lists in force: as of the report's day, or of today if there is no report.
    pub recognised: RecognisedLists,
    /// Changes that the gate refused.
    pub quarantined: u64,
    /// The B1 table of the open review.
    pub b1: Option<B1InForce>,
}

fn recognised(app: &App) -> Result<RecognisedLists, Fault> {
    let report = app.town.report.as_ref();
    let as_of = report.map_or_else(|| clock::today(clock::now()), |report| report.days.as_of);
    let register = app.database.register()?;
    let rows = register.as_of(as_of);
    let count = |fits: fn(Class) -> bool| rows.values().filter(|row| fits(row.class)).count() as u64;
    Ok(RecognisedLists {
        as_of,
        poor: count(Class::is_poor),
        near_poor: count(|class| class == Class::NearPoor),
    })
}

/// Counts everything.
pub fn summarise(app: &App) -> Result<Summary, Fault> {
    projection::catch_up(app)?;
    let town = &app.town;
    let review = town.current_review.and_then(|id| town.review(id));
    let tallies = match review {
        Some(review) => app.database.tallies(review.id)?,
        None => BTreeMap::new(),
    };
    let progress = |unit: &Unit| {
        let inside = under(&town.units, unit.id);
        let inside = inside.iter().filter_map(|id| tallies.get(id));
        let tally = inside.fold(Tally::default(), |sum, tally| sum.and(tally));
        UnitProgress { unit: unit.id, parent: unit.parent, kind: unit.kind, name: unit.name.clone(), tally }
    };
    Ok(Summary {
        review: review.map(|review| review.name.clone()),
        deadline: review.and_then(|review| review.deadline.clone()),
        units: town.units.iter().map(progress).collect(),
        recognised: recognised(app)?,
        quarantined: app.database.quarantined()?,
        b1: review.map(|review| b1::in_force(&town.b1, review)),
    })
}

/// GET /office/api/summary
pub async fn summary(State(app): State<App>, _: Officer) -> Result<Json<Summary>, Fault> {
    app.blocking(summarise).await.map(Json)
}

/// GET /office
pub async fn page(
    State(app): State<App>,
    PageOfficer(Officer(session)): PageOfficer,
    language: Language,
) -> Result<Html<String>, Fault> {
    let summary = app.blocking(summarise).await?;
    let own = summary.units.iter().find(|it| it.unit == app.town.unit);
    let town = own.map_or("", |it| it.name.as_str());
    let tally = own.map(|it| it.tally.clone()).unwrap_or_default();
    let content = format!(
        "{}{}{}{}",
        head(language, &summary, &tally),
        tiles(language, &tally, &summary),
        summary.b1.as_ref().map(|b1| b1::section(language, b1)).unwrap_or_default(),
        table(language, &summary, app.town.unit),
    );
    let title = language.say("nav_units");
    Ok(Page { language, title, town, session: Some(&session), here: "/office" }.with(&content))
}

fn share(part: u64, whole: u64) -> u64 {
    (part * 100).checked_div(whole).unwrap_or(0)
}

fn head(language: Language, summary: &Summary, tally: &Tally) -> String {
    let review = summary.review.clone().unwrap_or_else(|| language.say("no_review"));
    let deadline = summary.deadline.as_deref().and_then(|day| domain::date::parse_day(day).ok());
    let deadline = deadline.map_or_else(String::new, |day| {
        language.fill("deadline", &[("day", domain::date::vietnamese_day(day))])
    });
    let (done, of) = (language.number(tally.done), language.number(tally.households));
    let percent = share(tally.done, tally.households);
    format!(
        r#"<section class="hero"><div><p class="over">{deadline}</p><h1>{review}</h1></div>
<div class="meter"><p><b>{percent}%</b> {surveyed}</p><progress max="100" value="{percent}">{percent}%</progress></div></section>"#,
        deadline = escape(&deadline),
        review = escape(&review),
        surveyed = escape(&language.fill("surveyed_of", &[("done", done), ("of", of)])),
    )
}

/// The classes as computed from the answers, what needs a person if there is anything, and the lists in force.
fn tiles(language: Language, tally: &Tally, summary: &Summary) -> String {
    let tiles = [
        ("poor", "tile_poor", tally.all_poor(), true),
        ("near", "tile_near_poor", tally.near_poor, true),
        ("", "tile_not_poor", tally.not_poor, true),
        ("", "tile_in_progress", tally.in_progress, false),
        ("warn", "tile_returned", tally.returned, false),
        ("bad", "tile_conflicts", tally.conflicts, false),
        ("bad", "tile_quarantined", summary.quarantined, false),
    ];
    let shown = tiles.iter().filter(|(_, _, number, always)| *always || *number > 0);
    let tiles: String = shown
        .map(|(tone, key, number, _)| {
            let words = escape(&language.say(key));
            format!(r#"<li class="{tone}"><b>{}</b><span>{words}</span></li>"#, language.number(*number))
        })
        .collect();
    let lists = &summary.recognised;
    let lists = [
        ("day", domain::date::vietnamese_day(lists.as_of)),
        ("poor", language.number(lists.poor)),
        ("near_poor", language.number(lists.near_poor)),
    ];
    format!(
        r#"<section><h2>{title}</h2><ul class="tiles">{tiles}</ul><p class="hint">{lists}</p></section>"#,
        title = escape(&language.say("by_the_survey")),
        lists = escape(&language.fill("lists_in_force", &lists)),
    )
}

const COLUMNS: [&str; 6] =
    ["col_progress", "col_poor", "col_near_poor", "col_not_poor", "col_conflicts", "col_last"];

fn table(language: Language, summary: &Summary, town: UnitId) -> String {
    let heads: String =
        COLUMNS.map(|key| format!("<th scope=\"col\">{}</th>", escape(&language.say(key)))).concat();
    let mut rows = String::new();
    for unit in summary.units.iter().filter(|unit| unit.parent == Some(town)) {
        rows.push_str("<tbody>");
        rows.push_str(&row(language, unit, "commune"));
        for village in summary.units.iter().filter(|village| village.parent == Some(unit.unit)) {
            rows.push_str(&row(language, village, "village"));
        }
        rows.push_str("</tbody>");
    }
    format!(
        r#"<section><h2>{title}</h2><div class="scroll"><table class="units"><thead><tr><th scope="col">{unit}</th>{heads}</tr></thead>{rows}</table></div></section>"#,
        title = escape(&language.say("units_title")),
        unit = escape(&language.say("col_unit")),
    )
}

fn row(language: Language, unit: &UnitProgress, class: &str) -> String {
    let tally = &unit.tally;
    let percent = share(tally.done, tally.households);
    let mut row = format!(r#"<tr class="{class}"><th scope="row">{}</th>"#, escape(&unit.name));
    let cell = |row: &mut String, key: &str, class: &str, text: &str| {
        let label = escape(&language.say(key));
        let _ = write!(row, r#"<td data-label="{label}" class="{class}">{text}</td>"#);
    };
    let (done, of) = (language.number(tally.done), language.number(tally.households));
    let meter =
        format!(r#"<progress max="100" value="{percent}">{percent}%</progress> <span>{done}/{of}</span>"#);
    cell(&mut row, "col_progress", "meter", &meter);
    let count = |number: u64| if number == 0 { "–".to_owned() } else { language.number(number) };
    cell(&mut row, "col_poor", "", &count(tally.all_poor()));
    cell(&mut row, "col_near_poor", "", &count(tally.near_poor));
    cell(&mut row, "col_not_poor", "", &count(tally.not_poor));
    let conflicts = if tally.conflicts > 0 { "bad" } else { "" };
    cell(&mut row, "col_conflicts", conflicts, &count(tally.conflicts));
    let last = tally.last_at.map_or_else(|| "–".to_owned(), clock::vietnamese);
    cell(&mut row, "col_last", "time", &last);
    row.push_str("</tr>");
    row
}
