//! A file that an officer brought on a stick: chosen, opened with its code, and what became of it.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
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
use crate::{body, multipart, secret, words};

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
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let brought = Brought::read(kind, &received.bytes, &session)?;
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
struct Brought {
    file: Vec<u8>,
    code: Zeroizing<String>,
}

impl Brought {
    /// Reads the form, if it has the word of its session.
    fn read(kind: &str, body: &[u8], session: &Session) -> Result<Self, Fault> {
        let fields = multipart::fields(kind, body).ok_or(Fault::of(Code::MalformedMessage))?;
        let field =
            |wanted| fields.iter().find(|(name, _)| *name == wanted).map_or(&[][..], |(_, value)| *value);
        let text = |wanted| String::from_utf8_lossy(field(wanted)).into_owned();
        if secret::hash(&text("csrf")) != secret::hash(&session.csrf) {
            return Err(Fault::of(Code::StaleForm));
        }
        Ok(Self { file: field("file").to_vec(), code: Zeroizing::new(text("code")) })
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
