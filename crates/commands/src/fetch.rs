//! Fetching a picture that somebody looks at, piece by piece. What came of it is kept while the app is open, so that
//! looking again on a line that was cut goes on where it stopped.
//!
//! **Invariant:** nothing is shown or stored before all of it has the hash that the document names.

use std::collections::BTreeMap;

use domain::id::{HouseholdId, PhotoId};
use store::Picture;
use sync::limits::PHOTO_MAX;
use sync::photo::{get_body, is_one, read_answer};
use zeroize::Zeroizing;

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::server::{Path, ask};

/// Pictures of which a beginning is kept: as many as a household may have.
const BEGINNINGS_MAX: usize = 50;
/// Requests for one picture. A server that gives less than its share of it every time is not asked for ever.
const REQUESTS_MAX: usize = 64;

/// Beginnings of pictures, by the photo and the hash that its document named.
#[derive(Default)]
pub(crate) struct Beginnings(BTreeMap<(PhotoId, [u8; 32]), Vec<u8>>);

impl Beginnings {
    fn keep(&mut self, of: (PhotoId, [u8; 32]), bytes: &[u8]) {
        if self.0.len() >= BEGINNINGS_MAX && !self.0.contains_key(&of) {
            self.0.pop_first();
        }
        self.0.insert(of, bytes.to_vec());
    }
}

/// A picture that is not on this device.
pub(crate) struct Wanted {
    pub server: String,
    pub token: Zeroizing<String>,
    pub household: HouseholdId,
    pub photo: PhotoId,
    /// Of its bytes, as the document names it.
    pub sha256: [u8; 32],
}

impl Wanted {
    /// Asks the server for what is missing, and keeps the picture for the next time. None if the server does not have it.
    pub fn fetch<H: Host>(&self, app: &App<H>) -> Result<Option<Vec<u8>>, Fault> {
        let of = (self.photo, self.sha256);
        let begun = app.with(|session| Ok(session.beginnings.0.get(&of).cloned()))?;
        let came = self.go_on(app, begun.unwrap_or_default())?;
        self.forget(app)?;
        let Some(jpeg) = came else { return Ok(None) };
        let picture = Picture { id: self.photo, sha256: self.sha256, jpeg: &jpeg };
        app.with(|session| Ok(session.store.keep_photo(self.household, &picture)?))?;
        Ok(Some(jpeg))
    }

    fn forget<H: Host>(&self, app: &App<H>) -> Result<(), Fault> {
        app.with(|session| {
            session.beginnings.0.remove(&(self.photo, self.sha256));
            Ok(())
        })
    }

    fn go_on<H: Host>(&self, app: &App<H>, mut jpeg: Vec<u8>) -> Result<Option<Vec<u8>>, Fault> {
        let token = Some(self.token.as_str());
        for _ in 0..REQUESTS_MAX {
            let body = get_body(self.household, self.photo, jpeg.len() as u64);
            let answer = ask(app, &self.server, Path::PhotoGet, token, &body, read_answer)?;
            if answer.length == 0 {
                return Ok(None);
            }
            jpeg.extend_from_slice(&answer.piece);
            let (here, length) = (jpeg.len() as u64, answer.length.min(PHOTO_MAX as u64));
            if here == length && is_one(&jpeg, &self.sha256) {
                return Ok(Some(jpeg));
            }
            if here >= length || answer.piece.is_empty() {
                self.forget(app)?;
                return Err(ErrorCode::DamagedAnswer.into());
            }
            app.with(|session| {
                session.beginnings.keep((self.photo, self.sha256), &jpeg);
                Ok(())
            })?;
        }
        Err(ErrorCode::NoProgress.into())
    }
}
