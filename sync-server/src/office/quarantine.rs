//! Changes that the gate refused, by document: what they would write, a button to take them and one to leave them refused.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::field::Field;
use domain::id::DocumentId;
use domain::rulebook::pinned;
use domain::scalar::Scalar;
use serde::Deserialize;

use super::html::{Page, escape};
use super::language::Language;
use crate::app::App;
use crate::auth::officer::{OfficerForm, PageOfficer};
use crate::clock;
use crate::fault::{Code, Fault};
use crate::quarantine::{self, Pending};
use crate::words;

/// GET /office/quarantine
pub async fn page(
    State(app): State<App>,
    PageOfficer(officer): PageOfficer,
    language: Language,
) -> Result<Html<String>, Fault> {
    let session = officer.0;
    let name = session.name.clone();
    let (items, app) = app
        .blocking(move |app| {
            app.note(&name, "quarantine", "")?;
            Ok((quarantine::list(app)?, app.clone()))
        })
        .await?;
    let say = |key| escape(&language.say(key));
    let cards: String = items.iter().map(|item| card(&app, language, &session.csrf, item)).collect();
    let none = format!(r#"<p class="empty">{}</p>"#, say("quarantine_none"));
    let content = format!(
        r#"<section class="hero"><div><p class="over">{over}</p><h1>{title}</h1></div></section>
<section><p class="hint">{hint}</p>{cards}</section>"#,
        over = say("quarantine_over"),
        title = say("nav_quarantine"),
        hint = say("quarantine_hint"),
        cards = if items.is_empty() { none } else { format!(r#"<ul class="refused">{cards}</ul>"#) },
    );
    let town = app.town.unit_of(app.town.unit).map_or("", |unit| unit.name.as_str());
    let title = language.say("nav_quarantine");
    Ok(Page { language, title, town, session: Some(&session), here: "/office/quarantine" }.with(&content))
}

fn card(app: &App, language: Language, csrf: &str, item: &Pending) -> String {
    let say = |key| escape(&language.say(key));
    let why = |code: &str| escape(&language.of(words::words(&quarantine::words_key(code), &[])));
    let unit = item.scope.and_then(|scope| app.town.unit_of(scope)).map_or("–", |unit| unit.name.as_str());
    let name = item.name.clone().unwrap_or_else(|| language.say("quarantine_unnamed"));
    let by = [
        ("who", item.authors.iter().cloned().collect::<Vec<_>>().join(", ")),
        ("at", clock::vietnamese(item.at)),
        ("count", language.number(item.changes as u64)),
    ];
    let lines = |codes: &BTreeSet<String>| codes.iter().map(|code| why(code)).collect::<Vec<_>>().join(" ");
    // an id tells a person nothing
    let told = item.writes.iter().filter(|(field, _)| !matches!(field, Field::Head | Field::MergedInto));
    let rows: String = told.map(|field| row(app, language, field)).collect();
    let writes = if rows.is_empty() { String::new() } else { format!(r#"<dl class="writes">{rows}</dl>"#) };
    let never = match item.never.is_empty() {
        true => String::new(),
        false => format!(r#"<p class="hint">{} {}</p>"#, say("quarantine_never"), lines(&item.never)),
    };
    let release = match item.takeable {
        0 => String::new(),
        _ => button(csrf, item, "release", "main", &say("quarantine_release")),
    };
    format!(
        r#"<li><h2>{name}</h2><p class="over">{unit} · {by}</p><p class="warn">{why}</p>{writes}{never}
<div class="downloads">{release}{refuse}</div></li>"#,
        name = escape(&name),
        unit = escape(unit),
        by = escape(&language.fill("quarantine_by", &by)),
        why = lines(&item.codes),
        refuse = button(csrf, item, "refuse", "second", &say("quarantine_refuse")),
    )
}

fn button(csrf: &str, item: &Pending, verb: &str, class: &str, words: &str) -> String {
    format!(
        r#"<form method="post" action="/office/quarantine/{verb}"><input type="hidden" name="csrf" value="{csrf}">
<input type="hidden" name="document" value="{document}"><button class="{class}">{words}</button></form>"#,
        csrf = escape(csrf),
        document = item.document,
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

/// POST /office/quarantine/release
pub async fn release(State(app): State<App>, form: OfficerForm<Named>) -> Result<Response, Fault> {
    decide(app, form, "release", quarantine::release).await
}

/// POST /office/quarantine/refuse
pub async fn refuse(State(app): State<App>, form: OfficerForm<Named>) -> Result<Response, Fault> {
    decide(app, form, "refuse", quarantine::refuse).await
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
    Ok(Redirect::to("/office/quarantine").into_response())
}
