//! Confirming that a section is as it was in the earlier review.

use domain::date::parse_day;
use domain::earlier::{confirmed, earlier, has_section};
use domain::field::{Field, VisitKey};
use domain::household::Household;
use domain::id::ReviewId;
use domain::scalar::Scalar;
use records::Edit;

use crate::app::App;
use crate::edits::{check, heads};
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::page::{household, household_page};
use crate::saving::{save, visit};
use crate::session::Session;
use crate::verbs::household::ground;
use crate::wire::earlier::HouseholdConfirm;
use crate::wire::household::HouseholdPage;

/// Copies the earlier answers of a section that nothing has answered yet, and records the visit that confirmed them.
pub(crate) fn confirm<H: Host>(app: &App<H>, form: HouseholdConfirm) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.id)?;
        let opened_on = heads(&form.heads)?;
        let standing = document.household();
        let (review, mut edits) = carried(session, &standing, &form)?;
        let (id, visited) = visit(session, host, review)?;
        edits.extend(visited);
        let section = Scalar::text(&form.section);
        edits.push(Edit { field: Field::Visit(review, id, VisitKey::Confirms), value: section });
        let edits = check(edits, &ground(session, host, &standing)?)?;
        let author = session.author(host, Some(id));
        save(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, None)
    })
}

/// The open review, and the earlier answers that it takes.
fn carried(
    session: &Session,
    household: &Household,
    form: &HouseholdConfirm,
) -> Result<(ReviewId, Vec<Edit>), Fault> {
    let configuration = session.configuration()?;
    let review = session.review(None)?.ok_or_else(|| Fault::new(ErrorCode::NoReview))?;
    let rulebook = session.rulebook(review)?.ok_or_else(|| Fault::new(ErrorCode::UnknownRulebook))?;
    let as_of = parse_day(&review.as_of)?;
    if !has_section(rulebook, &form.section) {
        return Err(Fault::new(ErrorCode::UnknownSection).at("section"));
    }
    if form.member.is_some_and(|member| !household.members.contains_key(&member)) {
        return Err(Fault::new(ErrorCode::UnknownMember).at("member"));
    }
    let beside = earlier(household, &configuration.reviews, review, rulebook);
    let part = (form.section.as_str(), form.member);
    let written = beside.map(|beside| confirmed(household, review.id, &beside, (rulebook, as_of), part));
    let edits: Vec<Edit> =
        written.into_iter().flatten().map(|(field, value)| Edit { field, value }).collect();
    if edits.is_empty() { Err(ErrorCode::NothingToConfirm.into()) } else { Ok((review.id, edits)) }
}
