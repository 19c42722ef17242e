//! A season in one village: two collectors and a commune officer, a return, a meeting that fails and is repeated, a
//! complaint, a recognition, a seal; and the same changes in any other order of arrival.

use std::collections::BTreeMap;

use domain::id::HouseholdId;
use domain::review::Progress;
use domain::state::{Owned, Stage, state};
use records::{Applied, Document, Kind};
use reports::{Summary, Surveyed, TownData};
use serde_json::{Value, json};
use sync_server::report::Material;
use tests::demo::dice::Dice;
use tests::server::command;
use tests::town::{Home, Officer, Town};

/// A town that owes a report, and a second collector in its first village.
const TOWN: &str = include_str!("../../sync-server/demo/example.toml");
const BINH: &str =
    "\n[[user]]\nkey = \"binh\"\nname = \"Trần Văn Bình\"\nrole = \"collector\"\nscopes = [\"hoa-sen/1\"]\n";
/// Orders of arrival that are tried.
const ORDERS: u64 = 200;
/// People at a meeting.
const PRESENT: i64 = 4;

/// Answers everything that a household of one grown-up is asked; the B1 total decides.
fn surveys(officer: &mut Officer, home: &Home, total: i64) {
    let page = officer.opens(home);
    let head = page.0["household"]["head"].as_str().expect("a household has a head").to_owned();
    let review = page.0["review"].as_str().expect("a review is open").to_owned();
    let (insured, ill) = (format!("bhyt/{head}"), format!("om_nang/{head}"));
    let answers = [
        ("nha_loai", json!("kien_co")),
        ("dien_tich", json!(60)),
        ("nuoc", json!("may")),
        ("nha_tieu", json!("tu_hoai")),
        ("vien_thong", json!(true)),
        ("tai_san_tt#tivi", json!(true)),
        ("nghe_loa", json!(true)),
        (insured.as_str(), json!(true)),
        (ill.as_str(), json!(false)),
    ];
    let edit = |(question, value): &(&str, Value)| json!({"field": page.path(question), "value": value});
    let mut edits: Vec<Value> = answers.iter().map(edit).collect();
    edits.push(json!({"field": format!("reviews/{review}/b1_entered"), "value": total}));
    let save = json!({"id": home.0, "heads": page.heads(), "edits": edits, "visit": true});
    officer.field.call("household.save", save);
}

fn takes(officer: &mut Officer, homes: &[&Home], step: &str, more: Value) {
    let ids: Vec<&str> = homes.iter().map(|home| home.0.as_str()).collect();
    let mut params = json!({"households": ids, "step": step});
    params.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let answer = officer.field.call("procedure.take", params);
    assert_eq!(answer["refused"], json!([]), "{step}");
}

fn stage(officer: &mut Officer, home: &Home) -> String {
    officer.opens(home).0["standing"]["stage"].as_str().expect("a household stands somewhere").to_owned()
}

fn opens_meeting(officer: &mut Officer) -> (String, Value) {
    let village = officer.village();
    let page = officer.field.call("meeting.open", json!({"village": village}));
    (village, page)
}

/// Writes to the meeting as it stands.
fn on_meeting(officer: &mut Officer, method: &str, more: Value) -> Value {
    let (village, page) = opens_meeting(officer);
    let mut params = json!({"village": village, "heads": page["heads"]});
    params.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    officer.field.call(method, params)
}

/// Holds a session at which so many of those present agree with each household, and concludes it.
fn meets(officer: &mut Officer, votes: &[(&Home, i64)]) {
    let known = opens_meeting(officer).1;
    let page = on_meeting(
        officer,
        "meeting.session",
        json!({"at": 1_476_000_000, "place": "Nhà văn hoá", "chair": "Nguyễn Thị Hà", "secretary": "Trần Văn Bình"}),
    );
    let sessions = page["meeting"]["sessions"].as_object().expect("sessions");
    let is_new = |id: &&String| known["meeting"]["sessions"][id.as_str()].is_null();
    let session = sessions.keys().find(is_new).expect("a new session").clone();
    for at in 0..PRESENT {
        let person = json!({"session": session, "name": format!("Người {at}"), "role": "household"});
        on_meeting(officer, "meeting.person", person);
    }
    for (home, agree) in votes {
        let path = format!("votes/{session}/{}", home.0);
        let edits = json!([{"field": format!("{path}/for"), "value": agree},
                           {"field": format!("{path}/against"), "value": PRESENT - agree}]);
        on_meeting(officer, "meeting.save", json!({"edits": edits}));
    }
    on_meeting(officer, "meeting.conclude", json!({"session": session}));
}

fn sync_all(officers: &mut [&mut Officer]) {
    for _ in 0..2 {
        officers.iter_mut().for_each(|officer| drop(officer.syncs()));
    }
}

/// What the season leaves behind.
struct Season {
    town: Town,
    poor: Home,
    near: Home,
    better: Home,
}

/// Everything up to the recognition and the seal. Where the rulebook has no share of votes, only votes that all go one
/// way decide: all for, or all against.
fn season() -> Season {
    let mut town = Town::of(&format!("{TOWN}{BINH}"));
    let (mut ha, mut binh, mut dung) = (town.officer("lan"), town.officer("binh"), town.officer("minh"));
    let poor = ha.enters("Đỗ Văn Hoà");
    let near = ha.enters("Lê Thị Huệ");
    let better = binh.enters("Phạm Văn Sơn");
    sync_all(&mut [&mut ha, &mut binh, &mut dung]);

    // Both survey, without a network.
    ha.is_cut_off();
    binh.is_cut_off();
    surveys(&mut ha, &poor, 130);
    surveys(&mut ha, &near, 150);
    surveys(&mut binh, &better, 180);
    takes(&mut ha, &[&poor, &near], "submitted", json!({}));
    takes(&mut binh, &[&better], "submitted", json!({}));
    ha.is_connected();
    binh.is_connected();
    sync_all(&mut [&mut ha, &mut binh, &mut dung]);

    // The commune sends one back, with a question; it is answered and handed in again.
    let question = json!({"comments": [{"question": "nuoc", "text": "Mùa khô dùng nước gì?"}]});
    takes(&mut dung, &[&near], "returned", question);
    sync_all(&mut [&mut dung, &mut ha, &mut binh]);
    assert_eq!(stage(&mut binh, &near), "returned");
    binh.answers(&near, "nuoc", "gieng_khoan");
    takes(&mut binh, &[&near], "resubmitted", json!({"why": "Đã hỏi lại"}));
    sync_all(&mut [&mut ha, &mut binh, &mut dung]);

    // The first meeting does not agree about one of them.
    meets(&mut ha, &[(&poor, PRESENT), (&near, 0), (&better, PRESENT)]);
    assert_eq!(stage(&mut ha, &near), "not_agreed");
    surveys(&mut ha, &near, 160);
    takes(&mut ha, &[&near], "resubmitted", json!({"why": "Rà soát lại sau họp"}));
    sync_all(&mut [&mut ha, &mut binh, &mut dung]);
    meets(&mut binh, &[(&near, PRESENT)]);
    sync_all(&mut [&mut binh, &mut ha, &mut dung]);

    // Posting, a complaint, a re-check, posting again.
    takes(&mut dung, &[&poor, &near, &better], "posted", json!({}));
    takes(&mut dung, &[&better], "complained", json!({"why": "Hộ có hai sổ lương"}));
    takes(&mut dung, &[&better], "rechecked", json!({"why": "Không có sổ lương nào"}));
    takes(&mut dung, &[&better], "posted", json!({}));
    sync_all(&mut [&mut dung, &mut ha, &mut binh]);
    assert!([&poor, &near, &better].into_iter().all(|home| stage(&mut ha, home) == "posted"));

    // Recognition and seal.
    let place = town.server().place().clone();
    let decision =
        ["recognise", "--review", "2016", "--decision", "12/QĐ-UBND", "--decided-on", "2016-12-28"];
    let told = command(&place, &[&decision[..], &["--from", "2017-01-01"]].concat(), "").expect("recognised");
    assert_eq!(told["undecided"], json!([]), "{told}");
    sync_all(&mut [&mut ha]);
    assert_eq!(stage(&mut ha, &poor), "recognised");
    command(&place, &["seal", "--review", "2016", "--unit", "Khu phố 1"], "").expect("sealed");
    sync_all(&mut [&mut ha]);
    assert_eq!(stage(&mut ha, &near), "sealed");
    let late = ha.field.call("procedure.take", json!({"households": [poor.0], "step": "submitted"}));
    assert_eq!(late["taken"], json!([]), "nothing goes on after the seal");
    Season { town, poor, near, better }
}

/// What is computed from the households: where each stands, its class, and the tables.
type Outcome = (BTreeMap<HouseholdId, (Stage, Progress)>, Summary);

fn outcome(data: &TownData<'_>, households: &[Surveyed]) -> Outcome {
    let review = data.state.review.as_ref().expect("a review is open");
    let standing = |it: &Surveyed| {
        let record = it.household.reviews.get(&review.id).cloned().unwrap_or_default();
        (it.household.id, (state(&record, Owned::default(), review.asks_opinion()).stage, it.progress))
    };
    let summary = reports::summary(&TownData { households, ..*data });
    (households.iter().map(standing).collect(), summary)
}

/// The document with its changes arriving in an order of the dice: what comes before its parents waits for them.
fn arrive(dice: &mut Dice, id: HouseholdId, changes: &[Vec<u8>]) -> Document {
    let mut document = Document::create(Kind::Household, id);
    let mut waiting: Vec<&Vec<u8>> = changes.iter().collect();
    dice.shuffle(&mut waiting);
    while !waiting.is_empty() {
        let before = waiting.len();
        let late =
            |raw: &&Vec<u8>| document.apply(raw).expect("a stored change is sound") == Applied::MissingDeps;
        waiting = waiting.into_iter().filter(late).collect();
        assert!(waiting.len() < before, "changes whose parents never come");
    }
    document
}

#[test]
fn a_season_ends_recognised_and_sealed_and_any_order_of_arrival_gives_the_same() {
    let Season { mut town, poor, near, better } = season();
    town.server_dies();
    let app = sync_server::setup::open(town.server().place().location()).expect("the data set opens");
    let material = Material::gather(&app).expect("the material is read");
    let data = material.data();
    let expected = outcome(&data, data.households);
    let of = |home: &Home| expected.0[&home.0.parse().expect("an id")].0;
    assert_eq!([of(&poor), of(&near), of(&better)], [Stage::Posted; 3]);
    assert!(!expected.1.tables.is_empty(), "the tables are counted");
    let listed = data.register.as_of("2017-02-01".parse().expect("a day"));
    assert_eq!(listed.len(), 2, "one poor, one near-poor");

    let logged = |it: &Surveyed| {
        app.database.logged(it.household.id).expect("the log is read").expect("the household is there")
    };
    let logs: Vec<_> = data.households.iter().map(|it| (it, logged(it))).collect();
    for seed in 0..ORDERS {
        let mut dice = Dice::new(seed);
        let arrived = logs.iter().map(|(it, log)| {
            let document = arrive(&mut dice, it.household.id, &log.changes);
            let conflicts = document.conflicts().len();
            Surveyed { household: document.household(), conflicts, ..(*it).clone() }
        });
        let arrived: Vec<Surveyed> = arrived.collect();
        assert!(outcome(&data, &arrived) == expected, "seed {seed}");
    }
}
