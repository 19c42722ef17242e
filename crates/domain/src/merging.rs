//! The same household entered twice: which record stays, and what the other one says that this one does not.
//!
//! Two documents are never made one. The record that goes names the one that stays; what a person chooses of it is
//! written there as ordinary edits, and taking the name away puts both back.
//!
//! **Invariant:** a record gives way only to one that is in the lists: where that one was taken out or erased, the last
//! one on the way to it stays. Of records that name each other in a circle, because two people merged without seeing each
//! other's merge, the smallest id stays. So a household with a record in the lists never disappears by merging, and every
//! device and the server keep the same record.

use std::collections::{BTreeMap, BTreeSet};

use crate::field::{AnswerKey, Field, MemberKey, PlaceKey};
use crate::household::{Household, Member, ReviewRecord, Support};
use crate::id::{HouseholdId, MemberId, ReviewId, SupportId};
use crate::scalar::Scalar;
use crate::support::is_same;
use crate::vietnamese::{fold, tidy};

/// Which record each merged household names as the one that stays.
pub type Merged = BTreeMap<HouseholdId, HouseholdId>;

/// The records of the circle that this one is in; empty if following the names does not come back to it.
pub fn circle(merged: &Merged, id: HouseholdId) -> BTreeSet<HouseholdId> {
    let mut seen = BTreeSet::from([id]);
    let mut at = id;
    while let Some(next) = merged.get(&at) {
        if *next == id {
            return seen;
        }
        if !seen.insert(*next) {
            break;
        }
        at = *next;
    }
    BTreeSet::new()
}

/// The record that stays in the place of this one; itself if it stays. `listed`: those that are there and that nobody
/// took out of the lists.
pub fn keeper(merged: &Merged, listed: &BTreeSet<HouseholdId>, id: HouseholdId) -> HouseholdId {
    let mut path = vec![id];
    while let Some(next) = path.last().and_then(|at| merged.get(at)) {
        if let Some(from) = path.iter().position(|seen| seen == next) {
            let (way, round) = path.split_at(from);
            let smallest = round.iter().filter(|one| listed.contains(one)).min();
            return smallest.or_else(|| last_listed(way, listed)).copied().unwrap_or(id);
        }
        path.push(*next);
    }
    last_listed(&path, listed).copied().unwrap_or(id)
}

fn last_listed<'a>(path: &'a [HouseholdId], listed: &BTreeSet<HouseholdId>) -> Option<&'a HouseholdId> {
    path.iter().rev().find(|one| listed.contains(one))
}

/// A member of the record that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub from: MemberId,
    /// Who they are in the record that stays; nobody if they are to be copied.
    pub same: Option<MemberId>,
}

/// A value that the record that stays does not have, or has otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field of the record that goes.
    pub from: Field,
    /// The field of the record that stays.
    pub to: Field,
    /// What the record that stays says.
    pub here: Option<Scalar>,
    /// What the record that goes says.
    pub there: Scalar,
}

/// A support of the record that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Which.
    pub from: SupportId,
    /// The support of the record that stays which looks the same.
    pub same: Option<SupportId>,
}

/// Who of the record that goes is who in the one that stays: by number, else by name and year of birth.
pub fn people(here: &Household, there: &Household) -> Vec<Person> {
    let mut taken = BTreeSet::new();
    let mut found = BTreeMap::new();
    for alike in [same_number, same_name] {
        for (from, who) in there.present() {
            if found.contains_key(from) {
                continue;
            }
            let one = here.present().into_iter().find(|(id, it)| !taken.contains(*id) && alike(who, it));
            if let Some((id, _)) = one {
                taken.insert(*id);
                found.insert(*from, *id);
            }
        }
    }
    let all = there.present().into_iter();
    all.map(|(from, _)| Person { from: *from, same: found.get(from).copied() }).collect()
}

fn same_number(one: &Member, other: &Member) -> bool {
    one.citizen_id.is_some() && one.citizen_id == other.citizen_id
}

/// Two different numbers are two people, whatever their names.
fn same_name(one: &Member, other: &Member) -> bool {
    let name = |who: &Member| who.name.as_deref().map(|name| fold(&tidy(name)));
    let year = |who: &Member| who.born.as_deref().and_then(|born| born.get(..4).map(str::to_owned));
    let numbers = one.citizen_id.as_ref().zip(other.citizen_id.as_ref());
    name(one).is_some()
        && name(one) == name(other)
        && year(one).is_some()
        && year(one) == year(other)
        && numbers.is_none_or(|(one, other)| one == other)
}

/// Everything that the record that goes says otherwise about place, people who are the same, and the review.
pub fn differences(
    (here, there): (&Household, &Household),
    people: &[Person],
    review: Option<ReviewId>,
) -> Vec<Difference> {
    let mut found = places(here, there);
    for (from, to) in people.iter().filter_map(|person| Some((person.from, person.same?))) {
        if let Some((there, here)) = there.members.get(&from).zip(here.members.get(&to)) {
            found.extend(identity((from, there), (to, here)));
        }
    }
    found.extend(review.into_iter().flat_map(|review| answers((here, there), review, people)));
    found
}

fn difference(from: Field, to: Field, here: Option<Scalar>, there: Option<Scalar>) -> Option<Difference> {
    let there = there.filter(|there| here.as_ref() != Some(there))?;
    Some(Difference { from, to, here, there })
}

/// A point is one value: its latitude stands for all of it.
fn places(here: &Household, there: &Household) -> Vec<Difference> {
    let (here, there) = (&here.place, &there.place);
    let text = |value: &Option<String>| value.as_deref().map(Scalar::text);
    let words = [
        (PlaceKey::Address, text(&here.address), text(&there.address)),
        (PlaceKey::Phone, text(&here.phone), text(&there.phone)),
        (PlaceKey::Code, text(&here.code), text(&there.code)),
        (PlaceKey::Lat, point(here.lat, here.lng), point(there.lat, there.lng)),
    ];
    let found = words.into_iter().filter_map(|(key, here, there)| {
        let field = Field::Place(key);
        difference(field.clone(), field, here, there)
    });
    found.collect()
}

/// A point as people read it: degrees north and east.
fn point(lat: Option<i64>, lng: Option<i64>) -> Option<Scalar> {
    let degrees = |value: i64| {
        let (sign, value) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
        format!("{sign}{}.{:07}", value / 10_000_000, value % 10_000_000)
    };
    Some(Scalar::text(format!("{}, {}", degrees(lat?), degrees(lng?))))
}

fn identity((from, there): (MemberId, &Member), (to, here): (MemberId, &Member)) -> Vec<Difference> {
    let text = |value: &Option<String>| value.as_deref().map(Scalar::text);
    let yes = |value: bool| value.then_some(Scalar::Bool(true));
    let keys = [
        (MemberKey::Name, text(&here.name), text(&there.name)),
        (MemberKey::Sex, text(&here.sex), text(&there.sex)),
        (MemberKey::Born, text(&here.born), text(&there.born)),
        (MemberKey::CitizenId, text(&here.citizen_id), text(&there.citizen_id)),
        (MemberKey::Ethnicity, text(&here.ethnicity), text(&there.ethnicity)),
        (MemberKey::Relation, text(&here.relation), text(&there.relation)),
        (MemberKey::Merit, yes(here.merit), yes(there.merit)),
    ];
    let found = keys.into_iter().filter_map(|(key, here, there)| {
        difference(Field::Member(from, key), Field::Member(to, key), here, there)
    });
    found.collect()
}

fn answers((here, there): (&Household, &Household), review: ReviewId, people: &[Person]) -> Vec<Difference> {
    let (empty, Some(there)) = (ReviewRecord::default(), there.reviews.get(&review)) else {
        return Vec::new();
    };
    let here = here.reviews.get(&review).unwrap_or(&empty);
    let answered = there.answers.iter().filter_map(|(key, value)| {
        let to = answer_of(key, people)?;
        let before = here.answers.get(&to).cloned();
        let fields = (Field::Answer(review, key.clone()), Field::Answer(review, to));
        difference(fields.0, fields.1, before, Some(value.clone()))
    });
    let total = |record: &ReviewRecord| record.b1_entered.map(Scalar::Int);
    let entered = Field::B1Entered(review);
    answered.chain(difference(entered.clone(), entered, total(here), total(there))).collect()
}

/// The answer's key in the record that stays; none for a person who is not in it yet.
fn answer_of(key: &AnswerKey, people: &[Person]) -> Option<AnswerKey> {
    match key.member {
        None => Some(key.clone()),
        Some(member) => Some(AnswerKey { member: Some(same(people, member)?), ..key.clone() }),
    }
}

/// The supports of the record that goes, each with the one that it looks like.
pub fn supports((here, there): (&Household, &Household), people: &[Person]) -> Vec<Given> {
    let standing = there.supports.iter().filter(|(_, support)| !support.removed);
    let given = standing.map(|(from, support)| {
        let moved =
            Support { member: support.member.and_then(|member| same(people, member)), ..support.clone() };
        let known = moved.member.is_some() || support.member.is_none();
        let twin = here.supports.iter().find(|(_, it)| known && !it.removed && is_same(it, &moved));
        Given { from: *from, same: twin.map(|(id, _)| *id) }
    });
    given.collect()
}

/// Who a member of the record that goes is in the one that stays.
fn same(people: &[Person], member: MemberId) -> Option<MemberId> {
    people.iter().find(|person| person.from == member)?.same
}

#[cfg(test)]
mod tests;
