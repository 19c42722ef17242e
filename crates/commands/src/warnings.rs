//! What does not fit together about a household's members and supports: shown, never a refusal.

use domain::citizen_card::{IdWarning, citizen_id_warnings};
use domain::date::{PartialDate, parse_day};
use domain::household::{Household, Member};
use domain::id::MemberId;
use domain::review::Review;
use domain::support::recorded_twice;

use crate::wire::household::SupportWarning;
use crate::wire::people::{MemberWarning, MemberWarningCode as Code};

/// The relation that a household's head has.
pub(crate) const HEAD: &str = "head";

/// The members who live in the household and are its head by their relation.
pub(crate) fn heads_by_relation(household: &Household) -> Vec<MemberId> {
    let heads = household.present().into_iter().filter(|(_, it)| it.relation.as_deref() == Some(HEAD));
    heads.map(|(id, _)| *id).collect()
}

/// Everything that does not fit together on the review's day, in the order of the form.
pub(crate) fn member_warnings(household: &Household, review: Option<&Review>) -> Vec<MemberWarning> {
    let heads = heads_by_relation(household);
    let day = review.and_then(|review| parse_day(&review.as_of).ok());
    let mut warnings = Vec::new();
    for (id, member) in household.present() {
        let two = (heads.len() > 1 && heads.contains(id)).then_some(Code::TwoHeads);
        let unborn = born(member).zip(day).is_some_and(|(born, day)| born.earliest() > day);
        let codes = numbers(member).chain(two).chain(unborn.then_some(Code::BornAfter));
        warnings.extend(codes.map(|code| MemberWarning { member: *id, code }));
    }
    let first = household.present().into_iter().next().filter(|_| household.head.is_none());
    warnings.extend(first.map(|(id, _)| MemberWarning { member: *id, code: Code::NoHead }));
    let gone = household.head.filter(|head| household.members.get(head).is_some_and(|it| it.left));
    warnings.extend(gone.map(|member| MemberWarning { member, code: Code::HeadLeft }));
    warnings
}

/// The supports that look as if they were recorded twice.
pub(crate) fn support_warnings(household: &Household) -> Vec<SupportWarning> {
    let twice = recorded_twice(household).into_iter();
    twice.map(|(support, same_as)| SupportWarning { support, same_as }).collect()
}

fn born(member: &Member) -> Option<PartialDate> {
    member.born.as_deref()?.parse().ok()
}

fn numbers(member: &Member) -> impl Iterator<Item = Code> {
    let number = member.citizen_id.as_deref().unwrap_or_default();
    let warnings = citizen_id_warnings(number, member.sex.as_deref(), born(member).as_ref());
    warnings.into_iter().map(|warning| match warning {
        IdWarning::SexDiffers => Code::SexDiffers,
        IdWarning::CenturyDiffers => Code::CenturyDiffers,
        IdWarning::YearDiffers => Code::YearDiffers,
    })
}
