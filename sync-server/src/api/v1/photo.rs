//! Photos: the picture that a household's document describes, in and out.
//!
//! **Invariant:** only for households in the scopes of the token's user, and only bytes with the hash that the document
//! names; an answer names the hash of what is on disk.

use axum::extract::{Request, State};
use axum::response::Response;
use domain::id::{HouseholdId, PhotoId};
use records::{Hash, Kind};
use sha2::{Digest, Sha256};
use sync::code::PhotoCode;
use sync::limits::{BODY_MAX, PHOTO_BODY_MAX};
use sync::photo::{PhotoGet, PhotoPut, PhotoPutAnswer, is_picture};

use super::answer;
use super::push::load;
use crate::app::App;
use crate::auth::device::Device;
use crate::database::photos::Picture;
use crate::fault::{Code, Fault};
use crate::{body, clock};

/// POST /v1/photo/put
pub async fn put(State(app): State<App>, device: Device, request: Request) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    let received = body::read(&parts.headers, body, PHOTO_BODY_MAX).await?;
    let put = sync::photo::read_put(&received.bytes)?;
    let _place = app.syncs.acquire().await.map_err(|_| Fault::of(Code::ServerBroken))?;
    let told = app.blocking(move |app| keep(app, &device, &put)).await?;
    Ok(answer(sync::photo::put_answer_body(&told)))
}

/// POST /v1/photo/get
pub async fn get(State(app): State<App>, device: Device, request: Request) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    let received = body::read(&parts.headers, body, BODY_MAX).await?;
    let wanted = sync::photo::read_get(&received.bytes)?;
    let _place = app.syncs.acquire().await.map_err(|_| Fault::of(Code::ServerBroken))?;
    let jpeg = app.blocking(move |app| find(app, &device, &wanted)).await?;
    Ok(answer(sync::photo::answer_body(jpeg.unwrap_or_default())))
}

fn keep(app: &App, device: &Device, put: &PhotoPut) -> Result<PhotoPutAnswer, Fault> {
    let sha256: Hash = Sha256::digest(&put.jpeg).into();
    let code = if !is_picture(&put.jpeg) {
        PhotoCode::Damaged
    } else if described(app, device, put.household, put.photo)? != Some(sha256) {
        PhotoCode::Unknown
    } else {
        let (enrolment, at) = (device.enrolment.id, clock::now());
        let (household, photo, jpeg) = (put.household, put.photo, put.jpeg.as_slice());
        app.database.keep_picture(&Picture { household, photo, sha256, jpeg, enrolment, at })?;
        PhotoCode::Stored
    };
    tracing::info!(carrier = %device.enrolment.id, household = %put.household, %code, "photo");
    Ok(PhotoPutAnswer { code, sha256 })
}

fn find(app: &App, device: &Device, wanted: &PhotoGet) -> Result<Option<Vec<u8>>, Fault> {
    let PhotoGet { household, photo, .. } = *wanted;
    let Some(sha256) = described(app, device, household, photo)? else { return Ok(None) };
    Ok(app.database.picture(household, photo, &sha256)?)
}

/// The hash that the household's document names for the photo; none outside the person's scopes.
fn described(
    app: &App,
    device: &Device,
    household: HouseholdId,
    photo: PhotoId,
) -> Result<Option<Hash>, Fault> {
    let Some(logged) = app.database.logged(household)? else { return Ok(None) };
    let placed = &logged.placed;
    if placed.purged || placed.kind != Kind::Household || !device.user.scopes.contains(&placed.scope) {
        return Ok(None);
    }
    let document = load(placed.kind, household, &logged.changes)?.household();
    let described = document.photos.get(&photo).and_then(|photo| photo.sha256.as_deref());
    Ok(described.and_then(|hex| hex::decode(hex).ok()).and_then(|bytes| bytes.try_into().ok()))
}
