//! What does not fit together about a household's members and supports: shown, never a refusal.

use domain::citizen_card::{IdWarning, citizen_id_warnings};
use domain::household::{Household, Member};
use domain::id::MemberId;
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

/// Everything that does not fit together, in the order of the form.
pub(crate) fn member_warnings(household: &Household) -> Vec<MemberWarning> {
    let heads = heads_by_relation(household);
    let mut warnings = Vec::new();
    for (id, member) in household.present() {
        let codes = numbers(member).chain((heads.len() > 1 && heads.contains(id)).then_some(Code::TwoHeads));
        warnings.extend(codes.map(|code| MemberWarning { member: *id, code }));
    }
    let gone = household.head.filter(|head| household.members.get(head).is_some_and(|it| it.left));
    warnings.extend(gone.map(|member| MemberWarning { member, code: Code::HeadLeft }));
    warnings
}

/// The supports that look as if they were recorded twice.
pub(crate) fn support_warnings(household: &Household) -> Vec<SupportWarning> {
    let twice = recorded_twice(household).into_iter();
    twice.map(|(support, same_as)| SupportWarning { support, same_as }).collect()
}

fn numbers(member: &Member) -> impl Iterator<Item = Code> {
    let number = member.citizen_id.as_deref().unwrap_or_default();
    let born = member.born.as_deref().and_then(|born| born.parse().ok());
    let warnings = citizen_id_warnings(number, member.sex.as_deref(), born.as_ref());
    warnings.into_iter().map(|warning| match warning {
        IdWarning::SexDiffers => Code::SexDiffers,
        IdWarning::CenturyDiffers => Code::CenturyDiffers,
        IdWarning::YearDiffers => Code::YearDiffers,
    })
}
