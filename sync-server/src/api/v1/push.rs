//! Push: every change that came whole is decided on and answered by its hash. A push may ask for a pull besides.
//!
//! **Invariant:** decision and storing are one transaction: what the gate saw is what the insert finds. An answer says
//! `stored` only after the commit.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Display;

use axum::extract::{Request, State};
use axum::response::Response;
use domain::id::{ActorId, DocumentId, EnrolmentId, TownId, UnitId};
use domain::user::Role;
use records::{Document, Hash};
use sync::code::RefusalCode;
use sync::gate::{KnownReview, Signer};
use sync::limits::BODY_MAX;
use sync::pull::PullWriter;
use sync::push::{Push, PushAnswer, Verdict};
use sync::server::{Decision, Found, Held, Shelf, decide};

use super::{answer, pull};
use crate::app::App;
use crate::auth::device::Device;
use crate::database::log::{Claim, Ledger, NewBatch, NewChange, Quarantined};
use crate::database::{DatabaseError, Outcome};
use crate::fault::{Code, Fault};
use crate::{body, clock, projection};

/// Configurations that one push may meet before it gives up: the office changes one at a time.
const CONFIGURATIONS_MET: usize = 8;

/// POST /v1/push
pub async fn push(State(app): State<App>, device: Device, request: Request) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    let received = body::read(&parts.headers, body, BODY_MAX).await?;
    let push = sync::push::read_push(&received.bytes)?;
    let _place = app.syncs.acquire().await.map_err(|_| Fault::of(Code::ServerBroken))?;
    app.blocking(move |app| meet(app, &device, &push)).await.map(answer)
}

/// Takes what was pushed, and brings what was asked for: what was there before, so that nobody gets back what they brought.
fn meet(app: &App, device: &Device, push: &Push) -> Result<Vec<u8>, Fault> {
    let carrier = &device.enrolment.id;
    let Some(request) = &push.pull else {
        return Ok(sync::push::answer_body(&told(app, carrier, push)?));
    };
    let state = pull::state(app, device, request)?;
    let told = told(app, carrier, push)?;
    pull::write(app, request, &state, PullWriter::after(Some(&told), &state, request.max_bytes))
}

fn told(app: &App, carrier: &dyn Display, push: &Push) -> Result<PushAnswer, Fault> {
    Ok(take(app, carrier, push)?.shortened(push.batches.iter().map(|(batch, _)| batch)))
}

/// Takes what was pushed, or brought in another way: decided on, stored and answered. `carrier` is for the log.
pub fn take(app: &App, carrier: &dyn Display, push: &Push) -> Result<PushAnswer, Fault> {
    for _ in 0..CONFIGURATIONS_MET {
        // a seal or a right that changed since this request began is met again by its next round
        let app = app.current()?;
        if let Some(told) = stored(&app, carrier, push)? {
            return Ok(told);
        }
    }
    Err(Fault::of(Code::ServerBroken))
}

/// Decides and stores under the configuration that `app` was read from; nothing if it is another one by now.
fn stored(app: &App, carrier: &dyn Display, push: &Push) -> Result<Option<PushAnswer>, Fault> {
    let now = clock::now();
    let mut told = None;
    app.database.write(now, &claims(push), &mut |ledger| {
        told = None;
        if ledger.version()? != app.identity.configuration_version {
            return Ok(());
        }
        let decision = decide(&mut Desk { app, ledger, office: false }, push)?;
        let seqs = store(ledger, &decision)?;
        told = Some(decision.answer(app.identity.epoch, now, |hash| seqs.get(hash).copied()));
        log(carrier, &decision);
        Ok(())
    })?;
    if told.is_none() {
        return Ok(None);
    }
    if let Err(fault) = projection::catch_up(app) {
        tracing::error!(%fault, "the views could not be brought up to date; they will be before they are read");
    }
    Ok(told)
}

/// The documents that the push speaks of, where its batches place them.
pub fn claims(push: &Push) -> Vec<Claim> {
    let mut claims = BTreeSet::new();
    for (batch, chunks) in &push.batches {
        let Ok(header) = batch.header() else { continue };
        let placed = chunks.iter().filter_map(|chunk| header.placement(chunk.document, &chunk.hash));
        claims.extend(placed.map(|place| (place.document, place.scope)));
    }
    claims.into_iter().map(|(document, scope)| Claim { document, scope }).collect()
}

fn log(carrier: &dyn Display, decision: &Decision) {
    let (admitted, refused) = (decision.admissions.len(), decision.quarantine.len());
    tracing::info!(%carrier, admitted, refused, other = decision.others.len(), cut = decision.cut, "push");
}

/// Puts into the logs what was decided; gives each change's sequence.
pub fn store(ledger: &mut dyn Ledger, decision: &Decision) -> Outcome<HashMap<Hash, u64>> {
    let mut seqs = HashMap::new();
    for admission in &decision.admissions {
        ledger.keep_batch(&batch(decision, &admission.batch)?)?;
        if ledger.placed(admission.document)?.is_none() {
            ledger.place(admission.document, admission.kind, admission.scope)?;
        }
        if let Some(owner) = admission.owner
            && ledger.owner(admission.actor)?.is_none()
        {
            ledger.claim(admission.actor, owner)?;
        }
        let seq = ledger.append(&NewChange {
            document: admission.document,
            scope: admission.scope,
            hash: admission.hash,
            actor: admission.actor,
            actor_seq: admission.actor_seq,
            proposal: admission.proposal,
            batch: admission.batch,
            bytes: &admission.bytes,
        })?;
        seqs.insert(admission.hash, seq);
    }
    let purged = Verdict::Refused { code: RefusalCode::Purged };
    // nothing is kept of who was purged
    for refused in decision.quarantine.iter().filter(|refused| refused.verdict != purged) {
        let code = match refused.verdict {
            Verdict::Refused { code } => code.code(),
            Verdict::MissingDeps => "missing_deps",
            _ => "equivocation",
        };
        let (document, hash, bytes) = (refused.document, refused.hash, refused.bytes.as_slice());
        let batch = batch(decision, &refused.batch)?;
        ledger.quarantine(&Quarantined { document, hash, batch, code, bytes })?;
    }
    Ok(seqs)
}

fn batch<'a>(decision: &'a Decision, id: &Hash) -> Outcome<NewBatch<'a>> {
    let unknown = || DatabaseError::Failed("a decision names a batch that it does not hold".to_owned());
    let (signed, header) = decision.batches.get(id).ok_or_else(unknown)?;
    Ok(NewBatch { signed, enrolment: header.enrolment, number: header.number })
}

/// What the decision reads, inside the transaction that stores it.
pub struct Desk<'a> {
    /// The town.
    pub app: &'a App,
    /// The log.
    pub ledger: &'a mut dyn Ledger,
    /// The office stands in for what the signer has no right to.
    pub office: bool,
}

impl Shelf for Desk<'_> {
    type Error = DatabaseError;

    fn town(&mut self) -> Outcome<TownId> {
        Ok(self.app.identity.town)
    }

    fn reviews(&mut self) -> Outcome<Vec<KnownReview>> {
        let reviews = self.app.town.reviews.iter().map(|(_, review)| review);
        Ok(reviews.map(|review| KnownReview { id: review.id, opinion: review.asks_opinion() }).collect())
    }

    fn signer(&mut self, enrolment: EnrolmentId) -> Outcome<Option<Signer>> {
        let enrolment = self.ledger.signer(enrolment)?;
        let Some(enrolment) = enrolment.filter(|it| self.office || it.revoked_at.is_none()) else {
            return Ok(None);
        };
        let Some(user) = self.app.town.user(enrolment.user) else { return Ok(None) };
        let (role, scopes) = match self.office {
            true => (Role::Office, self.app.town.scopes()),
            false => (user.role, user.scopes.clone()),
        };
        let former = self.app.town.former.get(&user.id).cloned().unwrap_or_default();
        let (enrolment, user, key) = (enrolment.id, user.id, enrolment.public_key);
        Ok(Some(Signer { enrolment, user, role, scopes, former, key }))
    }

    fn owner(&mut self, actor: ActorId) -> Outcome<Option<EnrolmentId>> {
        self.ledger.owner(actor)
    }

    fn sealed(&mut self, scope: UnitId) -> Outcome<bool> {
        let town = &self.app.town;
        Ok(town.current_review.is_some_and(|review| town.is_sealed(scope, review)))
    }

    fn find(&mut self, document: DocumentId) -> Outcome<Found> {
        let Some(placed) = self.ledger.placed(document)? else {
            // a log that was put back to before the document was in it still knows that it was purged
            let gone = self.ledger.is_condemned(document)?;
            return Ok(if gone { Found::Purged } else { Found::Nowhere });
        };
        if placed.purged {
            return Ok(Found::Purged);
        }
        let changes = self.ledger.changes(document)?;
        let former = if placed.moved { self.ledger.former(document)? } else { Vec::new() };
        let document = load(placed.kind, document, &changes)?;
        let held = Held { document, scope: placed.scope, former };
        Ok(Found::Held(Box::new(held)))
    }
}

/// A document from its changes in the log.
pub fn load(kind: records::Kind, id: DocumentId, changes: &[Vec<u8>]) -> Outcome<Document> {
    let loaded = Document::load(kind, id, changes.iter().map(Vec::as_slice));
    loaded.map_err(|error| DatabaseError::Damaged(format!("document {id}: {error}")))
}
