//! A disk for SQLite that can lose power.
//!
//! [`install`] puts this crate's file layer between SQLite and the machine's, for the whole process. Files in the
//! folder of a [`Disk`] are real files, but the disk remembers what was written since their last sync. After
//! [`Disk::fails_at`] so many writes, truncations, syncs and deletions nothing works any more, as in a machine without
//! power; [`Disk::restore_power`] then leaves in each file what was synced, and of the rest whatever the dice say: all, some of
//! the writes, one of them in part, or nothing.
//!
//! [`Disk::fills_at`] is the lesser evil: writes are refused, and everything else goes on.
//!
//! **Invariant:** what was synced before the failure is in the file afterwards.

mod image;
mod layer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, Weak};

pub(crate) use image::Image;
pub use layer::install;

static DISKS: Mutex<Vec<Weak<Watch>>> = Mutex::new(Vec::new());

/// A folder whose files may lose what was not synced. Forgotten with its last copy.
#[derive(Clone)]
pub struct Disk(Arc<Watch>);

struct Watch {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    files: BTreeMap<PathBuf, Image>,
    /// Acts since the disk was made or got its power back.
    acts: u64,
    fails_at: Option<u64>,
    dead: bool,
    /// Writes for which there is room; no end to it if none is given.
    room: Option<u64>,
    full: bool,
}

impl Disk {
    /// Watches over a folder. Files that are opened in it from now on are of this disk.
    pub fn over(folder: &Path) -> Self {
        let watch = Arc::new(Watch { folder: folder.to_owned(), state: Mutex::default() });
        let mut disks = DISKS.lock().expect("the list of disks");
        disks.retain(|disk| disk.strong_count() > 0);
        disks.push(Arc::downgrade(&watch));
        Self(watch)
    }

    /// The power fails at the n-th act from now on; the first is 1. Never, if none is given.
    pub fn fails_at(&self, act: Option<u64>) {
        let mut state = self.state();
        (state.acts, state.fails_at) = (0, act);
    }

    /// There is room for so many writes from now on; for any number, if none is given. A full disk refuses writes alone, and
    /// loses nothing.
    pub fn fills_at(&self, writes: Option<u64>) {
        let mut state = self.state();
        (state.room, state.full) = (writes, false);
    }

    /// Whether a write was refused for want of room.
    pub fn is_full(&self) -> bool {
        self.state().full
    }

    /// Acts since `fails_at`.
    pub fn acts(&self) -> u64 {
        self.state().acts
    }

    /// Whether the power is gone.
    pub fn is_dead(&self) -> bool {
        self.state().dead
    }

    /// The power comes back, after everybody closed their files. What becomes of writes that were not synced is in the
    /// dice.
    ///
    /// # Panics
    /// When the machine's disk fails.
    pub fn restore_power(&self, seed: u64) {
        let mut dice = fastrand::Rng::with_seed(seed);
        let mut state = self.state();
        for (path, image) in &state.files {
            match image.left(&mut dice) {
                Some(bytes) => std::fs::write(path, bytes).expect("a file can be written"),
                None => drop(std::fs::remove_file(path)),
            }
        }
        *state = State::default();
    }

    fn of(path: &Path) -> Option<Self> {
        let disks = DISKS.lock().expect("the list of disks");
        let disks = disks.iter().filter_map(Weak::upgrade);
        disks.into_iter().find(|disk| path.starts_with(&disk.folder)).map(Self)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().expect("nobody panics with the state of a disk")
    }

    /// A file is opened: what it holds now is what it held when the disk was whole.
    fn opens(&self, path: &Path) {
        let held = || std::fs::read(path).ok();
        self.state().files.entry(path.to_owned()).or_insert_with(|| Image::of(held()));
    }

    /// Takes the room for a write; false if there is none.
    fn has_room(&self) -> bool {
        let mut state = self.state();
        state.full |= state.room == Some(0);
        state.room = state.room.map(|room| room.saturating_sub(1));
        !state.full
    }

    /// Something is done to a file; false if there is no power for it.
    fn acts_on(&self, path: &Path, act: impl FnOnce(&mut Image)) -> bool {
        let mut state = self.state();
        state.acts += 1;
        state.dead |= state.fails_at.is_some_and(|at| state.acts >= at);
        if state.dead {
            return false;
        }
        act(state.files.entry(path.to_owned()).or_insert_with(|| Image::of(std::fs::read(path).ok())));
        true
    }
}
