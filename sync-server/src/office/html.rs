//! Pages as HTML text.
//!
//! **Invariant:** whatever people or devices entered passes through [`escape`].

use axum::response::Html;

use super::language::Language;
use crate::database::people::Session;

/// Text inside HTML or inside a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A page around its content.
pub struct Page<'a> {
    /// Its language.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// The town's name.
    pub town: &'a str,
    /// Who looks at it; none at the login.
    pub session: Option<&'a Session>,
    /// The path of the navigation that it belongs to.
    pub here: &'static str,
}

const NAVIGATION: [(&str, &str); 5] = [
    ("/office", "nav_units"),
    ("/office/report", "nav_report"),
    ("/office/decisions", "nav_decisions"),
    ("/office/carry", "nav_carry"),
    ("/office/access", "nav_access"),
];

impl Page<'_> {
    /// The whole page.
    pub fn with(&self, content: &str) -> Html<String> {
        let (language, title) = (self.language, escape(&self.title));
        let (bar, town) = (self.bar(), escape(self.town));
        Html(format!(
            r##"<!doctype html>
<html lang="{code}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Rà Soát</title><link rel="stylesheet" href="/office/style.css">
<link rel="icon" href="data:,"></head>
<body><a class="skip" href="#content">{skip}</a>
<header class="bar"><div class="inner"><a class="mark" href="/office"><span class="sign" aria-hidden="true">RS</span>
<span><b>Rà Soát</b><small>{town}</small></span></a>{bar}</div></header>
<main id="content">{content}</main></body></html>"##,
            code = language.code(),
            skip = escape(&language.say("skip")),
        ))
    }

    fn bar(&self) -> String {
        let other = match self.language {
            Language::Vietnamese => r#"<a class="quiet" href="/office/language/en" lang="en">English</a>"#,
            Language::English => r#"<a class="quiet" href="/office/language/vi" lang="vi">Tiếng Việt</a>"#,
        };
        let Some(session) = self.session else { return format!(r#"<div class="who">{other}</div>"#) };
        let links = NAVIGATION.iter().map(|(path, key)| {
            let current = if *path == self.here { r#" aria-current="page""# } else { "" };
            format!(r#"<a href="{path}"{current}>{}</a>"#, escape(&self.language.say(key)))
        });
        let links: String = links.collect();
        let (name, csrf) = (escape(&session.name), escape(&session.csrf));
        let leave = escape(&self.language.say("logout"));
        format!(
            r#"<nav>{links}</nav><div class="who">{other}<span class="name">{name}</span>
<form method="post" action="/office/logout"><input type="hidden" name="csrf" value="{csrf}">
<button class="quiet">{leave}</button></form></div>"#
        )
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_entered_becomes_markup() {
        assert_eq!(super::escape(r#"<b a='1'>"&"#), "&lt;b a=&#39;1&#39;&gt;&quot;&amp;");
    }
}
