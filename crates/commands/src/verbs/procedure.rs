//! The steps of a review, taken by people, and their comments on questions.
//!
//! **Invariant:** a step is taken after everything that the device knows of, or refused; a refused one writes nothing.

use domain::entry;
use domain::field::{CommentKey, Field};
use domain::household::{Household, ReviewRecord};
use domain::id::{CommentId, HouseholdId, ReviewId, StepId};
use domain::review::Review;
use domain::scalar::Scalar;
use domain::state::{Stage, allowed, may_take};
use records::{Document, Edit};
use store::{Assessment, assess};

use crate::app::App;
use crate::edits::heads;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::page::{household, household_page};
use crate::procedure::{MEETING_STEPS, next, step};
use crate::saving::save;
use crate::session::{Session, random_id};
use crate::wire::household::HouseholdPage;
use crate::wire::procedure::{
    CommentAdd, CommentDone, NewComment, StageCount, StageCounts, StageQuery, StepRefused, StepTake,
    StepsTaken,
};

/// Households at which a step is taken in one call.
pub const HOUSEHOLDS_MAX: usize = 500;
/// Comments that go with a step.
pub const COMMENTS_MAX: usize = 100;

/// Takes a step at each household that it is possible at.
pub(crate) fn take<H: Host>(app: &App<H>, form: StepTake) -> Result<StepsTaken, Fault> {
    let host = app.host();
    app.with(|session| {
        let review = session.review(form.review)?.ok_or_else(|| Fault::new(ErrorCode::NoReview))?.clone();
        check_form(session, &form)?;
        let mut taken = StepsTaken::default();
        for id in &form.households {
            match take_one(session, host, &review, &form, *id) {
                Ok(()) => taken.taken.push(*id),
                Err(fault) => taken.refused.push(refused(*id, &fault)),
            }
        }
        Ok(taken)
    })
}

/// What is wrong with the step itself, wherever it is taken.
fn check_form(session: &Session, form: &StepTake) -> Result<(), Fault> {
    let name = form.step.as_str();
    if Stage::of_step(name).is_none() {
        return Err(Fault::new(ErrorCode::StepNotPossible).with("step", name).with("stage", ""));
    }
    if !may_take(session.user()?.role, name) || MEETING_STEPS.contains(&name) {
        return Err(Fault::new(ErrorCode::NotPermitted).at("step"));
    }
    let over = |at: &str, limit: usize| Fault::new(ErrorCode::OverLimit).at(at).with("limit", limit);
    if form.households.len() > HOUSEHOLDS_MAX {
        return Err(over("households", HOUSEHOLDS_MAX));
    }
    if form.comments.len() > COMMENTS_MAX {
        return Err(over("comments", COMMENTS_MAX));
    }
    if !form.comments.is_empty() && form.households.len() != 1 {
        return Err(over("households", 1));
    }
    let unexplained = form.why.as_ref().and_then(Scalar::as_text).is_none_or(|why| why.trim().is_empty());
    let explains = name == "complained" || (name == "returned" && form.comments.is_empty());
    if explains && unexplained { Err(Fault::new(ErrorCode::Empty).at("why")) } else { Ok(()) }
}

fn take_one(
    session: &mut Session,
    host: &impl Host,
    review: &Review,
    form: &StepTake,
    id: HouseholdId,
) -> Result<(), Fault> {
    let (row, mut document) = household(session, id)?;
    let standing = document.household();
    let assessed = assess(&standing, row.scope, review, session.configuration()?);
    let assessed = assessed.ok_or_else(|| Fault::new(ErrorCode::UnknownRulebook))?;
    check_complete(&form.step, &assessed)?;
    let mut edits = steps(session, host, review, form, &assessed)?;
    for comment in &form.comments {
        edits.extend(written(session, host, review.id, &standing, comment)?);
    }
    let (author, opened_on) = (session.author(host, None), document.heads());
    save(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))
}

/// What is handed on is complete: who reads it next cannot knock at the door.
fn check_complete(name: &str, assessed: &Assessment) -> Result<(), Fault> {
    let done = !matches!(name, "surveyed" | "submitted" | "resubmitted" | "rechecked");
    let form = &assessed.completeness;
    if done || (form.is_complete() && assessed.decision.class.is_some()) {
        return Ok(());
    }
    let missing = form.total - form.answered;
    Err(Fault::new(ErrorCode::SurveyIncomplete).with("count", missing.max(form.births.len()).max(1)))
}

/// The edits of the step; a household that is submitted for the first time was surveyed in the same breath.
fn steps(
    session: &Session,
    host: &impl Host,
    review: &Review,
    form: &StepTake,
    assessed: &Assessment,
) -> Result<Vec<Edit>, Fault> {
    let (name, stage) = (form.step.as_str(), assessed.state.stage);
    let mut seen: Vec<StepId> = assessed.state.last.clone();
    let mut edits = Vec::new();
    let first = name == "submitted" && matches!(stage, Stage::Unlisted | Stage::Listed);
    if first {
        let (id, surveyed) = step(session, host, review.id, &seen, "surveyed")?;
        edits.extend(surveyed);
        seen = vec![id];
    }
    let from = if first { Stage::Surveyed } else { stage };
    if !allowed(from, review.asks_opinion()).contains(&name) {
        let stage = serde_json::to_value(stage).unwrap_or_default();
        let fault = Fault::new(ErrorCode::StepNotPossible).with("step", name);
        return Err(fault.with("stage", stage.as_str().unwrap_or_default()));
    }
    let (id, taken) = step(session, host, review.id, &seen, name)?;
    edits.extend(taken);
    if let Some(why) = &form.why {
        let field = Field::Step(review.id, id, domain::field::StepKey::Why);
        let value = entry::check(&field, why, Some(host.today()));
        edits.push(Edit { value: value.map_err(|invalid| Fault::from(invalid).at("why"))?, field });
    }
    Ok(edits)
}

fn refused(household: HouseholdId, fault: &Fault) -> StepRefused {
    StepRefused { household, code: fault.code.text().to_owned(), params: fault.params.clone() }
}

/// The edits of a comment.
fn written(
    session: &Session,
    host: &impl Host,
    review: ReviewId,
    household: &Household,
    comment: &NewComment,
) -> Result<Vec<Edit>, Fault> {
    check_subject(session, review, household, comment)?;
    let id = CommentId(random_id(host));
    let words = [
        (CommentKey::Question, comment.question.as_deref().map(Scalar::text)),
        (CommentKey::Member, comment.member.map(|member| Scalar::text(member.to_string()))),
        (CommentKey::To, comment.to.map(|to| Scalar::text(to.to_string()))),
        (CommentKey::Text, Some(comment.text.clone())),
        (CommentKey::By, Some(Scalar::text(session.user()?.id.to_string()))),
        (CommentKey::At, Some(Scalar::Int(host.now()))),
    ];
    let edits = words.into_iter().filter_map(|(key, value)| Some((key, value?))).map(|(key, value)| {
        let field = Field::Comment(review, id, key);
        let value = entry::check(&field, &value, Some(host.today()));
        Ok(Edit { value: value.map_err(|invalid| Fault::from(invalid).at(key.key()))?, field })
    });
    edits.collect()
}

/// What a comment speaks of has to be there, and it has to say something.
fn check_subject(
    session: &Session,
    review: ReviewId,
    household: &Household,
    comment: &NewComment,
) -> Result<(), Fault> {
    if comment.text.as_text().is_none_or(|text| text.trim().is_empty()) {
        return Err(Fault::new(ErrorCode::Empty).at("text"));
    }
    let known = session.review(Some(review))?.map(|review| session.rulebook(review)).transpose()?.flatten();
    let asked = |id: &String| known.is_some_and(|rulebook| rulebook.question(id).is_some());
    if comment.question.as_ref().is_some_and(|id| !asked(id)) {
        return Err(Fault::new(ErrorCode::UnknownField).at("question"));
    }
    if comment.member.is_some_and(|member| !household.members.contains_key(&member)) {
        return Err(Fault::new(ErrorCode::UnknownMember).at("member"));
    }
    let there =
        |to: &CommentId| household.reviews.get(&review).is_some_and(|it| it.comments.contains_key(to));
    if comment.to.as_ref().is_some_and(|to| !there(to)) {
        return Err(Fault::new(ErrorCode::UnknownComment).at("to"));
    }
    Ok(())
}

/// Writes a comment, or a reply to one.
pub(crate) fn comment<H: Host>(app: &App<H>, form: CommentAdd) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.household)?;
        let review = session.review(None)?.ok_or_else(|| Fault::new(ErrorCode::NoReview))?.id;
        let edits = written(session, host, review, &document.household(), &form.comment)?;
        let (opened_on, author) = (heads(&form.heads)?, session.author(host, None));
        save(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, None)
    })
}

/// Marks a comment as dealt with, or not after all.
pub(crate) fn done<H: Host>(app: &App<H>, form: CommentDone) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.household)?;
        let review = of_comment(&document, form.comment)?;
        let field = Field::Comment(review, form.comment, CommentKey::Done);
        let edits = [Edit { field, value: Scalar::Bool(form.done) }];
        let (opened_on, author) = (heads(&form.heads)?, session.author(host, None));
        save(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, None)
    })
}

/// The review that a comment is in.
fn of_comment(document: &Document, comment: CommentId) -> Result<ReviewId, Fault> {
    let reviews = document.household().reviews;
    let has = |(_, record): &(&ReviewId, &ReviewRecord)| record.comments.contains_key(&comment);
    let found = reviews.iter().find(has).map(|(review, _)| *review);
    found.ok_or_else(|| Fault::new(ErrorCode::UnknownComment).at("comment"))
}

/// How many households are at each stage.
pub(crate) fn stages<H: Host>(app: &App<H>, query: StageQuery) -> Result<StageCounts, Fault> {
    app.with(|session| {
        let review = session.review(query.review)?;
        let counted = session.store.stages(review.map(|review| review.id), query.village)?.into_iter();
        let count = |(stage, households)| {
            let next = review.map(|review| next(session, review, stage)).transpose()?.unwrap_or_default();
            Ok(StageCount { stage, households, next })
        };
        let mut stages = counted.map(count).collect::<Result<Vec<StageCount>, Fault>>()?;
        stages.sort_by_key(|count| count.stage);
        Ok(StageCounts { stages })
    })
}
