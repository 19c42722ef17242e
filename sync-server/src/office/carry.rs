//! A file that an officer brought on a stick: chosen, opened with its code, and what became of it.

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use zeroize::Zeroizing;

use super::html::{Page, escape};
use super::language::Language;
use crate::app::App;
use crate::auth::officer::{Officer, PageOfficer};
use crate::carry::{Taken, take};
use crate::clock;
use crate::database::people::Session;
use crate::fault::{Code, Fault};
use crate::limits::CARRIED_MAX;
use crate::{body, secret, words};

/// GET /office/carry
pub async fn page(
    State(app): State<App>,
    PageOfficer(officer): PageOfficer,
    language: Language,
) -> Html<String> {
    shown(&app, language, &officer.0, "")
}

/// POST /office/carry
pub async fn receive(
    State(app): State<App>,
    language: Language,
    request: Request,
) -> Result<Response, Fault> {
    let (mut parts, body) = request.into_parts();
    let Officer(session) = Officer::from_request_parts(&mut parts, &app).await?;
    let received = body::read(&parts.headers, body, CARRIED_MAX).await?;
    let form = Request::from_parts(parts, Body::from(received.bytes));
    let brought = Brought::read(form, &session).await?;
    let name = session.name.clone();
    // The code is stretched as a password is, and the parts are decided on as pushes are.
    let _login = app.logins.acquire().await.map_err(|_| Fault::of(Code::ServerBroken))?;
    let _place = app.syncs.acquire().await.map_err(|_| Fault::of(Code::ServerBroken))?;
    let taken = app.blocking(move |app| {
        app.note(&name, "carry", "")?;
        take(app, &brought.file, &brought.code)
    });
    match taken.await {
        Ok(taken) => Ok(shown(&app, language, &session, &told(language, &taken)).into_response()),
        Err(fault) if fault.code.status() < 500 => {
            let words = language.of(words::error(fault.code.text(), &fault.params));
            let alarm = format!(r#"<p class="alarm" role="alert">{}</p>"#, escape(&words));
            let status = StatusCode::from_u16(fault.code.status()).unwrap_or(StatusCode::BAD_REQUEST);
            Ok((status, shown(&app, language, &session, &alarm)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// What the form brought.
#[derive(Default)]
struct Brought {
    csrf: Zeroizing<String>,
    file: Vec<u8>,
    code: Zeroizing<String>,
}

impl Brought {
    /// Reads the form, if it is whole and has the word of its session.
    async fn read(form: Request, session: &Session) -> Result<Self, Fault> {
        let brought = Self::fields(form).await.ok_or(Fault::of(Code::MalformedMessage))?;
        if secret::hash(&brought.csrf) == secret::hash(&session.csrf) {
            Ok(brought)
        } else {
            Err(Fault::of(Code::StaleForm))
        }
    }

    async fn fields(form: Request) -> Option<Self> {
        let (mut form, mut brought) = (Multipart::from_request(form, &()).await.ok()?, Self::default());
        while let Some(field) = form.next_field().await.ok()? {
            match field.name() {
                Some("csrf") => brought.csrf = Zeroizing::new(field.text().await.ok()?),
                Some("code") => brought.code = Zeroizing::new(field.text().await.ok()?),
                Some("file") => brought.file = field.bytes().await.ok()?.into(),
                _ => {}
            }
        }
        Some(brought)
    }
}

fn shown(app: &App, language: Language, session: &Session, result: &str) -> Html<String> {
    let say = |key| escape(&language.say(key));
    let content = format!(
        r#"<section class="hero"><div><p class="over">{over}</p><h1>{title}</h1></div></section>
<section>{result}<p class="hint">{hint}</p>
<form method="post" action="/office/carry" enctype="multipart/form-data" class="fields carry">
<input type="hidden" name="csrf" value="{csrf}">
<label>{file}<input type="file" name="file" accept=".rasoat" required></label>
<label>{code}<input name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required></label>
<button class="main">{enter}</button></form></section>"#,
        over = say("carry_over"),
        title = say("nav_carry"),
        hint = say("carry_hint"),
        csrf = escape(&session.csrf),
        file = say("carry_file"),
        code = say("carry_code"),
        enter = say("carry_enter"),
    );
    let town = app.town.unit_of(app.town.unit).map_or("", |unit| unit.name.as_str());
    let title = language.say("nav_carry");
    Page { language, title, town, session: Some(session), here: "/office/carry" }.with(&content)
}

/// What became of a file: a count for each outcome, and why something was refused.
fn told(language: Language, taken: &Taken) -> String {
    let at = clock::vietnamese(taken.made_at);
    let whose = match &taken.by {
        Some(by) => language.fill("carry_by", &[("by", by.clone()), ("at", at)]),
        None => language.fill("carry_by_unknown", &[("at", at)]),
    };
    let refused: u64 = taken.refused.values().sum();
    let tiles = [
        ("", "carry_stored", taken.stored),
        ("", "carry_already", taken.already),
        ("warn", "carry_proposals", taken.proposals),
        ("warn", "carry_missing", taken.missing),
        ("bad", "carry_refused", refused),
    ];
    let always = |key: &str| key == "carry_stored" || key == "carry_already";
    let shown = tiles.iter().filter(|(_, key, count)| always(key) || *count > 0);
    let tiles: String = shown
        .map(|(tone, key, count)| {
            let words = escape(&language.say(key));
            format!(r#"<li class="{tone}"><b>{}</b><span>{words}</span></li>"#, language.number(*count))
        })
        .collect();
    let why = taken.refused.iter().map(|(code, count)| {
        let words = language.of(words::error(code, &[]));
        format!("<li>{} · {}</li>", language.number(*count), escape(&words))
    });
    let why: String = why.collect();
    let why = if why.is_empty() { why } else { format!("<ul>{why}</ul>") };
    format!(
        r#"<div role="status" class="brought"><h2>{}</h2><ul class="tiles">{tiles}</ul>{why}</div>"#,
        escape(&whose)
    )
}
