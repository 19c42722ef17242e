//! Changes that the gate refused, as a person looks at them, document by document: what they would write, and whether the
//! office can take them all the same.
//!
//! The office stands in for a right that the author did not have (another village, another role, an enrolment that was
//! revoked). It stands in for nothing else: a change that is damaged, forged, or not the next one of its author is taken by
//! nobody.
//!
//! **Invariant:** what is released passes the same gate as any other change, in the transaction that stores it.

use std::collections::BTreeSet;

use domain::field::Field;
use domain::id::{DocumentId, UnitId};
use domain::scalar::Scalar;
use sync::body::Ending;
use sync::code::RefusalCode;
use sync::gate::preparse;
use sync::push::{Chunk, Push, Verdict};
use sync::server::{Decision, decide};

use crate::api::v1::push::{Desk, claims, store};
use crate::app::App;
use crate::clock;
use crate::database::Outcome;
use crate::database::log::{HeldBack, Ledger, Settlement};
use crate::fault::{Code, Fault};
use crate::limits::QUARANTINE_SHOWN;
use crate::projection;

/// What was refused of one document and nobody has decided on.
#[derive(Clone, Debug)]
pub struct Pending {
    /// The document that it claims.
    pub document: DocumentId,
    /// What the lists call it; none if it is not in the log.
    pub name: Option<String>,
    /// The scope that it is in, or that it would be in.
    pub scope: Option<UnitId>,
    /// Who signed.
    pub authors: BTreeSet<String>,
    /// Why it was refused.
    pub codes: BTreeSet<String>,
    /// When the last of it arrived, by the server's clock.
    pub at: i64,
    /// How many changes.
    pub changes: usize,
    /// What those would write that the office can take.
    pub writes: Vec<(Field, Scalar)>,
    /// How many the office can take.
    pub takeable: usize,
    /// Why the others cannot be taken by anybody.
    pub never: BTreeSet<String>,
}

/// What is in quarantine, the newest first.
pub fn list(app: &App) -> Result<Vec<Pending>, Fault> {
    let rows = app.database.held(QUARANTINE_SHOWN)?;
    let mut documents: Vec<DocumentId> = Vec::new();
    for row in rows {
        if !documents.contains(&row.document) {
            documents.push(row.document);
        }
    }
    documents.into_iter().map(|document| pending(app, document)).collect()
}

fn pending(app: &App, document: DocumentId) -> Result<Pending, Fault> {
    let rows = app.database.held_of(document)?;
    let mut authors = BTreeSet::new();
    for enrolment in rows.iter().map(|row| row.enrolment).collect::<BTreeSet<_>>() {
        let enrolment = app.database.enrolment(enrolment)?;
        authors.extend(enrolment.and_then(|it| app.town.user(it.user)).map(|user| user.name.clone()));
    }
    let decision = judge(app, &rows, |_, _| Ok(()))?;
    let view = app.database.view(document)?;
    let placed = view.as_ref().map(|view| view.scope);
    let name = view.as_ref().and_then(|view| view.household()).and_then(|household| household.name());
    Ok(Pending {
        document,
        name: name.map(str::to_owned),
        scope: placed.or(decision.admissions.first().map(|admission| admission.scope)),
        authors,
        codes: codes(&rows),
        at: rows.iter().map(|row| row.at).max().unwrap_or(0),
        changes: rows.len(),
        writes: decision.admissions.iter().flat_map(|admission| admission.touched.clone()).collect(),
        takeable: decision.admissions.len(),
        never: rows.iter().filter_map(|row| decision.others.get(&row.hash)).map(why).collect(),
    })
}

/// Why they were refused. What builds on something refused says nothing new.
fn codes(rows: &[HeldBack]) -> BTreeSet<String> {
    let mut codes: BTreeSet<String> = rows.iter().map(|row| row.code.clone()).collect();
    if codes.len() > 1 {
        codes.remove("missing_deps");
    }
    codes
}

fn why(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Refused { code } => code.code(),
        Verdict::MissingDeps => "missing_deps",
        Verdict::Already => "already",
        _ => "equivocation",
    }
    .to_owned()
}

/// Decides on rows of one document as if the office had signed them; `then` acts on it in the same transaction.
fn judge(
    app: &App,
    rows: &[HeldBack],
    mut then: impl FnMut(&mut dyn Ledger, &Decision) -> Outcome<()>,
) -> Result<Decision, Fault> {
    let push = push_of(rows);
    let mut made = Decision::default();
    app.database.write(clock::now(), &claims(&push), &mut |ledger| {
        // nothing that is refused again goes to quarantine again
        let decision = decide(&mut Desk { app, ledger, office: true }, &push)?;
        made = Decision { quarantine: Vec::new(), ..decision };
        then(ledger, &made)
    })?;
    Ok(made)
}

/// Takes everything of a document into the log that the office can take; says how much that was.
pub fn release(app: &App, document: DocumentId) -> Result<usize, Fault> {
    let rows = app.database.held_of(document)?;
    if rows.is_empty() {
        return Err(Fault::of(Code::NotInQuarantine));
    }
    let decision = judge(app, &rows, |ledger, decision| {
        store(ledger, decision)?;
        let admitted = decision.admissions.iter().map(|it| it.hash);
        let known = decision.others.iter().filter(|(_, it)| **it == Verdict::Already).map(|(hash, _)| *hash);
        admitted.chain(known).try_for_each(|hash| ledger.settle(document, &hash, Settlement::Released))
    })?;
    projection::catch_up(app)?;
    match (decision.admissions.len(), decision.others.values().find(|it| **it != Verdict::Already)) {
        (0, Some(verdict)) => Err(Fault::of(Code::NotReleased).with("reason", why(verdict))),
        (taken, _) => Ok(taken),
    }
}

/// Leaves everything refused that was refused of a document; it is shown no more.
pub fn refuse(app: &App, document: DocumentId) -> Result<usize, Fault> {
    let rows = app.database.held_of(document)?;
    if rows.is_empty() {
        return Err(Fault::of(Code::NotInQuarantine));
    }
    app.database.write(clock::now(), &[], &mut |ledger| {
        rows.iter().try_for_each(|row| ledger.settle(document, &row.hash, Settlement::Refused))
    })?;
    Ok(rows.len())
}

/// The rows as a push: each in the batch that it came in, what others build on first.
fn push_of(rows: &[HeldBack]) -> Push {
    let mut rows: Vec<&HeldBack> = rows.iter().collect();
    rows.sort_by_key(|row| (preparse(&row.bytes).map_or(u64::MAX, |outline| outline.start_op), row.hash));
    let chunk = |row: &HeldBack| Chunk { document: row.document, hash: row.hash, bytes: row.bytes.clone() };
    let batches = rows.into_iter().map(|row| (row.batch.clone(), vec![chunk(row)])).collect();
    Push { batches, pull: None, ending: Ending::Complete }
}

/// The words for a code: why something was refused, or cannot be taken.
pub fn words_key(code: &str) -> String {
    let known = RefusalCode::of_code(code) != RefusalCode::Unrecognised;
    if known { format!("error_{code}") } else { format!("office_quarantine_{code}") }
}
