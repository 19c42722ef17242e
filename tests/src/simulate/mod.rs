//! A simulated season: real devices and a real server over real SQLite files, a network that loses, cuts, doubles and
//! delays, devices that die, are put back and are copied, a server that starts again and is put back. Everything that
//! happens comes out of one seed.
//!
//! `line` is the network, `server` and `device` are the two ends, `ground` is the town that every history begins with,
//! `history` remembers what was written and who had seen it, `play` does what officers and misfortune do, `office` what the
//! office does, `rest` brings everything to rest and says what is wrong.
//!
//! **Invariant:** the same seed makes the same choices in the same order, so a failure is replayed by its seed.

mod carry;
mod data;
pub mod device;
pub mod ground;
pub mod history;
pub mod line;
mod office;
pub mod play;
pub mod rest;
pub mod server;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use ground::Ground;
use play::World;

/// What happens in one history before it comes to rest.
const STEPS: usize = 60;

/// What a history was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Edits that were saved on a device.
    pub edits: u64,
    /// Of them: acknowledged by the server.
    pub acknowledged: u64,
    /// Requests that reached the network.
    pub requests: u64,
    /// Misfortunes by kind.
    pub faults: BTreeMap<&'static str, u64>,
}

impl Told {
    /// Adds another history's.
    pub fn add(&mut self, other: &Self) {
        self.edits += other.edits;
        self.acknowledged += other.acknowledged;
        self.requests += other.requests;
        for (kind, count) in &other.faults {
            *self.faults.entry(kind).or_default() += count;
        }
    }
}

/// Plays the histories of many seeds on all cores; what they were made of, and what was wrong.
///
/// # Panics
/// When a history does, which it never may.
pub fn play_all(seeds: Range<u64>) -> (Told, Vec<String>) {
    let ground = Ground::new();
    let (next, told) = (AtomicU64::new(seeds.start), Mutex::new(Told::default()));
    let failed: Mutex<Vec<String>> = Mutex::default();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if !seeds.contains(&seed) {
                        return;
                    }
                    match play(&ground, seed) {
                        Ok(one) => told.lock().expect("nobody panics").add(&one),
                        Err(wrong) => failed.lock().expect("nobody panics").push(wrong),
                    }
                }
            });
        }
    });
    (told.into_inner().expect("done"), failed.into_inner().expect("done"))
}

/// Plays the history of a seed.
///
/// # Errors
/// What was wrong at rest, with the last things that happened.
pub fn play(ground: &Ground, seed: u64) -> Result<Told, String> {
    let mut world = World::new(ground, seed);
    for _ in 0..STEPS {
        world.step();
    }
    let checked = rest::rest(&mut world);
    checked.map_err(|wrong| format!("seed {seed}: {wrong}\n{}", world.diary()))?;
    Ok(world.told())
}
