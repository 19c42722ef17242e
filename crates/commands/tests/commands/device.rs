//! A device in a folder, its network, and how a test speaks to it.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use commands::{App, ErrorCode, Fault, Host, HostError, HostFile, HttpAnswer, HttpRequest};
use domain::id::UserId;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::town::{Town, VILLAGE};

pub const PIN: &str = "271828";
pub const SERVER: &str = "http://127.0.0.1:9";

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It does not arrive.
    Lost,
    /// It arrives, and the answer does not.
    AnswerLost,
    /// Something before the server answers with this status.
    Status(u16),
    /// The answer comes with this many bytes missing.
    Cut(usize),
}

type Hook = Box<dyn FnOnce() + Send>;
/// Gives what comes next on a stream; happens when what came before it was heard.
pub type Next = Box<dyn FnOnce() -> String + Send>;

/// The network between the devices and the town.
pub struct Network {
    pub town: Mutex<Town>,
    troubles: Mutex<VecDeque<Option<Trouble>>>,
    hook: Mutex<Option<Hook>>,
    stream: Mutex<VecDeque<Next>>,
}

impl Network {
    pub fn new() -> Arc<Self> {
        let (troubles, hook, stream) = (Mutex::default(), Mutex::default(), Mutex::default());
        Arc::new(Self { town: Mutex::new(Town::new()), troubles, hook, stream })
    }

    pub fn town(&self) -> std::sync::MutexGuard<'_, Town> {
        self.town.lock().unwrap()
    }

    /// The next requests meet these.
    pub fn meets(&self, troubles: &[Option<Trouble>]) {
        *self.troubles.lock().unwrap() = troubles.iter().copied().collect();
    }

    /// Happens while the next request is on its way.
    pub fn meanwhile(&self, hook: impl FnOnce() + Send + 'static) {
        *self.hook.lock().unwrap() = Some(Box::new(hook));
    }

    /// Whoever listens next hears this, and then the stream ends.
    pub fn tells(&self, stream: Vec<Next>) {
        *self.stream.lock().unwrap() = stream.into();
    }

    fn listen(
        &self,
        request: HttpRequest<'_>,
        hear: &mut dyn FnMut(&[u8]) -> bool,
    ) -> Result<u16, HostError> {
        assert_eq!(request.url, format!("{SERVER}/v1/live"));
        if self.town().is_stranger(request.token) {
            return Ok(403);
        }
        loop {
            let next = self.stream.lock().unwrap().pop_front();
            let Some(next) = next else { return Ok(200) };
            if !hear(next().as_bytes()) {
                return Ok(200);
            }
        }
    }

    fn post(&self, request: HttpRequest<'_>) -> Result<HttpAnswer, HostError> {
        let hook = self.hook.lock().unwrap().take();
        if let Some(hook) = hook {
            hook();
        }
        let trouble = self.troubles.lock().unwrap().pop_front().flatten();
        let path = request.url.strip_prefix(SERVER).ok_or(HostError::Unreachable)?;
        match trouble {
            Some(Trouble::Lost) => return Err(HostError::Unreachable),
            Some(Trouble::Status(status)) => {
                return Ok(HttpAnswer { status, headers: Vec::new(), body: b"<html>".to_vec() });
            }
            _ => {}
        }
        let mut answer = self.town().answer(path, request);
        match trouble {
            Some(Trouble::AnswerLost) => return Err(HostError::Unreachable),
            Some(Trouble::Cut(bytes)) => answer.body.truncate(answer.body.len().saturating_sub(bytes)),
            _ => {}
        }
        Ok(answer)
    }
}

/// A host with a virtual clock and randomness from a seed.
pub struct TestHost {
    pub folder: PathBuf,
    pub clock: Arc<AtomicI64>,
    network: Arc<Network>,
    seed: u64,
    drawn: AtomicU64,
}

impl Host for TestHost {
    fn now(&self) -> i64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }

    fn today(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2016, 10, 10).unwrap()
    }

    fn random(&self, bytes: &mut [u8]) {
        for piece in bytes.chunks_mut(32) {
            let drawn = self.drawn.fetch_add(1, Ordering::Relaxed);
            let hash = Sha256::new().chain_update(self.seed.to_be_bytes()).chain_update(drawn.to_be_bytes());
            piece.copy_from_slice(&hash.finalize()[..piece.len()]);
        }
    }

    fn post(&self, request: HttpRequest<'_>) -> Result<HttpAnswer, HostError> {
        self.network.post(request)
    }

    fn listen(
        &self,
        request: HttpRequest<'_>,
        hear: &mut dyn FnMut(&[u8]) -> bool,
    ) -> Result<u16, HostError> {
        self.network.listen(request, hear)
    }

    fn data_dir(&self) -> PathBuf {
        self.folder.clone()
    }

    fn read(&self, file: HostFile) -> Result<Option<Vec<u8>>, HostError> {
        match std::fs::read(self.folder.join(file.name())) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(HostError::File),
        }
    }

    fn write(&self, file: HostFile, bytes: &[u8]) -> Result<(), HostError> {
        std::fs::write(self.folder.join(file.name()), bytes).map_err(|_| HostError::File)
    }
}

/// A device of one person.
pub struct Device {
    pub app: Arc<App<TestHost>>,
    pub folder: tempfile::TempDir,
    pub network: Arc<Network>,
}

static SEEDS: AtomicU64 = AtomicU64::new(1);
static STEPS: AtomicU64 = AtomicU64::new(1);

impl Device {
    /// A device on which nobody is enrolled.
    pub fn new(network: &Arc<Network>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = Arc::new(App::new(host(folder.path().to_owned(), network)));
        Self { app, folder, network: network.clone() }
    }

    /// A device on which this person is enrolled.
    pub fn of(network: &Arc<Network>, user: UserId) -> Self {
        let device = Self::new(network);
        let code = device.code(user);
        device.ok("app.enrol", json!({"server": SERVER, "code": code, "pin": PIN, "device_name": "Máy thử"}));
        device
    }

    /// A fresh one-time code for the person.
    pub fn code(&self, user: UserId) -> String {
        let mut town = self.network.town();
        let code = format!("MA-{}", town.codes.len() + 1);
        town.codes.insert(code.replace('-', ""), user);
        code
    }

    /// Ends the program and starts it again; the PIN is yet to be given.
    pub fn restart(mut self) -> Self {
        self.app = Arc::new(App::new(host(self.folder.path().to_owned(), &self.network)));
        self
    }

    /// Ends the program, starts it again and unlocks it.
    pub fn reopen(self) -> Self {
        let device = self.restart();
        device.ok("app.unlock", json!({"pin": PIN}));
        device
    }

    pub fn ok(&self, method: &str, params: Value) -> Value {
        self.app.rpc(method, params).unwrap_or_else(|fault| panic!("{method}: {fault:?}"))
    }

    pub fn fault(&self, method: &str, params: Value) -> Fault {
        self.app.rpc(method, params).expect_err(method)
    }

    pub fn code_of(&self, method: &str, params: Value) -> ErrorCode {
        self.fault(method, params).code
    }

    /// A new household of one person; its id.
    pub fn enters(&self, name: &str) -> String {
        let created = self.ok("household.create", json!({"village": VILLAGE, "members": [{"name": name}]}));
        created["id"].as_str().unwrap().to_owned()
    }

    pub fn page(&self, id: &str) -> Value {
        self.ok("household.open", json!({"id": id}))
    }

    /// Saves fields on the state that the page shows.
    pub fn saves_on(&self, page: &Value, edits: &[(&str, Value)]) -> Value {
        let edits: Vec<Value> =
            edits.iter().map(|(field, value)| json!({"field": field, "value": value})).collect();
        self.ok("household.save", json!({"id": page["id"], "heads": page["heads"], "edits": edits}))
    }

    /// Opens the household and saves fields.
    pub fn saves(&self, id: &str, edits: &[(&str, Value)]) -> Value {
        self.saves_on(&self.page(id), edits)
    }

    /// The edits of a step of the open review, taken by this person after every step that the page shows.
    pub fn step(&self, page: &Value, name: &str) -> Value {
        let by = self.ok("config.get", json!({}))["user"]["id"].clone();
        let path =
            format!("reviews/{}/steps/{:032x}", crate::town::REVIEW, STEPS.fetch_add(1, Ordering::Relaxed));
        let taken = page["household"]["reviews"][crate::town::REVIEW.to_string()]["steps"].as_object();
        let seen: Vec<&str> = taken.into_iter().flatten().map(|(id, _)| id.as_str()).collect();
        let seen = (!seen.is_empty()).then(|| seen.join(","));
        json!([{"field": format!("{path}/step"), "value": name}, {"field": format!("{path}/by"), "value": by},
               {"field": format!("{path}/at"), "value": 1_476_000_000},
               {"field": format!("{path}/after"), "value": seen}])
    }

    /// Takes steps of the open review one after the other.
    pub fn takes(&self, id: &str, names: &[&str]) -> Value {
        for name in names {
            let page = self.page(id);
            let edits = self.step(&page, name);
            self.ok("household.save", json!({"id": id, "heads": page["heads"], "edits": edits}));
        }
        self.page(id)
    }

    /// Tries to take a step; the fault.
    pub fn cannot_take(&self, id: &str, name: &str) -> Fault {
        let page = self.page(id);
        let edits = self.step(&page, name);
        self.fault("household.save", json!({"id": id, "heads": page["heads"], "edits": edits}))
    }

    /// Syncs; the report.
    pub fn syncs(&self) -> Value {
        self.ok("sync.run", json!({}))
    }

    /// Syncs and expects everything to be in step.
    pub fn syncs_well(&self) -> Value {
        let report = self.syncs();
        assert_eq!(report["problems"], json!([]));
        assert_eq!(report["complete"], true, "{report}");
        report
    }

    pub fn summary(&self) -> Value {
        self.ok("home.summary", json!({}))
    }

    pub fn names(&self, search: &str) -> Vec<String> {
        let list = self.ok("household.list", json!({"search": search, "offset": 0, "limit": 100}));
        let rows = list["rows"].as_array().unwrap();
        rows.iter().filter_map(|row| row["name"].as_str().map(str::to_owned)).collect()
    }
}

fn host(folder: PathBuf, network: &Arc<Network>) -> TestHost {
    TestHost {
        folder,
        clock: Arc::new(AtomicI64::new(1_476_000_000)),
        network: network.clone(),
        seed: SEEDS.fetch_add(1, Ordering::Relaxed),
        drawn: AtomicU64::new(0),
    }
}

/// The field of an answer of the open review.
pub fn answer(question: &str) -> String {
    format!("reviews/{}/answers/{question}", crate::town::REVIEW)
}

/// The field of the open review's B1 total.
pub fn b1() -> String {
    format!("reviews/{}/b1_entered", crate::town::REVIEW)
}
