//! Saving to a document: the same steps for every form.
//!
//! **Invariant:** what the server's gate would refuse by the person's role, or because the procedure does not allow the
//! step, is refused here, by the same rule. A step of a sealed review is refused besides.

use domain::field::{Field, VisitKey};
use domain::id::{ReviewId, UnitId, VisitId};
use domain::scalar::Scalar;
use records::{Author, Document, Edit, Heads, RawChange, RecordError};
use store::Picture;
use sync::code::RefusalCode;
use sync::gate::judge;

use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::session::{Session, random_id};

/// Refuses a document outside the person's scopes.
pub(crate) fn own_scope(session: &Session, scope: UnitId, refusal: ErrorCode) -> Result<(), Fault> {
    let own = session.user()?.scopes.contains(&scope);
    if own { Ok(()) } else { Err(refusal.into()) }
}

/// Checked edits of one document, made on a form that was opened on `opened_on`.
pub(crate) struct Saving<'a> {
    pub document: &'a mut Document,
    pub scope: UnitId,
    /// Changes that come before the save: the skeleton of a new document.
    pub first: Vec<RawChange>,
    pub opened_on: Heads,
    pub edits: Vec<Edit>,
}

/// Saves checked edits of one document.
pub(crate) fn save(
    session: &mut Session,
    document: &mut Document,
    first: Vec<RawChange>,
    scope: UnitId,
    (heads, edits, author): (&Heads, &[Edit], &Author),
) -> Result<(), Fault> {
    let one = Saving { document, scope, first, opened_on: heads.clone(), edits: edits.to_vec() };
    save_all(session, &mut [one], author)
}

/// Saves edits of documents that change together: all of them or none.
pub(crate) fn save_all(
    session: &mut Session,
    savings: &mut [Saving<'_>],
    author: &Author,
) -> Result<(), Fault> {
    let mut made = Vec::new();
    for saving in savings {
        let changes = make(session, saving, author)?;
        if !changes.is_empty() {
            made.push((&*saving.document, saving.scope, changes));
        }
    }
    if made.is_empty() { Ok(()) } else { session.keep(&made, author) }
}

/// Saves the edits that describe a picture, with the picture.
pub(crate) fn save_picture(
    session: &mut Session,
    saving: &mut Saving<'_>,
    author: &Author,
    picture: &Picture<'_>,
) -> Result<(), Fault> {
    let changes = make(session, saving, author)?;
    session.keep_picture((&*saving.document, saving.scope, changes), author, picture)
}

/// The changes of one document; none if its fields hold their new values already.
fn make(session: &Session, saving: &mut Saving<'_>, author: &Author) -> Result<Vec<RawChange>, Fault> {
    let before = saving.document.clone();
    let made = saving.document.save(&saving.opened_on, &saving.edits, author).map_err(refusal)?;
    permit(session, saving, &before)?;
    let first = std::mem::take(&mut saving.first);
    Ok(if made.is_empty() { made } else { first.into_iter().chain(made).collect() })
}

fn permit(session: &Session, saving: &Saving<'_>, before: &Document) -> Result<(), Fault> {
    let (signer, reviews) = (session.signer()?, session.known_reviews()?);
    for edit in &saving.edits {
        if let Field::Step(review, ..) = edit.field
            && session.configuration()?.is_sealed(saving.scope, review)
        {
            return Err(Fault::new(ErrorCode::ReviewSealed).at(&edit.field));
        }
        let touched = [(edit.field.clone(), edit.value.clone())];
        judge(&signer, &touched, before, saving.document, &reviews).map_err(|code| match code {
            RefusalCode::StepNotAllowed => Fault::new(ErrorCode::StepNotPossible).at(&edit.field),
            code => Fault::new(ErrorCode::NotPermitted).at(&edit.field).with("reason", code),
        })?;
    }
    Ok(())
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
