//! `photos`.

use domain::id::{HouseholdId, PhotoId};
use records::Hash;
use rusqlite::{OptionalExtension, params};

use super::Sqlite;
use crate::database::Outcome;
use crate::database::photos::{Photos, Picture};
use crate::database::value::random;

impl Photos for Sqlite {
    fn keep_picture(&self, picture: &Picture<'_>) -> Outcome<()> {
        let key = self.keys.key(picture.household)?;
        let body = key.seal(picture.household, &picture.sha256, picture.jpeg, random()?)?;
        self.write(|transaction| {
            transaction.execute(
                "INSERT OR IGNORE INTO photos (document, photo, sha256, body, enrolment, arrived_at)
                 VALUES (?, ?, ?, ?, ?, ?)",
                params![
                    picture.household.bytes(),
                    picture.photo.bytes(),
                    picture.sha256,
                    body,
                    picture.enrolment.bytes(),
                    picture.at,
                ],
            )?;
            Ok(())
        })
    }

    fn picture(&self, household: HouseholdId, photo: PhotoId, sha256: &Hash) -> Outcome<Option<Vec<u8>>> {
        let body: Option<Vec<u8>> = self.read(|connection| {
            let mut query = connection
                .prepare_cached("SELECT body FROM photos WHERE document = ? AND photo = ? AND sha256 = ?")?;
            let found = query.query_row(params![household.bytes(), photo.bytes(), sha256], |row| row.get(0));
            Ok(found.optional()?)
        })?;
        let Some(body) = body else { return Ok(None) };
        self.keys.key(household)?.open(household, sha256, &body).map(Some)
    }
}
