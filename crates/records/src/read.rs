//! From fields and values to a household, a programme or a meeting.
//!
//! **Invariant:** total. A value of a type that its field does not have is passed over, like a cleared one.

use std::str::FromStr;

use domain::field::{
    AttendanceKey, ChoiceKey, CommentKey, Field, IndicatorKey, MemberKey, PhotoKey, PlaceKey, SessionKey,
    StepKey, SupportKey, TaskKey, VisitKey, VoteKey,
};
use domain::household::{
    Choice, Comment, Household, Member, Photo, Place, ReviewRecord, Step, Support, Visit,
};
use domain::id::{DocumentId, ReviewId};
use domain::meeting::{Attendee, Meeting, Session, Vote};
use domain::programme::{IndicatorEntry, Programme, Task};
use domain::scalar::Scalar;

use crate::current::Current;

fn text(value: &Scalar) -> Option<String> {
    value.as_text().map(str::to_owned)
}

fn id<T: FromStr>(value: &Scalar) -> Option<T> {
    value.as_text()?.parse().ok()
}

fn yes(value: &Scalar) -> bool {
    value.as_bool() == Some(true)
}

/// The household with the winning values.
pub(crate) fn household(id: DocumentId, current: &Current) -> Household {
    let mut household = Household {
        id,
        place: Place::default(),
        head: None,
        members: Default::default(),
        reviews: Default::default(),
        supports: Default::default(),
        photos: Default::default(),
        removed: false,
        removed_why: None,
        merged_into: None,
        came_why: None,
        removed_on: None,
        removed_note: None,
    };
    for (field, values) in &current.fields {
        if let Some(winner) = values.first() {
            put(&mut household, field, &winner.value);
        }
    }
    household
}

/// The household as it would read if the field held this value: for showing what a choice comes to.
pub fn supposing(household: &Household, field: &Field, value: &Scalar) -> Household {
    let mut supposed = household.clone();
    if let (Field::Answer(review, key), Scalar::Null) = (field, value) {
        supposed.reviews.get_mut(review).and_then(|record| record.answers.remove(key));
    }
    put(&mut supposed, field, value);
    supposed
}

fn put(household: &mut Household, field: &Field, value: &Scalar) {
    match field {
        Field::Place(key) => place(&mut household.place, *key, value),
        Field::Head => household.head = id(value),
        Field::Member(member_id, key) => {
            member(household.members.entry(*member_id).or_default(), *key, value);
        }
        Field::Support(support_id, key) => {
            support(household.supports.entry(*support_id).or_default(), *key, value);
        }
        Field::Photo(photo_id, key) => photo(household.photos.entry(*photo_id).or_default(), *key, value),
        Field::Removed => household.removed = yes(value),
        Field::RemovedWhy => household.removed_why = text(value),
        Field::MergedInto => household.merged_into = id(value),
        Field::CameWhy => household.came_why = text(value),
        Field::RemovedOn => household.removed_on = text(value),
        Field::RemovedNote => household.removed_note = text(value),
        Field::Answer(review, _)
        | Field::B1Entered(review)
        | Field::Visit(review, ..)
        | Field::Step(review, ..)
        | Field::Comment(review, ..)
        | Field::Choice(review, ..) => put_review(household, *review, field, value),
        Field::Task(..) | Field::Indicator(..) => {}
        Field::Session(..) | Field::Vote(..) | Field::Attendance(..) => {}
    }
}

fn put_review(household: &mut Household, review: ReviewId, field: &Field, value: &Scalar) {
    let record: &mut ReviewRecord = household.reviews.entry(review).or_default();
    match field {
        Field::Answer(_, key) if *value != Scalar::Null => {
            record.answers.insert(key.clone(), value.clone());
        }
        Field::B1Entered(_) => record.b1_entered = value.as_int(),
        Field::Visit(_, id, key) => visit(record.visits.entry(*id).or_default(), *key, value),
        Field::Step(_, id, key) => step(record.steps.entry(*id).or_default(), *key, value),
        Field::Comment(_, id, key) => comment(record.comments.entry(*id).or_default(), *key, value),
        Field::Choice(_, id, key) => choice(record.choices.entry(*id).or_default(), *key, value),
        _ => {}
    }
}

fn place(place: &mut Place, key: PlaceKey, value: &Scalar) {
    match key {
        PlaceKey::Address => place.address = text(value),
        PlaceKey::Lat => place.lat = value.as_int(),
        PlaceKey::Lng => place.lng = value.as_int(),
        PlaceKey::Accuracy => place.accuracy_m = value.as_int(),
        PlaceKey::Phone => place.phone = text(value),
        PlaceKey::Code => place.code = text(value),
    }
}

fn member(member: &mut Member, key: MemberKey, value: &Scalar) {
    match key {
        MemberKey::Name => member.name = text(value),
        MemberKey::Sex => member.sex = text(value),
        MemberKey::Born => member.born = text(value),
        MemberKey::CitizenId => member.citizen_id = text(value),
        MemberKey::Ethnicity => member.ethnicity = text(value),
        MemberKey::Relation => member.relation = text(value),
        MemberKey::Merit => member.merit = yes(value),
        MemberKey::Left => member.left = yes(value),
        MemberKey::LeftWhy => member.left_why = text(value),
        MemberKey::LeftOn => member.left_on = text(value),
        MemberKey::CameWhy => member.came_why = text(value),
        MemberKey::CameOn => member.came_on = text(value),
        MemberKey::DuplicateWhy => member.duplicate_why = text(value),
        MemberKey::Order => member.order = value.as_int().unwrap_or_default(),
        MemberKey::Origin => member.origin = text(value),
    }
}

fn visit(visit: &mut Visit, key: VisitKey, value: &Scalar) {
    match key {
        VisitKey::By => visit.by = id(value),
        VisitKey::At => visit.at = value.as_int(),
        VisitKey::Lat => visit.lat = value.as_int(),
        VisitKey::Lng => visit.lng = value.as_int(),
        VisitKey::Confirms => visit.confirms = text(value),
        VisitKey::Removed => visit.removed = yes(value),
    }
}

fn step(step: &mut Step, key: StepKey, value: &Scalar) {
    match key {
        StepKey::Step => step.step = text(value),
        StepKey::By => step.by = id(value),
        StepKey::At => step.at = value.as_int(),
        StepKey::Why => step.why = text(value),
        StepKey::After => step.after = text(value),
    }
}

fn comment(comment: &mut Comment, key: CommentKey, value: &Scalar) {
    match key {
        CommentKey::Question => comment.question = text(value),
        CommentKey::Member => comment.member = id(value),
        CommentKey::To => comment.to = id(value),
        CommentKey::Text => comment.text = text(value),
        CommentKey::By => comment.by = id(value),
        CommentKey::At => comment.at = value.as_int(),
        CommentKey::Done => comment.done = yes(value),
    }
}

fn choice(choice: &mut Choice, key: ChoiceKey, value: &Scalar) {
    match key {
        ChoiceKey::Field => choice.field = text(value),
        ChoiceKey::Chosen => choice.chosen = text(value),
        ChoiceKey::Over => choice.over = text(value),
        ChoiceKey::Why => choice.why = text(value),
        ChoiceKey::By => choice.by = id(value),
        ChoiceKey::At => choice.at = value.as_int(),
    }
}

fn support(support: &mut Support, key: SupportKey, value: &Scalar) {
    match key {
        SupportKey::Policy => support.policy = text(value),
        SupportKey::Period => support.period = text(value),
        SupportKey::Purpose => support.purpose = text(value),
        SupportKey::Amount => support.amount_dong = value.as_int(),
        SupportKey::Date => support.date = text(value),
        SupportKey::Decision => support.decision = text(value),
        SupportKey::Member => support.member = id(value),
        SupportKey::Source => support.source = text(value),
        SupportKey::Removed => support.removed = yes(value),
    }
}

fn photo(photo: &mut Photo, key: PhotoKey, value: &Scalar) {
    match key {
        PhotoKey::Sha256 => photo.sha256 = text(value),
        PhotoKey::Bytes => photo.bytes = value.as_int(),
        PhotoKey::Kind => photo.kind = text(value),
        PhotoKey::TakenAt => photo.taken_at = value.as_int(),
        PhotoKey::Review => photo.review = id(value),
        PhotoKey::Removed => photo.removed = yes(value),
    }
}

/// The meeting with the winning values.
pub(crate) fn meeting(id: DocumentId, current: &Current) -> Meeting {
    let mut meeting = Meeting { id, sessions: Default::default() };
    for (field, values) in &current.fields {
        let Some(winner) = values.first() else { continue };
        let value = &winner.value;
        match field {
            Field::Session(id, key) => session(meeting.sessions.entry(*id).or_default(), *key, value),
            Field::Vote(id, household, key) => {
                let votes = &mut meeting.sessions.entry(*id).or_default().votes;
                vote(votes.entry(*household).or_default(), *key, value);
            }
            Field::Attendance(id, person, key) => {
                let attendance = &mut meeting.sessions.entry(*id).or_default().attendance;
                attendee(attendance.entry(*person).or_default(), *key, value);
            }
            _ => {}
        }
    }
    meeting
}

fn session(session: &mut Session, key: SessionKey, value: &Scalar) {
    match key {
        SessionKey::At => session.at = value.as_int(),
        SessionKey::Place => session.place = text(value),
        SessionKey::Chair => session.chair = text(value),
        SessionKey::Secretary => session.secretary = text(value),
        SessionKey::EndedAt => session.ended_at = value.as_int(),
        SessionKey::Opinions => session.opinions = text(value),
        SessionKey::Concluded => session.concluded = yes(value),
        SessionKey::Removed => session.removed = yes(value),
    }
}

fn vote(vote: &mut Vote, key: VoteKey, value: &Scalar) {
    match key {
        VoteKey::For => vote.in_favour = value.as_int(),
        VoteKey::Against => vote.against = value.as_int(),
        VoteKey::Note => vote.note = text(value),
    }
}

fn attendee(attendee: &mut Attendee, key: AttendanceKey, value: &Scalar) {
    match key {
        AttendanceKey::Name => attendee.name = text(value),
        AttendanceKey::Role => attendee.role = text(value),
        AttendanceKey::Present => attendee.present = yes(value),
    }
}

/// The programme with the winning values.
pub(crate) fn programme(id: DocumentId, current: &Current) -> Programme {
    let mut programme = Programme { id, tasks: Default::default(), indicators: Default::default() };
    for (field, values) in &current.fields {
        let Some(winner) = values.first() else { continue };
        match field {
            Field::Task(name, key) => {
                task(programme.tasks.entry(name.clone()).or_default(), *key, &winner.value);
            }
            Field::Indicator(name, key) => {
                indicator(programme.indicators.entry(name.clone()).or_default(), *key, &winner.value);
            }
            _ => {}
        }
    }
    programme
}

fn task(task: &mut Task, key: TaskKey, value: &Scalar) {
    match key {
        TaskKey::Status => task.status = text(value),
        TaskKey::Result => task.result = text(value),
    }
}

fn indicator(entry: &mut IndicatorEntry, key: IndicatorKey, value: &Scalar) {
    match key {
        IndicatorKey::Value => entry.value = Some(value.clone()).filter(|value| *value != Scalar::Null),
        IndicatorKey::Source => entry.source = text(value),
        IndicatorKey::Date => entry.date = text(value),
    }
}
