//! Members.

use domain::id::MemberId;

use crate::app::App;
use crate::edits::{check, heads};
use crate::fault::Fault;
use crate::host::Host;
use crate::page::{household, household_page};
use crate::saving::save;
use crate::session::random_id;
use crate::verbs::duplicate::refuse_twice;
use crate::verbs::household::{ground, last_word};
use crate::wire::household::{HouseholdPage, MemberAdd};

/// Adds a member, after the others unless the form says where.
pub(crate) fn add<H: Host>(app: &App<H>, form: MemberAdd) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.household)?;
        let opened_on = heads(&form.heads)?;
        let mut grown = document.household();
        let last = grown.members.values().map(|member| member.order).max();
        let id = MemberId(random_id(host));
        grown.members.insert(id, Default::default());
        let mut edits = form.member.edits(id, last.map_or(0, |order| order.saturating_add(1)));
        edits.extend(form.member.head_edit(id));
        let edits =
            check(edits, &ground(session, host, &grown)?).map_err(|fault| fault.renamed(last_word))?;
        refuse_twice(session, row.scope, row.id, &form.member)?;
        let author = session.author(host, None);
        save(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, None)
    })
}
