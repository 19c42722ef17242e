//! The same households over the same counted line: once between our device and server, once between those of other
//! engines.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use domain::scalar::Scalar;
use records::Document;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::population::{A_REQUEST, Maker};
use crate::client::{Client, chunk};
use crate::field::Field;
use crate::network::{Line, Passed};
use crate::place::Place;
use crate::process::Process;
use crate::server::{Server, command};

/// The town of the stories: one of its villages holds everybody here.
const TOWN: &str = include_str!("../../story/town.toml");
/// A line over which less than this passes is quiet, in bytes: engines ask each other whether they are still there.
const WHISPER: u64 = 200;
/// For so long, to be called so.
const QUIET: Duration = Duration::from_secs(6);
/// Of a hundred households, how many each side edits while both are apart.
const EDITED_PERCENT: usize = 1;
/// Of the edited households of one side, how many the other side edits as well, in another field.
const SHARED_PERCENT: usize = 20;

/// What passed when two sides met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Bytes and round trips.
    pub passed: Passed,
    /// From the beginning to the last byte, in seconds.
    pub seconds: f64,
    /// The most memory of the device, in MiB.
    pub memory: f64,
}

/// What an engine took.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// Its name.
    pub engine: &'static str,
    /// A device that wrote everything offline connects for the first time.
    pub upload: Crossing,
    /// A new device fetches everything.
    pub join: Crossing,
    /// A device that has everything connects again.
    pub idle: Crossing,
    /// Both sides have edited.
    pub changed: Crossing,
    /// Fields that the new device lacked, and edits of either side that the other one did not see in the end.
    pub lost: u64,
}

/// Households, and what both sides edit while they are apart.
pub struct Matter {
    documents: Vec<Document>,
    /// Household, field and new value, of the device that reconnects and of the others.
    edits: [Vec<(usize, &'static str, String)>; 2],
}

impl Matter {
    /// So many households of a village, made by a client that is enrolled in a town of their own.
    pub fn new(client: &Client, households: usize) -> Self {
        let mut maker = Maker::new(client.review());
        let documents: Vec<Document> = (0..households).map(|_| maker.household()).collect();
        let count = (households * EDITED_PERCENT / 100).max(1);
        let step = households / count;
        let shared = count * SHARED_PERCENT / 100;
        let ours = (0..count).map(|nth| (nth * step, "place/phone", format!("09{nth:08}")));
        let theirs = (0..count).map(|nth| {
            let apart = usize::from(nth >= shared && step > 1);
            (nth * step + apart, "place/address", format!("Số {nth} ngõ Mới"))
        });
        Self { documents, edits: [ours.collect(), theirs.collect()] }
    }

    /// As the other engines read it.
    fn to_json(&self) -> Value {
        let sections = |document: &Document| {
            let written = document.changes().into_iter().map(|change| document.written(&change.hash));
            let sections = written.filter(|fields| !fields.is_empty()).map(|fields| {
                let pairs = fields.iter().map(|(field, value)| json!([field.to_string(), plain(value)]));
                Value::Array(pairs.collect())
            });
            Value::Array(sections.collect())
        };
        let households: Vec<Value> = self.documents.iter().map(sections).collect();
        json!({ "households": households, "edits": { "a": self.edits[0], "b": self.edits[1] } })
    }
}

fn plain(value: &Scalar) -> Value {
    match value {
        Scalar::Null => Value::Null,
        Scalar::Bool(yes) => json!(yes),
        Scalar::Int(number) => json!(number),
        Scalar::Text(text) => json!(text.as_str()),
    }
}

/// Counts what passes while something is done.
#[allow(clippy::disallowed_methods, reason = "how long it takes is measured here")]
fn crossing(line: &Line, act: impl FnOnce() -> f64) -> Crossing {
    line.forget();
    let began = Instant::now();
    let memory = act();
    Crossing { passed: line.passed(), seconds: began.elapsed().as_secs_f64(), memory }
}

/// Our own device and server.
///
/// # Panics
/// When one of them refuses anything.
pub fn ours(households: usize, file: &Path) -> Taken {
    let folder = TempDir::with_prefix("rasoat-bench-").expect("a folder can be made");
    let (town, place) = (folder.path().join("town.toml"), Place::Folder(folder.path().join("server")));
    std::fs::write(&town, TOWN).expect("the town file can be written");
    command(&place, &["init", "--town", &town.to_string_lossy()], "").expect("the town is set up");
    let server = Server::start(&place, &folder.path().join("server.log"));
    let line = Line::to(server.address());
    let mut client = Client::enrol(&line.address(), &server.code("binh"));
    let matter = Matter::new(&client, households);
    std::fs::write(file, matter.to_json().to_string()).expect("the households can be written");

    let upload = crossing(&line, || {
        send_all(&mut client, &matter.documents);
        0.0
    });
    let mut other = Field::start(&folder.path().join("other"));
    other.enrol(&server.url(), &server.code("ha"), "máy khác");
    let data = folder.path().join("device");
    let mut device = Field::start(&data);
    device.enrol(&line.address(), &server.code("ha"), "máy đo");
    let join = crossing(&line, || syncs(&mut device));
    device.crash();
    device.unlock();
    let idle = crossing(&line, || syncs(&mut device));

    client.turn_to(&server.url());
    syncs(&mut other);
    for (device, edits) in [(&mut other, &matter.edits[1]), (&mut device, &matter.edits[0])] {
        for (at, field, value) in edits {
            let id = matter.documents[*at].id().to_string();
            let heads = device.call("household.open", json!({ "id": id }))["heads"].clone();
            let edits = json!([{ "field": field, "value": value }]);
            device.call("household.save", json!({ "id": id, "heads": heads, "edits": edits }));
        }
    }
    syncs(&mut other);
    let changed = crossing(&line, || syncs(&mut device));
    let lost = lost(&mut device, &client, &matter);
    Taken { engine: "Rà Soát", upload, join, idle, changed, lost }
}

fn send_all(client: &mut Client, documents: &[Document]) {
    let scope = client.scope();
    for some in documents.chunks(A_REQUEST) {
        let chunks = some.iter().map(|document| {
            (document.id(), document.changes().iter().map(|change| chunk(document.id(), change)).collect())
        });
        client.push_all(scope, chunks.collect());
    }
}

fn syncs(device: &mut Field) -> f64 {
    let report = device.call("sync.run", json!({}));
    assert_eq!(report["complete"], json!(true), "{report}");
    device.memory_kib() as f64 / 1024.0
}

/// What either side lacks of the other's edits, and the device of everything.
fn lost(device: &mut Field, client: &Client, matter: &Matter) -> u64 {
    let mut lost = 0;
    for (at, field, value) in &matter.edits[1] {
        let id = matter.documents[*at].id().to_string();
        let page = device.call("household.open", json!({ "id": id }));
        let part = field.split('/').fold(&page["household"], |at, key| &at[key]);
        lost += u64::from(part != value);
    }
    let log = client.pull_all();
    for (at, _, value) in &matter.edits[0] {
        let id = matter.documents[*at].id();
        let own = log.iter().filter(|entry| entry.document == id);
        let mut says =
            own.map(|entry| entry.bytes.windows(value.len()).any(|piece| piece == value.as_bytes()));
        lost += u64::from(!says.any(|it| it));
    }
    let summary = device.call("household.list", json!({ "offset": 0, "limit": 1 }));
    let held = summary["total"].as_u64().unwrap_or_default();
    lost + (matter.documents.len() as u64).abs_diff(held)
}

/// Where the other engines are.
fn peers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers")
}

/// Another engine's device or server.
struct Peer {
    process: Process,
    output: BufReader<ChildStdout>,
}

impl Peer {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new("node");
        command.arg("--max-old-space-size=8192").arg(peers().join("run.mjs")).args(arguments);
        let mut process = Process::start(command.stdin(Stdio::piped()).stdout(Stdio::piped()));
        let output = BufReader::new(process.child().stdout.take().expect("its output is piped"));
        Self { process, output }
    }

    /// Its next line that is none of an engine's own.
    fn hear(&mut self) -> String {
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).expect("its output can be read");
            assert!(read > 0, "a peer ended before it was done");
            let line = line.trim().to_owned();
            if line == "ready" || line == "done" || line.starts_with("{\"lacks\"") {
                return line;
            }
        }
    }

    /// Lets it put down what it has; what it lacks.
    fn ends(mut self) -> u64 {
        drop(self.process.child().stdin.take());
        let told: Value = serde_json::from_str(&self.hear()).expect("what it lacks is JSON");
        let _ = self.process.child().wait();
        told["lacks"].as_u64().expect("a number")
    }
}

/// Another engine between a device, a second one and a server, each a process of its own.
struct Bout<'a> {
    engine: &'static str,
    folder: TempDir,
    file: &'a Path,
    line: Line,
    lost: u64,
}

impl Bout<'_> {
    fn start(&self, deed: &str, device: &str, address: &str, side: &str) -> Peer {
        let folder = self.folder.path().join(device);
        let mut peer = Peer::start(&[
            self.engine,
            deed,
            &folder.to_string_lossy(),
            &self.file.to_string_lossy(),
            address,
            side,
        ]);
        assert_eq!(peer.hear(), "ready");
        peer
    }

    /// A device meets the server; over when nothing passes any more.
    #[allow(clippy::disallowed_methods, reason = "how long it takes is measured here")]
    fn meets(&mut self, deed: &str, device: &str, side: &str) -> Crossing {
        // it says that it is ready, then connects at once
        self.line.forget();
        let mut peer = self.start(deed, device, &self.line.address(), side);
        let began = Instant::now();
        assert_eq!(peer.hear(), "done");
        let (mut loud, mut passed) = (Instant::now(), self.line.passed());
        while loud.elapsed() < QUIET {
            std::thread::sleep(Duration::from_millis(50));
            let now = self.line.passed();
            if now.bytes() > passed.bytes() + WHISPER {
                (loud, passed) = (Instant::now(), now);
            }
        }
        let crossing = Crossing {
            passed: self.line.passed(),
            seconds: (loud - began).as_secs_f64(),
            memory: peer.process.peak_memory_kib() as f64 / 1024.0,
        };
        self.lost += peer.ends();
        crossing
    }
}

/// Another engine with the households of a file.
///
/// # Panics
/// When it is not installed, or ends before it is done.
pub fn theirs(engine: &'static str, file: &Path) -> Taken {
    let folder = TempDir::with_prefix("rasoat-bench-").expect("a folder can be made");
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a port is free").port();
    let server = folder.path().join("server");
    let mut server = Peer::start(&[engine, "serve", &server.to_string_lossy(), "-", &port.to_string(), ""]);
    assert_eq!(server.hear(), "ready");
    let line = Line::to(SocketAddr::from(([127, 0, 0, 1], port)));
    let mut bout = Bout { engine, folder, file, line, lost: 0 };
    let upload = bout.meets("upload", "a", "a");
    let join = bout.meets("join", "b", "b");
    let idle = bout.meets("reconnect-idle", "a", "a");
    for side in ["a", "b"] {
        bout.lost += bout.start("edit", side, "-", side).ends();
    }
    bout.meets("reconnect", "b", "none");
    let changed = bout.meets("reconnect", "a", "a");
    bout.meets("reconnect", "b", "b");
    drop(server);
    Taken { engine, upload, join, idle, changed, lost: bout.lost }
}
