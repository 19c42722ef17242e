//! The town's server as a process.

use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use sync_server::database::Location;

use crate::place::Place;
use crate::process::{Process, program};

/// Runs a command of the server to its end and gives what it says.
///
/// # Errors
/// What it said when it refused.
///
/// # Panics
/// When it cannot be run.
pub fn command(place: &Place, arguments: &[&str], input: &str) -> Result<Value, Value> {
    let mut command = call(place, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().expect("the server's program runs");
    // The command may not read its input at all.
    let _ = running.stdin.take().expect("its input is piped").write_all(input.as_bytes());
    let ended = running.wait_with_output().expect("the server's program ends");
    let said = if ended.status.success() { &ended.stdout } else { &ended.stderr };
    let last = String::from_utf8_lossy(said).trim().lines().last().unwrap_or_default().to_owned();
    let said = serde_json::from_str(&last).unwrap_or(Value::String(last));
    if ended.status.success() { Ok(said) } else { Err(said) }
}

/// A command of the server that is yet to be run.
///
/// # Panics
/// When it has no name.
pub fn call(place: &Place, arguments: &[&str]) -> Command {
    let (name, rest) = arguments.split_first().expect("a command has a name");
    let mut command = Command::new(program("sync-server"));
    command.arg(name).args(arguments_of(place)).args(rest);
    command
}

/// How the server's program is told where its data is.
fn arguments_of(place: &Place) -> Vec<String> {
    match place.location() {
        Location::Folder(folder) => vec!["--data".to_owned(), folder.to_string_lossy().into_owned()],
        Location::Postgres { town, keys } => {
            vec!["--database".to_owned(), town.to_string(), "--keys".to_owned(), keys.to_string()]
        }
    }
}

/// A running server.
pub struct Server {
    process: Process,
    place: Place,
    log: PathBuf,
    address: SocketAddr,
}

impl Server {
    /// Serves a place that has a town, on a free loopback port; what it logs is added to a file.
    ///
    /// # Panics
    /// When it does not come up.
    pub fn start(place: &Place, log: &Path) -> Self {
        let mut command = Command::new(program("sync-server"));
        command.arg("serve").args(arguments_of(place)).args(["--listen", "127.0.0.1:0"]);
        let lines = File::options().create(true).append(true).open(log).expect("its log can be written");
        command.env("RASOAT_LOG", "sync_server=info").stderr(lines);
        let (process, line) = Process::start_and_hear(&mut command);
        let said: Value = serde_json::from_str(&line).expect("the server says where it listens");
        let address = said["listening"].as_str().and_then(|url| url.strip_prefix("http://"));
        let address = address.and_then(|address| address.parse().ok()).expect("the server has an address");
        Self { process, place: place.clone(), log: log.to_owned(), address }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address as devices know it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where its data is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Its process.
    pub fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// A one-time code for a user of the town file.
    ///
    /// # Panics
    /// When the server has no such user.
    pub fn code(&self, user: &str) -> String {
        let given = command(&self.place, &["enrol", "--user", user], "").expect("a code is given");
        given["code"].as_str().expect("a code is text").to_owned()
    }

    /// What it has logged.
    ///
    /// # Panics
    /// When the log cannot be read.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).expect("its log can be read")
    }

    /// The id of the newest enrolment, which the server logs.
    ///
    /// # Panics
    /// When nobody has enrolled.
    pub fn last_enrolment(&self) -> String {
        let log = self.log();
        let mut lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let enrolled = lines.rfind(|line| line["fields"]["message"] == "enrolled").expect("someone enrolled");
        enrolled["fields"]["enrolment"].as_str().expect("an enrolment has an id").to_owned()
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts it again after it was ended; on another port.
    pub fn restart(&mut self) {
        self.process.kill();
        *self = Self::start(&self.place, &self.log);
    }
}
