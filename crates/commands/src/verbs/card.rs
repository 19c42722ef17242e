//! Citizen cards: what their QR code says, as a scanner types it or a picture shows it.
//!
//! **Invariant:** the picture of a card is read and forgotten: nothing of it is stored or sent.

use domain::citizen_card::{CardError, CitizenCard, read as read_text};

use image::DynamicImage;

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::picture::{open, source};
use crate::wire::people::{CardRead, CardScan};

/// Points of the longer side of the pictures that are searched, one after the other.
const SIDES: [u32; 3] = [1_600, 1_000, 600];

/// Reads the text of a card's QR code.
pub(crate) fn read<H: Host>(app: &App<H>, form: CardRead) -> Result<CitizenCard, Fault> {
    card(app.host(), &form.text)
}

/// Reads the QR code in the picture of a card.
pub(crate) fn scan<H: Host>(app: &App<H>, form: CardScan) -> Result<CitizenCard, Fault> {
    let picture = open(&source(&form.image)?).map_err(|fault| fault.at("image"))?;
    let texts = codes(&picture);
    let cards: Vec<Result<CitizenCard, Fault>> = texts.iter().map(|text| card(app.host(), text)).collect();
    let found = cards.iter().position(Result::is_ok).unwrap_or(0);
    cards.into_iter().nth(found).unwrap_or_else(|| Err(Fault::new(ErrorCode::NoCode).at("image")))
}

/// The texts of the codes in a picture. A code that is too large for the search in the whole picture is found in a
/// smaller one.
fn codes(picture: &DynamicImage) -> Vec<String> {
    for side in SIDES {
        let fits = picture.width().max(picture.height()) <= side;
        let grey = if fits { picture.to_luma8() } else { picture.thumbnail(side, side).to_luma8() };
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        let at = |x: usize, y: usize| grey.as_raw()[y * width + x];
        let mut search = rqrr::PreparedImage::prepare_from_greyscale(width, height, at);
        let found: Vec<String> = search.detect_grids().iter().filter_map(text).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn text<G: rqrr::BitGrid>(grid: &rqrr::Grid<G>) -> Option<String> {
    let mut bytes = Vec::new();
    grid.decode_to(&mut bytes).ok()?;
    String::from_utf8(bytes).ok()
}

fn card(host: &impl Host, text: &str) -> Result<CitizenCard, Fault> {
    read_text(text, host.today()).map_err(|error| match error {
        CardError::NotACard => ErrorCode::NotACard.into(),
        damage => Fault::new(ErrorCode::DamagedCard).with("reason", damage),
    })
}
