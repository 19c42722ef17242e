//! Pushing: sign what no batch names yet, send, and act on what the answer says of each change.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::DocumentId;
use records::Hash;
use store::{Acknowledged, Batch, Unsent};
use sync::batch::{Signed, SignedBatch};
use sync::code::RefusalCode;
use sync::device::{Author, Offer, Outcome, PushBody, bodies, outcomes, sign, with_chunks};
use sync::push::{Chunk, PushAnswer, read_answer_and_pull};

use super::Exchange;
use super::pull::Question;
use super::rebuild::{Loss, Reason, rebuild};
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::server::{Path, ask};
use crate::session::Session;

/// Bytes of changes that are taken from the outbox at a time.
const TAKEN_BYTES: usize = 256 * 1024;

/// Changes on their way, and the question that goes along with the last of them.
struct Ready {
    bodies: Vec<PushBody>,
    offers: BTreeMap<Hash, Offer>,
    question: Question,
}

impl<H: Host> Exchange<'_, H> {
    /// Pushes until nothing waits; says whether everything was pulled on the way. Changes of which nothing comes go on
    /// waiting, and hold back nothing else.
    pub(super) fn push(&mut self) -> Result<bool, Fault> {
        let mut pulled = false;
        loop {
            let Some(ready) = self.prepare()? else { return Ok(pulled) };
            let mut progress = false;
            for body in &ready.bodies {
                let (moved, again);
                (moved, again, pulled) = self.send(&ready, body)?;
                progress |= moved;
                if again {
                    break;
                }
            }
            if !progress {
                self.problem(ErrorCode::NoProgress.into());
                return Ok(pulled);
            }
        }
    }

    /// Sends one body. Says whether anything came of it, whether the outbox has to be read again, and whether everything was
    /// pulled.
    fn send(&mut self, ready: &Ready, body: &PushBody) -> Result<(bool, bool, bool), Fault> {
        self.round()?;
        let token = Some(self.token.as_str());
        let read = |told: &[u8]| read_answer_and_pull(told, &body.batches);
        let (answer, pull) = ask(self.app, &self.server, Path::Push, token, &body.body, read)?;
        let sent: Vec<Offer> =
            body.hashes.iter().filter_map(|hash| ready.offers.get(hash).cloned()).collect();
        // what was there before comes first: then the places of what was pushed are the next ones
        let page = match pull.filter(|_| body.pulls) {
            Some(pull) => self.receives(&ready.question, pull),
            None => Ok(None),
        };
        let (moved, again) = self.heard(&sent, &answer)?;
        let pulled = match page?.filter(|_| !again) {
            Some(page) => self.concludes(page.after(&answer))?,
            None => false,
        };
        Ok((moved, again, pulled))
    }

    /// The next bodies; none if nothing waits. Changes that no server would take are set aside here.
    fn prepare(&mut self) -> Result<Option<Ready>, Fault> {
        let app = self.app;
        let (waiting, refused) = app.with(|session| {
            let unsent = session.store.unsent(TAKEN_BYTES)?;
            let unsendable = enclose(session, &unsent)?;
            let refused = set_aside(session, app.host(), &unsent, unsendable)?;
            Ok((waiting(session)?, refused))
        })?;
        self.report.refused += refused;
        if waiting.is_empty() {
            return Ok(None);
        }
        let question = self.question()?;
        let bodies = bodies(&waiting.batches(), Some(&question.request));
        let offers = waiting.offers.into_iter().map(|(_, offer)| (offer.hash, offer)).collect();
        Ok(Some(Ready { bodies, offers, question }))
    }

    /// Acts on an answer. Says whether anything came of it, and whether the outbox has to be read again.
    fn heard(&mut self, sent: &[Offer], answer: &PushAnswer) -> Result<(bool, bool), Fault> {
        let app = self.app;
        self.server_time = Some(answer.server_time);
        let outcomes = outcomes(sent, answer);
        let documents: BTreeMap<Hash, DocumentId> =
            sent.iter().map(|offer| (offer.hash, offer.document)).collect();
        self.report.pushed += count(&outcomes, |outcome| *outcome != Outcome::Waits);
        self.report.stored += count(&outcomes, |outcome| {
            matches!(outcome, Outcome::Settled { place: Some(_), proposal: false })
        });
        self.report.already +=
            count(&outcomes, |outcome| matches!(outcome, Outcome::Settled { place: None, .. }));
        self.report.proposals +=
            count(&outcomes, |outcome| matches!(outcome, Outcome::Settled { proposal: true, .. }));
        let losses = losses(&outcomes, &documents);
        let wanted: BTreeSet<DocumentId> = outcomes
            .iter()
            .filter(|(_, outcome)| *outcome == Outcome::SendAncestors)
            .filter_map(|(hash, _)| documents.get(hash).copied())
            .filter(|document| !losses.contains_key(document) && !self.offered.contains(document))
            .collect();
        let refused = app.with(|session| {
            settle(session, &outcomes, answer)?;
            let refused = lose(session, app.host(), &losses)?;
            wanted.iter().try_for_each(|document| offer_again(session, app.host(), *document))?;
            Ok(refused)
        })?;
        self.report.refused += refused;
        let settled = outcomes.iter().any(|(_, outcome)| matches!(outcome, Outcome::Settled { .. }));
        let again = !losses.is_empty() || !wanted.is_empty();
        self.offered.extend(wanted);
        Ok((settled || again, again))
    }
}

fn count(outcomes: &[(Hash, Outcome)], which: impl Fn(&Outcome) -> bool) -> u32 {
    u32::try_from(outcomes.iter().filter(|(_, outcome)| which(outcome)).count()).unwrap_or(u32::MAX)
}

/// A change as it is offered.
pub(crate) fn offer(unsent: &Unsent) -> Offer {
    Offer {
        document: unsent.document,
        kind: unsent.kind.number(),
        scope: unsent.scope,
        hash: unsent.hash,
        bytes: unsent.bytes.clone(),
    }
}

/// Signs everything that no batch names yet. What no server would take stays as it is until the next sync says so.
pub(crate) fn enclose_all(session: &mut Session) -> Result<(), Fault> {
    let unsigned = session.store.unsigned()?;
    enclose(session, &unsigned).map(|_| ())
}

/// A stored batch as it was signed.
pub(crate) fn signed_batch(batch: Batch) -> SignedBatch {
    SignedBatch(Signed { bytes: batch.header, signature: batch.signature })
}

/// Signs what no batch names yet and stores the batches. Returns what no server would take.
fn enclose(session: &mut Session, unsent: &[Unsent]) -> Result<Vec<(Hash, RefusalCode)>, Fault> {
    let offers: Vec<Offer> = unsent.iter().filter(|one| one.batch.is_none()).map(offer).collect();
    if offers.is_empty() {
        return Ok(Vec::new());
    }
    let actors = session.store.actors_of(session.enrolment)?.into_iter().collect();
    let author = Author {
        town: session.town,
        enrolment: session.enrolment,
        user: session.user()?.id,
        incarnation: session.incarnation,
        actors: &actors,
        next_number: session.store.next_batch_number()?,
    };
    let signing = sign(&offers, &author, &session.key);
    for new in &signing.batches {
        let SignedBatch(Signed { bytes, signature }) = new.batch.clone();
        let batch = Batch { id: new.id, header: bytes, signature };
        session.store.enclose(&batch, new.number, &new.hashes)?;
    }
    Ok(signing.unsendable)
}

/// What waits, each with the batch that it travels in.
struct Waiting {
    offers: Vec<(Hash, Offer)>,
    batches: BTreeMap<Hash, SignedBatch>,
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.offers.is_empty()
    }

    fn batches(&self) -> Vec<(SignedBatch, Vec<Chunk>)> {
        with_chunks(&self.batches, &self.offers)
    }
}

/// Everything that waits, up to the limit, with the batches that it travels in.
fn waiting(session: &Session) -> Result<Waiting, Fault> {
    let mut batches = BTreeMap::new();
    let mut offers: Vec<(Hash, Offer)> = Vec::new();
    for one in session.store.unsent(TAKEN_BYTES)? {
        let Some(id) = one.batch else { continue };
        if !batches.contains_key(&id)
            && let Some(batch) = session.store.batch(&id)?
        {
            batches.insert(id, signed_batch(batch));
        }
        offers.push((id, offer(&one)));
    }
    Ok(Waiting { offers, batches })
}

/// Ends the outbox rows of what the server has.
fn settle(session: &mut Session, outcomes: &[(Hash, Outcome)], answer: &PushAnswer) -> Result<(), Fault> {
    let epoch = session.store.fact(store::Fact::Epoch)?;
    let same_life = epoch.is_some_and(|epoch| epoch == answer.epoch.bytes());
    let settled = outcomes.iter().filter_map(|(hash, outcome)| match outcome {
        Outcome::Settled { place, .. } => {
            Some(Acknowledged { hash: *hash, place: place.filter(|_| same_life) })
        }
        _ => None,
    });
    Ok(session.store.acknowledge(&settled.collect::<Vec<_>>())?)
}

/// What each document loses.
fn losses(
    outcomes: &[(Hash, Outcome)],
    documents: &BTreeMap<Hash, DocumentId>,
) -> BTreeMap<DocumentId, Loss> {
    let mut losses: BTreeMap<DocumentId, Loss> = BTreeMap::new();
    for (hash, outcome) in outcomes {
        let Some(document) = documents.get(hash) else { continue };
        match outcome {
            Outcome::SetAside(code) => {
                losses.entry(*document).or_default().refused.insert(*hash, Reason::Refused(*code));
            }
            Outcome::Remake => {
                losses.entry(*document).or_default().displaced.insert(*hash);
            }
            _ => {}
        }
    }
    losses
}

/// Rebuilds the documents that lose something; says how many changes were set aside.
fn lose(session: &mut Session, host: &impl Host, losses: &BTreeMap<DocumentId, Loss>) -> Result<u32, Fault> {
    let mut refused = 0;
    for (document, loss) in losses {
        refused += rebuild(session, host, *document, loss)?;
    }
    Ok(refused)
}

fn set_aside(
    session: &mut Session,
    host: &impl Host,
    unsent: &[Unsent],
    unsendable: Vec<(Hash, RefusalCode)>,
) -> Result<u32, Fault> {
    let documents = unsent.iter().map(|one| (one.hash, one.document)).collect();
    let outcomes: Vec<(Hash, Outcome)> =
        unsendable.into_iter().map(|(hash, code)| (hash, Outcome::SetAside(code))).collect();
    lose(session, host, &losses(&outcomes, &documents))
}

fn offer_again(session: &mut Session, host: &impl Host, id: DocumentId) -> Result<(), Fault> {
    let Some(row) = session.store.find(id)? else { return Ok(()) };
    let Some(document) = session.store.document(&row)? else { return Ok(()) };
    Ok(session.store.offer_again(&document, host.now())?)
}
