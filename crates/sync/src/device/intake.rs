//! From a pull answer to what is to be applied, with every claim of the answer checked.
//!
//! **Invariant:** a scope's cursor moves by one entry at a time, and never over a hole.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{DocumentId, EpochId, UnitId};

use crate::Hash;
use crate::batch::{BatchHeader, Mark, Signed, SignedBatch};
use crate::code::RefusalCode;
use crate::gate::{Outline, preparse};
use crate::pull::{Entry, EntryKind, Pull, PullRequest, PullState};
use crate::scope::Digest;
use crate::standing::Standing;

/// How far the device has each scope's log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursors {
    /// The life of the server's data set that the sequences are of; none before the first pull.
    pub epoch: Option<EpochId>,
    /// The last sequence of each scope.
    pub scopes: BTreeMap<UnitId, u64>,
}

impl Cursors {
    /// What to ask for: `config` is the version and the mark of the configuration that the device has, `standing` how the
    /// device stands, as far as it knows.
    pub fn request(
        &self,
        max_bytes: u32,
        (config_version, config_mark): (u64, Option<Mark>),
        standing: Option<Standing>,
    ) -> PullRequest {
        let cursors = self.scopes.iter().map(|(unit, seq)| (*unit, *seq)).collect();
        PullRequest { epoch: self.epoch, cursors, max_bytes, config_version, standing, config_mark }
    }

    /// Takes note of a push answer's place: if it is the next of its scope, it need not come back by a pull.
    pub fn settle(&mut self, epoch: EpochId, scope: UnitId, seq: u64) -> bool {
        match self.scopes.get_mut(&scope) {
            Some(cursor) if self.epoch == Some(epoch) && cursor.checked_add(1) == Some(seq) => {
                *cursor = seq;
                true
            }
            _ => false,
        }
    }
}

/// One thing to do, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Apply a change and remember its author's batch.
    Change {
        /// The scope and place.
        entry: Entry,
        /// What the change says of itself.
        outline: Box<Outline>,
    },
    /// The document left the scope: push what waits of it, then evict it.
    Left(DocumentId, UnitId),
    /// The document came into the scope.
    Entered(DocumentId, UnitId),
    /// Erase the document.
    Purge(DocumentId),
}

/// Something that should never happen: reported, and the scope waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A sequence was left out.
    Hole {
        /// The scope.
        scope: UnitId,
        /// The sequence that should have come.
        expected: u64,
        /// The one that came.
        found: u64,
    },
    /// An entry that is not a sound change of the batch it names.
    Unsound {
        /// The scope.
        scope: UnitId,
        /// The place.
        seq: u64,
        /// What is wrong.
        code: RefusalCode,
    },
    /// An entry of a scope that the device does not have.
    ForeignScope(UnitId),
    /// The scope's changes are not those that the server has.
    Digest {
        /// The scope.
        scope: UnitId,
        /// The server's.
        server: Digest,
        /// The device's.
        device: Digest,
    },
}

impl Problem {
    /// The code under which the words for people are found.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Hole { .. } => "log_hole",
            Self::Unsound { .. } => "log_unsound",
            Self::ForeignScope(_) => "log_foreign_scope",
            Self::Digest { .. } => "digest_mismatch",
        }
    }
}

/// What a pull answer comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// To do, in order, in one transaction with the cursors.
    pub steps: Vec<Step>,
    /// The batches that the steps name, with their headers.
    pub batches: Vec<(Hash, SignedBatch, BatchHeader)>,
    /// The cursors after the steps.
    pub cursors: Cursors,
    /// The server's data set has another life, or lost entries: offer everything that the device holds again.
    pub reoffer: bool,
    /// Scopes that the device had and has no more.
    pub lost: Vec<UnitId>,
    /// Another pull would bring more.
    pub more: bool,
    /// Another configuration, to be verified with the server's key.
    pub config: Option<Signed>,
    /// What should never happen.
    pub problems: Vec<Problem>,
}

/// Reads what a pull answer says.
pub fn take(cursors: &Cursors, pull: Pull) -> Taken {
    if pull.state.in_step {
        return Taken { config: pull.state.config, ..Taken::nothing(cursors.clone()) };
    }
    let (start, reoffer) = rebase(cursors, &pull.state);
    let lost = cursors.scopes.keys().filter(|unit| !start.scopes.contains_key(unit)).copied().collect();
    let batches: Vec<_> = pull.batches.into_iter().filter_map(named).collect();
    let mut intake = Intake {
        cursors: start,
        headers: batches.iter().map(|(id, _, header)| (*id, header)).collect(),
        stopped: BTreeSet::new(),
        steps: Vec::new(),
        problems: Vec::new(),
    };
    pull.entries.into_iter().for_each(|entry| intake.entry(entry));
    let Intake { cursors, steps, problems, stopped, .. } = intake;
    let behind = |unit: &UnitId, head: u64| cursors.scopes.get(unit).is_some_and(|seq| *seq < head);
    let more = pull
        .state
        .scopes
        .iter()
        .any(|state| behind(&state.unit, state.head) && !stopped.contains(&state.unit));
    Taken { steps, batches, cursors, reoffer, lost, more, config: pull.state.config, problems }
}

impl Taken {
    /// The logs are as the device has them.
    fn nothing(cursors: Cursors) -> Self {
        let (steps, batches, lost, problems) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { steps, batches, cursors, reoffer: false, lost, more: false, config: None, problems }
    }
}

fn named(batch: SignedBatch) -> Option<(Hash, SignedBatch, BatchHeader)> {
    let header = batch.header().ok()?;
    Some((batch.id(), batch, header))
}

/// The cursors that the answer's entries follow, and whether the server lost anything.
fn rebase(cursors: &Cursors, state: &PullState) -> (Cursors, bool) {
    let same_life = cursors.epoch == Some(state.epoch);
    let mut reoffer = cursors.epoch.is_some() && !same_life;
    let mut scopes = BTreeMap::new();
    for scope in &state.scopes {
        let had = cursors.scopes.get(&scope.unit).copied().filter(|_| same_life).unwrap_or(0);
        let lost_entries = had > scope.head;
        reoffer |= lost_entries;
        scopes.insert(scope.unit, if lost_entries { 0 } else { had });
    }
    (Cursors { epoch: Some(state.epoch), scopes }, reoffer)
}

struct Intake<'a> {
    cursors: Cursors,
    headers: BTreeMap<Hash, &'a BatchHeader>,
    stopped: BTreeSet<UnitId>,
    steps: Vec<Step>,
    problems: Vec<Problem>,
}

impl Intake<'_> {
    fn entry(&mut self, entry: Entry) {
        let (scope, seq) = (entry.scope, entry.seq);
        let Some(cursor) = self.cursors.scopes.get(&scope).copied() else {
            return self.stop(scope, Problem::ForeignScope(scope));
        };
        if self.stopped.contains(&scope) || seq <= cursor {
            return;
        }
        let expected = cursor + 1;
        if seq != expected {
            return self.stop(scope, Problem::Hole { scope, expected, found: seq });
        }
        match self.step(entry) {
            Ok(step) => {
                self.steps.push(step);
                self.cursors.scopes.insert(scope, seq);
            }
            Err(code) => self.stop(scope, Problem::Unsound { scope, seq, code }),
        }
    }

    fn stop(&mut self, scope: UnitId, problem: Problem) {
        if self.stopped.insert(scope) {
            self.problems.push(problem);
        }
    }

    fn step(&self, entry: Entry) -> Result<Step, RefusalCode> {
        Ok(match entry.kind {
            EntryKind::Left => Step::Left(entry.document, entry.scope),
            EntryKind::Entered => Step::Entered(entry.document, entry.scope),
            EntryKind::Purged => Step::Purge(entry.document),
            EntryKind::Change => {
                let outline = preparse(&entry.bytes)?;
                let header = entry.batch.and_then(|batch| self.headers.get(&batch));
                let header = header.ok_or(RefusalCode::UnknownSigner)?;
                header.placement(entry.document, &outline.hash).ok_or(RefusalCode::BadSignature)?;
                Step::Change { entry, outline: Box::new(outline) }
            }
        })
    }
}

/// Compares the digests of the scopes whose logs the device has completely.
pub fn compare(cursors: &Cursors, state: &PullState, device: impl Fn(UnitId) -> Digest) -> Vec<Problem> {
    let same_life = cursors.epoch == Some(state.epoch);
    let complete = state.scopes.iter().filter(|scope| cursors.scopes.get(&scope.unit) == Some(&scope.head));
    let differing = complete.filter(|_| same_life).filter_map(|scope| {
        let (server, device) = (scope.digest, device(scope.unit));
        (server != device).then_some(Problem::Digest { scope: scope.unit, server, device })
    });
    differing.collect()
}
