//! The edits that take a step of the procedure, and where a household stands in it.

use domain::field::{Field, StepKey};
use domain::household::ReviewRecord;
use domain::id::{ReviewId, StepId};
use domain::review::Review;
use domain::scalar::Scalar;
use domain::state::{Stage, State, allowed, in_order, may_take};
use records::Edit;

use crate::fault::Fault;
use crate::host::Host;
use crate::session::{Session, random_id};
use crate::wire::procedure::{RecordedStep, Standing};

/// The steps that the conclusion of a village meeting takes.
pub(crate) const MEETING_STEPS: [&str; 2] = ["met", "not_agreed"];

/// The edits of a step that this person takes now, having seen the steps `seen`; with its id.
pub(crate) fn step(
    session: &Session,
    host: &impl Host,
    review: ReviewId,
    seen: &[StepId],
    name: &str,
) -> Result<(StepId, Vec<Edit>), Fault> {
    let id = StepId(random_id(host));
    let seen: Vec<String> = seen.iter().map(ToString::to_string).collect();
    let mut values = vec![
        (StepKey::Step, Scalar::text(name)),
        (StepKey::By, Scalar::text(session.user()?.id.to_string())),
        (StepKey::At, Scalar::Int(host.now())),
    ];
    if !seen.is_empty() {
        values.push((StepKey::After, Scalar::text(seen.join(","))));
    }
    let edit = |(key, value)| Edit { field: Field::Step(review, id, key), value };
    Ok((id, values.into_iter().map(edit).collect()))
}

/// The steps that this person may take from a stage; those of the village meeting are taken there.
pub(crate) fn next(session: &Session, review: &Review, stage: Stage) -> Result<Vec<String>, Fault> {
    let role = session.user()?.role;
    let mut next: Vec<String> = allowed(stage, review.asks_opinion())
        .iter()
        .filter(|name| may_take(role, name) && !MEETING_STEPS.contains(name))
        .map(|name| (*name).to_owned())
        .collect();
    // Submitting says that the household was surveyed.
    if next.iter().any(|name| name == "surveyed") {
        next.push("submitted".to_owned());
    }
    Ok(next)
}

/// Where the household stands, what this person may do next, and what was done.
pub(crate) fn standing(
    session: &Session,
    review: &Review,
    state: &State,
    record: Option<&ReviewRecord>,
) -> Result<Standing, Fault> {
    let next = next(session, review, state.stage)?;
    let configuration = session.configuration()?;
    let name_of = |id| {
        let mut known = std::iter::once(&configuration.user).chain(&configuration.users);
        known.find(|user| Some(user.id) == id).map(|user| user.name.clone())
    };
    let recorded = record
        .into_iter()
        .flat_map(|record| in_order(record).into_iter().filter_map(|id| Some((id, record.steps.get(&id)?))));
    let steps = recorded.map(|(id, step)| RecordedStep {
        id,
        step: step.step.clone().unwrap_or_default(),
        user: step.by,
        by: name_of(step.by),
        at: step.at,
        why: step.why.clone(),
        counts: !state.ignored.contains(&id),
    });
    Ok(Standing { stage: state.stage, concurrent: state.concurrent, next, steps: steps.collect() })
}
