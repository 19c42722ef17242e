//! What the tests of this crate share: a village with officers, and a shelf in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use domain::id::{
    ActorId, DocumentId, EnrolmentId, EpochId, IncarnationId, MemberId, ReviewId, TownId, UnitId, UserId,
};
use domain::scalar::Scalar;
use domain::user::Role;
use ed25519_dalek::SigningKey;
use records::{Document, Edit, Kind, RawChange};

use crate::Hash;
use crate::batch::SignedBatch;
use crate::device::{Author, Offer, bodies, sign};
use crate::gate::{KnownReview, Signer};
use crate::push::{Chunk, Push, PushAnswer, Verdict, read_push};
use crate::server::{Decision, Found, Held, Shelf, decide};

pub const TOWN: TownId = TownId::new([1; 16]);
pub const EPOCH: EpochId = EpochId::new([2; 16]);
pub const VILLAGE: UnitId = UnitId::new([3; 16]);
pub const OTHER_VILLAGE: UnitId = UnitId::new([4; 16]);
pub const REVIEW: ReviewId = ReviewId::new([5; 16]);
/// The review as the gate knows it: the level above gives its opinion.
pub const KNOWN: KnownReview = KnownReview { id: REVIEW, opinion: true };
pub const HOUSEHOLD: DocumentId = DocumentId::new([6; 16]);
pub const NOW: i64 = 1_480_000_000;

/// A person with a device.
#[derive(Clone)]
pub struct Officer {
    pub signer: Signer,
    pub key: SigningKey,
    pub actors: BTreeSet<ActorId>,
    pub next_number: u64,
}

pub fn officer(number: u8, role: Role) -> Officer {
    let key = SigningKey::from_bytes(&[number; 32]);
    let signer = Signer {
        enrolment: EnrolmentId::new([number; 16]),
        user: UserId::new([number; 16]),
        role,
        scopes: vec![VILLAGE],
        former: Vec::new(),
        key: key.verifying_key().to_bytes(),
    };
    Officer { signer, key, actors: BTreeSet::from([actor(number, 0)]), next_number: 1 }
}

pub fn actor(officer: u8, start: u8) -> ActorId {
    let mut bytes = [officer; 16];
    bytes[15] = start;
    ActorId::new(bytes)
}

impl Officer {
    pub fn author(&self) -> records::Author {
        let first = *self.actors.first().unwrap();
        let mut spare = first.0;
        spare[0] ^= 0xff;
        records::Author { actor: first, spare: ActorId::new(spare), time: NOW, visit: None }
    }

    pub fn save(&self, document: &mut Document, edits: &[(&str, Scalar)]) -> Vec<RawChange> {
        let edits: Vec<Edit> = edits
            .iter()
            .map(|(path, value)| Edit { field: path.parse().unwrap(), value: value.clone() })
            .collect();
        let heads = document.heads();
        document.save(&heads, &edits, &self.author()).unwrap()
    }

    /// Signs changes of a document in the village.
    pub fn batches(&self, offers: &[Offer]) -> Vec<(SignedBatch, Vec<Chunk>)> {
        let author = Author {
            town: TOWN,
            enrolment: self.signer.enrolment,
            user: self.signer.user,
            incarnation: IncarnationId::new([9; 16]),
            actors: &self.actors,
            next_number: self.next_number,
        };
        let signing = sign(offers, &author, &self.key);
        assert_eq!(signing.unsendable, []);
        let chunks = |hashes: &[Hash]| {
            let find = |hash: &Hash| offers.iter().find(|offer| offer.hash == *hash).unwrap().chunk();
            hashes.iter().map(find).collect()
        };
        signing.batches.iter().map(|new| (new.batch.clone(), chunks(&new.hashes))).collect()
    }

    pub fn push(&self, offers: &[Offer]) -> Vec<Push> {
        let bodies = bodies(&self.batches(offers), None);
        bodies.iter().map(|body| read_push(&body.body).unwrap()).collect()
    }
}

pub fn offer(document: &Document, change: &RawChange) -> Offer {
    let (kind, bytes) = (document.kind().number(), change.bytes.clone());
    Offer { document: document.id(), kind, scope: VILLAGE, hash: change.hash, bytes }
}

pub fn offers(document: &Document) -> Vec<Offer> {
    document.changes().iter().map(|change| offer(document, change)).collect()
}

pub fn text(text: &str) -> Scalar {
    Scalar::text(text)
}

pub fn answer(question: &str) -> String {
    format!("reviews/{REVIEW}/answers/{question}")
}

/// A household with a member and answers, in four changes: skeleton, fixed review, two saves.
pub fn household(officer: &Officer) -> Document {
    let mut document = Document::create(Kind::Household, HOUSEHOLD);
    let member = MemberId::new([7; 16]);
    officer.save(
        &mut document,
        &[
            ("place/address", text("Ngõ 3")),
            (&format!("members/{member}/name"), text("Trần Thị Thử")),
            (&format!("members/{member}/sex"), text("female")),
            ("head", text(&member.to_string())),
        ],
    );
    officer.save(
        &mut document,
        &[(&answer("nuoc"), text("gieng_khoan")), (&answer("nha_loai"), text("kien_co"))],
    );
    document
}

/// A change in a log: its hash, its batch, its document, its bytes.
pub type Row = (Hash, Hash, DocumentId, Vec<u8>);

/// A server's data set in memory.
#[derive(Default)]
pub struct Memory {
    pub signers: BTreeMap<EnrolmentId, Signer>,
    pub owners: BTreeMap<ActorId, EnrolmentId>,
    pub documents: BTreeMap<DocumentId, Held>,
    pub purged: BTreeSet<DocumentId>,
    pub sealed: BTreeSet<UnitId>,
    pub logs: BTreeMap<UnitId, Vec<Row>>,
    pub batches: BTreeMap<Hash, SignedBatch>,
}

impl Shelf for Memory {
    type Error = Infallible;

    fn town(&mut self) -> Result<TownId, Infallible> {
        Ok(TOWN)
    }

    fn reviews(&mut self) -> Result<Vec<KnownReview>, Infallible> {
        Ok(vec![KNOWN])
    }

    fn signer(&mut self, enrolment: EnrolmentId) -> Result<Option<Signer>, Infallible> {
        Ok(self.signers.get(&enrolment).cloned())
    }

    fn owner(&mut self, actor: ActorId) -> Result<Option<EnrolmentId>, Infallible> {
        Ok(self.owners.get(&actor).copied())
    }

    fn sealed(&mut self, scope: UnitId) -> Result<bool, Infallible> {
        Ok(self.sealed.contains(&scope))
    }

    fn find(&mut self, document: DocumentId) -> Result<Found, Infallible> {
        Ok(match self.documents.get(&document) {
            _ if self.purged.contains(&document) => Found::Purged,
            Some(held) => Found::Held(Box::new(held.clone())),
            None => Found::Nowhere,
        })
    }
}

impl Memory {
    pub fn with(officers: &[&Officer]) -> Self {
        let signers = officers.iter().map(|officer| (officer.signer.enrolment, officer.signer.clone()));
        Self { signers: signers.collect(), ..Self::default() }
    }

    /// Decides and stores.
    pub fn take(&mut self, push: Push) -> PushAnswer {
        let decision = decide(self, &push).unwrap();
        let places = self.store(&decision);
        decision.answer(EPOCH, NOW, |hash| places.get(hash).copied())
    }

    fn store(&mut self, decision: &Decision) -> BTreeMap<Hash, u64> {
        let mut places = BTreeMap::new();
        for admission in &decision.admissions {
            let log = self.logs.entry(admission.scope).or_default();
            log.push((admission.hash, admission.batch, admission.document, admission.bytes.clone()));
            places.insert(admission.hash, log.len() as u64);
            if let Some(owner) = admission.owner {
                self.owners.insert(admission.actor, owner);
            }
        }
        self.batches.extend(decision.batches.iter().map(|(id, (batch, _))| (*id, batch.clone())));
        for document in &decision.documents {
            let scope = decision.admissions.iter().find(|admission| admission.document == document.id());
            let scope = scope.map(|admission| admission.scope).unwrap();
            let held = self.documents.entry(document.id()).or_insert_with(|| Held {
                document: document.clone(),
                scope,
                former: Vec::new(),
            });
            held.document = document.clone();
        }
        places
    }

    /// Takes every push and returns the verdicts in the order of the hashes asked for.
    pub fn verdicts(&mut self, pushes: Vec<Push>, hashes: &[Hash]) -> Vec<Option<Verdict>> {
        let answers: Vec<PushAnswer> = pushes.into_iter().map(|push| self.take(push)).collect();
        let find = |hash: &Hash| {
            let all = answers.iter().flat_map(|answer| &answer.answers);
            all.filter(|answer| answer.hash == *hash).map(|answer| answer.verdict).next_back()
        };
        hashes.iter().map(find).collect()
    }
}

pub fn hashes(offers: &[Offer]) -> Vec<Hash> {
    offers.iter().map(|offer| offer.hash).collect()
}
