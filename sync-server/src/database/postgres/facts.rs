//! `identity` and `registry`.

use domain::id::{EpochId, TownId};
use postgres::Row;
use sync::live::News;
use zeroize::Zeroizing;

use super::cell::{bytes, cell, count};
use super::session::Session;
use super::{Postgres, session_of};
use crate::database::facts::{Fact, FactKind, Facts, Identity};
use crate::database::live::Notice;
use crate::database::value::{of_json, signed, unsigned};
use crate::database::{DatabaseError, Outcome};

impl Facts for Postgres {
    fn identity(&self) -> Outcome<Option<Identity>> {
        let sql = "SELECT town, epoch, signing_key, configuration_version FROM identity";
        let Some(row) = session_of(&self.town)?.row(sql, &[])? else { return Ok(None) };
        Ok(Some(Identity {
            town: TownId::new(bytes(&row, 0)?),
            epoch: EpochId::new(bytes(&row, 1)?),
            signing_key: Zeroizing::new(bytes(&row, 2)?),
            configuration_version: count(&row, 3)?,
        }))
    }

    fn install(&self, identity: &Identity, facts: &[Fact], now: i64) -> Outcome<bool> {
        let version = signed(identity.configuration_version)?;
        self.write(|session| {
            let town = session.run(
                "INSERT INTO identity (one, town, epoch, signing_key, configuration_version, made_at)
                 VALUES (1, $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                &[
                    &identity.town.bytes().as_slice(),
                    &identity.epoch.bytes().as_slice(),
                    &identity.signing_key.as_slice(),
                    &version,
                    &now,
                ],
            )?;
            if town == 0 {
                return Ok(false);
            }
            for (place, fact) in (0..).zip(facts) {
                insert(session, fact, version, place)?;
            }
            Ok(true)
        })
    }

    fn append(&self, from: u64, facts: &[Fact]) -> Outcome<Option<u64>> {
        let from = signed(from)?;
        self.write(|session| {
            let sql = "UPDATE identity SET configuration_version = $1 + 1 WHERE configuration_version = $1";
            if session.run(sql, &[&from])? == 0 {
                return Ok(None);
            }
            for fact in facts {
                let place = place(session, fact)?;
                insert(session, fact, from + 1, place)?;
            }
            let version = unsigned(from + 1)?;
            session.tell(Notice::News(News::Configuration(version)));
            Ok(Some(version))
        })
    }

    fn registry(&self) -> Outcome<Vec<Fact>> {
        let rows = session_of(&self.town)?.rows(
            "SELECT kind, id, body FROM
                (SELECT DISTINCT ON (kind, id) kind, id, body, place FROM registry ORDER BY kind, id, version DESC)
                AS newest ORDER BY place",
            &[],
        )?;
        rows.iter().map(fact).collect()
    }
}

fn fact(row: &Row) -> Outcome<Fact> {
    let kind: &str = cell(row, 0)?;
    let kind = FactKind::of(kind).ok_or_else(|| DatabaseError::Damaged(format!("fact {kind}")))?;
    Ok(Fact { kind, id: cell(row, 1)?, body: cell(row, 2)? })
}

/// A newer version stands where the older one stood; a new entry at the end.
fn place(session: &mut Session, fact: &Fact) -> Outcome<i64> {
    let sql = "SELECT coalesce((SELECT max(place) FROM registry WHERE kind = $1 AND id = $2),
                               (SELECT max(place) + 1 FROM registry), 0)";
    session.row(sql, &[&fact.kind.word(), &fact.id])?.map_or(Ok(0), |row| cell(&row, 0))
}

fn insert(session: &mut Session, fact: &Fact, version: i64, place: i64) -> Outcome<()> {
    session.run(
        "INSERT INTO registry (kind, id, version, place, body) VALUES ($1, $2, $3, $4, $5)",
        &[&fact.kind.word(), &fact.id, &version, &place, &fact.body],
    )?;
    if fact.kind == FactKind::Unit {
        let unit: domain::unit::Unit = of_json(&fact.body)?;
        let sql = "INSERT INTO scopes (unit, digest) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        session.run(sql, &[&unit.id.bytes().as_slice(), &[0_u8; 16].as_slice()])?;
    }
    Ok(())
}
