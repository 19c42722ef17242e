//! A document that loses changes: what the server refused is set aside, what was made on top of it is made again.
//!
//! **Invariant:** every edit of the person is afterwards in the document or among the refused, with the reason.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{ActorId, DocumentId};
use records::{Document, Hash, RawChange, RecordError};
use store::{DocumentRow, ORPHAN, Rebuilt, SetAside, Written};
use sync::code::RefusalCode;

use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::session::{Session, random_id};

/// Why a change is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// The server refused it.
    Refused(RefusalCode),
    /// It is another person's, and builds on something that is lost.
    MissingDeps,
    /// It is another person's, and the server has another change in its place.
    Equivocation,
}

impl Reason {
    const fn code(self) -> &'static str {
        match self {
            Self::Refused(code) => code.code(),
            Self::MissingDeps => ORPHAN,
            Self::Equivocation => "equivocation",
        }
    }
}

/// What a document loses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Loss {
    /// Refused, with the reason.
    pub refused: BTreeMap<Hash, Reason>,
    /// Sound, but to be made again under another actor.
    pub displaced: BTreeSet<Hash>,
}

/// Rebuilds the document without what it loses; says how many changes were set aside.
pub(super) fn rebuild(
    session: &mut Session,
    host: &impl Host,
    id: DocumentId,
    loss: &Loss,
) -> Result<u32, Fault> {
    let Some(row) = session.store.find(id)? else { return Ok(0) };
    let Some(document) = session.store.document(&row)? else { return Ok(0) };
    if loss.refused.values().any(|why| *why == Reason::Refused(RefusalCode::Purged)) {
        session.store.purge(id)?;
        return Ok(0);
    }
    let loss = &without_what_is_nobodys(session, &document, loss)?;
    if loss == &Loss::default() {
        return Ok(0);
    }
    let loss = &with_what_others_built(session, &document, loss)?;
    let mut actors = Vec::new();
    let mut fresh = || {
        let actor = ActorId(random_id(host));
        actors.push(actor);
        actor
    };
    let refused: BTreeSet<Hash> = loss.refused.keys().copied().filter(|hash| document.has(hash)).collect();
    match document.remake_beside(&refused, &loss.displaced, &mut fresh) {
        Ok((rebuilt, _)) => replace(session, host, (&row, &document, &rebuilt), loss, &actors),
        Err(RecordError::SkeletonRefused) => give_up(session, host, &document, loss),
        Err(error) => Err(Fault::new(ErrorCode::DamagedRecord).with("reason", error.code())),
    }
}

/// The beginning of a document and of a review is made alike by every device. Where it came in another person's batch and was
/// refused for their sake, this person signs it: what they wrote themselves stands on it.
fn without_what_is_nobodys(session: &mut Session, document: &Document, loss: &Loss) -> Result<Loss, Fault> {
    let (mut left, mut nobodys) = (loss.clone(), Vec::new());
    for change in document.changes().iter().filter(|change| loss.refused.contains_key(&change.hash)) {
        if session.store.holder(change.actor)?.is_none() && session.store.is_carried(&change.hash)? {
            left.refused.remove(&change.hash);
            nobodys.push(change.hash);
        }
    }
    session.store.sign_anew(&nobodys)?;
    Ok(left)
}

/// What others wrote on top of something that is lost cannot be made again in this person's name: it is set aside. (Its
/// author's own device makes it again.) So is what others wrote in a place that is taken.
fn with_what_others_built(session: &Session, document: &Document, loss: &Loss) -> Result<Loss, Fault> {
    let mut whole = loss.clone();
    let mut lost: BTreeSet<Hash> = loss.displaced.iter().chain(loss.refused.keys()).copied().collect();
    for change in document.changes() {
        let builds = change.deps.iter().any(|dep| lost.contains(dep));
        if !builds && !lost.contains(&change.hash) {
            continue;
        }
        lost.insert(change.hash);
        let holder = session.store.holder(change.actor)?;
        if holder.is_some_and(|holder| holder.enrolment != session.enrolment) {
            whole.displaced.remove(&change.hash);
            let why = if builds { Reason::MissingDeps } else { Reason::Equivocation };
            whole.refused.entry(change.hash).or_insert(why);
        }
    }
    Ok(whole)
}

/// Puts the rebuilt document in place of the old one.
fn replace(
    session: &mut Session,
    host: &impl Host,
    (row, old, new): (&DocumentRow, &Document, &Document),
    loss: &Loss,
    actors: &[ActorId],
) -> Result<u32, Fault> {
    let at = host.now();
    let loss = &with_lost_reviews(old, new, loss);
    let gone = old.changes().into_iter().filter(|change| !new.has(&change.hash));
    let (refused, replaced): (Vec<RawChange>, Vec<RawChange>) =
        gone.partition(|change| loss.refused.contains_key(&change.hash));
    let aside: Vec<(SetAside, Vec<u8>)> =
        refused.into_iter().filter_map(|change| aside(old, change, loss, at)).collect();
    let replaced: Vec<Hash> = replaced.into_iter().map(|change| change.hash).collect();
    let changes: Vec<RawChange> = new.changes().into_iter().filter(|change| !old.has(&change.hash)).collect();
    let holder = session.holder()?;
    let written = Written { document: new, scope: row.scope, changes: &changes, actors, holder, at };
    session.store.refuse(&Rebuilt { refused: &aside, replaced: &replaced, written: Some(written) })?;
    session.renew_actor(host);
    Ok(count(&aside))
}

/// Edits of a review whose containers were refused have nowhere to be made again: they are refused with them.
fn with_lost_reviews(old: &Document, new: &Document, loss: &Loss) -> Loss {
    let mut whole = loss.clone();
    for change in old.changes().into_iter().filter(|change| !new.has(&change.hash)) {
        let edits = old.written(&change.hash);
        let reviews = edits.iter().filter_map(|(field, _)| field.review());
        let containers = reviews.map(|review| Document::fixed_review(old.id(), review).hash);
        let reason = containers.into_iter().find_map(|hash| loss.refused.get(&hash));
        if let Some(code) = reason {
            whole.refused.entry(change.hash).or_insert(*code);
        }
    }
    whole
}

/// The server refused the document itself: everything of it is set aside for the same reason.
fn give_up(session: &mut Session, host: &impl Host, document: &Document, loss: &Loss) -> Result<u32, Fault> {
    let at = host.now();
    let reason = loss.refused.values().next().copied().unwrap_or(Reason::Refused(RefusalCode::Unrecognised));
    let all = document.changes();
    let codes = all.iter().map(|change| (change.hash, *loss.refused.get(&change.hash).unwrap_or(&reason)));
    let loss = Loss { refused: codes.collect(), displaced: BTreeSet::new() };
    let aside: Vec<(SetAside, Vec<u8>)> =
        all.into_iter().filter_map(|change| aside(document, change, &loss, at)).collect();
    session.store.refuse(&Rebuilt { refused: &aside, replaced: &[], written: None })?;
    session.renew_actor(host);
    Ok(count(&aside))
}

fn aside(document: &Document, change: RawChange, loss: &Loss, at: i64) -> Option<(SetAside, Vec<u8>)> {
    let code = loss.refused.get(&change.hash)?.code().to_owned();
    let edits = document.written(&change.hash);
    Some((SetAside { hash: change.hash, document: document.id(), code, at, edits }, change.bytes))
}

fn count(aside: &[(SetAside, Vec<u8>)]) -> u32 {
    u32::try_from(aside.len()).unwrap_or(u32::MAX)
}
