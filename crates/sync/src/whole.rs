//! One verdict for all changes of a batch: a day's work is mostly stored as it was sent, and a hash for each change is what
//! an answer would consist of.
//!
//! **Invariant:** a batch is named by the hash of its header, which names every change by its hash; spelling out what was
//! shortened gives the same verdicts.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

use crate::Hash;
use crate::batch::SignedBatch;
use crate::push::{Answer, PushAnswer, Verdict};

/// What became of every change that a batch names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Whole {
    /// The batch's id.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub batch: Hash,
    /// The verdict on the first change that the batch names. The others have the same one, with the sequences that follow
    /// in the order in which the batch names them.
    #[n(1)]
    pub verdict: Verdict,
}

impl PushAnswer {
    /// The answer with one verdict for each of these batches whose changes share it.
    #[must_use]
    pub fn shortened<'b>(mut self, pushed: impl IntoIterator<Item = &'b SignedBatch>) -> Self {
        let verdicts: BTreeMap<Hash, Verdict> =
            self.answers.iter().map(|answer| (answer.hash, answer.verdict)).collect();
        let mut said = BTreeSet::new();
        for batch in pushed {
            let Ok(header) = batch.header() else { continue };
            let hashes: Vec<Hash> = header.hashes().copied().collect();
            if hashes.len() < 2 || hashes.iter().any(|hash| said.contains(hash)) {
                continue;
            }
            if let Some(verdict) = shared(&hashes, &verdicts) {
                self.wholes.push(Whole { batch: batch.id(), verdict });
                said.extend(hashes);
            }
        }
        self.answers.retain(|answer| !said.contains(&answer.hash));
        self
    }

    /// The answer with a verdict for each change of the batches that were sent. Of a batch that was not sent nothing is said.
    #[must_use]
    pub fn spelt_out<'b>(mut self, sent: impl IntoIterator<Item = &'b SignedBatch>) -> Self {
        let wholes: BTreeMap<Hash, Verdict> =
            self.wholes.drain(..).map(|whole| (whole.batch, whole.verdict)).collect();
        if wholes.is_empty() {
            return self;
        }
        for batch in sent {
            let (Some(first), Ok(header)) = (wholes.get(&batch.id()), batch.header()) else { continue };
            let verdicts = (0..).map_while(|nth| later(*first, nth));
            let answers =
                header.hashes().zip(verdicts).map(|(hash, verdict)| Answer { hash: *hash, verdict });
            self.answers.extend(answers);
        }
        self
    }
}

/// The verdict on the first of these changes, if the others have the same.
fn shared(hashes: &[Hash], verdicts: &BTreeMap<Hash, Verdict>) -> Option<Verdict> {
    let first = *verdicts.get(hashes.first()?)?;
    let alike = (0..).zip(hashes).all(|(nth, hash)| verdicts.get(hash).copied() == later(first, nth));
    alike.then_some(first)
}

/// The verdict on the change that comes so many later; none beyond the last sequence.
fn later(first: Verdict, nth: u64) -> Option<Verdict> {
    Some(match first {
        Verdict::Stored { scope, seq } => Verdict::Stored { scope, seq: seq.checked_add(nth)? },
        Verdict::Proposal { scope, seq } => Verdict::Proposal { scope, seq: seq.checked_add(nth)? },
        same => same,
    })
}

#[cfg(test)]
mod tests {
    use domain::id::{DocumentId, EpochId, UnitId};
    use domain::user::Role;
    use proptest::prelude::*;
    use records::{Document, Kind};

    use super::*;
    use crate::code::RefusalCode;
    use crate::fixture::{EPOCH, NOW, OTHER_VILLAGE, VILLAGE, offers, officer, text};
    use crate::wire;

    const BATCH: Hash = [8; 32];

    /// Batches of two households each, and what they name.
    fn batches() -> Vec<(SignedBatch, Vec<Hash>)> {
        let officer = officer(20, Role::Collector);
        let household = |nth: u8| {
            let mut document = Document::create(Kind::Household, DocumentId::new([nth; 16]));
            officer.save(&mut document, &[("place/address", text("Ngõ 4"))]);
            offers(&document)
        };
        let batch = |first: u8| {
            let both: Vec<_> = (first..first + 2).flat_map(household).collect();
            let batch = officer.batches(&both).remove(0).0;
            let hashes = batch.header().unwrap().hashes().copied().collect();
            (batch, hashes)
        };
        [batch(30), batch(40)].into()
    }

    fn answer(answers: Vec<Answer>) -> PushAnswer {
        PushAnswer { epoch: EPOCH, answers, cut: false, server_time: NOW, wholes: vec![] }
    }

    fn stored(scope: UnitId, seq: u64) -> Verdict {
        Verdict::Stored { scope, seq }
    }

    fn said(answer: &PushAnswer) -> BTreeMap<Hash, Verdict> {
        answer.answers.iter().map(|answer| (answer.hash, answer.verdict)).collect()
    }

    #[test]
    fn a_batch_that_was_stored_as_it_was_sent_is_named_once() {
        let batches = batches();
        let (batch, hashes) = &batches[0];
        let alone = Answer { hash: [1; 32], verdict: Verdict::Already };
        let each = (7..).zip(hashes).map(|(seq, hash)| Answer { hash: *hash, verdict: stored(VILLAGE, seq) });
        let whole = answer(each.chain([alone]).collect());
        let short = whole.clone().shortened([batch]);
        assert_eq!(short.wholes, [Whole { batch: batch.id(), verdict: stored(VILLAGE, 7) }]);
        assert_eq!(short.answers, [alone]);
        assert_eq!(said(&short.clone().spelt_out([batch])), said(&whole));
        let other = &batches[1].0;
        assert_eq!(short.spelt_out([other]).answers, [alone], "nothing is said of what was not sent");
    }

    #[test]
    fn no_sequence_is_beyond_the_last_one() {
        let (batch, hashes) = batches().remove(0);
        let mut told = answer(vec![]);
        told.wholes = vec![Whole { batch: batch.id(), verdict: stored(VILLAGE, u64::MAX) }];
        let told = told.spelt_out([&batch]);
        assert_eq!(told.answers, [Answer { hash: hashes[0], verdict: stored(VILLAGE, u64::MAX) }]);
    }

    /// The bytes that `docs/protocol.md` describes.
    #[test]
    fn it_is_spelt_as_the_protocol_says() {
        let whole = Whole { batch: BATCH, verdict: stored(UnitId::new([3; 16]), 42) };
        let (batch, unit) = ("08".repeat(32), "03".repeat(16));
        assert_eq!(hex::encode(wire::to_bytes(&whole)), format!("825820{batch}830050{unit}182a"));
        let told = PushAnswer { epoch: EpochId::new([2; 16]), wholes: vec![whole], ..answer(vec![]) };
        let (epoch, time) = ("02".repeat(16), hex::encode(1_480_000_000_u32.to_be_bytes()));
        let spelt = format!("8550{epoch}80f41a{time}81825820{batch}830050{unit}182a");
        assert_eq!(hex::encode(wire::to_bytes(&told)), spelt);
    }

    fn verdict() -> impl Strategy<Value = Option<Verdict>> {
        let scope = || prop_oneof![Just(VILLAGE), Just(OTHER_VILLAGE)];
        prop_oneof![
            1 => Just(None),
            4 => Just(Some(Verdict::Already)),
            1 => Just(Some(Verdict::MissingDeps)),
            4 => Just(Some(Verdict::Refused { code: RefusalCode::ForbiddenScope })),
            1 => (scope(), 1..4_u64).prop_map(|(scope, seq)| Some(Verdict::Proposal { scope, seq })),
            1 => (scope(), 1..4_u64).prop_map(|(scope, seq)| Some(Verdict::Stored { scope, seq })),
        ]
    }

    /// Verdicts on the changes of a batch: any, the same for all, or one place after the other.
    fn verdicts(count: usize) -> impl Strategy<Value = Vec<Option<Verdict>>> {
        let any = proptest::collection::vec(verdict(), count);
        let alike = verdict().prop_map(move |verdict| vec![verdict; count]);
        let in_a_row = (1..99_u64).prop_map(move |first| {
            (first..).take(count).map(|seq| Some(Verdict::Proposal { scope: VILLAGE, seq })).collect()
        });
        prop_oneof![any, alike, in_a_row]
    }

    proptest! {
        #[test]
        fn spelling_out_what_was_shortened_gives_the_same_verdicts(
            first in verdicts(8), second in verdicts(8), twice in any::<bool>()
        ) {
            let batches = batches();
            let of = |nth: usize, verdicts: &[Option<Verdict>]| -> Vec<Answer> {
                let named = batches[nth].1.iter().zip(verdicts);
                named.filter_map(|(hash, verdict)| Some(Answer { hash: *hash, verdict: (*verdict)? })).collect()
            };
            let whole = answer([of(0, &first), of(1, &second)].concat());
            let mut pushed: Vec<&SignedBatch> = batches.iter().map(|(batch, _)| batch).collect();
            pushed.extend(twice.then_some(&batches[0].0));
            let short = whole.clone().shortened(pushed.clone());
            prop_assert!(short.answers.len() + short.wholes.len() <= whole.answers.len());
            let again = short.spelt_out(pushed);
            prop_assert_eq!(said(&again), said(&whole));
            prop_assert_eq!(again.wholes, vec![]);
        }
    }
}
