//! The access log, newest first.

use axum::extract::State;
use axum::response::Html;

use super::html::{Page, escape};
use super::language::Language;
use crate::app::App;
use crate::auth::officer::PageOfficer;
use crate::clock;
use crate::database::access::{Access, COMMAND_LINE};
use crate::fault::Fault;
use crate::limits::ACCESSES_SHOWN;
use crate::words;

/// GET /office/access
pub async fn page(
    State(app): State<App>,
    PageOfficer(officer): PageOfficer,
    language: Language,
) -> Result<Html<String>, Fault> {
    let session = officer.0;
    let name = session.name.clone();
    let notes = app.blocking(move |app| {
        app.note(&name, "access_log", "")?;
        Ok(app.database.accesses(ACCESSES_SHOWN)?)
    });
    let rows: String = notes.await?.iter().map(|note| row(language, note)).collect();
    let say = |key| escape(&language.say(key));
    let content = format!(
        r#"<section class="hero"><div><p class="over">{hint}</p><h1>{title}</h1></div></section>
<section><div class="scroll"><table class="notes"><thead><tr><th scope="col">{at}</th><th scope="col">{who}</th>
<th scope="col">{what}</th></tr></thead><tbody>{rows}</tbody></table></div></section>"#,
        hint = say("access_hint"),
        title = say("nav_access"),
        at = say("col_at"),
        who = say("col_who"),
        what = say("col_what"),
    );
    let town = app.town.unit_of(app.town.unit).map_or("", |unit| unit.name.as_str());
    let title = language.say("nav_access");
    Ok(Page { language, title, town, session: Some(&session), here: "/office/access" }.with(&content))
}

fn row(language: Language, note: &Access) -> String {
    let key = format!("access_{}", note.what);
    let known = words::known(&format!("office_{key}"));
    let what =
        if known { language.fill(&key, &[("subject", note.subject.clone())]) } else { note.what.clone() };
    let who = if note.who == COMMAND_LINE { language.say("command_line") } else { note.who.clone() };
    format!(
        r#"<tr><td class="time">{}</td><td class="who">{}</td><td class="what">{}</td></tr>"#,
        escape(&clock::vietnamese(note.at)),
        escape(&who),
        escape(&what)
    )
}
