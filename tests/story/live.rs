//! Devices that are left alone: what one officer saves is on the other's device without a hand being moved.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::town::{Home, Officer, Town};

/// How long an edit may take from one device to the other: below the half minute after which both would sync anyway.
const SOON: Duration = Duration::from_secs(20);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(50);
/// How long it stays quiet when everybody has everything.
const QUIET: Duration = Duration::from_secs(3);

/// Looks until something is so; says how long it took.
#[allow(clippy::disallowed_methods, reason = "a story waits by the machine's clock")]
fn until(what: &str, mut is_so: impl FnMut() -> bool) -> Duration {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < SOON, "{what}: not in time");
        sleep(LOOK);
    }
    began.elapsed()
}

fn sync_of(officer: &mut Officer) -> Value {
    officer.field.call("home.summary", json!({}))["sync"].take()
}

fn listens(officer: &mut Officer) {
    until("the server is heard", || sync_of(officer)["live"] == true);
}

fn answer(officer: &mut Officer, home: &Home, question: &str) -> Value {
    let found = officer.field.ask("household.open", json!({ "id": home.0 })).unwrap();
    found.map_or(Value::Null, |page| tests::town::Page(page).answer(question).clone())
}

/// Requests that the server has answered, by the end of their path.
fn requests(town: &mut Town) -> [usize; 2] {
    let log = town.server().log();
    ["push", "pull"].map(|path| log.matches(&format!("\"path\":\"/v1/{path}\"")).count())
}

/// Two officers in step, with a household that both have.
fn in_step(town: &mut Town) -> (Officer, Officer, Home) {
    let (mut ha, mut binh) = (town.officer_in_step("ha"), town.officer_in_step("binh"));
    listens(&mut ha);
    listens(&mut binh);
    let home = ha.enters("Đỗ Văn Hoà");
    until("the household comes", || knows(&mut binh, &home));
    settle(&mut ha, &mut binh);
    (ha, binh, home)
}

fn knows(officer: &mut Officer, home: &Home) -> bool {
    officer.field.ask("household.open", json!({ "id": home.0 })).unwrap().is_ok()
}

/// Waits until nobody has anything to sync.
fn settle(one: &mut Officer, other: &mut Officer) {
    let mut before = Value::Null;
    until("everybody is in step", || {
        sleep(QUIET / 2);
        let now = json!([sync_of(one)["syncs"], sync_of(other)["syncs"]]);
        std::mem::replace(&mut before, now.clone()) == now
    });
}

#[test]
fn an_edit_is_on_the_other_device_after_one_push_and_one_pull() {
    let mut town = Town::open();
    let (mut ha, mut binh, home) = in_step(&mut town);
    let before = requests(&mut town);
    ha.answers(&home, "nuoc", "khac");
    let took = until("the answer comes", || answer(&mut binh, &home, "nuoc") == "khac");
    assert_eq!(ha.waiting(), 0, "it is durable on the server");
    sleep(QUIET);
    let after = requests(&mut town);
    println!("an answer was on the other device after {took:?}");
    assert_eq!(
        [after[0] - before[0], after[1] - before[1]],
        [1, 1],
        "a push of the one, a pull of the other"
    );
}

#[test]
fn who_was_cut_off_hears_again_when_the_network_is_back() {
    let mut town = Town::open();
    let (mut ha, mut binh, home) = in_step(&mut town);
    binh.is_cut_off();
    until("the line is dead", || sync_of(&mut binh)["live"] == false);
    ha.answers(&home, "nuoc", "khac");
    until("it is sent", || ha.waiting() == 0);
    binh.answers(&home, "nha_tieu", "tu_hoai");
    binh.is_connected();
    until("both answers are on both devices", || {
        answer(&mut binh, &home, "nuoc") == "khac" && answer(&mut ha, &home, "nha_tieu") == "tu_hoai"
    });
}

#[test]
fn a_server_that_comes_back_is_heard_again() {
    let mut town = Town::open();
    let (mut ha, mut binh, home) = in_step(&mut town);
    town.server_dies();
    until("the server is gone", || sync_of(&mut ha)["live"] == false && sync_of(&mut binh)["live"] == false);
    ha.answers(&home, "nuoc", "khac");
    town.server_returns();
    until("the answer comes", || answer(&mut binh, &home, "nuoc") == "khac");
}

#[test]
fn a_locked_device_hears_nothing() {
    let mut town = Town::open();
    let (mut ha, mut binh, home) = in_step(&mut town);
    binh.field.call("app.lock", json!({}));
    let before = requests(&mut town);
    ha.answers(&home, "nuoc", "khac");
    until("it is sent", || ha.waiting() == 0);
    sleep(QUIET);
    assert_eq!(requests(&mut town)[1], before[1], "nobody pulls");
    binh.field.unlock();
    until("it comes after all", || answer(&mut binh, &home, "nuoc") == "khac");
}
