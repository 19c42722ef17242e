//! Saving to a document: the same steps for every form.
//!
//! **Invariant:** what the server's gate would refuse by the person's role is refused here, by the same rule.

use domain::field::{Field, VisitKey};
use domain::id::{ReviewId, UnitId, VisitId};
use domain::scalar::Scalar;
use records::{Author, Document, Edit, Heads, RawChange, RecordError};
use sync::gate::judge;

use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::session::{Session, random_id};

/// Refuses a document outside the person's scopes.
pub(crate) fn own_scope(session: &Session, scope: UnitId, refusal: ErrorCode) -> Result<(), Fault> {
    let own = session.user()?.scopes.contains(&scope);
    if own { Ok(()) } else { Err(refusal.into()) }
}

/// Saves checked edits that were made on a form opened on `heads`. `first` are changes that come before the save: the
/// skeleton of a new document.
pub(crate) fn save(
    session: &mut Session,
    document: &mut Document,
    first: Vec<RawChange>,
    scope: UnitId,
    (heads, edits, author): (&Heads, &[Edit], &Author),
) -> Result<(), Fault> {
    let before = document.clone();
    let made = document.save(heads, edits, author).map_err(refusal)?;
    permit(session, edits, &before, document)?;
    let changes: Vec<RawChange> =
        if made.is_empty() { Vec::new() } else { first.into_iter().chain(made).collect() };
    if changes.is_empty() {
        return Ok(());
    }
    session.keep(document, scope, &changes, author)
}

fn permit(session: &Session, edits: &[Edit], before: &Document, after: &Document) -> Result<(), Fault> {
    let signer = session.signer()?;
    let touched = |edit: &Edit| (edit.field.clone(), edit.value.clone());
    let one_by_one = edits
        .iter()
        .try_for_each(|edit| judge(&signer, &[touched(edit)], before, after).map_err(|code| (code, edit)));
    one_by_one
        .map_err(|(code, edit)| Fault::new(ErrorCode::NotPermitted).at(&edit.field).with("reason", code))
}

fn refusal(error: RecordError) -> Fault {
    let code = match error {
        RecordError::UnknownHeads => ErrorCode::UnknownHeads,
        RecordError::UnknownPath => ErrorCode::UnknownField,
        _ => ErrorCode::DamagedRecord,
    };
    Fault::new(code).with("reason", error.code())
}

/// The edits that record a visit of this person now.
pub(crate) fn visit(
    session: &Session,
    host: &impl Host,
    review: ReviewId,
) -> Result<(VisitId, Vec<Edit>), Fault> {
    let id = VisitId(random_id(host));
    let by = Scalar::text(session.user()?.id.to_string());
    let edit = |key, value| Edit { field: Field::Visit(review, id, key), value };
    Ok((id, vec![edit(VisitKey::By, by), edit(VisitKey::At, Scalar::Int(host.now()))]))
}
