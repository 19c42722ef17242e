//! What was written after a seal: it is in the log and on the devices, and counts in nothing that was sealed until the office
//! accepts it.
//!
//! **Invariant:** figures of a sealed review are computed from the changes that the logs had when it was sealed, and from
//! those that were accepted since, with everything that they build on.

use std::collections::{BTreeMap, BTreeSet};

use domain::field::Field;
use domain::id::{DocumentId, ReviewId, UnitId};
use domain::scalar::Scalar;
use records::Hash;
use sync::gate::preparse;

use crate::api::v1::push::load;
use crate::app::App;
use crate::clock;
use crate::database::Outcome;
use crate::database::log::{Claim, Logged, Weighed};
use crate::database::views::{Snapshot, View};
use crate::fault::{Code, Fault};
use crate::projection;

/// What was proposed of one document and is not accepted.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The document.
    pub document: DocumentId,
    /// The scope that it is in.
    pub scope: UnitId,
    /// What the lists call it.
    pub name: Option<String>,
    /// Who signed.
    pub authors: BTreeSet<String>,
    /// When the last of it arrived, by the server's clock.
    pub at: i64,
    /// How many changes.
    pub changes: usize,
    /// What they write.
    pub writes: Vec<(Field, Scalar)>,
}

/// Every proposal that waits.
pub fn list(app: &App) -> Result<Vec<Proposed>, Fault> {
    let documents = app.database.proposed()?;
    documents.into_iter().filter_map(|document| proposed(app, document).transpose()).collect()
}

fn proposed(app: &App, id: DocumentId) -> Result<Option<Proposed>, Fault> {
    let Some(placed) = app.database.placed(id)?.filter(|placed| !placed.purged) else { return Ok(None) };
    let all = app.database.weighed(id)?;
    let waits: Vec<&Weighed> = all.iter().filter(|it| waits(it)).collect();
    let document = load(placed.kind, id, &all.iter().map(|it| it.bytes.clone()).collect::<Vec<_>>())?;
    let mut authors = BTreeSet::new();
    for enrolment in waits.iter().filter_map(|it| it.enrolment).collect::<BTreeSet<_>>() {
        let user = app.database.enrolment(enrolment)?.and_then(|it| app.town.user(it.user));
        authors.extend(user.map(|user| user.name.clone()));
    }
    let view = app.database.view(id)?;
    let name = view.as_ref().and_then(View::household).and_then(|household| household.name());
    Ok(Some(Proposed {
        document: id,
        scope: placed.scope,
        name: name.map(str::to_owned),
        authors,
        at: waits.iter().map(|it| it.at).max().unwrap_or(0),
        changes: waits.len(),
        writes: waits.iter().flat_map(|it| document.written(&it.hash)).collect(),
    }))
}

fn waits(change: &Weighed) -> bool {
    change.proposal && !change.accepted
}

/// Accepts everything that was proposed of a document; says how much that was.
pub fn accept(app: &App, document: DocumentId) -> Result<usize, Fault> {
    let Some(placed) = app.database.placed(document)? else { return Err(Fault::of(Code::NoProposal)) };
    let weighed = app.database.weighed(document)?;
    let hashes: Vec<Hash> = weighed.iter().filter(|it| waits(it)).map(|it| it.hash).collect();
    if hashes.is_empty() {
        return Err(Fault::of(Code::NoProposal));
    }
    app.database.write(clock::now(), &[Claim { document, scope: placed.scope }], &mut |ledger| {
        hashes.iter().try_for_each(|hash| ledger.accept(document, hash))
    })?;
    Ok(hashes.len())
}

/// The views as a review that is sealed counts them: what nobody accepted is left out again.
pub fn as_sealed(app: &App, review: ReviewId, snapshot: &mut Snapshot) -> Result<(), Fault> {
    let pins: BTreeMap<UnitId, u64> = app
        .town
        .pins
        .iter()
        .filter(|((of, _), _)| *of == review)
        .map(|((_, unit), seq)| (*unit, *seq))
        .collect();
    if pins.is_empty() {
        return Ok(());
    }
    let mut late: BTreeSet<DocumentId> = app.database.proposed()?.into_iter().collect();
    for (scope, pin) in &pins {
        let head = snapshot.sequences.get(scope).copied().unwrap_or(*pin);
        late.extend(app.database.touched(*scope, *pin, head)?);
    }
    let views = std::mem::take(&mut snapshot.views);
    for view in views {
        let counts = match late.contains(&view.document) && pins.contains_key(&view.scope) {
            true => counted(app, &view, &pins)?,
            false => Some(view),
        };
        snapshot.views.extend(counts);
    }
    Ok(())
}

/// A view from what counts alone; none if nothing does.
fn counted(app: &App, view: &View, pins: &BTreeMap<UnitId, u64>) -> Outcome<Option<View>> {
    let Some(logged) = app.database.logged(view.document)? else { return Ok(None) };
    let all = app.database.weighed(view.document)?;
    let counting = with_ancestors(&all, |it| {
        it.accepted || (!it.proposal && pins.get(&it.scope).is_none_or(|pin| it.seq <= *pin))
    });
    let those = all.into_iter().filter(|it| counting.contains(&it.hash));
    let changes: Vec<Vec<u8>> = those.map(|it| it.bytes).collect();
    if changes.is_empty() {
        return Ok(None);
    }
    let told = projection::view(&app.town, view.document, &Logged { changes, ..logged })?;
    Ok(Some(View { merged: view.merged, last_at: view.last_at, ..told }))
}

/// The changes that `which` picks, with everything that they build on.
fn with_ancestors(all: &[Weighed], which: impl Fn(&Weighed) -> bool) -> BTreeSet<Hash> {
    let by_hash: BTreeMap<Hash, &Weighed> = all.iter().map(|it| (it.hash, it)).collect();
    let mut open: Vec<Hash> = all.iter().filter(|it| which(it)).map(|it| it.hash).collect();
    let mut found = BTreeSet::new();
    while let Some(next) = open.pop() {
        if found.insert(next)
            && let Some(change) = by_hash.get(&next)
        {
            open.extend(preparse(&change.bytes).into_iter().flat_map(|outline| outline.deps));
        }
    }
    found
}
