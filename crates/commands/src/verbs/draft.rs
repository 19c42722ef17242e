//! Drafts: what is typed into a form outlives the program until it is saved or dropped.

use domain::id::HouseholdId;
use records::Kind;
use store::Draft;

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::session::Session;
use crate::wire::Nothing;
use crate::wire::draft::{DraftForm, DraftFound, DraftKeep, DraftKey, DraftList, DraftRow};

/// Longest draft, in bytes.
pub const DRAFT_MAX: usize = 256 * 1024;

const FORMS: [(DraftForm, &str); 4] = [
    (DraftForm::Record, "record"),
    (DraftForm::Member, "member"),
    (DraftForm::Support, "support"),
    (DraftForm::Household, "household"),
];

fn word(form: DraftForm) -> &'static str {
    FORMS.iter().find(|(known, _)| *known == form).map_or("", |(_, word)| word)
}

/// A new household has no id yet, every other form belongs to a household that is here.
fn known(session: &Session, household: Option<HouseholdId>, form: DraftForm) -> Result<(), Fault> {
    let here = match household {
        Some(id) => form != DraftForm::Household && session.find(id, Kind::Household)?.is_some(),
        None => form == DraftForm::Household,
    };
    if here { Ok(()) } else { Err(Fault::new(ErrorCode::UnknownHousehold).at("household")) }
}

/// Keeps what was typed in place of what was kept before.
pub(crate) fn keep<H: Host>(app: &App<H>, form: DraftKeep) -> Result<Nothing, Fault> {
    if form.content.len() > DRAFT_MAX {
        return Err(Fault::new(ErrorCode::OverLimit).at("content").with("limit", DRAFT_MAX));
    }
    let at = app.host().now();
    app.with(|session| {
        known(session, form.household, form.form)?;
        let (household, word) = (form.household, word(form.form).to_owned());
        session.store.keep_draft(&Draft { household, form: word, content: form.content, at })?;
        Ok(Nothing {})
    })
}

/// What was typed and not saved.
pub(crate) fn get<H: Host>(app: &App<H>, key: DraftKey) -> Result<DraftFound, Fault> {
    app.with(|session| {
        let found = session.store.draft(key.household, word(key.form))?;
        let (content, at) = found.map(|draft| (draft.content, draft.at)).unzip();
        Ok(DraftFound { content, at })
    })
}

/// Drops a draft: it is saved, or nobody wants it.
pub(crate) fn drop<H: Host>(app: &App<H>, key: DraftKey) -> Result<Nothing, Fault> {
    app.with(|session| {
        session.store.drop_draft(key.household, word(key.form))?;
        Ok(Nothing {})
    })
}

/// The drafts that wait, but for those of households that left this device.
pub(crate) fn list<H: Host>(app: &App<H>, _: Nothing) -> Result<DraftList, Fault> {
    app.with(|session| {
        let mut rows = Vec::new();
        for draft in session.store.drafts()? {
            let form = FORMS.iter().find(|(_, word)| *word == draft.form).map(|(form, _)| *form);
            let Some(form) = form.filter(|form| known(session, draft.household, *form).is_ok()) else {
                continue;
            };
            let name = draft.household.map(|id| session.store.household_name(id)).transpose()?.flatten();
            rows.push(DraftRow { household: draft.household, name, form, at: draft.at });
        }
        Ok(DraftList { rows })
    })
}
