//! `bench-server`: the server benchmark over both kinds of databases, written as a page of the documentation.

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use tempfile::TempDir;
use tests::bench::load::{Load, Outcome, bring};
use tests::bench::{Figure, day, machine};
use tests::demo::crew::say;
use tests::place::{CLUSTER, Place};
use tests::server::{Server, command};

/// The town of the stories.
const TOWN: &str = include_str!("../../story/town.toml");
/// Devices that send as fast as they are answered, and households of each.
const SENDERS: u8 = 4;
/// Devices that bring a day's work, with the households and edits of each.
const DEVICES: u8 = 200;
const A_DAY: (usize, usize) = (40, 5);

/// Measures the server with loads of devices.
#[derive(Parser)]
#[command(about)]
struct Arguments {
    /// Households of each device that sends as fast as it can.
    #[arg(long, default_value_t = 1_000)]
    households: usize,
    /// Seconds over which the devices with a day's work come.
    #[arg(long, default_value_t = 60)]
    minute: u64,
    /// How often each load is brought; the middle one is shown.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Where the page goes.
    #[arg(long, default_value = "docs/benchmarks-server.md")]
    out: PathBuf,
}

/// A town with so many server processes.
struct Stage {
    servers: Vec<Server>,
    _folder: TempDir,
}

/// Every change that was brought has to be acknowledged.
fn whole(outcome: Outcome, brought: usize) -> anyhow::Result<Outcome> {
    anyhow::ensure!(outcome.acknowledged == brought, "{} of {brought} acknowledged", outcome.acknowledged);
    Ok(outcome)
}

impl Stage {
    fn new(cluster: bool, servers: usize) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("rasoat-bench-").tempdir()?;
        let file = folder.path().join("town.toml");
        std::fs::write(&file, TOWN)?;
        let data = folder.path().join("server");
        let place = match (cluster, Place::new(&data)) {
            (false, _) => Place::Folder(data),
            (true, place) => place,
        };
        let made = command(&place, &["init", "--town", &file.to_string_lossy()], "");
        made.map_err(|refused| anyhow::anyhow!("no town: {refused}"))?;
        let start = |at: usize| Server::start(&place, &folder.path().join(format!("{at}.log")));
        Ok(Self { servers: (0..servers).map(start).collect(), _folder: folder })
    }

    fn fast(&mut self, households: usize) -> anyhow::Result<Outcome> {
        let loads: Vec<Load> =
            (1..=SENDERS).map(|number| Load::new(&self.servers[0], number, households, 0)).collect();
        let brought = loads.iter().map(|load| load.changes).sum();
        whole(bring(&mut self.servers, loads, Duration::ZERO), brought)
    }

    fn days(&mut self, over: Duration) -> anyhow::Result<Outcome> {
        let (households, edits) = A_DAY;
        let loads: Vec<Load> =
            (1..=DEVICES).map(|number| Load::new(&self.servers[0], number, households, edits)).collect();
        let brought = loads.iter().map(|load| load.changes).sum();
        whole(bring(&mut self.servers, loads, over), brought)
    }
}

/// Runs a load on a fresh stage several times; the run in the middle by its time.
fn middle(runs: usize, mut run: impl FnMut() -> anyhow::Result<Outcome>) -> anyhow::Result<Outcome> {
    let mut all = (0..runs).map(|_| run()).collect::<anyhow::Result<Vec<_>>>()?;
    all.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    Ok(all.swap_remove(all.len() / 2))
}

fn row(name: &str, it: &Outcome) -> String {
    let answers = Figure::of(it.answers.clone());
    let mut slowest = it.answers.clone();
    slowest.sort_by(f64::total_cmp);
    let p99 = slowest[(slowest.len() * 99 / 100).min(slowest.len() - 1)];
    let changes = it.acknowledged as f64;
    format!(
        "| {name} | {} | {:.1} | {:.0} | {:.0} | {:.0} | {:.0} / {p99:.0} | {:.0} |",
        it.acknowledged,
        it.seconds,
        changes / it.seconds,
        changes / it.cpu,
        it.cpu / changes * 1e6,
        answers.median,
        it.memory
    )
}

fn main() -> anyhow::Result<()> {
    let Arguments { households, minute, runs, out } = Arguments::parse();
    anyhow::ensure!(is_cluster_there(), "start it beside a cluster: .ci/postgres bench-server");
    let mut rows = Vec::new();
    for (name, cluster, servers) in
        [("SQLite", false, 1), ("PostgreSQL, one process", true, 1), ("PostgreSQL, two processes", true, 2)]
    {
        let fast = middle(runs, || Stage::new(cluster, servers)?.fast(households))?;
        rows.push(row(&format!("{name}: {SENDERS} devices without a pause"), &fast));
        say(rows.last().map_or("", String::as_str));
        let spread = middle(1, || Stage::new(cluster, servers)?.days(Duration::from_secs(minute)))?;
        rows.push(row(&format!("{name}: {DEVICES} devices within {minute} s"), &spread));
        say(rows.last().map_or("", String::as_str));
        let at_once = middle(1, || Stage::new(cluster, servers)?.days(Duration::ZERO))?;
        rows.push(row(&format!("{name}: {DEVICES} devices in the same second"), &at_once));
        say(rows.last().map_or("", String::as_str));
    }
    let text = format!(
        "# Server benchmark\n\n`make bench-server` writes this page. Release build; {}; {}.\n\n\
         Server, database and devices share the machine. Every change of a load is signed before the clock starts; every \
         one is acknowledged by its hash, or the run fails. Households are those of the [device \
         benchmark](benchmarks-device.md), six changes each; a day's work is {} new households with {} further edits \
         each. Runs of the first kind of load, of which the middle one is shown: {runs}. The cluster waits for the disk \
         (`fsync`). Processor time is that of the server's processes, without the database's own for PostgreSQL.\n\n\
         | load | changes | seconds | changes/s | changes per CPU-second | µs of CPU a change | answer, ms: median / p99 | \
         memory, MiB |\n|---|---:|---:|---:|---:|---:|---:|---:|\n{}\n",
        machine(),
        day(),
        A_DAY.0,
        A_DAY.1,
        rows.join("\n")
    );
    std::fs::write(&out, &text)?;
    say(&text);
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "the cluster is a setting of the run")]
fn is_cluster_there() -> bool {
    std::env::var(CLUSTER).is_ok()
}
