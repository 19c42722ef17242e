//! Citizen cards: what their QR code says, as a scanner types it.

use domain::citizen_card::{CardError, CitizenCard, read as read_text};

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::wire::people::CardRead;

/// Reads the text of a card's QR code.
pub(crate) fn read<H: Host>(app: &App<H>, form: CardRead) -> Result<CitizenCard, Fault> {
    card(app.host(), &form.text)
}

fn card(host: &impl Host, text: &str) -> Result<CitizenCard, Fault> {
    read_text(text, host.today()).map_err(|error| match error {
        CardError::NotACard => ErrorCode::NotACard.into(),
        damage => Fault::new(ErrorCode::DamagedCard).with("reason", damage),
    })
}
