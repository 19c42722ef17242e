//! The office page: rendered on the server, works without scripts. Units with their progress, the report with its
//! checks, the access log.
//!
//! **Invariant:** every page but the login names an officer; what is read of persons and what is downloaded is in the
//! access log before it leaves.

mod access;
mod b1;
mod carry;
mod decisions;
mod html;
mod language;
mod login;
mod report;
mod units;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};

use crate::app::App;

const TOKENS: &str = include_str!("../../../ui/src/shared/styles/tokens.css");
const STYLE: &str = include_str!("style.css");

/// The office's routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(|| async { Redirect::to("/office") }))
        .route("/office", get(units::page))
        .route("/office/login", get(login::page).post(login::enter))
        .route("/office/logout", post(login::leave))
        .route("/office/language/{language}", get(language::choose))
        .route("/office/report", get(report::page))
        .route("/office/report.docx", get(report::letter))
        .route("/office/report.xlsx", get(report::workbook))
        .route("/office/decisions", get(decisions::page))
        .route("/office/decisions/accept", post(decisions::accept))
        .route("/office/decisions/release", post(decisions::release))
        .route("/office/decisions/refuse", post(decisions::refuse))
        // its body is read within a limit of its own
        .route("/office/carry", get(carry::page).post(carry::receive).layer(DefaultBodyLimit::disable()))
        .route("/office/access", get(access::page))
        .route("/office/api/summary", get(units::summary))
        .route("/office/api/checks", get(report::checks))
        .route("/office/api/figures", get(report::figures))
        .route("/office/style.css", get(style))
}

async fn style() -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "max-age=300")],
        format!("{TOKENS}\n{STYLE}"),
    )
}
