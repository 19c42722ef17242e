//! Taking a file: each change passes the gate that the server has, with what this device knows of people, keys and villages.
//!
//! What this device holds already, what it was told to erase or to set aside, and what is outside its villages is left out
//! before; the server has the last word on the rest.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::id::{ActorId, DocumentId, EnrolmentId, TownId, UnitId};
use records::{Hash, Kind};
use store::{Batch, Carried, Carrier, Holder, LogLine, Store, StoreError};
use sync::batch::{BatchHeader, SignedBatch};
use sync::bundle::{Bundle, Code, read};
use sync::gate::{KnownReview, Signer};
use sync::limits::BUNDLE_FILE_MAX;
use sync::push::{Chunk, Push, Verdict};
use sync::server::{Admission, Decision, Found, Held, Shelf, decide};

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::session::Session;
use crate::wire::bundle::{BroughtHousehold, BundleImport, BundleRefused, BundleReport};

/// Households that a report names.
const FIRST: usize = 20;

/// Takes a file.
pub(crate) fn import<H: Host>(app: &App<H>, form: BundleImport) -> Result<BundleReport, Fault> {
    if form.file.len() > BUNDLE_FILE_MAX.div_ceil(3) * 4 {
        return Err(ErrorCode::BundleTooLarge.into());
    }
    let file = STANDARD.decode(&form.file).map_err(|_| Fault::new(ErrorCode::NotABundle))?;
    let code = Code::typed(&form.code)?;
    let town = app.with(|session| Ok(session.town))?;
    // without the session: to stretch the code takes longer than all the rest
    let bundle = read(&file, &code, town)?;
    let now = app.host().now();
    app.with(|session| take(session, &bundle, now))
}

fn take(session: &mut Session, bundle: &Bundle, now: i64) -> Result<BundleReport, Fault> {
    let known = Known::of(session)?;
    let mut tally = Tally::default();
    session
        .store
        .carry(now, |carrier| bundle.pushes().try_for_each(|push| part(carrier, &known, push, &mut tally)))?;
    let report = report(session, bundle, tally)?;
    let counts = [("new", report.new), ("already", report.already), ("households", report.households)];
    let params = counts.map(|(name, count)| (name.to_owned(), count.to_string())).into();
    session.store.log(&LogLine { at: now, code: "bundle_taken".to_owned(), params })?;
    Ok(report)
}

/// What this device knows of the town.
struct Known {
    town: TownId,
    reviews: Vec<KnownReview>,
    signers: BTreeMap<EnrolmentId, Signer>,
    scopes: Vec<UnitId>,
}

impl Known {
    fn of(session: &Session) -> Result<Self, Fault> {
        let configuration = session.configuration()?;
        let person = |id| configuration.users.iter().chain([&configuration.user]).find(|user| user.id == id);
        let valid = configuration.enrolled.iter().filter(|enrolled| !enrolled.revoked);
        let signers = valid.filter_map(|enrolled| {
            let user = person(enrolled.user)?;
            let (enrolment, key) = (enrolled.id, enrolled.key.0);
            let (role, scopes, former) = (user.role, user.scopes.clone(), Vec::new());
            Some((enrolment, Signer { enrolment, user: user.id, role, scopes, former, key }))
        });
        Ok(Self {
            town: session.town,
            reviews: session.known_reviews()?,
            signers: signers.collect(),
            scopes: configuration.user.scopes.clone(),
        })
    }
}

/// What became of the changes of a file.
#[derive(Default)]
struct Tally {
    new: u32,
    already: BTreeSet<Hash>,
    missing: BTreeSet<Hash>,
    outside: BTreeSet<DocumentId>,
    brought: BTreeSet<DocumentId>,
    refused: BTreeMap<Hash, String>,
}

/// Takes one part: what an earlier one brought is there by now.
fn part(carrier: &mut Carrier<'_>, known: &Known, push: Push, tally: &mut Tally) -> Result<(), StoreError> {
    let push = sift(carrier.store(), known, push, tally)?;
    let decision = decide(&mut Desk { store: carrier.store(), known }, &push)?;
    for admission in &decision.admissions {
        keep(carrier, &decision, admission)?;
        tally.new += 1;
        if admission.kind == Kind::Household {
            tally.brought.insert(admission.document);
        }
    }
    for (hash, verdict) in &decision.others {
        match verdict {
            Verdict::MissingDeps => drop(tally.missing.insert(*hash)),
            Verdict::Refused { code } => drop(tally.refused.insert(*hash, code.code().to_owned())),
            Verdict::Equivocation => drop(tally.refused.insert(*hash, "equivocation".to_owned())),
            Verdict::Already | Verdict::Stored { .. } | Verdict::Proposal { .. } => {
                tally.already.insert(*hash);
            }
        }
    }
    Ok(())
}

/// Leaves out what needs no judgement, whoever signed it.
fn sift(store: &Store, known: &Known, push: Push, tally: &mut Tally) -> Result<Push, StoreError> {
    let mut batches = Vec::new();
    for (batch, chunks) in push.batches {
        let (mut kept, header): (Vec<Chunk>, _) = (Vec::new(), batch.header().ok());
        for chunk in chunks {
            if store.has_change(&chunk.hash)? {
                tally.already.insert(chunk.hash);
            } else if let Some(code) = store.refusal(&chunk.hash)? {
                tally.refused.insert(chunk.hash, code);
            } else if is_outside(store, known, header.as_ref(), &chunk)? {
                tally.outside.insert(chunk.document);
            } else {
                kept.push(chunk);
            }
        }
        batches.push((batch, kept));
    }
    Ok(Push { batches, ..push })
}

/// True for a document that is not in one of the person's villages: not by what the server said, or where the server said
/// nothing, not by its signer.
fn is_outside(
    store: &Store,
    known: &Known,
    header: Option<&BatchHeader>,
    chunk: &Chunk,
) -> Result<bool, StoreError> {
    let scope = match store.find(chunk.document)? {
        Some(row) if row.departed => return Ok(true),
        Some(row) => Some(row.scope),
        None => header.and_then(|it| it.placement(chunk.document, &chunk.hash)).map(|place| place.scope),
    };
    Ok(scope.is_some_and(|scope| !known.scopes.contains(&scope)))
}

fn keep(carrier: &mut Carrier<'_>, decision: &Decision, admission: &Admission) -> Result<(), StoreError> {
    let named = decision.batches.get(&admission.batch).ok_or(StoreError::Row("bundle.batch"))?;
    let (SignedBatch(signed), header) = named;
    let (header_bytes, signature) = (signed.bytes.clone(), signed.signature);
    let holder = Holder { user: header.user, enrolment: header.enrolment };
    carrier.keep(&Carried {
        document: admission.document,
        kind: admission.kind,
        scope: admission.scope,
        hash: admission.hash,
        bytes: &admission.bytes,
        batch: &Batch { id: admission.batch, header: header_bytes, signature },
        holder: admission.owner.map(|_| (admission.actor, holder)),
    })
}

/// What a decision reads here: what the device holds, and what it knows of the town.
struct Desk<'a> {
    store: &'a Store,
    known: &'a Known,
}

impl Shelf for Desk<'_> {
    type Error = StoreError;

    fn town(&mut self) -> Result<TownId, StoreError> {
        Ok(self.known.town)
    }

    fn reviews(&mut self) -> Result<Vec<KnownReview>, StoreError> {
        Ok(self.known.reviews.clone())
    }

    fn signer(&mut self, enrolment: EnrolmentId) -> Result<Option<Signer>, StoreError> {
        Ok(self.known.signers.get(&enrolment).cloned())
    }

    fn owner(&mut self, actor: ActorId) -> Result<Option<EnrolmentId>, StoreError> {
        Ok(self.store.holder(actor)?.map(|holder| holder.enrolment))
    }

    /// Whether it will be a proposal is the server's to say.
    fn sealed(&mut self, _: UnitId) -> Result<bool, StoreError> {
        Ok(false)
    }

    fn find(&mut self, document: DocumentId) -> Result<Found, StoreError> {
        if self.store.is_purged(document)? {
            return Ok(Found::Purged);
        }
        let Some(row) = self.store.find(document)? else { return Ok(Found::Nowhere) };
        let Some(document) = self.store.document(&row)? else { return Ok(Found::Nowhere) };
        Ok(Found::Held(Box::new(Held { document, scope: row.scope, former: Vec::new() })))
    }
}

fn report(session: &Session, bundle: &Bundle, tally: Tally) -> Result<BundleReport, Fault> {
    let configuration = session.configuration()?;
    let writer = configuration.enrolled.iter().find(|enrolled| enrolled.id == bundle.header.enrolment);
    let by = writer.and_then(|it| configuration.users.iter().find(|user| user.id == it.user));
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let households = tally.brought.iter().map(|id| {
        let name = session.store.household_name(*id)?;
        Ok(BroughtHousehold { id: *id, name })
    });
    let mut first: Vec<BroughtHousehold> = households.collect::<Result<_, StoreError>>()?;
    first.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    first.truncate(FIRST);
    let mut refused: BTreeMap<String, u32> = BTreeMap::new();
    tally.refused.into_values().for_each(|code| *refused.entry(code).or_default() += 1);
    Ok(BundleReport {
        by: by.map(|user| user.name.clone()),
        made_at: bundle.header.made_at,
        new: tally.new,
        already: count(tally.already.len()),
        missing: count(tally.missing.len()),
        outside: count(tally.outside.len()),
        households: count(tally.brought.len()),
        first,
        refused: refused.into_iter().map(|(code, count)| BundleRefused { code, count }).collect(),
    })
}
