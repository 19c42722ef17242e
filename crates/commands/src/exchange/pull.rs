//! Pulling: ask for what comes after the cursors, take it in one transaction with the new cursors, ask again.

use std::collections::BTreeMap;

use domain::id::UnitId;
use records::Kind;
use store::{Arrival, Batch, Delivery, Fact, Holder};
use sync::device::{Cursors, Problem, Step, Taken, compare, take};
use sync::pull::{Pull, PullRequest, PullState, ScopeState, read_pull, request_body};
use sync::push::PushAnswer;
use sync::scope::Digest;
use sync::standing::standing;

use super::Exchange;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::server::{Path, ask};
use crate::session::{Session, id, signed_configuration};

/// Seconds between two times that everything is compared from the beginning: it costs as much as a first sync.
const START_OVER_PAUSE: i64 = 24 * 60 * 60;
/// Bytes of an answer that a device asks for: half a minute on a weak line.
const PULL_BYTES: u32 = 256 * 1024;

/// What is asked, and the cursors that the answer's entries follow.
pub(super) struct Question {
    cursors: Cursors,
    pub request: PullRequest,
}

/// An answer whose entries the device has taken.
pub(super) struct Page {
    asked: Cursors,
    state: PullState,
    taken: Taken,
}

impl Page {
    /// The page when the push that it came with was stored.
    pub fn after(mut self, push: &PushAnswer) -> Self {
        self.state = self.state.after(push);
        self
    }
}

impl<H: Host> Exchange<'_, H> {
    /// Pulls until the server has nothing more.
    pub(super) fn pull(&mut self) -> Result<(), Fault> {
        loop {
            self.round()?;
            let question = self.question()?;
            let token = Some(self.token.as_str());
            let body = request_body(&question.request);
            let pulled = ask(self.app, &self.server, Path::Pull, token, &body, read_pull)?;
            if let Some(page) = self.receives(&question, pulled)?
                && self.concludes(page)?
            {
                return Ok(());
            }
        }
    }

    /// What the device would ask now. The first time in a sync it says how it stands.
    pub(super) fn question(&mut self) -> Result<Question, Fault> {
        let compares = !std::mem::replace(&mut self.compared, true);
        self.app.with(|session| question(session, compares))
    }

    /// Takes what an answer brings; nothing if the device has to read everything anew.
    pub(super) fn receives(&mut self, question: &Question, pulled: Pull) -> Result<Option<Page>, Fault> {
        if pulled.state.in_step && question.request.standing.is_none() {
            return Err(ErrorCode::DamagedAnswer.into());
        }
        self.server_time = Some(pulled.state.server_time);
        let state = pulled.state.clone();
        let taken = take(&question.cursors, pulled);
        let app = self.app;
        match app.with(|session| Ok(receive(session, app.host(), &taken, state.server_time)))? {
            // put back to an older copy, and grown again since by what others wrote
            Err(fault) if fault.code == ErrorCode::LogGap && self.may_start_over(&state)? => {
                self.start_over(&state)?;
                self.reoffer = true;
                return Ok(None);
            }
            received => received?,
        }
        self.report.pulled += u32::try_from(taken.steps.len()).unwrap_or(u32::MAX);
        self.reoffer |= taken.reoffer;
        taken.problems.iter().for_each(|problem| self.problem(fault(problem)));
        Ok(Some(Page { asked: question.cursors.clone(), state, taken }))
    }

    /// Says whether that was everything, and compares what both ends hold if it was.
    pub(super) fn concludes(&mut self, page: Page) -> Result<bool, Fault> {
        let Page { asked, state, taken } = page;
        if taken.more {
            let nothing = taken.steps.is_empty() && taken.cursors == asked;
            return if nothing { Err(ErrorCode::NoProgress.into()) } else { Ok(false) };
        }
        // where a log stopped short, nothing follows from what it does not say
        if taken.problems.is_empty() {
            self.app.with(|session| Ok(session.store.read_through(state.server_time)?))?;
        }
        let differences = self.compare(&taken.cursors, &state)?;
        if differences.is_empty() {
            self.app.with(|session| Ok(session.store.in_step()?))?;
        }
        if differences.is_empty() || !self.may_start_over(&state)? {
            differences.iter().for_each(|problem| self.problem(fault(problem)));
            return Ok(true);
        }
        // A server that was put back to an older copy without a new epoch: its log may be as long as before.
        self.start_over(&state)?;
        self.reoffer = true;
        Ok(false)
    }

    /// A difference that starting over has not mended is not mended by doing it again at once.
    fn may_start_over(&self, state: &PullState) -> Result<bool, Fault> {
        let last = self.app.with(|session| Ok(session.store.fact(Fact::StartedOver)?))?;
        let last: Option<[u8; 8]> = last.and_then(|bytes| bytes.try_into().ok());
        let since = last.map(|last| state.server_time - i64::from_be_bytes(last));
        Ok(since.is_none_or(|since| !(0..START_OVER_PAUSE).contains(&since)))
    }

    fn start_over(&self, state: &PullState) -> Result<(), Fault> {
        let at = self.app.host().now();
        self.app.with(|session| Ok(session.store.start_over(at, state.server_time)?))
    }

    /// Compares what device and server hold.
    fn compare(&self, cursors: &Cursors, state: &PullState) -> Result<Vec<Problem>, Fault> {
        if state.in_step {
            return Ok(Vec::new());
        }
        let digests = self.app.with(|session| digests(session, cursors))?;
        Ok(compare(cursors, state, |unit| digests.get(&unit).copied().unwrap_or_default()))
    }
}

/// What the device holds of what the server has told, by scope.
fn digests(session: &Session, cursors: &Cursors) -> Result<BTreeMap<UnitId, Digest>, Fault> {
    let units = cursors.scopes.keys();
    units.map(|unit| Ok((*unit, Digest::of(&session.store.settled(*unit)?)))).collect()
}

fn question(session: &Session, compares: bool) -> Result<Question, Fault> {
    let epoch = session.store.fact(Fact::Epoch)?.map(|_| id(&session.store, Fact::Epoch)).transpose()?;
    let epoch = epoch.map(domain::id::EpochId);
    let cursors = Cursors { epoch, scopes: session.store.cursors()?.into_iter().collect() };
    let version = session.configuration()?.version;
    let standing = match epoch.filter(|_| compares) {
        Some(epoch) => {
            let digests = digests(session, &cursors)?;
            let both = cursors.scopes.iter().zip(digests.values());
            let scopes: Vec<ScopeState> = both
                .map(|((unit, head), digest)| ScopeState { unit: *unit, head: *head, digest: *digest })
                .collect();
            Some(standing(epoch, version, &scopes))
        }
        None => None,
    };
    let mark = session.store.fact(Fact::ConfigurationMark)?.and_then(|bytes| bytes.try_into().ok());
    // one that was taken by an older app has no mark, and is asked for once more
    let known = if mark.is_some() { version } else { 0 };
    let request = cursors.request(PULL_BYTES, (known, mark), standing);
    Ok(Question { cursors, request })
}

/// Takes what came: the configuration first, because what lists show is computed from it.
fn receive(session: &mut Session, host: &impl Host, taken: &Taken, at: i64) -> Result<(), Fault> {
    if let Some(signed) = &taken.config {
        let configuration = signed_configuration(signed, &id(&session.store, Fact::ServerKey)?)?;
        let own = session.configuration()?;
        let same = configuration.town == own.town && configuration.user.id == own.user.id;
        if !same {
            return Err(ErrorCode::DamagedConfiguration.into());
        }
        // an older one as well: the server was put back, and the device reads what it is given by what the server knows
        session.store.configure(configuration, &signed.mark())?;
    }
    // Before the entries, so that what is among them does not wait; a crash in between comes here again.
    if taken.reoffer {
        session.store.offer_all(host.now())?;
    }
    Ok(session.store.receive(&delivery(taken, at)?)?)
}

fn delivery(taken: &Taken, at: i64) -> Result<Delivery, Fault> {
    let mut delivery = Delivery {
        batches: Vec::new(),
        actors: Vec::new(),
        arrivals: taken.steps.iter().map(arrival).collect::<Result<_, _>>()?,
        cursors: taken.cursors.scopes.iter().map(|(unit, sequence)| (*unit, *sequence)).collect(),
        epoch: taken.cursors.epoch.ok_or_else(|| Fault::new(ErrorCode::DamagedAnswer))?,
        at,
    };
    for (hash, batch, header) in &taken.batches {
        let (bytes, signature) = (batch.0.bytes.clone(), batch.0.signature);
        delivery.batches.push(Batch { id: *hash, header: bytes, signature });
        let holder = Holder { user: header.user, enrolment: header.enrolment };
        delivery.actors.extend(header.actors.iter().map(|actor| (*actor, holder)));
    }
    Ok(delivery)
}

fn arrival(step: &Step) -> Result<Arrival, Fault> {
    Ok(match step {
        Step::Change { entry, outline } => Arrival::Change {
            scope: entry.scope,
            sequence: entry.seq,
            document: entry.document,
            kind: Kind::of_number(entry.doc_kind).ok_or_else(|| Fault::new(ErrorCode::OldVersion))?,
            hash: outline.hash,
            bytes: entry.bytes.clone(),
            batch: entry.batch,
        },
        Step::Left(document, scope) => Arrival::Left(*document, *scope),
        Step::Entered(document, scope) => Arrival::Entered(*document, *scope),
        Step::Purge(document) => Arrival::Purged(*document),
    })
}

fn fault(problem: &Problem) -> Fault {
    match problem {
        Problem::Hole { scope, expected, found } => Fault::new(ErrorCode::LogHole)
            .with("scope", scope)
            .with("expected", expected)
            .with("found", found),
        Problem::Unsound { scope, seq, code } => {
            Fault::new(ErrorCode::LogUnsound).with("scope", scope).with("sequence", seq).with("reason", code)
        }
        Problem::ForeignScope(scope) => Fault::new(ErrorCode::LogForeignScope).with("scope", scope),
        Problem::Digest { scope, server, device } => Fault::new(ErrorCode::DigestMismatch)
            .with("scope", scope)
            .with("server", server.count)
            .with("device", device.count),
    }
}
