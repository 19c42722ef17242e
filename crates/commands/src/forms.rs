//! From the forms of new things to the edits that make them.

use domain::field::{Field, MemberKey, PlaceKey, SupportKey};
use domain::id::MemberId;
use domain::scalar::Scalar;
use records::Edit;

use crate::wire::household::{NewMember, NewPlace, NewSupport};

/// The values that a form gives, in the order of the form.
fn given<K: Copy, const N: usize>(values: [(K, &Option<Scalar>); N]) -> Vec<(K, Scalar)> {
    values.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))).collect()
}

impl NewPlace {
    /// What the form gives.
    pub(crate) fn fields(&self) -> Vec<(PlaceKey, Scalar)> {
        given([
            (PlaceKey::Address, &self.address),
            (PlaceKey::Lat, &self.lat),
            (PlaceKey::Lng, &self.lng),
            (PlaceKey::Accuracy, &self.accuracy_m),
            (PlaceKey::Phone, &self.phone),
            (PlaceKey::Code, &self.code),
        ])
    }
}

impl NewMember {
    /// The edits that make the member. A name is always among them, so that its absence is noticed.
    pub(crate) fn edits(&self, id: MemberId, order: i64) -> Vec<Edit> {
        let mut fields = given([
            (MemberKey::Sex, &self.sex),
            (MemberKey::Born, &self.born),
            (MemberKey::CitizenId, &self.citizen_id),
            (MemberKey::Ethnicity, &self.ethnicity),
            (MemberKey::Relation, &self.relation),
            (MemberKey::Merit, &self.merit),
            (MemberKey::Origin, &self.origin),
            (MemberKey::CameWhy, &self.came_why),
            (MemberKey::CameOn, &self.came_on),
            (MemberKey::DuplicateWhy, &self.duplicate_why),
        ]);
        fields.push((MemberKey::Name, self.name.clone().unwrap_or(Scalar::Null)));
        fields.push((MemberKey::Order, self.order.clone().unwrap_or(Scalar::Int(order))));
        fields.into_iter().map(|(key, value)| Edit { field: Field::Member(id, key), value }).collect()
    }

    /// The edit that makes the member the household's head, if the form says so.
    pub(crate) fn head_edit(&self, id: MemberId) -> Option<Edit> {
        let is_head = self.head == Some(true);
        is_head.then(|| Edit { field: Field::Head, value: Scalar::text(id.to_string()) })
    }
}

impl NewSupport {
    /// What the form gives.
    pub(crate) fn fields(&self) -> Vec<(SupportKey, Scalar)> {
        given([
            (SupportKey::Policy, &self.policy),
            (SupportKey::Period, &self.period),
            (SupportKey::Purpose, &self.purpose),
            (SupportKey::Amount, &self.amount_dong),
            (SupportKey::Date, &self.date),
            (SupportKey::Decision, &self.decision),
            (SupportKey::Member, &self.member),
            (SupportKey::Source, &self.source),
        ])
    }
}
