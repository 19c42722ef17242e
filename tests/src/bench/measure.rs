//! Asks a device what an officer asks, and takes the time of each answer.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use domain::classification::classify;
use domain::date::parse_day;
use domain::id::ReviewId;
use domain::rulebook::Rulebook;
use domain::unit::Area;
use serde_json::{Value, json};

use super::Figure;
use super::population::{Maker, Population, populate};
use crate::demo::dice::Dice;
use crate::field::{Field, PIN};

/// Starts of the program.
const STARTS: usize = 9;
/// Households that are opened.
const OPENED: usize = 200;
/// Sections that are saved.
const SAVED: usize = 100;
/// Households whose class is computed.
const CLASSIFIED: usize = 2_000;
/// Rows of the first screen of the list.
const SCREEN: usize = 50;
/// What is typed into the search, letter by letter: names, an address, a number.
const TYPED: [&str; 8] =
    ["do van hoa", "nguyen thi lan", "Trịnh Bá Đạt", "ha", "so 123 ngo", "TN000500", "0990", "khong co ai"];

/// What one size of village costs.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Households on the device.
    pub households: usize,
    /// From the start of the program to the first rows of the list, the PIN included, in milliseconds.
    pub start: Figure,
    /// The part of it that stretches the PIN and opens the database, in milliseconds.
    pub unlock: Figure,
    /// One letter more in the search, in milliseconds.
    pub search: Figure,
    /// A household with its class and explanation, in milliseconds.
    pub open: Figure,
    /// A section saved so that a power cut cannot take it, in milliseconds.
    pub save: Figure,
    /// Scores and class of a household, in milliseconds.
    pub class: Figure,
    /// Resident memory of the device after all of this, in MiB.
    pub memory_mib: f64,
    /// The first sync of everything, in milliseconds.
    pub first_sync: f64,
    /// The database's size, in MiB.
    pub database_mib: f64,
}

/// Measures a village of so many households.
///
/// # Panics
/// When the device refuses anything.
pub fn measure(households: usize) -> Measured {
    let population = populate(households);
    let mut dice = Dice::new(7);
    let (start, unlock) = starts(&population);
    let mut field = Field::start(&population.device);
    field.unlock();
    let search = searches(&mut field);
    let ids = some(&mut field, &mut dice, households);
    let open = opens(&mut field, &ids);
    let save = saves(&mut field, &ids);
    Measured {
        households,
        start,
        unlock,
        search,
        open,
        save,
        class: classes(households),
        memory_mib: field.memory_kib() as f64 / 1024.0,
        first_sync: population.first_sync,
        database_mib: size(&population.device) as f64 / (1024.0 * 1024.0),
    }
}

#[allow(clippy::disallowed_methods, reason = "a benchmark takes the time")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let began = Instant::now();
    let done = work();
    (done, began.elapsed().as_secs_f64() * 1000.0)
}

fn starts(population: &Population) -> (Figure, Figure) {
    let (mut starts, mut unlocks) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        forget(&population.device);
        let ((unlock, _field), start) = timed(|| {
            let mut field = Field::start(&population.device);
            let (_, unlock) = timed(|| field.call("app.unlock", json!({ "pin": PIN })));
            list(&mut field, json!({ "offset": 0, "limit": SCREEN }));
            (unlock, field)
        });
        starts.push(start);
        unlocks.push(unlock);
    }
    (Figure::of(starts), Figure::of(unlocks))
}

/// Takes the database's pages out of the system's memory, as after a reboot.
fn forget(data: &Path) {
    for file in std::fs::read_dir(data).expect("the device has a folder").flatten() {
        let of = format!("of={}", file.path().display());
        let done =
            Command::new("dd").args([&of, "oflag=nocache", "conv=notrunc,fdatasync", "count=0"]).output();
        assert!(done.is_ok_and(|done| done.status.success()), "dd takes pages out of memory");
    }
}

fn list(field: &mut Field, query: Value) -> Value {
    field.call("household.list", query)
}

fn searches(field: &mut Field) -> Figure {
    let mut times = Vec::new();
    for typed in TYPED {
        let letters: Vec<char> = typed.chars().collect();
        for end in 1..=letters.len() {
            let so_far: String = letters[..end].iter().collect();
            let query = json!({ "search": so_far, "offset": 0, "limit": SCREEN });
            times.push(timed(|| list(field, query)).1);
        }
    }
    Figure::of(times)
}

/// Ids from everywhere in the list.
fn some(field: &mut Field, dice: &mut Dice, households: usize) -> Vec<String> {
    let last = households as i64 - 1;
    let pick = |_| {
        let offset = dice.between(0, last);
        let found = list(field, json!({ "offset": offset, "limit": 1 }));
        found["rows"][0]["id"].as_str().expect("a row has an id").to_owned()
    };
    (0..OPENED).map(pick).collect()
}

fn opens(field: &mut Field, ids: &[String]) -> Figure {
    Figure::of(ids.iter().map(|id| timed(|| field.call("household.open", json!({ "id": id }))).1).collect())
}

/// A section of six answers, other ones than before, with the visit.
fn saves(field: &mut Field, ids: &[String]) -> Figure {
    let mut times = Vec::new();
    for (turn, id) in ids.iter().take(SAVED).enumerate() {
        let page = field.call("household.open", json!({ "id": id }));
        let review = page["review"].as_str().expect("a review is open");
        let answer = |question: &str, value: Value| json!({ "field": format!("reviews/{review}/answers/{question}"), "value": value });
        let edits = json!([
            answer("nha_loai", json!("kien_co")),
            answer("dien_tich", json!(1_000 + turn)),
            answer("nuoc", json!("khac")),
            answer("nha_tieu", json!("hai_ngan")),
            answer("vien_thong", json!(turn % 2 == 0)),
            answer("nghe_loa", json!(true)),
        ]);
        let save = json!({ "id": id, "heads": page["heads"], "edits": edits, "visit": true });
        times.push(timed(|| field.call("household.save", save)).1);
    }
    Figure::of(times)
}

fn classes(households: usize) -> Figure {
    let (review, mut times) = (ReviewId([5; 16]), Vec::new());
    let rulebook = Rulebook::shipped_by_id("2016-2021").expect("the rulebook is shipped");
    let (mut maker, as_of) = (Maker::new(review), parse_day("2016-10-01").expect("a day"));
    for _ in 0..households.min(CLASSIFIED) {
        let household = maker.household().household();
        times.push(timed(|| classify(rulebook, Area::Urban, &household, review, as_of)).1);
    }
    Figure::of(times)
}

fn size(data: &Path) -> u64 {
    let files = std::fs::read_dir(data).expect("the device has a folder").flatten();
    files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
}
