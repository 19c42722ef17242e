//! `photos` and `photo_pieces`.

use domain::id::{HouseholdId, PhotoId};
use records::Hash;
use rusqlite::{OptionalExtension, Transaction, named_params, params};

use super::Sqlite;
use crate::database::Outcome;
use crate::database::cipher::DocumentKey;
use crate::database::photos::{Came, Photos, Piece, Shelf, UNFINISHED_LIFE, UNFINISHED_MAX, take};
use crate::database::value::{random, signed, unsigned};

impl Photos for Sqlite {
    fn take_piece(&self, piece: &Piece<'_>) -> Outcome<Came> {
        let key = self.keys.key(piece.put.household)?;
        self.write(|transaction| take(&mut Row { transaction, key: &key, piece }, piece.put))
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

/// The rows of one picture.
struct Row<'a> {
    transaction: &'a Transaction<'a>,
    key: &'a DocumentKey,
    piece: &'a Piece<'a>,
}

impl Row<'_> {
    fn seal(&self, bytes: &[u8]) -> Outcome<Vec<u8>> {
        let put = self.piece.put;
        self.key.seal(put.household, &put.sha256, bytes, random()?)
    }
}

impl Shelf for Row<'_> {
    fn is_open(&mut self) -> Outcome<bool> {
        let sql = "SELECT 1 FROM documents WHERE id = ? AND purged_at IS NULL";
        Ok(self.transaction.prepare_cached(sql)?.exists([self.piece.put.household.bytes()])?)
    }

    fn is_stored(&mut self) -> Outcome<bool> {
        let put = self.piece.put;
        let sql = "SELECT 1 FROM photos WHERE document = ? AND photo = ? AND sha256 = ?";
        let names = params![put.household.bytes(), put.photo.bytes(), put.sha256];
        Ok(self.transaction.prepare_cached(sql)?.exists(names)?)
    }

    fn pieces(&mut self) -> Outcome<Vec<(u64, Vec<u8>)>> {
        let (put, enrolment) = (self.piece.put, self.piece.enrolment);
        let mut query = self.transaction.prepare_cached(
            "SELECT start, body FROM photo_pieces
             WHERE enrolment = ? AND document = ? AND photo = ? AND sha256 = ? ORDER BY start",
        )?;
        let names = params![enrolment.bytes(), put.household.bytes(), put.photo.bytes(), put.sha256];
        let rows = query.query_map(names, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(i64, Vec<u8>)> = rows.collect::<Result<_, _>>()?;
        let open = |(start, body): (i64, Vec<u8>)| {
            Ok((unsigned(start)?, self.key.open(put.household, &put.sha256, &body)?))
        };
        rows.into_iter().map(open).collect()
    }

    fn make_room(&mut self) -> Outcome<()> {
        let old = "DELETE FROM photo_pieces WHERE arrived_at < ?";
        self.transaction.execute(old, [self.piece.at - UNFINISHED_LIFE])?;
        self.transaction.execute(
            "DELETE FROM photo_pieces WHERE enrolment = :enrolment AND (document, photo, sha256) NOT IN (
                SELECT document, photo, sha256 FROM photo_pieces WHERE enrolment = :enrolment
                GROUP BY document, photo, sha256 ORDER BY max(arrived_at) DESC, document, photo LIMIT :others)",
            named_params! { ":enrolment": self.piece.enrolment.bytes(), ":others": UNFINISHED_MAX - 1 },
        )?;
        Ok(())
    }

    fn add(&mut self, start: u64, bytes: &[u8]) -> Outcome<()> {
        let (put, body) = (self.piece.put, self.seal(bytes)?);
        self.transaction.execute(
            "INSERT OR REPLACE INTO photo_pieces (enrolment, document, photo, sha256, start, arrived_at, body)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![
                self.piece.enrolment.bytes(),
                put.household.bytes(),
                put.photo.bytes(),
                put.sha256,
                signed(start)?,
                self.piece.at,
                body,
            ],
        )?;
        Ok(())
    }

    fn store(&mut self, jpeg: &[u8]) -> Outcome<()> {
        let (put, body) = (self.piece.put, self.seal(jpeg)?);
        let (household, photo) = (put.household.bytes(), put.photo.bytes());
        self.transaction.execute(
            "INSERT INTO photos (document, photo, sha256, body, enrolment, arrived_at) VALUES (?, ?, ?, ?, ?, ?)",
            params![household, photo, put.sha256, body, self.piece.enrolment.bytes(), self.piece.at],
        )?;
        let pieces = "DELETE FROM photo_pieces WHERE document = ? AND photo = ? AND sha256 = ?";
        self.transaction.execute(pieces, params![household, photo, put.sha256])?;
        Ok(())
    }

    fn forget(&mut self) -> Outcome<()> {
        let (put, enrolment) = (self.piece.put, self.piece.enrolment);
        let sql =
            "DELETE FROM photo_pieces WHERE enrolment = ? AND document = ? AND photo = ? AND sha256 = ?";
        let names = params![enrolment.bytes(), put.household.bytes(), put.photo.bytes(), put.sha256];
        self.transaction.execute(sql, names)?;
        Ok(())
    }
}
