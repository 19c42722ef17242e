//! What the server owns, as the screens need it.

use domain::indicator::{ProgrammeIndicator, ProgrammeTask};
use domain::rulebook::Rulebook;

use crate::app::App;
use crate::fault::Fault;
use crate::host::Host;
use crate::wire::Nothing;
use crate::wire::config::Config;

/// Units, people, reviews, the rulebook of the open review, the registries.
pub(crate) fn get<H: Host>(app: &App<H>, _: Nothing) -> Result<Config, Fault> {
    app.with(|session| {
        let known = session.configuration()?.clone();
        let rulebook: Option<&'static Rulebook> = match session.review(None)? {
            Some(review) => session.rulebook(review)?,
            None => None,
        };
        Ok(Config {
            version: known.version,
            town: known.town_unit,
            user: known.user,
            units: known.units,
            users: known.users,
            reviews: known.reviews,
            current_review: known.current_review,
            rulebook: rulebook.cloned(),
            policies: known.policies,
            tasks: ProgrammeTask::shipped().to_vec(),
            indicators: ProgrammeIndicator::shipped().to_vec(),
        })
    })
}
