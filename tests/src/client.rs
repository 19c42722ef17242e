//! A client of the sync protocol that says whatever a test wants said, well-formed or not.

use std::time::{Duration, Instant};

use domain::configuration::Configuration;
use domain::id::{ActorId, DocumentId, IncarnationId, ReviewId, UnitId};
use ed25519_dalek::SigningKey;
use records::{Author, Document, Edit, Kind, RawChange};
use reqwest::blocking::Client as Http;
use sync::batch::{BatchHeader, Placement, SignedBatch};
use sync::enrol::{self, EnrolAnswer, EnrolRequest};
use sync::limits::PROTOCOL_VERSION;
use sync::pull::{self, Entry, PullRequest};
use sync::push::{self, Chunk, PushAnswer, Verdict};

/// An enrolled client.
pub struct Client {
    url: String,
    http: Http,
    key: SigningKey,
    enrolled: EnrolAnswer,
    scope: UnitId,
    actor: ActorId,
    number: u64,
}

/// What the server answered to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// How long it took.
    pub took: Duration,
}

impl Told {
    /// The code of a refused request.
    ///
    /// # Panics
    /// When the request was not refused with a code in both languages.
    pub fn code(&self) -> String {
        let body: serde_json::Value = serde_json::from_slice(&self.body).expect("a refusal is JSON");
        assert!(body["vi"].as_str().is_some_and(|words| !words.is_empty()), "{body}");
        assert!(body["en"].as_str().is_some_and(|words| !words.is_empty()), "{body}");
        body["code"].as_str().expect("a refusal has a code").to_owned()
    }
}

impl Client {
    /// Enrols with a code.
    ///
    /// # Panics
    /// When the server does not enrol it.
    pub fn enrol(url: &str, code: &str) -> Self {
        // A second call finds the provider already there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (http, key) = (Http::new(), SigningKey::from_bytes(&[7; 32]));
        let request = EnrolRequest {
            version: PROTOCOL_VERSION,
            code: enrol::plain_code(code),
            public_key: key.verifying_key().to_bytes(),
            incarnation: IncarnationId::new([9; 16]),
            device_name: "máy thử".to_owned(),
        };
        let answer = http.post(format!("{url}/v1/enrol")).body(enrol::request_body(&request, &key)).send();
        let body = answer.and_then(|answer| answer.bytes()).expect("the server answers");
        let enrolled = enrol::read_answer(&body).expect("the server enrols");
        let mut client = Self {
            url: url.to_owned(),
            http,
            key,
            enrolled,
            scope: UnitId::new([0; 16]),
            actor: ACTOR,
            number: 0,
        };
        client.scope = client.configuration().user.scopes[0];
        client
    }

    /// Gives it another source of changes than [`ACTOR`]: one belongs to one enrolment.
    #[must_use]
    pub fn with_actor(self, actor: ActorId) -> Self {
        Self { actor, ..self }
    }

    /// Turns it to another address of the town.
    pub fn turn_to(&mut self, url: &str) {
        url.clone_into(&mut self.url);
    }

    /// The first of its own units.
    pub fn scope(&self) -> UnitId {
        self.scope
    }

    /// Its own units.
    pub fn scopes(&self) -> Vec<UnitId> {
        self.configuration().user.scopes
    }

    /// The review that is open.
    ///
    /// # Panics
    /// When none is.
    pub fn review(&self) -> ReviewId {
        self.configuration().current_review.expect("a review is open")
    }

    fn configuration(&self) -> Configuration {
        serde_json::from_slice(&self.enrolled.config.bytes).expect("a configuration is JSON")
    }

    /// Its enrolment's id.
    pub fn enrolment(&self) -> String {
        self.enrolled.enrolment.to_string()
    }

    /// Posts a body as it is, with the token.
    ///
    /// # Panics
    /// When the server does not answer at all.
    pub fn post(&self, path: &str, body: Vec<u8>) -> Told {
        self.try_post(path, body).expect("the server answers")
    }

    /// Posts a body as it is, with the token; nothing if no whole answer comes.
    #[allow(clippy::disallowed_methods, reason = "how long an answer takes is measured here")]
    pub fn try_post(&self, path: &str, body: Vec<u8>) -> Option<Told> {
        let request =
            self.http.post(format!("{}{path}", self.url)).bearer_auth(hex::encode(self.enrolled.token));
        let started = Instant::now();
        let answer = request.body(body).send().ok()?;
        let status = answer.status().as_u16();
        let body = answer.bytes().ok()?.to_vec();
        Some(Told { status, body, took: started.elapsed() })
    }

    /// Pulls everything, page after page.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn pull_all(&self) -> Vec<Entry> {
        let mut request = PullRequest { max_bytes: 1 << 20, ..PullRequest::default() };
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let told = self.post("/v1/pull", pull::request_body(&request));
            assert_eq!(told.status, 200, "{}", String::from_utf8_lossy(&told.body));
            let page = pull::read_pull(&told.body).expect("a pull is answered");
            if page.entries.is_empty() {
                return entries;
            }
            request.epoch = Some(page.state.epoch);
            for entry in page.entries {
                request.cursors.retain(|(scope, _)| *scope != entry.scope);
                request.cursors.push((entry.scope, entry.seq));
                entries.push(entry);
            }
        }
    }

    /// The body of a push of changes of one document, signed as the protocol asks.
    pub fn body(&mut self, document: DocumentId, scope: UnitId, chunks: Vec<Chunk>) -> Vec<u8> {
        push::push_body(&[self.batch(document, scope, chunks)])
    }

    fn batch(
        &mut self,
        document: DocumentId,
        scope: UnitId,
        chunks: Vec<Chunk>,
    ) -> (SignedBatch, Vec<Chunk>) {
        self.number += 1;
        let hashes = chunks.iter().map(|chunk| chunk.hash).collect();
        let header = BatchHeader {
            version: PROTOCOL_VERSION,
            town: self.enrolled.town,
            enrolment: self.enrolled.enrolment,
            user: self.enrolled.user,
            incarnation: IncarnationId::new([9; 16]),
            actors: vec![self.actor],
            number: self.number,
            documents: vec![Placement { document, kind: Kind::Household.number(), scope, hashes }],
        };
        (SignedBatch::sign(&header, &self.key), chunks)
    }

    /// The body of a push of many documents, a batch each.
    pub fn bodies(&mut self, scope: UnitId, documents: Vec<(DocumentId, Vec<Chunk>)>) -> Vec<u8> {
        let batches = documents.into_iter().map(|(document, chunks)| self.batch(document, scope, chunks));
        push::push_body(&batches.collect::<Vec<_>>())
    }

    /// Pushes many documents, a batch each, in one request; all of it is stored.
    ///
    /// # Panics
    /// When anything is refused.
    pub fn push_all(&mut self, scope: UnitId, documents: Vec<(DocumentId, Vec<Chunk>)>) {
        let body = self.bodies(scope, documents);
        let told = self.post("/v1/push", body.clone());
        assert_eq!(told.status, 200, "{}", String::from_utf8_lossy(&told.body));
        let answer = answer(&told.body, &body);
        let refused = answer.answers.iter().find(|it| !matches!(it.verdict, Verdict::Stored { .. }));
        assert!(refused.is_none(), "{refused:?}");
    }

    /// Pushes and gives the verdicts in the order of the chunks.
    ///
    /// # Panics
    /// When the whole request is refused.
    pub fn push(
        &mut self,
        document: DocumentId,
        scope: UnitId,
        chunks: Vec<Chunk>,
    ) -> (Vec<Verdict>, Duration) {
        let hashes: Vec<_> = chunks.iter().map(|chunk| chunk.hash).collect();
        let body = self.body(document, scope, chunks);
        let told = self.post("/v1/push", body.clone());
        assert_eq!(told.status, 200, "{}", String::from_utf8_lossy(&told.body));
        let answer = answer(&told.body, &body);
        let verdict = |hash| answer.answers.iter().find(|it| it.hash == hash).map(|it| it.verdict);
        (hashes.into_iter().map(|hash| verdict(hash).expect("every change is answered")).collect(), told.took)
    }
}

/// The answer to a push with this body.
///
/// # Panics
/// When either cannot be read.
pub fn answer(told: &[u8], body: &[u8]) -> PushAnswer {
    let pushed = push::read_push(body).expect("what is pushed can be read");
    let sent: Vec<SignedBatch> = pushed.batches.into_iter().map(|(batch, _)| batch).collect();
    push::read_answer(told, &sent).expect("a push is answered")
}

/// The client's one source of changes.
pub const ACTOR: ActorId = ActorId::new([3; 16]);

/// A household document with some fields written in one save; gives the document and all its changes.
///
/// # Panics
/// When a field is none.
pub fn household(id: DocumentId, fields: &[(&str, &str)]) -> (Document, Vec<RawChange>) {
    household_by(ACTOR, id, fields)
}

/// As [`household`], by another source of changes.
///
/// # Panics
/// When a field is none.
pub fn household_by(actor: ActorId, id: DocumentId, fields: &[(&str, &str)]) -> (Document, Vec<RawChange>) {
    let mut document = Document::create(Kind::Household, id);
    save_by(actor, &mut document, fields);
    let changes = document.changes();
    (document, changes)
}

/// Saves fields into a document; gives the new changes.
///
/// # Panics
/// When a field is none.
pub fn save(document: &mut Document, fields: &[(&str, &str)]) -> Vec<RawChange> {
    save_by(ACTOR, document, fields)
}

fn save_by(actor: ActorId, document: &mut Document, fields: &[(&str, &str)]) -> Vec<RawChange> {
    let edit = |(field, value): &(&str, &str)| Edit {
        field: field.parse().expect("a field has a path"),
        value: domain::scalar::Scalar::text(*value),
    };
    let edits: Vec<Edit> = fields.iter().map(edit).collect();
    let spare = ActorId::new([!actor.0[0]; 16]);
    let author = Author { actor, spare, time: 1_490_000_000, visit: None };
    let heads = document.heads();
    document.save(&heads, &edits, &author).expect("the fields are saved")
}

/// A change as it travels.
pub fn chunk(document: DocumentId, change: &RawChange) -> Chunk {
    Chunk { document, hash: change.hash, bytes: change.bytes.clone() }
}
