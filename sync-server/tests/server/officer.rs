//! An officer with a device that speaks the protocol.

use std::collections::BTreeSet;

use domain::id::{ActorId, DocumentId, EnrolmentId, IncarnationId, ReviewId, TownId, UnitId, UserId};
use domain::scalar::Scalar;
use ed25519_dalek::SigningKey;
use records::{Document, Edit, Kind};
use sync::batch::SignedBatch;
use sync::device::{Author, Offer, sign};
use sync::enrol::{EnrolAnswer, EnrolRequest, plain_code};
use sync::limits::PROTOCOL_VERSION;
use sync::pull::{Pull, PullRequest};
use sync::push::{Chunk, PushAnswer, Verdict, push_body, read_push};

use crate::http::{Reply, post};
use crate::world::World;

pub struct Officer {
    pub key: SigningKey,
    pub token: String,
    pub enrolment: EnrolmentId,
    pub user: UserId,
    pub town: TownId,
    pub actor: ActorId,
    number: u64,
}

/// The body of a request to enrol with the key of this number.
pub fn enrol_body(code: &str, number: u8) -> Vec<u8> {
    let key = SigningKey::from_bytes(&[number; 32]);
    let request = EnrolRequest {
        version: PROTOCOL_VERSION,
        code: plain_code(code),
        public_key: key.verifying_key().to_bytes(),
        incarnation: IncarnationId::new([number; 16]),
        device_name: format!("Máy {number}"),
    };
    sync::enrol::request_body(&request, &key)
}

impl Officer {
    pub fn enrol(world: &World, user: &str, number: u8) -> (Self, EnrolAnswer) {
        let reply = post(world.address, "/v1/enrol", "", &enrol_body(&world.code(user), number));
        assert_eq!(reply.status, 200, "{}", reply.text());
        let answer = sync::enrol::read_answer(&reply.body).unwrap_or_else(|error| panic!("{error}"));
        let officer = Self {
            key: SigningKey::from_bytes(&[number; 32]),
            token: hex::encode(answer.token),
            enrolment: answer.enrolment,
            user: answer.user,
            town: answer.town,
            actor: ActorId::new([number; 16]),
            number: 0,
        };
        (officer, answer)
    }

    pub fn bearer(&self) -> String {
        format!("Authorization: Bearer {}\r\n", self.token)
    }

    /// Edits a document on its newest state.
    pub fn edit(&self, document: &mut Document, edits: &[(&str, Scalar)]) {
        let edit =
            |(path, value): &(&str, Scalar)| Edit { field: path.parse().unwrap(), value: value.clone() };
        let edits: Vec<Edit> = edits.iter().map(edit).collect();
        let heads = document.heads();
        let spare = ActorId::new([self.actor.0[0] ^ 0xff; 16]);
        let author = records::Author { actor: self.actor, spare, time: 1_480_000_000, visit: None };
        document.save(&heads, &edits, &author).unwrap();
    }

    /// Signs every change of a document.
    pub fn batches(&mut self, document: &Document, scope: UnitId) -> Vec<(SignedBatch, Vec<Chunk>)> {
        let offers: Vec<Offer> = document
            .changes()
            .into_iter()
            .map(|change| Offer {
                document: document.id(),
                kind: document.kind().number(),
                scope,
                hash: change.hash,
                bytes: change.bytes,
            })
            .collect();
        self.number += 1;
        let actors = BTreeSet::from([self.actor]);
        let author = Author {
            town: self.town,
            enrolment: self.enrolment,
            user: self.user,
            incarnation: IncarnationId::new([self.actor.0[0]; 16]),
            actors: &actors,
            next_number: self.number,
        };
        let signing = sign(&offers, &author, &self.key);
        let chunk = |hash: &[u8; 32]| offers.iter().find(|offer| offer.hash == *hash).unwrap().chunk();
        let batch =
            |new: &sync::device::NewBatch| (new.batch.clone(), new.hashes.iter().map(chunk).collect());
        signing.batches.iter().map(batch).collect()
    }

    pub fn send(&self, world: &World, body: &[u8]) -> Reply {
        post(world.address, "/v1/push", &self.bearer(), body)
    }

    /// Pushes a document; gives the verdicts in the order of its changes.
    pub fn push(&mut self, world: &World, document: &Document, scope: UnitId) -> Vec<Verdict> {
        let body = push_body(&self.batches(document, scope));
        let reply = self.send(world, &body);
        verdicts(document, &answer(&reply, &body))
    }

    pub fn pull(&self, world: &World, request: &PullRequest) -> Pull {
        let reply = post(world.address, "/v1/pull", &self.bearer(), &sync::pull::request_body(request));
        assert_eq!(reply.status, 200, "{}", reply.text());
        sync::pull::read_pull(&reply.body).unwrap()
    }
}

/// The answer to a push with this body, or with its beginning.
pub fn answer(reply: &Reply, body: &[u8]) -> PushAnswer {
    assert_eq!(reply.status, 200, "{}", reply.text());
    let sent: Vec<_> = read_push(body).unwrap().batches.into_iter().map(|(batch, _)| batch).collect();
    sync::push::read_answer(&reply.body, &sent).unwrap()
}

pub fn verdicts(document: &Document, answer: &PushAnswer) -> Vec<Verdict> {
    let changes = document.changes();
    let verdict =
        |hash| answer.answers.iter().find(|answer| answer.hash == hash).map(|answer| answer.verdict);
    changes.iter().filter_map(|change| verdict(change.hash)).collect()
}

/// A pull of everything.
pub fn from_the_start() -> PullRequest {
    PullRequest { max_bytes: 1 << 20, ..PullRequest::default() }
}

/// A household with one member, the head.
pub fn household(number: u8, officer: &Officer) -> Document {
    let mut document = Document::create(Kind::Household, DocumentId::new([number; 16]));
    let member = "0a".repeat(16);
    let name = format!("members/{member}/name");
    let edits = [("head", Scalar::text(&member)), (name.as_str(), Scalar::text("Đỗ Văn Hoà"))];
    officer.edit(&mut document, &edits);
    document
}

pub fn unit(world: &World, name: &str) -> UnitId {
    world.app.town.units.iter().find(|unit| unit.name == name).unwrap().id
}

pub fn review(world: &World) -> ReviewId {
    world.app.town.current_review.unwrap()
}
