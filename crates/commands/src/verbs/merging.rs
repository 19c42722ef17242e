//! The same household entered twice: one record goes, the other takes over what a person chooses of it.
//!
//! **Invariant:** both records are written, or neither; what was not chosen stays readable in the record that went.

use std::collections::{BTreeMap, BTreeSet};

use domain::field::{AnswerKey, Field, MemberKey, PlaceKey, SupportKey};
use domain::household::Household;
use domain::id::{HouseholdId, MemberId, ReviewId, SupportId};
use domain::merging::{self, Person};
use domain::scalar::Scalar;
use records::{Document, Edit};
use store::DocumentRow;

use crate::app::App;
use crate::copying::{identity, member, support};
use crate::edits::{check, head_texts, heads};
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::page::{household, household_page, place_taken_by};
use crate::saving::{Saving, save_all};
use crate::session::{Session, random_id};
use crate::verbs::household::ground;
use crate::warnings::HEAD;
use crate::wire::household::HouseholdPage;
use crate::wire::merging::{
    HouseholdMerge, HouseholdUnmerge, MergedField, MergedPerson, MergedSupport, Merging, MergingQuery,
};

/// The two records of a merge.
struct Pair {
    stays: (DocumentRow, Document),
    goes: (DocumentRow, Document),
    here: Household,
    there: Household,
}

/// Both records: two different ones, and both in the lists.
fn pair(session: &Session, id: HouseholdId, other: HouseholdId) -> Result<Pair, Fault> {
    if id == other {
        return Err(Fault::new(ErrorCode::MergeSelf).at("other"));
    }
    let found = |id, named: &str| {
        let (row, document) = household(session, id).map_err(|fault| fault.at(named))?;
        let standing = document.household();
        if standing.removed || place_taken_by(session, id)?.is_some() {
            return Err(Fault::new(ErrorCode::AlreadyRemoved).at(named));
        }
        Ok(((row, document), standing))
    };
    let ((stays, here), (goes, there)) = (found(id, "id")?, found(other, "other")?);
    Ok(Pair { stays, goes, here, there })
}

/// What merging one record into another has to decide.
pub(crate) fn preview<H: Host>(app: &App<H>, query: MergingQuery) -> Result<Merging, Fault> {
    app.with(|session| {
        let Pair { stays, goes, here, there } = pair(session, query.id, query.other)?;
        let people = match query.people {
            Some(told) => pairing(&here, &there, &told)?,
            None => merging::people(&here, &there),
        };
        let review = session.review(None)?.map(|review| review.id);
        let fields = merging::differences((&here, &there), &people, review).into_iter();
        let supports = merging::supports((&here, &there), &people).into_iter();
        Ok(Merging {
            heads: head_texts(&stays.1.heads()),
            other_heads: head_texts(&goes.1.heads()),
            people: people
                .iter()
                .map(|person| MergedPerson { from: person.from, same: person.same })
                .collect(),
            fields: fields
                .map(|one| MergedField {
                    from: one.from.to_string(),
                    to: one.to.to_string(),
                    here: one.here,
                    there: one.there,
                })
                .collect(),
            supports: supports.map(|one| MergedSupport { from: one.from, same: one.same }).collect(),
        })
    })
}

/// Who is who, as a person says: everybody lives in their record, and nobody is two people.
fn pairing(here: &Household, there: &Household, told: &[MergedPerson]) -> Result<Vec<Person>, Fault> {
    let lives = |household: &Household, id| household.members.get(&id).is_some_and(|member| !member.left);
    let (mut from, mut same) = (BTreeSet::new(), BTreeSet::new());
    for one in told {
        if !lives(there, one.from) || one.same.is_some_and(|id| !lives(here, id)) {
            return Err(Fault::new(ErrorCode::UnknownMember).at("people"));
        }
        if !from.insert(one.from) || one.same.is_some_and(|id| !same.insert(id)) {
            return Err(Fault::new(ErrorCode::SamePersonTwice).at("people"));
        }
    }
    Ok(told.iter().map(|one| Person { from: one.from, same: one.same }).collect())
}

/// Merges one record into another.
pub(crate) fn merge<H: Host>(app: &App<H>, form: HouseholdMerge) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let Pair { stays: (row, mut stays), goes: (gone, mut goes), here, there } =
            pair(session, form.id, form.other)?;
        let people = pairing(&here, &there, &form.people)?;
        let review = session.review(None)?.map(|review| review.id);
        let new = newcomers(host, &people);
        let mut grown = here.clone();
        grown.members.extend(new.values().map(|id| (*id, Default::default())));
        let mut edits = chosen((&here, &there), &people, review, &form.take)?;
        edits.extend(copied(&there, &new, &here, review));
        edits.extend(given(host, (&there, &people, &new), &form.supports, &mut grown)?);
        edits.extend(here.merged_into.map(|_| Edit { field: Field::MergedInto, value: Scalar::Null }));
        let edits = check(edits, &ground(session, host, &grown)?)?;
        let goes_to = Edit { field: Field::MergedInto, value: Scalar::text(form.id.to_string()) };
        let author = session.author(host, None);
        let (opened_on, other_opened_on) = (heads(&form.heads)?, heads(&form.other_heads)?);
        save_all(
            session,
            &mut [
                Saving { document: &mut stays, scope: row.scope, first: Vec::new(), opened_on, edits },
                Saving {
                    document: &mut goes,
                    scope: gone.scope,
                    first: Vec::new(),
                    opened_on: other_opened_on,
                    edits: vec![goes_to],
                },
            ],
            &author,
        )?;
        household_page(session, &row, &stays, None)
    })
}

/// Those who are nobody in the record that stays, with their ids there.
fn newcomers(host: &impl Host, people: &[Person]) -> BTreeMap<MemberId, MemberId> {
    let new = people.iter().filter(|person| person.same.is_none());
    new.map(|person| (person.from, MemberId(random_id(host)))).collect()
}

/// The values that are taken; a point is taken whole.
fn chosen(
    (here, there): (&Household, &Household),
    people: &[Person],
    review: Option<ReviewId>,
    take: &[String],
) -> Result<Vec<Edit>, Fault> {
    let differences = merging::differences((here, there), people, review);
    let mut edits = Vec::new();
    for path in take {
        let one = differences.iter().find(|one| one.from.to_string() == *path);
        let one = one.ok_or_else(|| Fault::new(ErrorCode::UnknownField).at(path))?;
        match one.to {
            Field::Place(PlaceKey::Lat) => edits.extend(point(there)),
            ref to => edits.push(Edit { field: to.clone(), value: one.there.clone() }),
        }
    }
    Ok(edits)
}

fn point(there: &Household) -> [Edit; 3] {
    let place = &there.place;
    let keys =
        [(PlaceKey::Lat, place.lat), (PlaceKey::Lng, place.lng), (PlaceKey::Accuracy, place.accuracy_m)];
    keys.map(|(key, value)| Edit { field: Field::Place(key), value: value.map_or(Scalar::Null, Scalar::Int) })
}

/// People who come along, with what the review says of them.
fn copied(
    there: &Household,
    new: &BTreeMap<MemberId, MemberId>,
    here: &Household,
    review: Option<ReviewId>,
) -> Vec<Edit> {
    let last = here.members.values().map(|member| member.order).max().unwrap_or(-1);
    let mut edits = Vec::new();
    let arriving = there.present().into_iter().filter_map(|(from, who)| Some((from, new.get(from)?, who)));
    for (place, (from, id, who)) in (1..).zip(arriving) {
        edits.extend(identity(*id, who, last.saturating_add(place)));
        let origin = format!("{}/{from}", there.id);
        edits.push(member(*id, MemberKey::Origin, Scalar::text(origin)));
        edits.extend(who.merit.then(|| member(*id, MemberKey::Merit, Scalar::Bool(true))));
        let kept = [
            (MemberKey::CameWhy, &who.came_why),
            (MemberKey::CameOn, &who.came_on),
            // that they lead the record that goes makes them no head of the one that stays
            (MemberKey::Relation, &who.relation.clone().filter(|relation| relation != HEAD)),
        ];
        edits.extend(
            kept.into_iter()
                .filter_map(|(key, value)| Some(member(*id, key, Scalar::text(value.as_deref()?)))),
        );
    }
    if let Some((review, record)) = review.and_then(|review| Some((review, there.reviews.get(&review)?))) {
        edits.extend(record.answers.iter().filter_map(|(key, value)| {
            let to = AnswerKey { member: Some(*new.get(&key.member?)?), ..key.clone() };
            Some(Edit { field: Field::Answer(review, to), value: value.clone() })
        }));
    }
    edits
}

/// Supports that are copied; one of a member who does not come along is one of the household.
fn given(
    host: &impl Host,
    (there, people, new): (&Household, &[Person], &BTreeMap<MemberId, MemberId>),
    wanted: &[SupportId],
    grown: &mut Household,
) -> Result<Vec<Edit>, Fault> {
    let mut edits = Vec::new();
    for from in wanted {
        let found = there.supports.get(from).filter(|support| !support.removed);
        let found = found.ok_or_else(|| Fault::new(ErrorCode::UnknownSupport).at("supports"))?;
        let id = SupportId(random_id(host));
        grown.supports.insert(id, Default::default());
        let same = |member: MemberId| people.iter().find(|person| person.from == member)?.same;
        let to = found.member.and_then(|member| new.get(&member).copied().or_else(|| same(member)));
        edits.extend(support(id, found));
        edits.extend(to.map(|to| Edit {
            field: Field::Support(id, SupportKey::Member),
            value: Scalar::text(to.to_string()),
        }));
    }
    Ok(edits)
}

/// Puts a record back that was merged into another, and every record of the circle that it is in.
pub(crate) fn unmerge<H: Host>(app: &App<H>, form: HouseholdUnmerge) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.id)?;
        if document.household().merged_into.is_none() {
            return Err(ErrorCode::NotMerged.into());
        }
        let clear = || vec![Edit { field: Field::MergedInto, value: Scalar::Null }];
        let mut others = Vec::new();
        for id in merging::circle(&session.store.merged()?, form.id) {
            if id != form.id {
                others.push(household(session, id)?);
            }
        }
        let (scope, opened_on) = (row.scope, heads(&form.heads)?);
        let own = Saving { document: &mut document, scope, first: Vec::new(), opened_on, edits: clear() };
        let mut savings = vec![own];
        savings.extend(others.iter_mut().map(|(row, document)| {
            let opened_on = document.heads();
            Saving { document, scope: row.scope, first: Vec::new(), opened_on, edits: clear() }
        }));
        let author = session.author(host, None);
        save_all(session, &mut savings, &author)?;
        drop(savings);
        household_page(session, &row, &document, None)
    })
}
