//! Photos: the picture that a household's document describes, in and out, piece by piece.
//!
//! **Invariant:** a picture is given for households in the scopes of the token's user alone; it is taken for those, and for
//! those that were: its text was. Only bytes with the hash that the document names are; an answer names the hash of what is on
//! disk.

use axum::extract::{Request, State};
use axum::response::Response;
use domain::id::{HouseholdId, PhotoId};
use records::{Hash, Kind};
use sync::code::PhotoCode;
use sync::gate::{Reach, reach};
use sync::limits::BODY_MAX;
use sync::photo::{PhotoAnswer, PhotoGet, PhotoPut, PhotoPutAnswer};

use super::answer;
use super::push::load;
use crate::app::App;
use crate::auth::device::Device;
use crate::database::log::Placed;
use crate::database::photos::{Came, Piece};
use crate::fault::{Code, Fault};
use crate::{body, clock};

/// POST /v1/photo/put
pub async fn put(State(app): State<App>, device: Device, request: Request) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    let received = body::read(&parts.headers, body, BODY_MAX).await?;
    let put = sync::photo::read_put(&received.bytes)?;
    let _place = app.syncs.acquire().await.map_err(|_| Fault::of(Code::ServerBroken))?;
    let told = app.blocking(move |app| take(app, &device, &put)).await?;
    Ok(answer(sync::photo::put_answer_body(&told)))
}

/// POST /v1/photo/get
pub async fn get(State(app): State<App>, device: Device, request: Request) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    let received = body::read(&parts.headers, body, BODY_MAX).await?;
    let wanted = sync::photo::read_get(&received.bytes)?;
    let _place = app.syncs.acquire().await.map_err(|_| Fault::of(Code::ServerBroken))?;
    let jpeg = app.blocking(move |app| find(app, &device, &wanted)).await?;
    let piece = PhotoAnswer::of(&jpeg.unwrap_or_default(), wanted.offset);
    Ok(answer(sync::photo::answer_body(&piece)))
}

fn take(app: &App, device: &Device, put: &PhotoPut) -> Result<PhotoPutAnswer, Fault> {
    let (enrolment, at) = (device.enrolment.id, clock::now());
    let Came { code, held } = if !put.is_possible() {
        Came { code: PhotoCode::Damaged, held: 0 }
    } else if described(app, put.household, put.photo, |placed| brings(app, device, put.household, placed))?
        != Some(put.sha256)
    {
        Came { code: PhotoCode::Unknown, held: 0 }
    } else {
        app.database.take_piece(&Piece { put, enrolment, at })?
    };
    tracing::info!(carrier = %enrolment, household = %put.household, %code, held, "photo");
    Ok(PhotoPutAnswer { code, sha256: put.sha256, held })
}

fn find(app: &App, device: &Device, wanted: &PhotoGet) -> Result<Option<Vec<u8>>, Fault> {
    let PhotoGet { household, photo, .. } = *wanted;
    let person = device.person(app)?;
    let sees = |placed: &Placed| Ok(person.scopes.contains(&placed.scope));
    let Some(sha256) = described(app, household, photo, sees)? else { return Ok(None) };
    Ok(app.database.picture(household, photo, &sha256)?)
}

/// Whether the person reaches the household, or did when the picture was taken.
fn brings(app: &App, device: &Device, household: HouseholdId, placed: &Placed) -> Result<bool, Fault> {
    let former = if placed.moved { app.database.former(household)? } else { Vec::new() };
    let person = device.person(app)?;
    let posted = app.town.former.get(&person.id).map_or(&[][..], Vec::as_slice);
    Ok(reach(&person.scopes, posted, placed.scope, &former) != Reach::Never)
}

/// The hash that the household's document names for the photo; none where the household is not the person's.
fn described(
    app: &App,
    household: HouseholdId,
    photo: PhotoId,
    may: impl FnOnce(&Placed) -> Result<bool, Fault>,
) -> Result<Option<Hash>, Fault> {
    let Some(logged) = app.database.logged(household)? else { return Ok(None) };
    let placed = &logged.placed;
    if placed.purged || placed.kind != Kind::Household || !may(placed)? {
        return Ok(None);
    }
    let document = load(placed.kind, household, &logged.changes)?.household();
    let described = document.photos.get(&photo).and_then(|photo| photo.sha256.as_deref());
    Ok(described.and_then(|hex| hex::decode(hex).ok()).and_then(|bytes| bytes.try_into().ok()))
}
