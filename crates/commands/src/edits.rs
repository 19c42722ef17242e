//! From what a form sends to edits that may be saved: every field known, every value checked, nothing else written.
//!
//! **Invariant:** the first bad edit refuses the whole save, and the fault names its field.

use chrono::NaiveDate;
use domain::configuration::Configuration;
use domain::entry;
use domain::field::{AnswerKey, Field, IndicatorKey, SupportKey};
use domain::household::Household;
use domain::id::{MemberId, ReviewId};
use domain::indicator::{ProgrammeIndicator, ProgrammeTask};
use domain::programme::IndicatorEntry;
use domain::rulebook::{QuestionKind, Rulebook, check_answer, pinned};
use domain::scalar::Scalar;
use records::{Edit, Heads};

use crate::fault::{ErrorCode, Fault};
use crate::wire::FieldEdit;

/// Edits of one save.
pub const EDITS_MAX: usize = 500;

/// What a value is checked against.
pub(crate) struct Ground<'a> {
    pub configuration: &'a Configuration,
    pub today: NaiveDate,
    /// The household as it stands, with members and supports that the save adds.
    pub household: &'a Household,
}

/// The heads that a form was opened on.
pub(crate) fn heads(texts: &[String]) -> Result<Heads, Fault> {
    let joined = texts.join(",");
    joined.parse().map_err(|_| Fault::new(ErrorCode::MalformedRequest).with("reason", "heads"))
}

/// Heads as they cross the border.
pub(crate) fn head_texts(heads: &Heads) -> Vec<String> {
    heads.0.iter().map(hex::encode).collect()
}

/// The fields of a form's edits.
pub(crate) fn parse(edits: &[FieldEdit]) -> Result<Vec<Edit>, Fault> {
    if edits.len() > EDITS_MAX {
        return Err(Fault::new(ErrorCode::OverLimit).with("limit", EDITS_MAX));
    }
    let parsed = edits.iter().map(|edit| match edit.field.parse() {
        Ok(field) => Ok(Edit { field, value: edit.value.clone() }),
        Err(_) => Err(Fault::new(ErrorCode::UnknownField).at(&edit.field)),
    });
    parsed.collect()
}

/// The edits with every value checked and in the form in which it is stored.
pub(crate) fn check(edits: Vec<Edit>, ground: &Ground<'_>) -> Result<Vec<Edit>, Fault> {
    let checked = edits.into_iter().map(|edit| {
        let value = checked(&edit, ground).map_err(|fault| fault.at(&edit.field))?;
        Ok(Edit { value, ..edit })
    });
    checked.collect()
}

/// The edits of a programme, checked in the same way.
pub(crate) fn check_programme(edits: Vec<Edit>, today: NaiveDate) -> Result<Vec<Edit>, Fault> {
    let checked = edits.into_iter().map(|edit| {
        let value = checked_programme(&edit, today).map_err(|fault| fault.at(&edit.field))?;
        Ok(Edit { value, ..edit })
    });
    checked.collect()
}

/// Tasks and indicators are those of the registry: a misspelt one would be in no report.
fn checked_programme(edit: &Edit, today: NaiveDate) -> Result<Scalar, Fault> {
    let unknown = || Fault::new(ErrorCode::UnknownField);
    if !edit.field.of_programme() {
        return Err(unknown());
    }
    let value = entry::check(&edit.field, &edit.value, Some(today))?;
    match &edit.field {
        Field::Task(task, _) => {
            ProgrammeTask::shipped_by_id(task).ok_or_else(unknown)?;
        }
        Field::Indicator(id, key) => {
            let indicator = ProgrammeIndicator::shipped_by_id(id).ok_or_else(unknown)?;
            if *key == IndicatorKey::Value {
                let entered = IndicatorEntry { value: Some(value.clone()), ..IndicatorEntry::default() };
                indicator.read(&entered)?;
            }
        }
        _ => {}
    }
    Ok(value)
}

fn checked(edit: &Edit, ground: &Ground<'_>) -> Result<Scalar, Fault> {
    if edit.field.of_programme() {
        return Err(ErrorCode::UnknownField.into());
    }
    let value = entry::check(&edit.field, &edit.value, Some(ground.today))?;
    ground.subject(&edit.field)?;
    ground.reference(&edit.field, &value)?;
    if let Field::Answer(review, key) = &edit.field {
        let rulebook = ground.rulebook(*review)?;
        check_answer(rulebook, key, &value)?;
        let kind = rulebook.question(&key.question).map(|question| &question.kind);
        let told = value.as_text().filter(|_| !value.is_not_known());
        match (kind, told) {
            (Some(QuestionKind::Date), Some(_)) => entry::date(&value, Some(ground.today)).map(|_| ())?,
            (Some(QuestionKind::Photo { .. }), Some(id)) => ground.photo(id)?,
            _ => {}
        }
    }
    Ok(value)
}

impl Ground<'_> {
    /// What the field belongs to has to be there.
    fn subject(&self, field: &Field) -> Result<(), Fault> {
        if let Some(review) = field.review() {
            let known = self.configuration.reviews.iter().any(|known| known.id == review);
            return if known { self.answered(field) } else { Err(ErrorCode::UnknownReview.into()) };
        }
        match field {
            Field::Member(id, _) => self.member(*id),
            Field::Support(id, _) if !self.household.supports.contains_key(id) => {
                Err(ErrorCode::UnknownSupport.into())
            }
            Field::Photo(id, _) if !self.household.photos.contains_key(id) => {
                Err(ErrorCode::UnknownPhoto.into())
            }
            _ => Ok(()),
        }
    }

    /// An answer is a photo that is there.
    fn photo(&self, id: &str) -> Result<(), Fault> {
        let photo = self.household.photos.iter().find(|(known, _)| known.to_string() == id);
        let stands = photo.is_some_and(|(_, photo)| !photo.removed);
        if stands { Ok(()) } else { Err(ErrorCode::UnknownPhoto.into()) }
    }

    fn answered(&self, field: &Field) -> Result<(), Fault> {
        match field {
            Field::Answer(_, AnswerKey { member: Some(member), .. }) => self.member(*member),
            Field::Choice(..) => Err(ErrorCode::ReservedField.into()),
            _ => Ok(()),
        }
    }

    /// What the value speaks of has to be there.
    fn reference(&self, field: &Field, value: &Scalar) -> Result<(), Fault> {
        let Some(text) = value.as_text() else { return Ok(()) };
        match field {
            Field::Head | Field::Support(_, SupportKey::Member) => {
                self.member(text.parse().map_err(Fault::from)?)
            }
            Field::Support(_, SupportKey::Policy) => {
                let known = self.configuration.policies.iter().any(|policy| policy.id == text);
                if known { Ok(()) } else { Err(ErrorCode::UnknownPolicy.into()) }
            }
            _ => Ok(()),
        }
    }

    fn member(&self, id: MemberId) -> Result<(), Fault> {
        let known = self.household.members.contains_key(&id);
        if known { Ok(()) } else { Err(ErrorCode::UnknownMember.into()) }
    }

    fn rulebook(&self, review: ReviewId) -> Result<&'static Rulebook, Fault> {
        let review = self.configuration.reviews.iter().find(|known| known.id == review);
        let review = review.ok_or_else(|| Fault::new(ErrorCode::UnknownReview))?;
        pinned(review, &self.configuration.b1_tables).ok_or_else(|| ErrorCode::UnknownRulebook.into())
    }
}
