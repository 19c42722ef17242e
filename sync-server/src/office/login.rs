//! Login and logout.
//!
//! **Invariant:** a wrong name and a wrong password give the same answer after the same work.

use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::html::{Page, escape};
use super::language::Language;
use crate::app::App;
use crate::auth::officer::{COOKIE_NAME, OfficerForm, form};
use crate::database::people::Session;
use crate::fault::{Code, Fault};
use crate::limits::{FORM_MAX, SESSION_LIFE, WRONG_PASSWORDS_MAX};
use crate::listener::Peer;
use crate::{body, clock, secret};

/// GET /office/login
pub async fn page(State(app): State<App>, language: Language) -> Html<String> {
    login_page(&app, language, None)
}

fn login_page(app: &App, language: Language, fault: Option<&Fault>) -> Html<String> {
    let town = app.town.unit_of(app.town.unit).map_or("", |unit| unit.name.as_str());
    let alarm = fault.map_or_else(String::new, |fault| {
        let words = crate::words::error(fault.code.text(), &fault.params);
        format!(r#"<p class="alarm" role="alert">{}</p>"#, escape(&language.of(words)))
    });
    let say = |key| escape(&language.say(key));
    let content = format!(
        r#"<section class="door"><p class="over">{over}</p><h1>{town}</h1>{alarm}
<form method="post" action="/office/login" class="fields">
<label>{name}<input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus></label>
<label>{password}<input name="password" type="password" autocomplete="current-password" required></label>
<button class="main">{enter}</button></form><p class="hint">{hint}</p></section>"#,
        over = say("title"),
        town = escape(town),
        name = say("login_name"),
        password = say("login_password"),
        enter = say("login"),
        hint = say("login_hint"),
    );
    Page { language, title: language.say("login"), town, session: None, here: "" }.with(&content)
}

#[derive(Deserialize)]
struct Login {
    name: String,
    password: String,
}

/// POST /office/login
pub async fn enter(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    language: Language,
    request: Request,
) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    let received = body::read(&parts.headers, body, FORM_MAX).await?;
    let mut login: Login = form(&received.bytes)?;
    login.name = domain::vietnamese::tidy(&login.name);
    // Held until the attempt is counted: a crowd of attempts neither fills the memory nor outruns the count.
    let _place = app.logins.acquire().await.map_err(|_| Fault::of(Code::ServerBroken))?;
    let keys = [format!("login name {}", login.name), format!("login address {}", peer.0.ip())];
    for key in &keys {
        app.throttle.check(key, WRONG_PASSWORDS_MAX, clock::now())?;
    }
    match app.blocking(move |app| open(app, &login)).await {
        Ok(token) => {
            let life = format!("Max-Age={SESSION_LIFE}; Path=/office; HttpOnly; SameSite=Strict");
            let cookie = format!("{COOKIE_NAME}={}; {life}", token.as_str());
            Ok(([(SET_COOKIE, cookie)], Redirect::to("/office")).into_response())
        }
        Err(fault) if fault.code == Code::WrongLogin => {
            keys.iter().for_each(|key| app.throttle.count(key, clock::now()));
            Ok((StatusCode::FORBIDDEN, login_page(&app, language, Some(&fault))).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn open(app: &App, login: &Login) -> Result<zeroize::Zeroizing<String>, Fault> {
    let name = login.name.clone();
    let verifier = app.database.office_password(&name)?;
    if !secret::password_fits(&login.password, verifier.as_deref()) {
        tracing::warn!("a login was refused");
        return Err(Fault::of(Code::WrongLogin));
    }
    let (token, now) = (secret::token()?, clock::now());
    let csrf = secret::token()?.to_string();
    app.note(&name, "login", "")?;
    let session = Session { token_hash: secret::hash(&token), name, csrf, expires_at: now + SESSION_LIFE };
    app.database.open_session(&session, now)?;
    Ok(token)
}

#[derive(Deserialize)]
pub struct Nothing {}

/// POST /office/logout
pub async fn leave(State(app): State<App>, form: OfficerForm<Nothing>) -> Result<Response, Fault> {
    let OfficerForm { officer, form: Nothing {} } = form;
    app.blocking(move |app| Ok(app.database.close_session(&officer.0.token_hash)?)).await?;
    let gone = format!("{COOKIE_NAME}=; Max-Age=0; Path=/office; HttpOnly; SameSite=Strict");
    Ok(([(SET_COOKIE, gone)], Redirect::to("/office/login")).into_response())
}
