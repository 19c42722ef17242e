//! What of a household is copied when a record of its own is made of a part of it, or two records become one.

use domain::field::{Field, MemberKey, SupportKey};
use domain::household::{Member, Support};
use domain::id::{MemberId, SupportId};
use domain::scalar::Scalar;
use records::Edit;

/// An edit of a member.
pub(crate) fn member(id: MemberId, key: MemberKey, value: Scalar) -> Edit {
    Edit { field: Field::Member(id, key), value }
}

/// Who a person is: relations to the old head say nothing in a new household.
pub(crate) fn identity(id: MemberId, who: &Member, order: i64) -> Vec<Edit> {
    let text =
        |key, value: &Option<String>| value.as_deref().map(|value| member(id, key, Scalar::text(value)));
    let known = [
        text(MemberKey::Name, &who.name),
        text(MemberKey::Sex, &who.sex),
        text(MemberKey::Born, &who.born),
        text(MemberKey::CitizenId, &who.citizen_id),
        text(MemberKey::Ethnicity, &who.ethnicity),
    ];
    known.into_iter().flatten().chain([member(id, MemberKey::Order, Scalar::Int(order))]).collect()
}

/// What a support was, but for the member that it went to.
pub(crate) fn support(id: SupportId, given: &Support) -> Vec<Edit> {
    let text = |value: &Option<String>| value.as_deref().map(Scalar::text);
    let known = [
        (SupportKey::Policy, text(&given.policy)),
        (SupportKey::Period, text(&given.period)),
        (SupportKey::Purpose, text(&given.purpose)),
        (SupportKey::Amount, given.amount_dong.map(Scalar::Int)),
        (SupportKey::Date, text(&given.date)),
        (SupportKey::Decision, text(&given.decision)),
        (SupportKey::Source, text(&given.source)),
    ];
    let edits = known
        .into_iter()
        .filter_map(|(key, value)| Some(Edit { field: Field::Support(id, key), value: value? }));
    edits.collect()
}
