//! Photos: taken, shown, taken back. Those of other officers are fetched when somebody looks at them.
//!
//! **Invariant:** a picture is stored with the change that describes it, or not at all; what is fetched has the hash that
//! the document names.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::field::{Field, PhotoKey};
use domain::household::{Household, Photo};
use domain::id::{PhotoId, ReviewId};
use domain::scalar::Scalar;
use records::Edit;
use sha2::{Digest, Sha256};
use store::Picture;

use crate::app::App;
use crate::edits::{check, heads};
use crate::fault::{ErrorCode, Fault};
use crate::fetch::Wanted;
use crate::host::Host;
use crate::page::{household, household_page};
use crate::picture::{shrink, source};
use crate::saving::{Saving, save, save_picture};
use crate::session::random_id;
use crate::verbs::household::{ground, last_word};
use crate::wire::household::HouseholdPage;
use crate::wire::photo::{PhotoAdd, PhotoFile, PhotoQuery, PhotoRemove};

/// Photos of one household that are not taken back.
pub const PHOTOS_MAX: usize = 50;

fn edit(id: PhotoId, key: PhotoKey, value: Scalar) -> Edit {
    Edit { field: Field::Photo(id, key), value }
}

/// Adds a photo.
pub(crate) fn add<H: Host>(app: &App<H>, form: PhotoAdd) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    // before the session is held: it takes longer than everything else
    let jpeg = shrink(&source(&form.image)?).map_err(|fault| fault.at("image"))?;
    let sha256: [u8; 32] = Sha256::digest(&jpeg).into();
    app.with(|session| {
        let (row, mut document) = household(session, form.household)?;
        let opened_on = heads(&form.heads)?;
        let mut grown = document.household();
        if standing(&grown).count() >= PHOTOS_MAX {
            return Err(Fault::new(ErrorCode::OverLimit).with("limit", PHOTOS_MAX));
        }
        let id = PhotoId(random_id(host));
        grown.photos.insert(id, Photo::default());
        let review = session.review(None)?.map(|review| Scalar::text(review.id.to_string()));
        let mut edits = vec![
            edit(id, PhotoKey::Sha256, Scalar::text(hex::encode(sha256))),
            edit(id, PhotoKey::Bytes, Scalar::Int(i64::try_from(jpeg.len()).unwrap_or(i64::MAX))),
            edit(id, PhotoKey::Kind, form.kind.clone()),
            edit(id, PhotoKey::TakenAt, Scalar::Int(host.now())),
        ];
        edits.extend(review.map(|review| edit(id, PhotoKey::Review, review)));
        let answer = form.answer.as_deref().map(answer_field).transpose()?;
        edits.extend(answer.map(|field| Edit { field, value: Scalar::text(id.to_string()) }));
        let edits = check(edits, &ground(session, host, &grown)?);
        let edits = edits.map_err(|fault| fault.renamed(last_word))?;
        let author = session.author(host, None);
        let mut saving =
            Saving { document: &mut document, scope: row.scope, first: Vec::new(), opened_on, edits };
        save_picture(session, &mut saving, &author, &Picture { id, sha256, jpeg: &jpeg })?;
        household_page(session, &row, &document, None)
    })
}

/// The field of an answer.
fn answer_field(path: &str) -> Result<Field, Fault> {
    let field = path.parse().ok().filter(|field| matches!(field, Field::Answer(..)));
    field.ok_or_else(|| Fault::new(ErrorCode::UnknownField).at("answer"))
}

fn standing(household: &Household) -> impl Iterator<Item = (&PhotoId, &Photo)> {
    household.photos.iter().filter(|(_, photo)| !photo.removed)
}

/// The answers of a review that a photo is.
fn answers(household: &Household, review: ReviewId, photo: PhotoId) -> Vec<Edit> {
    let record = household.reviews.get(&review);
    let named = Scalar::text(photo.to_string());
    let answers = record.into_iter().flat_map(|record| &record.answers);
    let those = answers.filter(|(_, value)| **value == named);
    those.map(|(key, _)| Edit { field: Field::Answer(review, key.clone()), value: Scalar::Null }).collect()
}

/// Takes a photo back, and with it the answer of the review that it was.
pub(crate) fn remove<H: Host>(app: &App<H>, form: PhotoRemove) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.household)?;
        let (opened_on, known) = (heads(&form.heads)?, document.household());
        let mut edits = vec![edit(form.photo, PhotoKey::Removed, Scalar::Bool(true))];
        if let Some(review) = session.review(None)? {
            edits.extend(answers(&known, review.id, form.photo));
        }
        let edits = check(edits, &ground(session, host, &known)?)?;
        let author = session.author(host, None);
        save(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, None)
    })
}

/// The picture: from this device, else from the server.
pub(crate) fn get<H: Host>(app: &App<H>, query: PhotoQuery) -> Result<PhotoFile, Fault> {
    let PhotoQuery { household: id, photo } = query;
    let (here, waiting, wanted) = app.with(|session| {
        let (_, document) = household(session, id)?;
        let described = document.household().photos.get(&photo).map(|photo| photo.sha256.clone());
        let hex = described.ok_or_else(|| Fault::new(ErrorCode::UnknownPhoto).at("photo"))?;
        let sha256 = hex.and_then(|hex| hex::decode(hex).ok()?.try_into().ok());
        let (server, token) = (session.server.clone(), session.token()?);
        let wanted = sha256.map(|sha256| Wanted { server, token, household: id, photo, sha256 });
        Ok((session.store.photo(id, photo)?, session.store.photo_waits(photo)?, wanted))
    })?;
    let jpeg = match (here, wanted) {
        (None, Some(wanted)) => wanted.fetch(app)?,
        (here, _) => here,
    };
    Ok(PhotoFile { jpeg: jpeg.map(|jpeg| STANDARD.encode(jpeg)), waiting })
}
