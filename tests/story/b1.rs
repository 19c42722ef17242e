//! The office supplies a B1 table as a workbook; it reaches a device, and the points are computed there and explained.
//! The table is made up: the official points are not at hand.

use domain::b1::{B1Table, ShippedB1};
use reports::b1::b1_workbook;
use serde_json::{Value, json};
use tests::server::command;
use tests::town::{Officer, Town};

const TOWN: &str = include_str!("../../sync-server/demo/example.toml");
const FICTITIOUS: &str = include_str!("b1-fictitious.toml");
/// The column of the table that holds in the example's ward.
const REGION: &str = "THANH_THI";

fn table() -> (ShippedB1, B1Table) {
    let shipped = ShippedB1::load(FICTITIOUS).expect("the made-up table is well-formed");
    let table = B1Table { fictitious: true, ..shipped.table.clone() };
    (shipped, table)
}

/// Supplies a table as the office does: a file and a command.
fn supplies(town: &mut Town, name: &str, supplied: &B1Table) -> Result<Value, Value> {
    let file = town.folder(name);
    std::fs::write(&file, b1_workbook(&table().0, supplied).expect("a workbook is written")).expect("a file");
    let path = file.to_string_lossy().into_owned();
    let terms =
        ["--rulebook", "2016-2021", "--version", "Hư cấu 1", "--legal", "BẢNG ĐIỂM HƯ CẤU", "--fictitious"];
    let mut arguments = vec!["b1", "supply", "--file", &path, "--review", "2016"];
    arguments.extend(terms);
    command(town.server().place(), &arguments, "")
}

fn b1_section(officer: &mut Officer) -> Option<Value> {
    let config = officer.field.call("config.get", json!({}));
    let sections = config["rulebook"]["sections"].as_array().expect("a rulebook has sections").clone();
    sections.into_iter().find(|section| section["id"] == "b1")
}

/// Answers every item with the first answer of its list.
fn first_answers(section: &Value) -> Vec<(String, Value)> {
    let mut answers = Vec::new();
    for question in section["questions"].as_array().expect("items") {
        let id = question["id"].as_str().expect("an id");
        let options = question["kind"]["options"].as_array().expect("answers");
        if question["kind"]["type"] == "several" {
            let ticked = options.iter().enumerate();
            answers.extend(ticked.map(|(at, option)| {
                (format!("{id}#{}", option["id"].as_str().expect("an id")), json!(at == 0))
            }));
        } else {
            answers.push((id.to_owned(), options[0]["id"].clone()));
        }
    }
    answers
}

#[test]
fn a_table_that_the_office_supplies_is_answered_and_counted_on_a_device() {
    let mut town = Town::of(TOWN);
    let mut lan = town.officer("lan");
    let home = lan.enters("Đỗ Văn Thử");
    assert!(b1_section(&mut lan).is_none(), "without a table the total is entered");

    let (_, table) = table();
    let mut blank = table.clone();
    blank.items[0].answers[0].points.remove(REGION);
    let refused = supplies(&mut town, "blank.xlsx", &blank).expect_err("a blank point is refused");
    assert_eq!(
        (&refused["code"], &refused["details"][0]["code"]),
        (&json!("b1_refused"), &json!("b1_blank_point"))
    );
    lan.syncs();
    assert!(b1_section(&mut lan).is_none(), "a refused table changes nothing");

    supplies(&mut town, "good.xlsx", &table).expect("the table is taken");
    lan.syncs();
    let section = b1_section(&mut lan).expect("the items of the table are asked");
    let page = lan.opens(&home);
    assert!(page.0["decision"]["score"]["b1"].is_null(), "open items make no total");
    assert_eq!(
        page.0["decision"]["score"]["b1_used"]["fictitious"],
        json!(true),
        "it says that it is made up"
    );

    let answers = first_answers(&section);
    let edits: Vec<Value> =
        answers.iter().map(|(key, value)| json!({"field": page.path(key), "value": value})).collect();
    let save = json!({"id": home.0, "heads": page.heads(), "edits": edits, "visit": true});
    let saved = lan.field.call("household.save", save);
    let points: i64 = table.items.iter().map(|item| item.answers[0].points[REGION]).sum();
    let score = &saved["decision"]["score"];
    assert_eq!(score["b1"], json!(points));
    let all = score["lines"].as_array().expect("lines");
    let is_b1 = |line: &&Value| line["rule"].as_str().is_some_and(|rule| rule.starts_with("b1_"));
    let lines: Vec<&Value> = all.iter().filter(is_b1).collect();
    assert_eq!(lines.len(), table.items.len(), "one line an item");
    let told: i64 = lines.iter().filter_map(|line| line["points"].as_i64()).sum();
    assert_eq!(told, points, "the lines add up to the total");

    lan.syncs();
    let mut minh = town.officer("minh");
    minh.syncs();
    assert_eq!(minh.opens(&home).0["decision"]["score"]["b1"], json!(points), "the same on another device");
}
