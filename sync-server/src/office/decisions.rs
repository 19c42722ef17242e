//! What waits for the office's decision, household by household: what was written after a seal, and what the gate refused.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::field::Field;
use domain::id::{DocumentId, UnitId};
use domain::rulebook::pinned;
use domain::scalar::Scalar;
use serde::Deserialize;

use super::html::{Page, escape};
use super::language::Language;
use crate::app::App;
use crate::auth::officer::{OfficerForm, PageOfficer};
use crate::clock;
use crate::fault::{Code, Fault};
use crate::proposals::{self, Proposed};
use crate::quarantine::{self, Pending};
use crate::words;

/// GET /office/decisions
pub async fn page(
    State(app): State<App>,
    PageOfficer(officer): PageOfficer,
    language: Language,
) -> Result<Html<String>, Fault> {
    let session = officer.0;
    let name = session.name.clone();
    let (proposed, refused, app) = app
        .blocking(move |app| {
            app.note(&name, "decisions", "")?;
            Ok((proposals::list(app)?, quarantine::list(app)?, app.clone()))
        })
        .await?;
    let say = |key| escape(&language.say(key));
    let csrf = session.csrf.as_str();
    let proposed = proposed.iter().map(|item| proposal(&app, language, csrf, item)).collect();
    let refused = refused.iter().map(|item| card(&app, language, csrf, item)).collect();
    let content = format!(
        r#"<section class="hero"><h1>{title}</h1></section>{proposed}{refused}"#,
        title = say("nav_decisions"),
        proposed = section(language, "proposals", proposed),
        refused = section(language, "quarantine", refused),
    );
    let town = app.town.unit_of(app.town.unit).map_or("", |unit| unit.name.as_str());
    let title = language.say("nav_decisions");
    Ok(Page { language, title, town, session: Some(&session), here: "/office/decisions" }.with(&content))
}

fn section(language: Language, what: &str, cards: Vec<String>) -> String {
    let say = |part: &str| escape(&language.say(&format!("{what}_{part}")));
    let list = match cards.is_empty() {
        true => format!(r#"<p class="empty">{}</p>"#, say("none")),
        false => format!(r#"<p class="hint">{}</p><ul class="cards">{}</ul>"#, say("hint"), cards.concat()),
    };
    format!("<section><h2>{}</h2>{list}</section>", say("title"))
}

/// A card's head: what the household is called, where it is, who wrote how much and when.
fn head(
    app: &App,
    language: Language,
    name: Option<&str>,
    scope: Option<UnitId>,
    (authors, changes, at): (&BTreeSet<String>, usize, i64),
) -> String {
    let unit = scope.and_then(|scope| app.town.unit_of(scope)).map_or("–", |unit| unit.name.as_str());
    let name = name.map_or_else(|| language.say("decisions_unnamed"), str::to_owned);
    let by = [
        ("who", authors.iter().cloned().collect::<Vec<_>>().join(", ")),
        ("at", clock::vietnamese(at)),
        ("count", language.number(changes as u64)),
    ];
    format!(
        r#"<h3>{}</h3><p class="over">{} · {}</p>"#,
        escape(&name),
        escape(unit),
        escape(&language.fill("decisions_by", &by))
    )
}

fn writes(app: &App, language: Language, fields: &[(Field, Scalar)]) -> String {
    // an id tells a person nothing
    let told = fields.iter().filter(|(field, _)| !matches!(field, Field::Head | Field::MergedInto));
    let rows: String = told.map(|field| row(app, language, field)).collect();
    if rows.is_empty() { rows } else { format!(r#"<dl class="writes">{rows}</dl>"#) }
}

fn proposal(app: &App, language: Language, csrf: &str, item: &Proposed) -> String {
    format!(
        r#"<li class="proposed">{head}{writes}<div class="downloads">{accept}</div></li>"#,
        head = head(
            app,
            language,
            item.name.as_deref(),
            Some(item.scope),
            (&item.authors, item.changes, item.at)
        ),
        writes = writes(app, language, &item.writes),
        accept = button(csrf, item.document, "accept", "main", &escape(&language.say("proposals_accept"))),
    )
}

fn card(app: &App, language: Language, csrf: &str, item: &Pending) -> String {
    let say = |key| escape(&language.say(key));
    let why = |code: &str| escape(&language.of(words::words(&quarantine::words_key(code), &[])));
    let lines = |codes: &BTreeSet<String>| codes.iter().map(|code| why(code)).collect::<Vec<_>>().join(" ");
    let never = match item.never.is_empty() {
        true => String::new(),
        false => format!(r#"<p class="hint">{} {}</p>"#, say("quarantine_never"), lines(&item.never)),
    };
    let release = match item.takeable {
        0 => String::new(),
        _ => button(csrf, item.document, "release", "main", &say("quarantine_release")),
    };
    format!(
        r#"<li>{head}<p class="warn">{why}</p>{writes}{never}<div class="downloads">{release}{refuse}</div></li>"#,
        head = head(app, language, item.name.as_deref(), item.scope, (&item.authors, item.changes, item.at)),
        why = lines(&item.codes),
        writes = writes(app, language, &item.writes),
        refuse = button(csrf, item.document, "refuse", "second", &say("quarantine_refuse")),
    )
}

fn button(csrf: &str, document: DocumentId, verb: &str, class: &str, words: &str) -> String {
    format!(
        r#"<form method="post" action="/office/decisions/{verb}"><input type="hidden" name="csrf" value="{csrf}">
<input type="hidden" name="document" value="{document}"><button class="{class}">{words}</button></form>"#,
        csrf = escape(csrf),
    )
}

fn row(app: &App, language: Language, (field, value): &(Field, Scalar)) -> String {
    let value = match value {
        Scalar::Text(text) => text.clone(),
        Scalar::Int(number) => number.to_string(),
        Scalar::Bool(yes) => language.say(if *yes { "yes" } else { "no" }),
        Scalar::Null => "–".to_owned(),
    };
    format!("<div><dt>{}</dt><dd>{}</dd></div>", escape(&label(app, language, field)), escape(&value))
}

/// What people call a field; its path where there is no word for it.
fn label(app: &App, language: Language, field: &Field) -> String {
    if let Field::Answer(review, key) = field
        && let Some(review) = app.town.review(*review)
        && let Some(rulebook) = pinned(review, &app.town.b1.tables)
        && let Some(question) = rulebook.question(&key.question)
    {
        return match language {
            Language::Vietnamese => question.text_vi.clone(),
            Language::English => question.text_en.clone(),
        };
    }
    let path = field.to_string();
    let last = path.rsplit('/').next().unwrap_or_default();
    let key = match field {
        Field::Place(_) => format!("place_{last}"),
        Field::Member(..) => format!("member_{last}"),
        _ => return path,
    };
    if words::known(&key) { language.of(words::words(&key, &[])) } else { path }
}

#[derive(Deserialize)]
pub struct Named {
    document: String,
}

/// POST /office/decisions/release
pub async fn release(State(app): State<App>, form: OfficerForm<Named>) -> Result<Response, Fault> {
    decide(app, form, "release", quarantine::release).await
}

/// POST /office/decisions/refuse
pub async fn refuse(State(app): State<App>, form: OfficerForm<Named>) -> Result<Response, Fault> {
    decide(app, form, "refuse", quarantine::refuse).await
}

/// POST /office/decisions/accept
pub async fn accept(State(app): State<App>, form: OfficerForm<Named>) -> Result<Response, Fault> {
    decide(app, form, "accept", proposals::accept).await
}

async fn decide(
    app: App,
    form: OfficerForm<Named>,
    what: &'static str,
    verb: fn(&App, DocumentId) -> Result<usize, Fault>,
) -> Result<Response, Fault> {
    let OfficerForm { officer, form } = form;
    let document: DocumentId = form.document.parse().map_err(|_| Fault::of(Code::MalformedMessage))?;
    app.blocking(move |app| {
        app.note(&officer.0.name, what, &document.to_string())?;
        verb(app, document)
    })
    .await?;
    Ok(Redirect::to("/office/decisions").into_response())
}
