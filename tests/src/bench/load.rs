//! The server under load: officers' devices bring a day's work, and everything is written down before the clock starts.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use domain::id::ActorId;
use sync::push::{self, Verdict};

use super::population::{A_REQUEST, Maker};
use crate::client::{Client, answer, chunk};
use crate::server::Server;

/// The status of a request that took longer than the server gives it.
const TOO_SLOW: u16 = 408;
/// The status of a server that could not do its part: nothing was stored.
const BROKEN: u16 = 500;
/// Before what was not answered is sent again.
const PAUSE: Duration = Duration::from_secs(1);

/// What one device brings.
pub struct Load {
    client: Client,
    bodies: Vec<Vec<u8>>,
    /// How many changes.
    pub changes: usize,
}

/// What came of a load.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Changes that the server acknowledged by their hash.
    pub acknowledged: usize,
    /// From the first request to the last answer, in seconds.
    pub seconds: f64,
    /// How long each answer took, in milliseconds.
    pub answers: Vec<f64>,
    /// Processor time of the server's processes, in seconds.
    pub cpu: f64,
    /// The most memory that one of them took, in MiB.
    pub memory: f64,
}

impl Load {
    /// So many new households by a device of its own, each edited so many times more.
    ///
    /// # Panics
    /// When the server does not enrol it.
    pub fn new(server: &Server, number: u8, households: usize, edits: usize) -> Self {
        let actor = ActorId::new([number; 16]);
        let mut client = Client::enrol(&server.url(), &server.code("binh")).with_actor(actor);
        let mut maker = Maker::new(client.review()).by(actor);
        let (mut bodies, mut changes, mut left) = (Vec::new(), 0, households);
        while left > 0 {
            let now = left.min(A_REQUEST);
            let made: Vec<_> = (0..now).map(|_| maker.edited(edits)).collect();
            let chunks = made.iter().map(|document| {
                (
                    document.id(),
                    document.changes().iter().map(|change| chunk(document.id(), change)).collect::<Vec<_>>(),
                )
            });
            let chunks: Vec<_> = chunks.collect();
            changes += chunks.iter().map(|(_, chunks)| chunks.len()).sum::<usize>();
            bodies.push(client.bodies(client.scope(), chunks));
            left -= now;
        }
        Self { client, bodies, changes }
    }

    /// Sends everything; how long each answer took, and how many changes were acknowledged.
    #[allow(clippy::disallowed_methods, reason = "how long an answer takes is measured here")]
    fn send(&mut self, url: &str) -> (Vec<f64>, usize) {
        self.client.turn_to(url);
        let (mut answers, mut acknowledged) = (Vec::new(), 0);
        for body in self.bodies.drain(..) {
            let began = Instant::now();
            // as a device does: what is not answered is sent again, however long it takes
            let told = loop {
                let told = self.client.try_post("/v1/push", body.clone());
                match told.filter(|told| told.status != TOO_SLOW && told.status != BROKEN) {
                    Some(told) => break told,
                    None => std::thread::sleep(PAUSE),
                }
            };
            assert_eq!(told.status, 200, "{}", String::from_utf8_lossy(&told.body));
            answers.push(began.elapsed().as_secs_f64() * 1000.0);
            let answer = answer(&told.body, &body);
            let held = |it: &&push::Answer| matches!(it.verdict, Verdict::Stored { .. } | Verdict::Already);
            acknowledged += answer.answers.iter().filter(held).count();
        }
        (answers, acknowledged)
    }
}

/// Lets every device bring its load, spread over `over`; device after device to server after server.
///
/// # Panics
/// When a request is refused.
#[allow(clippy::disallowed_methods, reason = "how long it takes is measured here")]
pub fn bring(servers: &mut [Server], loads: Vec<Load>, over: Duration) -> Outcome {
    let urls: Vec<String> = servers.iter().map(Server::url).collect();
    let before: f64 = servers.iter_mut().map(|server| server.process().cpu()).sum();
    let (devices, start) = (loads.len(), Barrier::new(loads.len() + 1));
    let (told, seconds) = std::thread::scope(|scope| {
        let threads: Vec<_> = (loads.into_iter().enumerate())
            .map(|(at, mut load)| {
                let (url, start) = (&urls[at % urls.len()], &start);
                let pause = over.mul_f64(at as f64 / devices as f64);
                scope.spawn(move || {
                    start.wait();
                    std::thread::sleep(pause);
                    load.send(url)
                })
            })
            .collect();
        start.wait();
        let began = Instant::now();
        let told: Vec<_> = threads.into_iter().map(|thread| thread.join().expect("a device sends")).collect();
        (told, began.elapsed().as_secs_f64())
    });
    let cpu = servers.iter_mut().map(|server| server.process().cpu()).sum::<f64>() - before;
    let memory = servers
        .iter_mut()
        .map(|server| server.process().peak_memory_kib() as f64 / 1024.0)
        .fold(0.0, f64::max);
    let acknowledged = told.iter().map(|(_, count)| count).sum();
    Outcome {
        acknowledged,
        seconds,
        answers: told.into_iter().flat_map(|(times, _)| times).collect(),
        cpu,
        memory,
    }
}
