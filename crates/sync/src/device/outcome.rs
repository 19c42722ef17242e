//! What becomes of each change that was sent, by the answer that names it.
//!
//! **Invariant:** a change that the answer does not name stays in the outbox.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::UnitId;
use records::RawChange;

use super::offer::Offer;
use crate::Hash;
use crate::code::RefusalCode;
use crate::gate::preparse;
use crate::push::{PushAnswer, Verdict};

/// What is to be done with one outbox entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the log: the outbox row ends.
    Settled {
        /// Where, if the answer says so.
        place: Option<(UnitId, u64)>,
        /// It waits for the office's acceptance.
        proposal: bool,
    },
    /// The server lacks something that it depends on: offer its [`ancestors`] again, then this.
    SendAncestors,
    /// Set it aside, rebuild the document without it, make later edits again, show it to the officer.
    SetAside(RefusalCode),
    /// The edit is sound but its place is taken, or its ground was set aside: make it again under a new actor.
    Remake,
    /// The answer does not name it: it waits.
    Waits,
}

/// The outcome of every change that was sent.
pub fn outcomes(sent: &[Offer], answer: &PushAnswer) -> Vec<(Hash, Outcome)> {
    let verdicts: BTreeMap<Hash, Verdict> =
        answer.answers.iter().map(|answer| (answer.hash, answer.verdict)).collect();
    let mut gone: BTreeSet<Hash> = BTreeSet::new();
    let mut outcomes = Vec::with_capacity(sent.len());
    for offer in sent {
        let on_gone = || depends_on(offer, &gone);
        let outcome = match verdicts.get(&offer.hash) {
            None => Outcome::Waits,
            Some(Verdict::Stored { scope, seq }) => {
                Outcome::Settled { place: Some((*scope, *seq)), proposal: false }
            }
            Some(Verdict::Proposal { scope, seq }) => {
                Outcome::Settled { place: Some((*scope, *seq)), proposal: true }
            }
            Some(Verdict::Already) => Outcome::Settled { place: None, proposal: false },
            Some(Verdict::Refused { code }) => Outcome::SetAside(*code),
            Some(Verdict::Equivocation) => Outcome::Remake,
            Some(Verdict::MissingDeps) if on_gone() => Outcome::Remake,
            Some(Verdict::MissingDeps) => Outcome::SendAncestors,
        };
        if matches!(outcome, Outcome::SetAside(_) | Outcome::Remake) {
            gone.insert(offer.hash);
        }
        outcomes.push((offer.hash, outcome));
    }
    outcomes
}

fn depends_on(offer: &Offer, gone: &BTreeSet<Hash>) -> bool {
    preparse(&offer.bytes).is_ok_and(|outline| outline.deps.iter().any(|dep| gone.contains(dep)))
}

/// Everything that a change of a document depends on, in causal order, the change itself last.
pub fn ancestors<'a>(changes: &'a [RawChange], hash: &Hash) -> Vec<&'a RawChange> {
    let by_hash: BTreeMap<&Hash, &RawChange> = changes.iter().map(|change| (&change.hash, change)).collect();
    let mut found = BTreeSet::new();
    let mut open = vec![*hash];
    while let Some(next) = open.pop() {
        if let Some(change) = by_hash.get(&next)
            && found.insert(next)
        {
            open.extend(&change.deps);
        }
    }
    // Counters grow along dependencies, so their order is a causal one.
    let mut ancestors: Vec<&RawChange> =
        changes.iter().filter(|change| found.contains(&change.hash)).collect();
    ancestors.sort_by_key(|change| (change.start_op, change.hash));
    ancestors
}
