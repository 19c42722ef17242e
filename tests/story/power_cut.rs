//! `kill -9` of the server in the middle of a push, and of a device in the middle of a save: what was acknowledged or
//! saved is there afterwards.

use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};
use tests::town::{Home, Officer, Town};

/// After how many answered requests of one sync the server dies, in the middle of the next one.
const ANSWERED_REQUESTS: [usize; 5] = [0, 1, 2, 1, 2];
/// Looks at the server's log for the next answered request, and the pause between two of them.
const LOOKS: usize = 5_000;
const PAUSE: Duration = Duration::from_millis(2);
/// Moments, in milliseconds after a push or a save began, at which a line is cut or a device dies.
const DEATHS_MS: [u64; 6] = [0, 80, 160, 240, 320, 480];
/// Households that one sync carries, in several requests.
const HOUSEHOLDS: usize = 180;
/// How many saves are answered before the device dies; the next ones are under way at that moment.
const ANSWERED: [usize; 5] = [0, 1, 2, 5, 9];

/// Rows of the list that are read at once.
const PAGE: usize = 500;

fn rows(officer: &mut Officer) -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    loop {
        let page = json!({ "offset": rows.len(), "limit": PAGE });
        let list = officer.field.call("household.list", page);
        let page = list["rows"].as_array().unwrap();
        rows.extend(page.iter().cloned());
        if page.len() < PAGE {
            return rows;
        }
    }
}

/// Waits until the server has answered so many pushes.
fn answered(town: &mut Town, pushes: usize) {
    for _ in 0..LOOKS {
        if pushes_in_log(town) >= pushes {
            return;
        }
        sleep(PAUSE);
    }
}

fn pushes_in_log(town: &mut Town) -> usize {
    town.server().log().matches(r#""message":"push""#).count()
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn nothing_that_the_server_acknowledged_is_gone_when_it_returns() {
    let mut town = Town::open();
    let (mut ha, mut binh) = (town.officer("ha"), town.officer("binh"));
    let mut entered = 0;
    for requests in ANSWERED_REQUESTS {
        for number in entered..entered + HOUSEHOLDS {
            ha.enters(&format!("Đỗ Văn Hoà {number}"));
        }
        entered += HOUSEHOLDS;
        let before = pushes_in_log(&mut town);
        ha.field.send("sync.run", json!({})).unwrap();
        answered(&mut town, before + requests);
        town.server_dies();
        // Done, half done or not reached: the device says which, and goes on.
        let _ = ha.field.hear().unwrap();
        town.server_returns();
        let acknowledged =
            ids(&rows(&mut ha).into_iter().filter(|row| row["waiting"] == 0).collect::<Vec<_>>());
        binh.syncs();
        let held = ids(&rows(&mut binh));
        let lost: Vec<_> = acknowledged.iter().filter(|id| !held.contains(id)).collect();
        assert!(
            lost.is_empty(),
            "killed after {requests} requests: {} of {} lost",
            lost.len(),
            acknowledged.len()
        );
        println!(
            "killed after {requests} requests: {} of {entered} acknowledged, none lost",
            acknowledged.len()
        );
        ha.syncs();
        assert_eq!(ha.waiting(), 0);
    }
    binh.syncs();
    assert_eq!(rows(&mut binh).len(), entered);
    for id in ids(&rows(&mut ha)) {
        let home = Home(id);
        assert_eq!(ha.opens(&home).heads(), binh.opens(&home).heads());
    }
}

#[test]
fn a_line_cut_in_the_middle_of_a_push_loses_and_doubles_nothing() {
    let mut town = Town::open();
    let (mut ha, mut binh) = (town.officer("ha"), town.officer("binh"));
    for number in 0..HOUSEHOLDS {
        ha.enters(&format!("Đỗ Văn Hoà {number}"));
    }
    for delay in DEATHS_MS {
        ha.field.send("sync.run", json!({})).unwrap();
        sleep(Duration::from_millis(delay));
        ha.is_cut_off();
        let _ = ha.field.hear().unwrap();
        ha.is_connected();
    }
    ha.syncs();
    binh.syncs();
    assert_eq!((ha.waiting(), rows(&mut binh).len()), (0, HOUSEHOLDS));
}

#[test]
fn nothing_that_the_device_saved_is_gone_when_it_is_started_again() {
    let mut town = Town::open();
    let mut ha = town.officer("ha");
    let village = ha.village();
    let mut saved: Vec<String> = Vec::new();
    for answered in ANSWERED {
        let member = json!({ "name": "Đỗ Văn Hoà", "born": "1970", "duplicate_why": "trùng tên" });
        for _ in 0..12 {
            ha.field.send("household.create", json!({ "village": village, "members": [member] })).unwrap();
        }
        for _ in 0..answered {
            let created = ha.field.hear().unwrap().unwrap();
            saved.push(created["id"].as_str().unwrap().to_owned());
        }
        ha.device_crashes();
        let found = ids(&rows(&mut ha));
        assert!(saved.iter().all(|id| found.contains(id)), "killed after {answered} answers");
        assert!(
            found.iter().all(|id| ha.opens(&Home(id.clone())).members() == ["Đỗ Văn Hoà"]),
            "a half save"
        );
        println!("killed after {answered} answers: {} saved, {} found, all whole", saved.len(), found.len());
    }
    let found = ids(&rows(&mut ha));
    ha.syncs();
    let mut binh = town.officer("binh");
    binh.syncs();
    let mut there = ids(&rows(&mut binh));
    let mut here = found;
    here.sort();
    there.sort();
    assert_eq!(here, there);
}

#[test]
fn a_device_that_dies_while_it_saves_an_answer_has_it_or_does_not_but_never_half() {
    let mut town = Town::open();
    let mut ha = town.officer("ha");
    let home = ha.enters("Đỗ Văn Hoà");
    for delay in DEATHS_MS {
        let page = ha.opens(&home);
        let mut save = ha.save(&home, &page, "nuoc", json!("may"));
        let other = json!({ "field": page.path("dien_tich"), "value": delay + 1 });
        save["edits"].as_array_mut().unwrap().push(other);
        ha.field.send("household.save", save).unwrap();
        sleep(Duration::from_millis(delay / 8));
        ha.device_crashes();
        let after = ha.opens(&home);
        if after.answer("dien_tich") == &json!(delay + 1) {
            assert_eq!(after.answer("nuoc"), &json!("may"));
        } else {
            assert_eq!(after.heads(), page.heads(), "killed {} ms after the save began", delay / 8);
        }
    }
    ha.syncs();
}
