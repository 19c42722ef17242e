//! What the app can do: one file for each noun, one function for each method.

pub(crate) mod app;
pub(crate) mod bundle;
pub(crate) mod card;
pub(crate) mod config;
pub(crate) mod conflict;
pub(crate) mod draft;
pub(crate) mod duplicate;
pub(crate) mod earlier;
pub(crate) mod home;
pub(crate) mod household;
pub(crate) mod kinship;
pub(crate) mod meeting;
pub(crate) mod meeting_minutes;
pub(crate) mod member;
pub(crate) mod merging;
pub(crate) mod photo;
pub(crate) mod procedure;
pub(crate) mod programme;
pub(crate) mod refused;
pub(crate) mod support;
pub(crate) mod sync;
pub(crate) mod verify;
