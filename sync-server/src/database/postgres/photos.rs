//! `photos`.

use domain::id::{HouseholdId, PhotoId};
use records::Hash;

use super::cell::cell;
use super::{Postgres, session_of};
use crate::database::Outcome;
use crate::database::photos::{Photos, Picture};
use crate::database::value::random;

impl Photos for Postgres {
    fn keep_picture(&self, picture: &Picture<'_>) -> Outcome<()> {
        let key = self.keys.key(picture.household)?;
        let body = key.seal(picture.household, &picture.sha256, picture.jpeg, random()?)?;
        session_of(&self.town)?.run(
            "INSERT INTO photos (document, photo, sha256, body, enrolment, arrived_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            &[
                &picture.household.bytes().as_slice(),
                &picture.photo.bytes().as_slice(),
                &picture.sha256.as_slice(),
                &body,
                &picture.enrolment.bytes().as_slice(),
                &picture.at,
            ],
        )?;
        Ok(())
    }

    fn picture(&self, household: HouseholdId, photo: PhotoId, sha256: &Hash) -> Outcome<Option<Vec<u8>>> {
        let sql = "SELECT body FROM photos WHERE document = $1 AND photo = $2 AND sha256 = $3";
        let names = [household.bytes().as_slice(), photo.bytes().as_slice(), sha256.as_slice()];
        let row = session_of(&self.town)?.row(sql, &[&names[0], &names[1], &names[2]])?;
        let Some(row) = row else { return Ok(None) };
        self.keys.key(household)?.open(household, sha256, cell(&row, 0)?).map(Some)
    }
}
