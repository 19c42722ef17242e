//! The meeting of a village in a review.

use domain::entry;
use domain::field::{AttendanceKey, Field, SessionKey};
use domain::id::{PersonId, SessionId};
use domain::scalar::Scalar;
use records::Edit;

use crate::app::App;
use crate::edits::{heads, parse};
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::meeting::{Sitting, conclude as close};
use crate::session::{Session, random_id};
use crate::verbs::household::last_word;
use crate::wire::meeting::{
    MeetingConclude, MeetingOpen, MeetingPage, MeetingPerson, MeetingSave, MeetingSession,
};

/// The meeting as it stands; an empty one if nobody wrote to it yet.
pub(crate) fn open<H: Host>(app: &App<H>, form: MeetingOpen) -> Result<MeetingPage, Fault> {
    app.with(|session| Sitting::of(session, form.village, form.review)?.page(session))
}

/// Saves votes, attendance and what is known of a session, all of it or nothing.
pub(crate) fn save<H: Host>(app: &App<H>, form: MeetingSave) -> Result<MeetingPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let mut sitting = Sitting::of(session, form.village, form.review)?;
        let edits = parse(&form.edits)?.into_iter().map(|edit| {
            sitting.may_write(session, &edit.field).map_err(|fault| fault.at(&edit.field))?;
            checked(host, edit)
        });
        let edits = edits.collect::<Result<Vec<Edit>, Fault>>()?;
        sitting.save(session, host, heads(&form.heads)?, edits)
    })
}

fn checked(host: &impl Host, edit: Edit) -> Result<Edit, Fault> {
    let value = entry::check(&edit.field, &edit.value, Some(host.today()));
    Ok(Edit { value: value.map_err(|invalid| Fault::from(invalid).at(&edit.field))?, ..edit })
}

/// The edits of a new entry, under the names that its form knows.
fn entered(host: &impl Host, edits: Vec<Edit>) -> Result<Vec<Edit>, Fault> {
    let edits = edits.into_iter().map(|edit| checked(host, edit));
    edits.collect::<Result<_, Fault>>().map_err(|fault| fault.renamed(last_word))
}

fn needed(edits: &[Edit], field: &Field) -> Result<(), Fault> {
    let given = edits.iter().any(|edit| edit.field == *field && edit.value != Scalar::Null);
    if given { Ok(()) } else { Err(Fault::new(ErrorCode::Empty).at(last_word(&field.to_string()))) }
}

/// A new session.
pub(crate) fn session<H: Host>(app: &App<H>, form: MeetingSession) -> Result<MeetingPage, Fault> {
    let host = app.host();
    app.with(|session: &mut Session| {
        let mut sitting = Sitting::of(session, form.village, form.review)?;
        let id = SessionId(random_id(host));
        let values = [
            (SessionKey::At, form.at),
            (SessionKey::Place, form.place),
            (SessionKey::Chair, form.chair),
            (SessionKey::Secretary, form.secretary),
        ];
        let edits = values.map(|(key, value)| Edit { field: Field::Session(id, key), value });
        let edits = entered(host, edits.into())?;
        needed(&edits, &Field::Session(id, SessionKey::At))?;
        sitting.save(session, host, heads(&form.heads)?, edits)
    })
}

/// Someone who came to a session.
pub(crate) fn person<H: Host>(app: &App<H>, form: MeetingPerson) -> Result<MeetingPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let mut sitting = Sitting::of(session, form.village, form.review)?;
        sitting.open_session(form.session)?;
        let id = PersonId(random_id(host));
        let values = [
            (AttendanceKey::Name, form.name),
            (AttendanceKey::Role, form.role),
            (AttendanceKey::Present, Scalar::Bool(true)),
        ];
        let edits =
            values.map(|(key, value)| Edit { field: Field::Attendance(form.session, id, key), value });
        let edits = entered(host, edits.into())?;
        needed(&edits, &Field::Attendance(form.session, id, AttendanceKey::Name))?;
        sitting.save(session, host, heads(&form.heads)?, edits)
    })
}

/// Writes what came of a session to the households.
pub(crate) fn conclude<H: Host>(app: &App<H>, form: MeetingConclude) -> Result<MeetingPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let sitting = Sitting::of(session, form.village, form.review)?;
        close(session, host, sitting, &heads(&form.heads)?, form.session)
    })
}
