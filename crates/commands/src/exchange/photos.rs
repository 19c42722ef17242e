//! Sending pictures, when no text waits: one after the other, each until the server names its hash.

use sync::code::PhotoCode;
use sync::photo::{put_body, read_put_answer};

use super::Exchange;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::server::{Path, ask};

impl<H: Host> Exchange<'_, H> {
    /// Sends what waits. A picture that the server will never take, because it refused what describes it, waits no more:
    /// it stays on this device with what was set aside.
    pub(super) fn photos(&mut self) -> Result<(), Fault> {
        while let Some(unsent) = self.app.with(|session| Ok(session.store.next_photo()?))? {
            self.round()?;
            let body = put_body(unsent.household, unsent.id, unsent.jpeg);
            let path = Path::PhotoPut;
            let answer = ask(self.app, &self.server, path, Some(&self.token), &body, read_put_answer)?;
            if answer.sha256 != unsent.sha256 {
                return Err(ErrorCode::DamagedAnswer.into());
            }
            match answer.code {
                PhotoCode::Stored => self.report.photos += 1,
                PhotoCode::Unknown | PhotoCode::Damaged => {
                    let refused = Fault::new(ErrorCode::PhotoRefused).with("household", unsent.household);
                    self.problem(refused.with("reason", answer.code));
                }
                PhotoCode::Unrecognised => return Err(ErrorCode::OldVersion.into()),
            }
            self.app.with(|session| Ok(session.store.photo_sent(unsent.id)?))?;
        }
        Ok(())
    }
}
