//! A field device as a process: JSON lines in, JSON lines out.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::process::{Process, program};

/// The PIN of every device in tests and in the demo town.
pub const PIN: &str = "870870";

/// An answer that is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code.
    pub code: String,
    /// The whole error as it was said.
    pub said: Value,
}

/// A running device.
pub struct Field {
    process: Process,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    data: PathBuf,
    in_step: bool,
    next: u64,
}

impl Field {
    /// Starts a device with its data in a folder.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(data: &Path) -> Self {
        Self::begin(data, false)
    }

    /// Starts a device that syncs without being asked, as the window does.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start_in_step(data: &Path) -> Self {
        Self::begin(data, true)
    }

    fn begin(data: &Path, in_step: bool) -> Self {
        let mut command = Command::new(program("rasoat-device"));
        command.arg("--data").arg(data).arg("lines").args(in_step.then_some("--in-step"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = Process::start(&mut command);
        let input = process.child().stdin.take().expect("its input is piped");
        let output = BufReader::new(process.child().stdout.take().expect("its output is piped"));
        Self { process, input, output, data: data.to_owned(), in_step, next: 0 }
    }

    /// Memory that it holds now, in KiB.
    pub fn memory_kib(&self) -> u64 {
        self.process.memory_kib()
    }

    /// Where its data lies.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Asks and gives the answer, if the device answered at all.
    pub fn ask(&mut self, method: &str, params: Value) -> Option<Result<Value, Refusal>> {
        self.send(method, params)?;
        self.hear()
    }

    /// Sends a request without waiting for its answer; `None` when the device is gone.
    pub fn send(&mut self, method: &str, params: Value) -> Option<()> {
        self.next += 1;
        let request = json!({ "id": self.next, "method": method, "params": params });
        self.line(&request.to_string())
    }

    /// Sends a line as it is.
    pub fn line(&mut self, line: &str) -> Option<()> {
        writeln!(self.input, "{line}").ok()?;
        self.input.flush().ok()
    }

    /// Reads one answer; `None` when the device is gone.
    ///
    /// # Panics
    /// When a line is not an answer.
    pub fn hear(&mut self) -> Option<Result<Value, Refusal>> {
        let mut line = String::new();
        if self.output.read_line(&mut line).ok()? == 0 || !line.ends_with('\n') {
            return None;
        }
        let mut answer: Value = serde_json::from_str(&line).expect("an answer is JSON");
        if let Some(ok) = answer.get_mut("ok") {
            return Some(Ok(ok.take()));
        }
        let said = answer["error"].take();
        let code = said["code"].as_str().expect("an error has a code").to_owned();
        Some(Err(Refusal { code, said }))
    }

    /// Asks for something that must be done.
    ///
    /// # Panics
    /// When it is refused or the device is gone.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        match self.ask(method, params) {
            Some(Ok(answer)) => answer,
            Some(Err(refusal)) => panic!("{method} was refused: {}", refusal.said),
            None => panic!("{method}: the device is gone"),
        }
    }

    /// Asks for something that must be refused, and gives the refusal, which must speak both languages.
    ///
    /// # Panics
    /// When it is done, or the refusal has no words.
    pub fn refused(&mut self, method: &str, params: Value) -> Refusal {
        let Some(Err(refusal)) = self.ask(method, params) else { panic!("{method} was not refused") };
        for language in ["vi", "en"] {
            let words = refusal.said[language].as_str().unwrap_or_default();
            assert!(
                !words.is_empty() && words != refusal.code,
                "{} has no words in {language}",
                refusal.code
            );
        }
        refusal
    }

    /// Enrols the device with a one-time code.
    pub fn enrol(&mut self, server: &str, code: &str, name: &str) {
        self.call("app.enrol", json!({ "server": server, "code": code, "pin": PIN, "device_name": name }));
    }

    /// Opens the database.
    pub fn unlock(&mut self) {
        self.call("app.unlock", json!({ "pin": PIN }));
    }

    /// Ends it at once, as a power cut would.
    pub fn ends(&mut self) {
        self.process.kill();
    }

    /// Ends it at once and starts it again, locked.
    pub fn crash(&mut self) {
        self.ends();
        *self = Self::begin(&self.data, self.in_step);
    }
}
