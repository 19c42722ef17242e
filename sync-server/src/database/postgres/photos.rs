//! `photos` and `photo_pieces`.

use domain::id::{HouseholdId, PhotoId};
use records::Hash;

use super::cell::{cell, count};
use super::session::Session;
use super::{Postgres, session_of};
use crate::database::Outcome;
use crate::database::cipher::DocumentKey;
use crate::database::photos::{Came, Photos, Piece, Shelf, UNFINISHED_LIFE, UNFINISHED_MAX, take};
use crate::database::value::{random, signed};

impl Photos for Postgres {
    fn take_piece(&self, piece: &Piece<'_>) -> Outcome<Came> {
        let key = self.keys.key(piece.put.household)?;
        self.write(|session| take(&mut Row { session, key: &key, piece }, piece.put))
    }

    fn picture(&self, household: HouseholdId, photo: PhotoId, sha256: &Hash) -> Outcome<Option<Vec<u8>>> {
        let sql = "SELECT body FROM photos WHERE document = $1 AND photo = $2 AND sha256 = $3";
        let names = [household.bytes().as_slice(), photo.bytes().as_slice(), sha256.as_slice()];
        let row = session_of(&self.town)?.row(sql, &[&names[0], &names[1], &names[2]])?;
        let Some(row) = row else { return Ok(None) };
        self.keys.key(household)?.open(household, sha256, cell(&row, 0)?).map(Some)
    }
}

/// The rows of one picture.
struct Row<'a> {
    session: &'a mut Session,
    key: &'a DocumentKey,
    piece: &'a Piece<'a>,
}

impl<'a> Row<'a> {
    fn seal(&self, bytes: &[u8]) -> Outcome<Vec<u8>> {
        let put = self.piece.put;
        self.key.seal(put.household, &put.sha256, bytes, random()?)
    }

    fn sender(&self) -> &'a [u8] {
        self.piece.enrolment.bytes()
    }

    /// Household, photo and hash.
    fn names(&self) -> [&'a [u8]; 3] {
        let put = self.piece.put;
        [put.household.bytes(), put.photo.bytes(), &put.sha256]
    }
}

impl Shelf for Row<'_> {
    /// Whoever else takes a piece of a picture of the household, or purges it, waits until this transaction is over.
    fn is_open(&mut self) -> Outcome<bool> {
        let sql = "SELECT purged_at IS NULL FROM documents WHERE id = $1 FOR NO KEY UPDATE";
        let row = self.session.row(sql, &[&self.names()[0]])?;
        row.map_or(Ok(false), |row| cell(&row, 0))
    }

    fn is_stored(&mut self) -> Outcome<bool> {
        let [household, photo, sha256] = self.names();
        let sql = "SELECT 1 FROM photos WHERE document = $1 AND photo = $2 AND sha256 = $3";
        Ok(self.session.row(sql, &[&household, &photo, &sha256])?.is_some())
    }

    fn pieces(&mut self) -> Outcome<Vec<(u64, Vec<u8>)>> {
        let (sender, [household, photo, sha256]) = (self.sender(), self.names());
        let rows = self.session.rows(
            "SELECT start, body FROM photo_pieces
             WHERE enrolment = $1 AND document = $2 AND photo = $3 AND sha256 = $4 ORDER BY start",
            &[&sender, &household, &photo, &sha256],
        )?;
        let put = self.piece.put;
        let open = |row| Ok((count(row, 0)?, self.key.open(put.household, &put.sha256, cell(row, 1)?)?));
        rows.iter().map(open).collect()
    }

    fn make_room(&mut self) -> Outcome<()> {
        let (sender, others) = (self.sender(), UNFINISHED_MAX - 1);
        let old = "DELETE FROM photo_pieces WHERE arrived_at < $1";
        self.session.run(old, &[&(self.piece.at - UNFINISHED_LIFE)])?;
        self.session.run(
            "DELETE FROM photo_pieces WHERE enrolment = $1 AND (document, photo, sha256) NOT IN (
                SELECT document, photo, sha256 FROM photo_pieces WHERE enrolment = $1
                GROUP BY document, photo, sha256 ORDER BY max(arrived_at) DESC, document, photo LIMIT $2)",
            &[&sender, &others],
        )?;
        Ok(())
    }

    fn add(&mut self, start: u64, bytes: &[u8]) -> Outcome<()> {
        let (sender, [household, photo, sha256]) = (self.sender(), self.names());
        let (start, body) = (signed(start)?, self.seal(bytes)?);
        self.session.run(
            "INSERT INTO photo_pieces (enrolment, document, photo, sha256, start, arrived_at, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (enrolment, document, photo, sha256, start) DO UPDATE
             SET arrived_at = excluded.arrived_at, body = excluded.body",
            &[&sender, &household, &photo, &sha256, &start, &self.piece.at, &body],
        )?;
        Ok(())
    }

    fn store(&mut self, jpeg: &[u8]) -> Outcome<()> {
        let (sender, [household, photo, sha256]) = (self.sender(), self.names());
        let body = self.seal(jpeg)?;
        self.session.run(
            "INSERT INTO photos (document, photo, sha256, body, enrolment, arrived_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[&household, &photo, &sha256, &body, &sender, &self.piece.at],
        )?;
        let pieces = "DELETE FROM photo_pieces WHERE document = $1 AND photo = $2 AND sha256 = $3";
        self.session.run(pieces, &[&household, &photo, &sha256])?;
        Ok(())
    }

    fn forget(&mut self) -> Outcome<()> {
        let (sender, [household, photo, sha256]) = (self.sender(), self.names());
        let sql =
            "DELETE FROM photo_pieces WHERE enrolment = $1 AND document = $2 AND photo = $3 AND sha256 = $4";
        self.session.run(sql, &[&sender, &household, &photo, &sha256])?;
        Ok(())
    }
}
