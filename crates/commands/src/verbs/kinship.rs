//! Who leaves a household, households that split, and households that are taken out of the lists.
//!
//! **Invariant:** a household with people in it has a head who lives in it, as far as this device changes who does.

use domain::field::{Field, MemberKey, PlaceKey};
use domain::household::{Household, Member};
use domain::id::{DocumentId, MemberId};
use domain::scalar::Scalar;
use records::{Document, Edit, Kind};

use crate::app::App;
use crate::copying::{identity, member};
use crate::edits::{check, head_texts, heads};
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::page::{household, household_page};
use crate::saving::{Saving, save, save_all};
use crate::session::{Session, random_id};
use crate::verbs::household::ground;
use crate::wire::household::{HouseholdCreated, HouseholdPage};
use crate::wire::people::{HouseholdRemove, HouseholdRestore, HouseholdSplit, MemberLeave};

/// Why a member who splits off left, and why the new household and its people came.
const SPLIT: &str = "split";

/// The edits that record that a member left.
fn leaves(id: MemberId, why: &Scalar, on: Option<&Scalar>) -> Vec<Edit> {
    let mut edits =
        vec![member(id, MemberKey::Left, Scalar::Bool(true)), member(id, MemberKey::LeftWhy, why.clone())];
    edits.extend(on.map(|on| member(id, MemberKey::LeftOn, on.clone())));
    edits
}

/// The member, if they live in the household.
fn living(household: &Household, id: MemberId) -> Result<&Member, Fault> {
    match household.members.get(&id) {
        None => Err(Fault::new(ErrorCode::UnknownMember).at("member")),
        Some(member) if member.left => Err(Fault::new(ErrorCode::AlreadyLeft).at("member")),
        Some(member) => Ok(member),
    }
}

/// The edit that gives the household a new head when the old one goes with `gone`; nothing if the head stays.
fn succession(
    household: &Household,
    gone: &[MemberId],
    heir: Option<MemberId>,
) -> Result<Option<Edit>, Fault> {
    let stays = |id: &MemberId| !gone.contains(id);
    if household.present().into_iter().all(|(id, _)| !stays(id)) {
        return Err(ErrorCode::NobodyLeft.into());
    }
    if household.head.as_ref().is_some_and(stays) && heir.is_none() {
        return Ok(None);
    }
    let heir = heir.ok_or_else(|| Fault::new(ErrorCode::NoHead).at("new_head"))?;
    let there = household.members.get(&heir).is_some_and(|member| !member.left) && stays(&heir);
    if !there {
        return Err(Fault::new(ErrorCode::HeadLeft).at("new_head"));
    }
    Ok(Some(Edit { field: Field::Head, value: Scalar::text(heir.to_string()) }))
}

/// A member leaves. The last one cannot: then the household is taken out of the lists.
pub(crate) fn leave<H: Host>(app: &App<H>, form: MemberLeave) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.household)?;
        let (opened_on, standing) = (heads(&form.heads)?, document.household());
        living(&standing, form.member)?;
        let mut edits = leaves(form.member, &form.why, form.on.as_ref());
        edits.extend(succession(&standing, &[form.member], form.new_head)?);
        let edits = check(edits, &ground(session, host, &standing)?)?;
        let author = session.author(host, None);
        save(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, None)
    })
}

/// Some members become a household of their own in the same village: both are written, or neither.
pub(crate) fn split<H: Host>(app: &App<H>, form: HouseholdSplit) -> Result<HouseholdCreated, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut old) = household(session, form.id)?;
        let (opened_on, standing) = (heads(&form.heads)?, old.household());
        let on = form.on.clone().unwrap_or_else(|| Scalar::text(host.today().to_string()));
        let left = left_behind(session, host, &standing, &form, &on)?;
        let id = DocumentId(random_id(host));
        let mut new = Document::create(Kind::Household, id);
        let edits = founded(session, host, (&standing, &new), &form, &on)?;
        let (author, new_heads) = (session.author(host, None), new.heads());
        let first = vec![Document::skeleton(Kind::Household, id)];
        save_all(
            session,
            &mut [
                Saving { document: &mut old, scope: row.scope, first: Vec::new(), opened_on, edits: left },
                Saving { document: &mut new, scope: row.scope, first, opened_on: new_heads, edits },
            ],
            &author,
        )?;
        Ok(HouseholdCreated { id, heads: head_texts(&new.heads()) })
    })
}

/// What the household that stays records.
fn left_behind(
    session: &Session,
    host: &impl Host,
    standing: &Household,
    form: &HouseholdSplit,
    on: &Scalar,
) -> Result<Vec<Edit>, Fault> {
    if !form.members.contains(&form.head) {
        return Err(Fault::new(ErrorCode::UnknownMember).at("head"));
    }
    let mut edits = Vec::new();
    for id in &form.members {
        living(standing, *id)?;
        edits.extend(leaves(*id, &Scalar::text(SPLIT), Some(on)));
    }
    let heir = standing.head.filter(|head| form.members.contains(head));
    let heir = heir.and_then(|_| first_staying(standing, &form.members));
    edits.extend(succession(standing, &form.members, heir)?);
    check(edits, &ground(session, host, standing)?)
}

/// The first of those who stay leads the household when its head splits off; the form can say otherwise afterwards.
fn first_staying(standing: &Household, gone: &[MemberId]) -> Option<MemberId> {
    standing.present().into_iter().map(|(id, _)| *id).find(|id| !gone.contains(id))
}

/// What the new household records: who they are, and where they came from.
fn founded(
    session: &Session,
    host: &impl Host,
    (standing, new): (&Household, &Document),
    form: &HouseholdSplit,
    on: &Scalar,
) -> Result<Vec<Edit>, Fault> {
    let mut grown = new.household();
    let mut edits = vec![Edit { field: Field::CameWhy, value: Scalar::text(SPLIT) }];
    let address = form.address.clone().or_else(|| standing.place.address.as_deref().map(Scalar::text));
    edits.extend(address.map(|value| Edit { field: Field::Place(PlaceKey::Address), value }));
    for (order, from) in (0..).zip(&form.members) {
        let id = MemberId(random_id(host));
        grown.members.insert(id, Member::default());
        edits.extend(identity(id, living(standing, *from)?, order));
        let origin = format!("{}/{from}", form.id);
        edits.push(member(id, MemberKey::Origin, Scalar::text(origin)));
        edits.push(member(id, MemberKey::CameWhy, Scalar::text(SPLIT)));
        edits.push(member(id, MemberKey::CameOn, on.clone()));
        if *from == form.head {
            edits.push(Edit { field: Field::Head, value: Scalar::text(id.to_string()) });
        }
    }
    check(edits, &ground(session, host, &grown)?)
}

/// Takes a household out of the lists.
pub(crate) fn remove<H: Host>(app: &App<H>, form: HouseholdRemove) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.id)?;
        let (opened_on, standing) = (heads(&form.heads)?, document.household());
        if standing.removed {
            return Err(ErrorCode::AlreadyRemoved.into());
        }
        let mut edits = vec![
            Edit { field: Field::Removed, value: Scalar::Bool(true) },
            Edit { field: Field::RemovedWhy, value: form.why.clone() },
        ];
        edits.extend(form.on.clone().map(|value| Edit { field: Field::RemovedOn, value }));
        let edits = check(edits, &ground(session, host, &standing)?)?;
        let author = session.author(host, None);
        save(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, None)
    })
}

/// Puts a household back into the lists.
pub(crate) fn restore<H: Host>(app: &App<H>, form: HouseholdRestore) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.id)?;
        let opened_on = heads(&form.heads)?;
        if !document.household().removed {
            return Err(ErrorCode::NotRemoved.into());
        }
        let cleared = [Field::RemovedWhy, Field::RemovedOn].map(|field| Edit { field, value: Scalar::Null });
        let back = Edit { field: Field::Removed, value: Scalar::Bool(false) };
        let edits: Vec<Edit> = std::iter::once(back).chain(cleared).collect();
        let author = session.author(host, None);
        save(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, None)
    })
}
