//! A town's server in memory, for the faults of its network: it admits changes by the real rules of `sync`.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use commands::{HttpAnswer, HttpRequest};
use domain::configuration::{Configuration, Recognised, Seal};
use domain::id::{ActorId, DocumentId, EnrolmentId, EpochId, PhotoId, ReviewId, TownId, UnitId, UserId};
use domain::policy::Policy;
use domain::review::{LocalStandard, LocalThreshold, Review, ReviewKind};
use domain::rulebook::Rulebook;
use domain::unit::{Area, Unit, UnitKind};
use domain::user::{Enrolled, PublicKey, Role, User};
use ed25519_dalek::SigningKey;
use records::{Applied, Document, Hash};
use serde_json::json;
use sync::batch::{CONFIGURATION_CONTEXT, Signed, SignedBatch};
use sync::code::{FaultCode, PhotoCode};
use sync::enrol::{self, EnrolAnswer};
use sync::gate::{KnownReview, Signer, preparse};
use sync::photo;
use sync::pull::{Entry, EntryKind, PullRequest, PullState, PullWriter, ScopeState};
use sync::push::{self, PushAnswer, Verdict};
use sync::scope::Digest;
use sync::server::{Found, Held, Shelf, decide};
use sync::standing::standing;
use sync::version::{APP_HEADER, PROTOCOL_HEADER};

pub const TOWN_UNIT: UnitId = UnitId([1; 16]);
pub const VILLAGE: UnitId = UnitId([2; 16]);
pub const OTHER_VILLAGE: UnitId = UnitId([3; 16]);
pub const REVIEW: ReviewId = ReviewId([5; 16]);
pub const HA: UserId = UserId([21; 16]);
pub const LAN: UserId = UserId([22; 16]);
/// Entries of one pull answer: few, so that every story pulls more than once.
const PAGE: usize = 5;

/// The server's data set.
pub struct Town {
    pub epoch: EpochId,
    pub version: u64,
    pub time: i64,
    pub users: Vec<User>,
    pub codes: BTreeMap<String, UserId>,
    pub used: BTreeSet<String>,
    pub revoked: BTreeSet<EnrolmentId>,
    pub logs: BTreeMap<UnitId, Vec<Entry>>,
    /// Verdicts that the test decides on instead of the rules.
    pub forced: BTreeMap<Hash, Verdict>,
    /// Changes that were ruled on like that.
    pub refused: Vec<Vec<u8>>,
    /// The configuration is signed with another key.
    pub forged: bool,
    pub pushes: u32,
    /// Configurations that pulls brought.
    pub configured: Cell<u32>,
    pub recognised: Vec<Recognised>,
    pub seals: Vec<Seal>,
    signers: BTreeMap<EnrolmentId, Signer>,
    tokens: BTreeMap<String, EnrolmentId>,
    owners: BTreeMap<ActorId, EnrolmentId>,
    documents: BTreeMap<DocumentId, (Document, UnitId)>,
    batches: BTreeMap<Hash, SignedBatch>,
    pub pictures: BTreeMap<PhotoId, Vec<u8>>,
    /// What came of pictures that are not whole.
    pub pieces: BTreeMap<PhotoId, Vec<u8>>,
    /// Every piece that came: where it began and how long it was; and every one that was asked for.
    pub pieces_sent: Vec<(u64, usize)>,
    pub pieces_asked: Vec<u64>,
    /// Nothing is kept of pieces.
    pub forgets_pieces: bool,
    /// Pictures are acknowledged by another hash than theirs.
    pub misnames_pictures: bool,
    /// The versions of the protocol that the server speaks, and of the app that it wants; nothing of a server that has not
    /// heard of versions.
    pub versions: Option<(u32, &'static str)>,
}

fn user(id: UserId, name: &str, role: Role, scopes: &[UnitId]) -> User {
    User { id, name: name.to_owned(), role, scopes: scopes.to_vec() }
}

fn unit(id: UnitId, parent: Option<UnitId>, kind: UnitKind, name: &str) -> Unit {
    Unit {
        id,
        parent,
        kind,
        name: name.to_owned(),
        area: Area::Urban,
        valid_from: "2000-01-01".to_owned(),
        valid_to: None,
        successors: Vec::new(),
        b1_region: None,
    }
}

/// A standard of the town that takes in more households than the national one.
fn local_standard() -> LocalStandard {
    let threshold = |rural, urban| LocalThreshold { rural, urban };
    LocalStandard {
        name: "Chuẩn của thị xã".to_owned(),
        legal: "1/NQ-HĐND".to_owned(),
        thresholds: [("b1_poor", threshold(130, 150)), ("b1_near", threshold(160, 190))]
            .map(|(id, values)| (id.to_owned(), values))
            .into(),
    }
}

fn review() -> Review {
    let rulebook = Rulebook::shipped_by_id("2016-2021").unwrap();
    Review {
        id: REVIEW,
        year: 2016,
        kind: ReviewKind::Periodic,
        name: "Rà soát định kỳ năm 2016".to_owned(),
        rulebook: rulebook.id.clone(),
        rulebook_hash: rulebook.hash_hex(),
        as_of: "2016-10-01".to_owned(),
        opened_on: "2016-09-01".to_owned(),
        deadline: None,
        list_year: 2017,
        b1_table: None,
        local_standard: Some(local_standard()),
        opinion: None,
        opinion_of: None,
    }
}

impl Town {
    pub fn new() -> Self {
        let villages = [VILLAGE, OTHER_VILLAGE];
        Self {
            epoch: EpochId([40; 16]),
            version: 1,
            time: 1_476_000_000,
            users: vec![
                user(HA, "Nguyễn Thị Hà", Role::Collector, &[VILLAGE]),
                user(LAN, "Trần Thị Lan", Role::Office, &[TOWN_UNIT, villages[0], villages[1]]),
            ],
            codes: BTreeMap::new(),
            used: BTreeSet::new(),
            revoked: BTreeSet::new(),
            logs: BTreeMap::new(),
            forced: BTreeMap::new(),
            refused: Vec::new(),
            forged: false,
            pushes: 0,
            configured: Cell::new(0),
            recognised: Vec::new(),
            seals: Vec::new(),
            signers: BTreeMap::new(),
            tokens: BTreeMap::new(),
            owners: BTreeMap::new(),
            documents: BTreeMap::new(),
            batches: BTreeMap::new(),
            pictures: BTreeMap::new(),
            pieces: BTreeMap::new(),
            pieces_sent: Vec::new(),
            pieces_asked: Vec::new(),
            forgets_pieces: false,
            misnames_pictures: false,
            versions: Some((1, env!("CARGO_PKG_VERSION"))),
        }
    }

    /// The server was restored from a backup that knew the people and none of their records.
    pub fn restore_empty(&mut self) {
        self.epoch = EpochId([41; 16]);
        self.logs.clear();
        self.documents.clear();
        self.batches.clear();
        self.owners.clear();
    }

    /// The server's files were put back to a moment when the village's log had so many entries; nobody told it.
    pub fn restore_older(&mut self, entries: usize) {
        self.logs.get_mut(&VILLAGE).unwrap().truncate(entries);
        self.documents.clear();
        for entry in self.logs.values().flatten().cloned().collect::<Vec<_>>() {
            let kind = records::Kind::of_number(entry.doc_kind).unwrap();
            self.keep(entry.document, kind, entry.scope, &entry.bytes);
        }
    }

    /// The person works in this village alone from now on.
    pub fn post(&mut self, user: UserId, village: UnitId) {
        self.signers
            .values_mut()
            .filter(|signer| signer.user == user)
            .for_each(|signer| signer.scopes = vec![village]);
        self.users.iter_mut().filter(|known| known.id == user).for_each(|known| known.scopes = vec![village]);
        self.version += 1;
    }

    /// The person has another role from now on.
    pub fn appoint(&mut self, user: UserId, role: Role) {
        self.signers.values_mut().filter(|signer| signer.user == user).for_each(|signer| signer.role = role);
        self.users.iter_mut().filter(|known| known.id == user).for_each(|known| known.role = role);
        self.version += 1;
    }

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[99; 32])
    }

    fn configuration(&self, of: UserId) -> Signed {
        let user = self.users.iter().find(|user| user.id == of).unwrap().clone();
        let configuration = Configuration {
            version: self.version,
            town: TownId([1; 16]),
            town_unit: TOWN_UNIT,
            user,
            units: vec![
                unit(TOWN_UNIT, None, UnitKind::District, "Thị xã Thử"),
                unit(VILLAGE, Some(TOWN_UNIT), UnitKind::Village, "Khu phố 1"),
                unit(OTHER_VILLAGE, Some(TOWN_UNIT), UnitKind::Village, "Khu phố 2"),
            ],
            users: self.users.clone(),
            enrolled: self.enrolled(),
            reviews: vec![review()],
            current_review: Some(REVIEW),
            policies: Policy::shipped().to_vec(),
            b1_tables: Vec::new(),
            recognised: self.recognised.clone(),
            seals: self.seals.clone(),
        };
        let key = if self.forged { SigningKey::from_bytes(&[98; 32]) } else { Self::key() };
        Signed::new(CONFIGURATION_CONTEXT, serde_json::to_vec(&configuration).unwrap(), &key)
    }

    fn enrolled(&self) -> Vec<Enrolled> {
        let told = |signer: &Signer| Enrolled {
            id: signer.enrolment,
            user: signer.user,
            key: PublicKey(signer.key),
            revoked: self.revoked.contains(&signer.enrolment),
        };
        self.signers.values().map(told).collect()
    }

    /// What the server answers.
    pub fn answer(&mut self, path: &str, request: HttpRequest<'_>) -> HttpAnswer {
        self.time += 60;
        let (token, body) = (request.token, request.body);
        let said = request.headers.iter().find(|(name, _)| *name == PROTOCOL_HEADER).unwrap().1;
        let answered = match path {
            _ if self.versions.is_some_and(|(own, _)| own.to_string() != said) => {
                Err(FaultCode::UnsupportedVersion)
            }
            "/v1/enrol" => self.enrol(body),
            "/v1/push" => self.holder(token).and_then(|holder| self.push(holder, body)),
            "/v1/pull" => self.holder(token).and_then(|holder| self.pull(holder, body)),
            "/v1/photo/put" => self.holder(token).and_then(|_| self.keep_picture(body)),
            "/v1/photo/get" => self.holder(token).and_then(|_| self.picture(body)),
            _ => Err(FaultCode::UnknownPath),
        };
        let headers =
            self.versions.map(|(own, app)| [(PROTOCOL_HEADER, own.to_string()), (APP_HEADER, app.into())]);
        let headers = headers.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect();
        match answered {
            Ok(body) => HttpAnswer { status: 200, headers, body },
            Err(code) => {
                let body = serde_json::to_vec(&json!({"code": code})).unwrap();
                HttpAnswer { status: 400, headers, body }
            }
        }
    }

    /// True for a token that gets no answer.
    pub fn is_stranger(&self, token: Option<&str>) -> bool {
        self.holder(token).is_err()
    }

    fn holder(&self, token: Option<&str>) -> Result<EnrolmentId, FaultCode> {
        let holder = token.and_then(|token| self.tokens.get(token)).ok_or(FaultCode::UnknownToken)?;
        if self.revoked.contains(holder) { Err(FaultCode::RevokedToken) } else { Ok(*holder) }
    }

    fn enrol(&mut self, body: &[u8]) -> Result<Vec<u8>, FaultCode> {
        let request = enrol::read_request(body).map_err(|error| error.fault())?;
        if self.used.contains(&request.code) {
            return Err(FaultCode::UsedEnrolmentCode);
        }
        let user = *self.codes.get(&request.code).ok_or(FaultCode::UnknownEnrolmentCode)?;
        self.used.insert(request.code);
        let number = u8::try_from(self.signers.len()).unwrap() + 60;
        let (enrolment, token) = (EnrolmentId([number; 16]), [number; 32]);
        let found = self.users.iter().find(|known| known.id == user).unwrap().clone();
        let key = request.public_key;
        let (role, scopes, former) = (found.role, found.scopes, Vec::new());
        self.signers.insert(enrolment, Signer { enrolment, user, role, scopes, former, key });
        self.tokens.insert(hex::encode(token), enrolment);
        Ok(enrol::answer_body(&EnrolAnswer {
            town: TownId([1; 16]),
            enrolment,
            user,
            epoch: self.epoch,
            token,
            server_key: Self::key().verifying_key().to_bytes(),
            config: self.configuration(user),
            server_time: self.time,
        }))
    }

    fn keep_picture(&mut self, body: &[u8]) -> Result<Vec<u8>, FaultCode> {
        let put = photo::read_put(body).map_err(|error| error.fault())?;
        self.pieces_sent.push((put.offset, put.piece.len()));
        let known = self.documents.get(&put.household).map(|(document, _)| document.household());
        let described = known.and_then(|known| known.photos.get(&put.photo)?.sha256.clone());
        let (code, held) = if described != Some(hex::encode(put.sha256)) {
            (PhotoCode::Unknown, 0)
        } else if self.pictures.contains_key(&put.photo) {
            (PhotoCode::Stored, put.length)
        } else {
            self.take_piece(&put)
        };
        let sha256 = if self.misnames_pictures { [0; 32] } else { put.sha256 };
        Ok(photo::put_answer_body(&photo::PhotoPutAnswer { code, sha256, held }))
    }

    fn take_piece(&mut self, put: &photo::PhotoPut) -> (PhotoCode, u64) {
        let held = self.pieces.entry(put.photo).or_default();
        held.extend_from_slice(put.after(held.len()));
        if self.forgets_pieces {
            held.clear();
        }
        if (held.len() as u64) < put.length {
            return (PhotoCode::Part, held.len() as u64);
        }
        let whole = self.pieces.remove(&put.photo).unwrap_or_default();
        let code = photo::verdict(&whole, &put.sha256);
        if code == PhotoCode::Stored {
            self.pictures.insert(put.photo, whole);
        }
        (code, put.length)
    }

    fn picture(&mut self, body: &[u8]) -> Result<Vec<u8>, FaultCode> {
        let get = photo::read_get(body).map_err(|error| error.fault())?;
        self.pieces_asked.push(get.offset);
        let jpeg = self.pictures.get(&get.photo).map(Vec::as_slice).unwrap_or_default();
        Ok(photo::answer_body(&photo::PhotoAnswer::of(jpeg, get.offset)))
    }

    fn push(&mut self, holder: EnrolmentId, body: &[u8]) -> Result<Vec<u8>, FaultCode> {
        self.pushes += 1;
        let mut push = push::read_push(body).map_err(|error| error.fault())?;
        let pulled = push.pull.as_ref().map(|request| self.page(holder, request));
        let mut ruled = BTreeMap::new();
        for (_, chunks) in &mut push.batches {
            chunks.retain(|chunk| match self.forced.get(&chunk.hash) {
                Some(verdict) => {
                    self.refused.push(chunk.bytes.clone());
                    ruled.insert(chunk.hash, *verdict);
                    false
                }
                None => true,
            });
        }
        let Ok(mut decision) = decide(self, &push);
        decision.others.extend(ruled);
        let mut sequences = BTreeMap::new();
        for admission in &decision.admissions {
            let log = self.logs.entry(admission.scope).or_default();
            let seq = log.len() as u64 + 1;
            log.push(Entry {
                scope: admission.scope,
                seq,
                kind: EntryKind::Change,
                document: admission.document,
                doc_kind: admission.kind.number(),
                batch: Some(admission.batch),
                bytes: admission.bytes.clone(),
                proposal: admission.proposal,
            });
            sequences.insert(admission.hash, seq);
            self.owners.extend(admission.owner.map(|owner| (admission.actor, owner)));
            self.keep(admission.document, admission.kind, admission.scope, &admission.bytes);
        }
        let batches = decision.batches.iter().map(|(id, (batch, _))| (*id, batch.clone()));
        self.batches.extend(batches);
        let answer = decision.answer(self.epoch, self.time, |hash| sequences.get(hash).copied());
        let answer = answer.shortened(push.batches.iter().map(|(batch, _)| batch));
        Ok(match pulled {
            Some(page) => page.body(Some(&answer)),
            None => push::answer_body(&answer),
        })
    }

    fn keep(&mut self, id: DocumentId, kind: records::Kind, scope: UnitId, bytes: &[u8]) {
        let entry = self.documents.entry(id).or_insert_with(|| (Document::create(kind, id), scope));
        assert_ne!(entry.0.apply(bytes).unwrap(), Applied::MissingDeps, "every prefix of a log applies");
    }

    fn pull(&mut self, holder: EnrolmentId, body: &[u8]) -> Result<Vec<u8>, FaultCode> {
        let request = sync::pull::read_request(body).map_err(|error| error.fault())?;
        Ok(self.page(holder, &request).body(None))
    }

    fn page(&self, holder: EnrolmentId, request: &PullRequest) -> Page {
        let signer = self.signers[&holder].clone();
        let scopes = &self.users.iter().find(|user| user.id == signer.user).unwrap().scopes;
        let same_life = request.epoch == Some(self.epoch);
        let cursor = |unit: &UnitId| {
            let found = request.cursors.iter().find(|(scope, _)| scope == unit);
            found.map_or(0, |(_, seq)| if same_life { *seq } else { 0 })
        };
        let after = scopes.iter().flat_map(|unit| {
            let log = self.logs.get(unit).map(Vec::as_slice).unwrap_or_default();
            log.iter().filter(move |entry| entry.seq > cursor(unit))
        });
        let entries: Vec<Entry> = after.take(PAGE).cloned().collect();
        let named: BTreeSet<Hash> = entries.iter().filter_map(|entry| entry.batch).collect();
        let batches: Vec<SignedBatch> = named.iter().map(|id| self.batches[id].clone()).collect();
        let config = self.configuration(signer.user);
        let same = self.version == request.config_version && request.config_mark == Some(config.mark());
        let config = (!same).then_some(config);
        self.configured.update(|times| times + u32::from(config.is_some()));
        let scopes: Vec<ScopeState> = scopes.iter().map(|unit| self.state(*unit)).collect();
        let in_step = request.standing == Some(standing(self.epoch, self.version, &scopes));
        let state = PullState {
            epoch: self.epoch,
            scopes: if in_step { Vec::new() } else { scopes },
            config_version: self.version,
            config,
            server_time: self.time,
            in_step,
        };
        Page { state, batches, entries }
    }

    fn state(&self, unit: UnitId) -> ScopeState {
        let log = self.logs.get(&unit).map(Vec::as_slice).unwrap_or_default();
        let hashes: Vec<Hash> = log.iter().map(|entry| preparse(&entry.bytes).unwrap().hash).collect();
        ScopeState { unit, head: log.len() as u64, digest: Digest::of(&hashes) }
    }
}

/// What a pull brings.
struct Page {
    state: PullState,
    batches: Vec<SignedBatch>,
    entries: Vec<Entry>,
}

impl Page {
    fn body(&self, push: Option<&PushAnswer>) -> Vec<u8> {
        let mut writer = PullWriter::after(push, &self.state, u32::MAX);
        self.batches.iter().for_each(|batch| writer.batch(batch));
        self.entries.iter().for_each(|entry| writer.entry(entry));
        writer.finish()
    }
}

impl Shelf for Town {
    type Error = Infallible;

    fn town(&mut self) -> Result<TownId, Infallible> {
        Ok(TownId([1; 16]))
    }

    fn reviews(&mut self) -> Result<Vec<KnownReview>, Infallible> {
        Ok(vec![KnownReview { id: REVIEW, opinion: false }])
    }

    fn signer(&mut self, enrolment: EnrolmentId) -> Result<Option<Signer>, Infallible> {
        Ok(self.signers.get(&enrolment).cloned())
    }

    fn owner(&mut self, actor: ActorId) -> Result<Option<EnrolmentId>, Infallible> {
        Ok(self.owners.get(&actor).copied())
    }

    fn sealed(&mut self, _: UnitId) -> Result<bool, Infallible> {
        Ok(false)
    }

    fn find(&mut self, document: DocumentId) -> Result<Found, Infallible> {
        let found = self.documents.get(&document).map(|(document, scope)| {
            let (document, scope) = (document.clone(), *scope);
            Found::Held(Box::new(Held { document, scope, former: Vec::new() }))
        });
        Ok(found.unwrap_or(Found::Nowhere))
    }
}
