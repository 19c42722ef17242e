//! `identity` and `registry`.

use domain::id::{EpochId, TownId};
use rusqlite::{OptionalExtension, Transaction, params};
use sync::live::News;
use zeroize::Zeroizing;

use super::Sqlite;
use crate::database::facts::{Fact, FactKind, Facts, Identity};
use crate::database::live::{Notice, tell};
use crate::database::value::{of_json, signed, unsigned};
use crate::database::{DatabaseError, Outcome};

impl Facts for Sqlite {
    fn identity(&self) -> Outcome<Option<Identity>> {
        self.read(|connection| {
            let sql = "SELECT town, epoch, signing_key, configuration_version FROM identity";
            let row = connection.query_row(sql, [], |row| {
                Ok((
                    TownId::new(row.get(0)?),
                    EpochId::new(row.get(1)?),
                    Zeroizing::new(row.get(2)?),
                    row.get(3)?,
                ))
            });
            let Some((town, epoch, signing_key, version)) = row.optional()? else { return Ok(None) };
            Ok(Some(Identity { town, epoch, signing_key, configuration_version: unsigned(version)? }))
        })
    }

    fn install(&self, identity: &Identity, facts: &[Fact], now: i64) -> Outcome<bool> {
        self.write(|transaction| {
            let there =
                transaction.query_row("SELECT count(*) FROM identity", [], |row| row.get::<_, i64>(0))?;
            if there > 0 {
                return Ok(false);
            }
            let version = signed(identity.configuration_version)?;
            transaction.execute(
                "INSERT INTO identity (one, town, epoch, signing_key, configuration_version, made_at)
                 VALUES (1, ?, ?, ?, ?, ?)",
                params![identity.town.bytes(), identity.epoch.bytes(), *identity.signing_key, version, now],
            )?;
            for (place, fact) in facts.iter().enumerate() {
                insert(transaction, fact, version, signed(place as u64)?)?;
            }
            Ok(true)
        })
    }

    fn append(&self, from: u64, facts: &[Fact]) -> Outcome<Option<u64>> {
        let version = self.write(|transaction| {
            let sql = "UPDATE identity SET configuration_version = ?1 + 1 WHERE configuration_version = ?1";
            let from = signed(from)?;
            if transaction.execute(sql, [from])? == 0 {
                return Ok(None);
            }
            for fact in facts {
                insert(transaction, fact, from + 1, place(transaction, fact)?)?;
            }
            unsigned(from + 1).map(Some)
        })?;
        if let Some(version) = version {
            tell(&self.teller, Notice::News(News::Configuration(version)));
        }
        Ok(version)
    }

    fn registry(&self) -> Outcome<Vec<Fact>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT kind, id, body, max(version) FROM registry GROUP BY kind, id ORDER BY place",
            )?;
            let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
            rows.map(|row| {
                let (kind, id, body) = row?;
                let kind =
                    FactKind::of(&kind).ok_or_else(|| DatabaseError::Damaged(format!("fact {kind}")))?;
                Ok(Fact { kind, id, body })
            })
            .collect()
        })
    }
}

/// A newer version stands where the older one stood; a new entry at the end.
fn place(transaction: &Transaction<'_>, fact: &Fact) -> Outcome<i64> {
    let sql = "SELECT coalesce((SELECT max(place) FROM registry WHERE kind = ? AND id = ?),
                               (SELECT max(place) + 1 FROM registry), 0)";
    Ok(transaction.query_row(sql, params![fact.kind.word(), fact.id], |row| row.get(0))?)
}

fn insert(transaction: &Transaction<'_>, fact: &Fact, version: i64, place: i64) -> Outcome<()> {
    transaction.execute(
        "INSERT INTO registry (kind, id, version, place, body) VALUES (?, ?, ?, ?, ?)",
        params![fact.kind.word(), fact.id, version, place, fact.body],
    )?;
    if fact.kind == FactKind::Unit {
        let unit: domain::unit::Unit = of_json(&fact.body)?;
        let sql = "INSERT INTO scopes (unit, digest) VALUES (?, zeroblob(16)) ON CONFLICT (unit) DO NOTHING";
        transaction.execute(sql, [unit.id.bytes()])?;
    }
    Ok(())
}
