//! The report: downloads, and what the office should look at before it sends it.

use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use domain::date::vietnamese_day;
use domain::id::UnitId;
use reports::{Check, Severity, TownData};
use serde_json::{Value, json};

use super::html::{Page, escape};
use super::language::Language;
use crate::app::App;
use crate::auth::officer::{Officer, PageOfficer};
use crate::fault::{Code, Fault};
use crate::report::{LETTER, Material, Report, WORKBOOK};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Households that are named under one check.
const NAMED_MAX: usize = 12;

/// Computes a report, one at a time, after the access log took note of it.
async fn compute<T: Send + 'static>(
    app: &App,
    officer: Officer,
    what: &'static str,
    work: impl FnOnce(&Material<'_>, &Report) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let _place = app.reports.acquire().await.map_err(|_| Fault::of(Code::ServerBroken))?;
    app.blocking(move |app| {
        app.note(&officer.0.name, what, "")?;
        let material = Material::gather(app)?;
        work(&material, &material.report())
    })
    .await
}

fn download(media: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (CONTENT_TYPE, media.to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// GET /office/report.docx
pub async fn letter(State(app): State<App>, officer: Officer) -> Result<Response, Fault> {
    let bytes = compute(&app, officer, "letter", |material, report| material.letter(report)).await?;
    Ok(download(DOCX, LETTER, bytes))
}

/// GET /office/report.xlsx
pub async fn workbook(State(app): State<App>, officer: Officer) -> Result<Response, Fault> {
    let bytes = compute(&app, officer, "figures", |material, report| material.workbook(report)).await?;
    Ok(download(XLSX, WORKBOOK, bytes))
}

/// GET /office/api/checks
pub async fn checks(State(app): State<App>, officer: Officer) -> Result<Json<Value>, Fault> {
    compute(&app, officer, "checks", |_, report| Ok(Json(json!({"checks": report.checks})))).await
}

/// GET /office/api/figures
pub async fn figures(State(app): State<App>, officer: Officer) -> Result<Json<Value>, Fault> {
    let list = |_: &Material<'_>, report: &Report| Ok(Json(json!({"figures": report.figures.all})));
    compute(&app, officer, "figures", list).await
}

/// GET /office/report
pub async fn page(
    State(app): State<App>,
    PageOfficer(officer): PageOfficer,
    language: Language,
) -> Result<Html<String>, Fault> {
    let session = officer.0.clone();
    let content =
        match compute(&app, officer, "checks", move |it, report| Ok(content(language, it, report))).await {
            Ok(content) => content,
            Err(fault) if fault.code == Code::NoReport => {
                let words = language.of(crate::words::error(fault.code.text(), &fault.params));
                format!(r#"<p class="empty">{}</p>"#, escape(&words))
            }
            Err(fault) => return Err(fault),
        };
    let town = app.town.unit_of(app.town.unit).map_or("", |unit| unit.name.as_str());
    let title = language.say("nav_report");
    Ok(Page { language, title, town, session: Some(&session), here: "/office/report" }.with(&content))
}

fn content(language: Language, material: &Material<'_>, report: &Report) -> String {
    let days = material.data().days;
    let days = [
        ("as_of", vietnamese_day(days.as_of)),
        ("from", vietnamese_day(days.from)),
        ("to", vietnamese_day(days.to)),
    ];
    let say = |key| escape(&language.say(key));
    let groups = [(Severity::Wrong, "bad"), (Severity::Open, "warn"), (Severity::Note, "info")];
    let groups =
        groups.map(|(severity, tone)| group(language, material, &report.checks, severity, tone)).concat();
    let none = if report.checks.is_empty() {
        format!(r#"<p class="empty">{}</p>"#, say("checks_none"))
    } else {
        String::new()
    };
    format!(
        r#"<section class="hero"><div><p class="over">{days}</p><h1>{title}</h1></div>
<div class="downloads"><a class="main" href="/office/report.docx" download>{docx}</a>
<a class="second" href="/office/report.xlsx" download>{xlsx}</a></div></section>
<section><h2>{checks}</h2><p class="hint">{hint}</p>{none}{groups}</section>"#,
        days = escape(&language.fill("report_days", &days)),
        title = say("report_title"),
        docx = say("download_docx"),
        xlsx = say("download_xlsx"),
        checks = say("checks_title"),
        hint = say("checks_hint"),
    )
}

fn group(
    language: Language,
    material: &Material<'_>,
    checks: &[Check],
    severity: Severity,
    tone: &str,
) -> String {
    let found: Vec<&Check> = checks.iter().filter(|check| check.severity == severity).collect();
    if found.is_empty() {
        return String::new();
    }
    let items: String = found.iter().map(|check| item(language, material, check)).collect();
    let title = escape(&language.say(&format!("severity_{tone}")));
    format!(
        r#"<h3 class="{tone}">{title} <span class="count">{}</span></h3><ul class="checks {tone}">{items}</ul>"#,
        found.len()
    )
}

fn item(language: Language, material: &Material<'_>, check: &Check) -> String {
    let words = match language {
        Language::Vietnamese => &check.words.vi,
        Language::English => &check.words.en,
    };
    format!("<li><p>{}</p>{}</li>", escape(words), households(language, material, check))
}

/// A village with the unit above it: "Khu phố 1, Phường Ba Đình".
fn place(data: &TownData<'_>, village: UnitId) -> String {
    let above = data.unit(village).and_then(|unit| unit.parent);
    let names = std::iter::once(village).chain(above).map(|unit| data.unit_name(unit));
    names.collect::<Vec<_>>().join(", ")
}

/// The households that a check is about, by the name of their head and their village.
fn households(language: Language, material: &Material<'_>, check: &Check) -> String {
    if check.households.is_empty() {
        return String::new();
    }
    let data = material.data();
    let named = check.households.iter().take(NAMED_MAX).map(|id| {
        let known = data.household(*id);
        let name = known.and_then(|it| it.household.name()).unwrap_or("–");
        let village = known.map_or_else(String::new, |it| place(&data, it.village));
        format!("<li>{} <small>{}</small></li>", escape(name), escape(&village))
    });
    let named: String = named.collect();
    let rest = check.households.len().saturating_sub(NAMED_MAX) as u64;
    let rest = match rest {
        0 => String::new(),
        rest => {
            format!("<li>{}</li>", escape(&language.fill("and_more", &[("count", language.number(rest))])))
        }
    };
    let count = language.number(check.households.len() as u64);
    let summary = escape(&language.fill("households_count", &[("count", count)]));
    format!("<details><summary>{summary}</summary><ul class=\"names\">{named}{rest}</ul></details>")
}
