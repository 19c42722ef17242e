//! People who are entered twice: found before a second record is made.
//!
//! **Invariant:** somebody who looks like a person of another household on this device is not entered without a reason,
//! and the reason is recorded with them.

use domain::id::{HouseholdId, UnitId};
use domain::scalar::Scalar;
use store::{Namesake, Sought as Looked};

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::session::Session;
use crate::wire::household::NewMember;
use crate::wire::people::{Duplicate, DuplicateList, DuplicateQuery, SameBy, Sought};

/// People that are looked for in one call.
pub const SOUGHT_MAX: usize = 50;
/// Likely ones that are given for each.
pub const DUPLICATES_MAX: usize = 10;

/// Everybody on this device who is likely to be one of those looked for.
pub(crate) fn list<H: Host>(app: &App<H>, query: DuplicateQuery) -> Result<DuplicateList, Fault> {
    if query.members.len() > SOUGHT_MAX {
        return Err(Fault::new(ErrorCode::OverLimit).at("members").with("limit", SOUGHT_MAX));
    }
    app.with(|session| {
        let mut rows = Vec::new();
        for (place, sought) in (0..).zip(&query.members) {
            let found = namesakes(session, sought, query.village, query.except)?;
            rows.extend(found.into_iter().map(|one| duplicate(place, one)));
        }
        Ok(DuplicateList { rows })
    })
}

fn namesakes(
    session: &Session,
    sought: &Sought,
    village: Option<UnitId>,
    except: Option<HouseholdId>,
) -> Result<Vec<Namesake>, Fault> {
    let looked = Looked {
        name: sought.name.as_deref(),
        born: sought.born.as_deref(),
        citizen_id: sought.citizen_id.as_deref(),
        village,
        except,
    };
    Ok(session.store.namesakes(&looked, DUPLICATES_MAX)?)
}

fn duplicate(sought: u32, one: Namesake) -> Duplicate {
    Duplicate {
        sought,
        household: one.household,
        member: one.member,
        name: one.name,
        head: one.head,
        address: one.address,
        village: one.village,
        why: if one.same_citizen_id { SameBy::CitizenId } else { SameBy::NameAndYear },
    }
}

/// Refuses a new member who looks like somebody of another household of the village, unless the form says why not.
pub(crate) fn refuse_twice(
    session: &Session,
    village: UnitId,
    household: HouseholdId,
    form: &NewMember,
) -> Result<(), Fault> {
    let said =
        form.duplicate_why.as_ref().and_then(Scalar::as_text).is_some_and(|why| !why.trim().is_empty());
    if said {
        return Ok(());
    }
    let text = |value: &Option<Scalar>| value.as_ref().and_then(Scalar::as_text).map(str::to_owned);
    let sought =
        Sought { name: text(&form.name), born: text(&form.born), citizen_id: text(&form.citizen_id) };
    match namesakes(session, &sought, Some(village), Some(household))?.first() {
        None => Ok(()),
        Some(one) => Err(Fault::new(ErrorCode::DuplicatePerson)
            .at("duplicate_why")
            .with("name", one.name.as_deref().unwrap_or_default())
            .with("household", one.household)),
    }
}
