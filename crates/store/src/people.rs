//! Table `people`: who lives in the households of this device, to find a person who is entered twice.
//!
//! **Invariant:** rows are written from a `Projection` only, with the household's own row.
//! **Invariant:** a household that was removed or merged into another holds nobody who could be meant.

use domain::household::Household;
use domain::id::{HouseholdId, MemberId, UnitId};
use domain::vietnamese::{fold, tidy};
use rusqlite::{Connection, Row, params_from_iter};

use crate::error::StoreError;

/// A member as duplicates are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub member: MemberId,
    pub name: Option<String>,
    pub name_folded: String,
    pub year: Option<i64>,
    pub citizen_id: Option<String>,
}

/// Who is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought<'a> {
    /// Full name.
    pub name: Option<&'a str>,
    /// `YYYY[-MM[-DD]]`.
    pub born: Option<&'a str>,
    /// 12 digits.
    pub citizen_id: Option<&'a str>,
    /// Names and years count in this village alone; a citizen id counts everywhere.
    pub village: Option<UnitId>,
    /// Not in this household.
    pub except: Option<HouseholdId>,
}

/// Somebody who is likely to be the one looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// The household.
    pub household: HouseholdId,
    /// The person in it.
    pub member: MemberId,
    /// Their name.
    pub name: Option<String>,
    /// What people call the household.
    pub head: Option<String>,
    /// House number, lane.
    pub address: Option<String>,
    /// The village it is in.
    pub village: UnitId,
    /// The citizen id is the same; else name and year are.
    pub same_citizen_id: bool,
}

/// The year of a date of birth.
fn year(born: &str) -> Option<i64> {
    born.get(..4)?.parse().ok()
}

/// Who lives in a household.
pub(crate) fn people(household: &Household) -> Vec<Person> {
    let present = household.present().into_iter().map(|(id, member)| Person {
        member: *id,
        name: member.name.clone(),
        name_folded: member.name.as_deref().map(fold).unwrap_or_default(),
        year: member.born.as_deref().and_then(year),
        citizen_id: member.citizen_id.clone(),
    });
    present.collect()
}

/// Writes the people of a household whose row was just written.
pub(crate) fn write(db: &Connection, household: HouseholdId, people: &[Person]) -> Result<(), StoreError> {
    let sql = "INSERT INTO people (household, member, name, name_folded, year, citizen_id)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut insert = db.prepare_cached(sql)?;
    for one in people {
        insert.execute((
            household.0,
            one.member.0,
            &one.name,
            &one.name_folded,
            one.year,
            &one.citizen_id,
        ))?;
    }
    Ok(())
}

const COLUMNS: &str = "SELECT p.household, p.member, p.name, h.name, h.address, h.scope FROM people p
    JOIN households h ON h.id = p.household WHERE h.shown = 1";

/// Everybody who is likely to be the one looked for, those with the same citizen id first; at most `limit`.
pub(crate) fn namesakes(
    db: &Connection,
    sought: &Sought<'_>,
    limit: usize,
) -> Result<Vec<Namesake>, StoreError> {
    let mut found: Vec<Namesake> = Vec::new();
    if let Some(id) = sought.citizen_id {
        let sql = format!("{COLUMNS} AND p.citizen_id = ?1 ORDER BY p.household, p.member");
        let mut query = db.prepare_cached(&sql)?;
        let mut rows = query.query([id])?;
        while let Some(row) = rows.next()? {
            found.push(read(row, true)?);
        }
    }
    let typed = sought.name.map(|name| fold(&tidy(name)));
    if let Some((name, year)) = typed.zip(sought.born.and_then(year)) {
        let village = sought.village.map(|village| village.0.to_vec());
        let sql = format!(
            "{COLUMNS} AND p.name_folded = ?1 AND p.year = ?2 AND coalesce(h.scope = ?3, TRUE)
             ORDER BY p.household, p.member"
        );
        let values: [rusqlite::types::Value; 3] = [name.into(), year.into(), village.into()];
        let mut query = db.prepare_cached(&sql)?;
        let mut rows = query.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let one = read(row, false)?;
            if found.iter().all(|known| (known.household, known.member) != (one.household, one.member)) {
                found.push(one);
            }
        }
    }
    found.retain(|one| Some(one.household) != sought.except);
    found.truncate(limit);
    Ok(found)
}

fn read(row: &Row<'_>, same_citizen_id: bool) -> Result<Namesake, StoreError> {
    Ok(Namesake {
        household: HouseholdId::new(row.get(0)?),
        member: MemberId(row.get(1)?),
        name: row.get(2)?,
        head: row.get(3)?,
        address: row.get(4)?,
        village: UnitId(row.get(5)?),
        same_citizen_id,
    })
}
