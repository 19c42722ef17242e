//! The built UI's files, inside the binary.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// The field app's page.
pub const PAGE: &str = "app.html";

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Dist;

/// A file of the UI by its path.
pub async fn file(uri: Uri) -> Response {
    serve(uri.path().trim_start_matches('/'))
}

/// A file of the UI by its name.
pub fn serve(name: &str) -> Response {
    let Some(file) = Dist::get(name) else {
        return (StatusCode::NOT_FOUND, "not found").into_response();
    };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    ([(header::CONTENT_TYPE, kind.as_ref())], file.data).into_response()
}
