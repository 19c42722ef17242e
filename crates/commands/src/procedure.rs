//! The edits that take a step of the procedure.

use domain::field::{Field, StepKey};
use domain::id::{ReviewId, StepId};
use domain::scalar::Scalar;
use domain::state::State;
use records::Edit;

use crate::fault::Fault;
use crate::host::Host;
use crate::session::{Session, random_id};

/// The edits of a step that this person takes now, after everything that the state says was taken.
pub(crate) fn step(
    session: &Session,
    host: &impl Host,
    review: ReviewId,
    state: &State,
    name: &str,
) -> Result<Vec<Edit>, Fault> {
    let id = StepId(random_id(host));
    let seen: Vec<String> = state.last.iter().map(ToString::to_string).collect();
    let mut values = vec![
        (StepKey::Step, Scalar::text(name)),
        (StepKey::By, Scalar::text(session.user()?.id.to_string())),
        (StepKey::At, Scalar::Int(host.now())),
    ];
    if !seen.is_empty() {
        values.push((StepKey::After, Scalar::text(seen.join(","))));
    }
    let edit = |(key, value)| Edit { field: Field::Step(review, id, key), value };
    Ok(values.into_iter().map(edit).collect())
}
