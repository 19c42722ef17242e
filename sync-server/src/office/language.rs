//! The page's language: Vietnamese, or English where somebody chose it.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Path};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use crate::words;

const COOKIE_NAME: &str = "rasoat_language";

/// The language of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Tiếng Việt.
    Vietnamese,
    /// English.
    English,
}

impl Language {
    /// The code in HTML.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// The words under a key of the catalogue's office part.
    pub fn say(self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// The same with blanks filled.
    pub fn fill(self, key: &str, params: &[(&'static str, String)]) -> String {
        self.of(words::words(&format!("office_{key}"), params))
    }

    /// The one of two texts.
    pub fn of(self, words: words::Words) -> String {
        match self {
            Self::Vietnamese => words.vi,
            Self::English => words.en,
        }
    }

    /// A count with its thousands apart.
    pub fn number(self, number: u64) -> String {
        let grouped = domain::money::group(i64::try_from(number).unwrap_or(i64::MAX));
        match self {
            Self::Vietnamese => grouped,
            Self::English => grouped.replace('.', ","),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let chosen = format!("{COOKIE_NAME}=en");
        let cookies = parts.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
        let english = cookies.flat_map(|header| header.split(';')).any(|pair| pair.trim() == chosen);
        Ok(if english { Self::English } else { Self::Vietnamese })
    }
}

/// GET /office/language/{vi|en}
pub async fn choose(Path(language): Path<String>) -> Response {
    let code = if language == "en" { "en" } else { "vi" };
    let cookie = format!("{COOKIE_NAME}={code}; Path=/office; Max-Age=31536000; SameSite=Strict; HttpOnly");
    ([(SET_COOKIE, cookie)], Redirect::to("/office")).into_response()
}
