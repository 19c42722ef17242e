//! Sending pictures, when no text waits: one after the other, each piece by piece until the server names its hash.
//!
//! **Invariant:** a picture waits until an answer says that it is stored, and names its hash.

use store::UnsentPhoto;
use sync::code::PhotoCode;
use sync::photo::{PhotoPutAnswer, Whole, is_one, put_body, read_put_answer};

use super::Exchange;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::server::{Path, ask};

impl<H: Host> Exchange<'_, H> {
    /// Sends what waits. A picture that the server will never take, because it refused what describes it, waits no more:
    /// it stays on this device with what was set aside.
    pub(super) fn photos(&mut self) -> Result<(), Fault> {
        while let Some(unsent) = self.app.with(|session| Ok(session.store.next_photo()?))? {
            let asked = unsent.held >= unsent.jpeg.len() as u64;
            match self.photo(&unsent)? {
                PhotoCode::Stored => {}
                // What arrived is not what is here: the next sync begins anew, after the pictures that go well.
                PhotoCode::Mismatch if is_one(&unsent.jpeg, &unsent.sha256) => {
                    self.app.with(|session| Ok(session.store.put_photo_back(unsent.id)?))?;
                    return Err(Fault::new(ErrorCode::DamagedBody).with("reason", PhotoCode::Mismatch));
                }
                // It was offered once more because its household left. Who may not bring it any more is told no more than that.
                PhotoCode::Unknown if unsent.hidden && asked => {}
                refused => {
                    let fault = Fault::new(ErrorCode::PhotoRefused).with("household", unsent.household);
                    self.problem(fault.with("reason", refused));
                }
            }
            self.app.with(|session| Ok(session.store.photo_sent(unsent.id)?))?;
        }
        Ok(())
    }

    /// Sends a picture from where the server has come with it; what became of it.
    fn photo(&mut self, unsent: &UnsentPhoto) -> Result<PhotoCode, Fault> {
        let (mut held, mut went_back) = (unsent.held, false);
        loop {
            let asks = held >= unsent.jpeg.len() as u64;
            let answer = self.piece(unsent, held)?;
            match answer.code {
                PhotoCode::Stored if !asks => {
                    self.report.photos += 1;
                    return Ok(PhotoCode::Stored);
                }
                PhotoCode::Part => {}
                PhotoCode::Unrecognised => return Err(ErrorCode::OldVersion.into()),
                end => return Ok(end),
            }
            // once: the server was put back, or gave up what had waited too long
            if answer.held <= held && std::mem::replace(&mut went_back, true) {
                return Err(ErrorCode::NoProgress.into());
            }
            held = answer.held;
            self.app.with(|session| Ok(session.store.photo_held(unsent.id, held)?))?;
        }
    }

    fn piece(&mut self, unsent: &UnsentPhoto, offset: u64) -> Result<PhotoPutAnswer, Fault> {
        // a question is small, and there is one for a picture at most
        if offset < unsent.jpeg.len() as u64 {
            self.round()?;
        }
        let UnsentPhoto { household, id: photo, sha256, ref jpeg, .. } = *unsent;
        let body = put_body(&Whole { household, photo, sha256, jpeg }, offset);
        let token = Some(self.token.as_str());
        let answer = ask(self.app, &self.server, Path::PhotoPut, token, &body, read_put_answer)?;
        if answer.sha256 == sha256 { Ok(answer) } else { Err(ErrorCode::DamagedAnswer.into()) }
    }
}
