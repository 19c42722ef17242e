//! Supports that a household or a member received.

use domain::field::{Field, SupportKey};
use domain::id::SupportId;
use records::Edit;

use crate::app::App;
use crate::edits::{check, heads};
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::page::{household, household_page};
use crate::saving::save;
use crate::session::random_id;
use crate::verbs::household::{ground, last_word};
use crate::wire::household::{HouseholdPage, SupportAdd};

/// Adds a support.
pub(crate) fn add<H: Host>(app: &App<H>, form: SupportAdd) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.household)?;
        let opened_on = heads(&form.heads)?;
        let mut grown = document.household();
        let id = SupportId(random_id(host));
        grown.supports.insert(id, Default::default());
        let fields = form.support.fields();
        let field = |(key, value)| Edit { field: Field::Support(id, key), value };
        if !fields.iter().any(|(key, _)| *key == SupportKey::Policy) {
            return Err(Fault::new(ErrorCode::Empty).at("policy"));
        }
        let edits = check(fields.into_iter().map(field).collect(), &ground(session, host, &grown)?);
        let edits = edits.map_err(|fault| fault.renamed(last_word))?;
        let author = session.author(host, None);
        save(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, None)
    })
}
