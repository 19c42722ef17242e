//! Programs of this project as processes of their own, and where they lie.
//!
//! **Invariant:** a process that was started here is ended by its own id when its handle is dropped.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// Path of a program of this workspace that has been built beside this one.
///
/// # Panics
/// When it has not been built: `cargo build --workspace --bins` builds all of them.
pub fn program(name: &str) -> PathBuf {
    let this = std::env::current_exe().expect("this program has a path");
    let folders = this.ancestors().skip(1).take(2);
    let found = folders.map(|folder| folder.join(name)).find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("{name} is not built; run `cargo build --workspace --bins` first"))
}

/// A running program.
pub struct Process(Child);

impl Process {
    /// Starts a program.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Self {
        Self(command.spawn().unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}")))
    }

    /// Starts a program that says in its first line that it is ready, and gives that line; what it says later is
    /// read and thrown away, so that it never waits for a reader.
    ///
    /// # Panics
    /// When it ends before it says anything.
    pub fn start_and_hear(command: &mut Command) -> (Self, String) {
        let mut process = Self::start(command.stdout(Stdio::piped()).stdin(Stdio::null()));
        let mut output = BufReader::new(process.0.stdout.take().expect("its output is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("its output can be read");
        assert!(!line.is_empty(), "{command:?} ended before it was ready");
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        (process, line)
    }

    /// The process itself.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Its id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Ends it at once, as a power cut would: no signal handler runs.
    pub fn kill(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// The most memory that it ever held, in KiB.
    pub fn peak_memory_kib(&self) -> u64 {
        self.status("VmHWM:")
    }

    /// Memory that it holds now, in KiB.
    pub fn memory_kib(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// Processor time that it has used, in seconds.
    ///
    /// # Panics
    /// When it has been waited for.
    pub fn cpu(&self) -> f64 {
        const TICKS_A_SECOND: f64 = 100.0;
        let line = std::fs::read_to_string(format!("/proc/{}/stat", self.id())).expect("the process runs");
        // after the name, which may hold anything, the 12th and 13th fields are the times
        let (_, fields) = line.rsplit_once(')').expect("a name in brackets");
        let times = fields.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
        times.sum::<f64>() / TICKS_A_SECOND
    }

    /// A size in KiB that the system tells of it.
    fn status(&self, name: &str) -> u64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.id())).expect("the process runs");
        let line = status.lines().find(|line| line.starts_with(name)).expect("its memory is known");
        line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("its memory is a number")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
