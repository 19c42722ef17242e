//! What the town's report costs: the seconds and the memory of the server's program, asked as the office asks it.
//!
//! The households come in as they do for people: made on the side of the devices, signed, and pushed over HTTP to a server that
//! checks each change. Their review is recognised with the server's own command before anything is measured.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use postgres::NoTls;
use reqwest::blocking::{Client as Http, Response};
use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::redirect::Policy;
use sync_server::database::Location;

use super::population::{A_REQUEST, Maker};
use crate::client::{Client, chunk};
use crate::place::Place;
use crate::process::Process;
use crate::server::{Server, call, command};

/// Households of a village, about: whole requests.
const A_VILLAGE: usize = 8 * A_REQUEST;
/// Villages of a commune.
const A_COMMUNE: usize = 10;
/// Devices that bring the households side by side, each those of its own villages.
const DEVICES: usize = 4;
/// Between two looks at a program's memory.
const LOOK: Duration = Duration::from_millis(10);
/// Longer than the server lets any request take.
const PATIENCE: Duration = Duration::from_secs(90);
/// Where registry, days and letter of the report are from.
const EXAMPLE: &str = include_str!("../../../sync-server/demo/example.toml");
const MIB: f64 = 1024.0 * 1024.0;

/// What one size of town costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// Households.
    pub households: usize,
    /// Villages.
    pub villages: usize,
    /// The office's page of checks: the one in the middle, and the most memory of a server that did nothing but such pages.
    /// None if the server gives up on it.
    pub page: Option<Run>,
    /// The command that writes letter, tables and figures.
    pub files: Run,
    /// Computing all views from the logs.
    pub rebuild: Run,
    /// Logs, views and keys on the disk, in MiB.
    pub database: f64,
}

/// What a run of a program took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// From its beginning to its end, in seconds.
    pub seconds: f64,
    /// Processor time, in seconds.
    pub cpu: f64,
    /// The most memory that the program ever held, in MiB.
    pub memory: f64,
}

/// Fills a town with so many households and measures its report, the page so many times.
///
/// # Panics
/// When the server refuses anything.
pub fn cost(folder: &Path, place: &Place, households: usize, pages: usize) -> Cost {
    let villages = households.div_ceil(A_VILLAGE).max(DEVICES);
    let (file, log) = (folder.join("town.toml"), folder.join("server.log"));
    std::fs::write(&file, town(villages)).expect("the town file can be written");
    done(place, &["init", "--town", &file.to_string_lossy()], "");
    fill(&Server::start(place, &log), households);
    let rebuild = run(call(place, &["rebuild"]), &log);
    let terms = ["--decision", "6120/QĐ-UBND", "--decided-on", "2016-12-30", "--from", "2017-01-03"];
    done(place, &[["recognise", "--review", "2016"].as_slice(), &terms].concat(), "");
    let files = run(call(place, &["report", "--out", &folder.join("out").to_string_lossy()]), &log);
    done(place, &["office-user", "--name", "huong", "--password-stdin"], PASSWORD);
    let mut server = Server::start(place, &log);
    let page = page(&mut server, pages);
    Cost { households, villages, page, files, rebuild, database: size(place) / MIB }
}

const PASSWORD: &str = "mat khau cua may do";

fn done(place: &Place, arguments: &[&str], input: &str) {
    command(place, arguments, input).unwrap_or_else(|refused| panic!("{arguments:?}: {refused}"));
}

fn part<const N: usize>(fields: [(&str, toml::Value); N]) -> toml::Value {
    toml::Value::Table(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn unit(key: String, parent: String, kind: &str, name: String) -> toml::Value {
    part([
        ("key", key.into()),
        ("parent", parent.into()),
        ("kind", kind.into()),
        ("name", name.into()),
        ("valid_from", "1981-12-18".into()),
    ])
}

/// The example town with so many villages and the people who survey them.
fn town(villages: usize) -> String {
    let mut town: toml::Table = EXAMPLE.parse().expect("the example is a town file");
    let communes = (0..villages.div_ceil(A_COMMUNE))
        .map(|at| unit(format!("x{at}"), "thi-du".to_owned(), "commune", format!("Phường số {at}")));
    let streets = (0..villages)
        .map(|at| unit(format!("k{at}"), format!("x{}", at / A_COMMUNE), "village", format!("Khu phố {at}")));
    let top = town["unit"][0].clone();
    let units = std::iter::once(top).chain(communes).chain(streets).collect();
    town.insert("unit".to_owned(), toml::Value::Array(units));
    let users = (0..DEVICES).map(|device| {
        let own: Vec<toml::Value> =
            (device..villages).step_by(DEVICES).map(|at| format!("k{at}").into()).collect();
        let name = format!("Người rà soát {device}");
        part([
            ("key", format!("nguoi-{device}").into()),
            ("name", name.into()),
            ("role", "collector".into()),
            ("scopes", toml::Value::Array(own)),
        ])
    });
    town.insert("user".to_owned(), toml::Value::Array(users.collect()));
    town.remove("population");
    town.to_string()
}

/// Every device makes its share of the households, request after request, village after village.
fn fill(server: &Server, households: usize) {
    std::thread::scope(|scope| {
        for device in 0..DEVICES {
            let mut left = (households - device).div_ceil(DEVICES);
            let client = Client::enrol(&server.url(), &server.code(&format!("nguoi-{device}")));
            scope.spawn(move || {
                let mut maker = Maker::of_part(client.review(), device as u8);
                let mut client = client.with_actor(maker.actor());
                for village in client.scopes().into_iter().cycle() {
                    let now = left.min(A_REQUEST);
                    let made: Vec<_> = (0..now).map(|_| maker.household()).collect();
                    let chunks = made.iter().map(|it| {
                        (it.id(), it.changes().iter().map(|change| chunk(it.id(), change)).collect())
                    });
                    client.push_all(village, chunks.collect());
                    left -= now;
                    if left == 0 {
                        break;
                    }
                }
            });
        }
    });
}

/// Runs a program to its end.
#[allow(clippy::disallowed_methods, reason = "how long it takes is measured here")]
fn run(mut command: Command, log: &Path) -> Run {
    let log = File::options().create(true).append(true).open(log).expect("the log can be written");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    let began = Instant::now();
    let mut process = Process::start(&mut command);
    let (mut cpu, mut memory) = (0.0, 0.0);
    let ended = loop {
        // a program that has ended tells nothing any more: the last look counts
        cpu = process.cpu().max(cpu);
        memory = peak(&process).max(memory);
        match process.child().try_wait().expect("the program can be waited for") {
            Some(ended) => break ended,
            None => std::thread::sleep(LOOK),
        }
    };
    assert!(ended.success(), "{command:?}");
    Run { seconds: began.elapsed().as_secs_f64(), cpu, memory }
}

/// The most memory that a process took so far, in MiB; 0 for one that has ended.
fn peak(process: &Process) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}

/// The office's page of checks: the one in the middle. None if the server gives up on it.
#[allow(clippy::disallowed_methods, reason = "how long it takes is measured here")]
fn page(server: &mut Server, pages: usize) -> Option<Run> {
    let http = Http::builder().redirect(Policy::none()).timeout(PATIENCE).build().expect("a client");
    let form = format!("name=huong&password={}", PASSWORD.replace(' ', "+"));
    let entered = http.post(format!("{}/office/login", server.url())).body(form).send().expect("an answer");
    let cookie = entered.headers()[SET_COOKIE].to_str().expect("a cookie").to_owned();
    let cookie = cookie.split(';').next().unwrap_or_default();
    let mut runs = Vec::new();
    for _ in 0..pages {
        let (began, before) = (Instant::now(), server.process().cpu());
        let asked = http.get(format!("{}/office/report", server.url())).header(COOKIE, cookie).send();
        let came = asked.and_then(Response::error_for_status).and_then(Response::bytes).ok()?;
        assert!(!came.is_empty());
        let (seconds, cpu) = (began.elapsed().as_secs_f64(), server.process().cpu() - before);
        runs.push(Run { seconds, cpu, memory: peak(server.process()) });
    }
    runs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
    let memory = runs.iter().map(|run| run.memory).fold(0.0, f64::max);
    runs.get(runs.len() / 2).map(|middle| Run { memory, ..*middle })
}

/// Bytes of everything that the server keeps.
fn size(place: &Place) -> f64 {
    match place.location() {
        Location::Folder(folder) => {
            let files = std::fs::read_dir(folder).expect("the folder can be read");
            let bytes = files.filter_map(|file| Some(file.ok()?.metadata().ok()?.len()));
            bytes.sum::<u64>() as f64
        }
        Location::Postgres { town, keys } => [town, keys]
            .iter()
            .map(|address| {
                let mut client = postgres::Client::connect(address, NoTls).expect("the cluster answers");
                let row = client.query_one("SELECT pg_database_size(current_database())", &[]);
                row.expect("a size").get::<_, i64>(0) as f64
            })
            .sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small town costs something, and its files are written.
    #[test]
    fn the_report_of_a_small_town_is_measured() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Folder(folder.path().join("server"));
        let cost = cost(folder.path(), &place, 70, 3);
        assert_eq!((cost.households, cost.villages), (70, DEVICES));
        let page = cost.page.expect("the server answers");
        assert!([page, cost.files, cost.rebuild].iter().all(|it| it.seconds > 0.0 && it.memory > 0.0));
        assert!(cost.database > 0.0);
        assert!(folder.path().join("out/bao-cao.docx").is_file());
    }
}
