use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;

use domain::classification::Class;
use domain::field::AnswerKey;
use domain::recognition::{Change, Recognition, Register};
use domain::rulebook::Rulebook;
use domain::scalar::Scalar;
use reports::summary::{Cell, Level, Line, Summary, Table, checks};
use reports::{CheckCode, summary};

use crate::document::workbook;
use crate::town::{Town, VILLAGES, household_id, on, row};

const POOR: (Class, Change) = (Class::PoorIncome, Change::PoorNew);
const NEAR: (Class, Change) = (Class::NearPoor, Change::NearPoorNew);
const TO_NEAR: (Class, Change) = (Class::NearPoor, Change::NearPoorFromPoor);
const TO_POOR: (Class, Change) = (Class::PoorIncome, Change::PoorFromNearPoor);
const ESCAPED: (Class, Change) = (Class::NotPoor, Change::EscapedPoor);
const GONE: (Class, Change) = (Class::NotPoor, Change::Dissolved);

fn register(rows: &[(u8, (Class, Change), i64, i32)]) -> Register {
    let numbered = rows.iter().zip(1..);
    let rows = numbered.map(|((number, (class, change), people, year), seq)| {
        row(seq, *number, *class, *change, *people, on(*year, 1, 1))
    });
    Register::from_rows(rows).unwrap()
}

/// A year in which every column of the movement happens.
fn moving() -> Town {
    let mut town = Town::small();
    town.days.from = on(2016, 6, 1);
    let rows = [
        (9, POOR, 6, 2014),
        (9, ESCAPED, 6, 2015),
        (1, POOR, 4, 2016),
        (2, POOR, 3, 2016),
        (3, POOR, 5, 2016),
        (7, POOR, 4, 2016),
        (4, NEAR, 2, 2016),
        (5, NEAR, 4, 2016),
        (6, NEAR, 5, 2016),
        (1, POOR, 5, 2017),
        (2, TO_NEAR, 2, 2017),
        (3, ESCAPED, 5, 2017),
        (4, TO_POOR, 2, 2017),
        (6, GONE, 5, 2017),
        (7, GONE, 4, 2017),
        (8, POOR, 2, 2017),
        (9, POOR, 6, 2017),
        (10, NEAR, 3, 2017),
    ];
    let mut rows: Vec<Recognition> = register(&rows).rows().to_vec();
    let elsewhere = VILLAGES.iter().find(|village| **village != rows[7].unit).unwrap();
    let moved = Recognition { seq: 19, unit: *elsewhere, from: on(2017, 1, 1), ..rows[7].clone() };
    rows.push(moved);
    town.register = Register::from_rows(rows).unwrap();
    let household = &mut town.household(6).household;
    (household.removed, household.removed_why) = (true, Some("died".to_owned()));
    town.household(8).household.came_why = Some("moved_in".to_owned());
    town
}

fn numbers(table: &Table, line: Line) -> Vec<i64> {
    table.total(line).unwrap().cells.iter().map(|cell| cell.number().unwrap()).collect()
}

fn of<'s>(summary: &'s Summary, id: &str) -> &'s Table {
    summary.table(id).unwrap_or_else(|| panic!("{id} is missing"))
}

#[test]
fn every_column_of_the_movement_has_its_households_and_people() {
    let town = moving();
    let summary = summary(&town.data());
    let (poor, near) = (of(&summary, "t2"), of(&summary, "t3"));
    assert_eq!(numbers(poor, Line::Households), [4, 1, 1, 1, 1, 1, 0, 1, 4]);
    assert_eq!(numbers(poor, Line::People), [16, 3, 5, 4, 2, 6, 0, 2 + 1, 15], "one is born in household 1");
    assert_eq!(numbers(near, Line::Households), [3, 0, 1, 2, 1, 0, 1, 1, 3]);
    assert_eq!(numbers(near, Line::People), [11, 0, 2, 5 + 4 + 1, 3, 0, 3, 4, 9], "one left household 2");
    let escaped = poor.cell(poor.total(Line::Households).unwrap(), "c3").unwrap();
    assert_eq!(escaped.households(), [household_id(3)]);
    assert!(checks(&summary).is_empty(), "{:?}", checks(&summary));
}

#[test]
fn the_lines_are_sums_of_their_villages() {
    let town = moving();
    let summary = summary(&town.data());
    for table in &summary.tables {
        for line in [Line::Households, Line::People] {
            let Some(total) = table.total(line) else { continue };
            for (at, cell) in
                total.cells.iter().enumerate().filter(|(_, cell)| matches!(cell, Cell::Count { .. }))
            {
                let sum = |level: Level| -> i64 {
                    let rows = table.rows.iter().filter(|row| row.level == level && row.line == line);
                    rows.filter_map(|row| row.cells[at].number()).sum()
                };
                let column = &table.columns[at].id;
                for level in [Level::Village, Level::Commune, Level::Area] {
                    assert_eq!(Some(sum(level)), cell.number(), "{} {column} {level:?}", table.id);
                }
            }
        }
    }
}

#[test]
fn a_column_that_does_not_follow_from_the_others_is_named() {
    let town = moving();
    let mut summary = summary(&town.data());
    let poor = summary.tables.iter_mut().find(|table| table.id == "t2").unwrap();
    let total = poor.rows.iter_mut().find(|row| row.level == Level::Total).unwrap();
    let Cell::Count { count, .. } = &mut total.cells[1] else { panic!("it is counted") };
    *count += 1;
    let found = checks(&summary);
    let codes: Vec<CheckCode> = found.iter().map(|check| check.code).collect();
    assert_eq!(codes, [CheckCode::SummaryIdentity, CheckCode::SummaryCross]);
    assert!(found[0].words.vi.contains("là 4, tính từ các cột khác là 3"), "{}", found[0].words.vi);
    assert!(!found.iter().any(|check| check.words.vi.contains('{') || check.words.en.contains('{')));
}

fn pinned(town: &mut Town) {
    let rulebook = Rulebook::shipped_by_id("2016-2021").unwrap();
    town.state.review.as_mut().unwrap().rulebook_hash = rulebook.hash_hex();
}

fn answer(town: &mut Town, number: u8, question: &str, value: Scalar) {
    let record = town.household(number).household.reviews.values_mut().next().unwrap();
    record.answers.insert(AnswerKey::household(question), value);
}

#[test]
fn deprivations_are_counted_by_the_pinned_rulebook_and_never_without_it() {
    let mut town = Town::small();
    assert!(summary(&town.data()).table("t4").is_none());
    pinned(&mut town);
    for number in [1, 2, 5] {
        answer(&mut town, number, "nuoc", Scalar::text("khac"));
    }
    answer(&mut town, 1, "nha_tieu", Scalar::text("khong"));
    let summary = summary(&town.data());
    let (counts, shares) = (of(&summary, "t4"), of(&summary, "t5"));
    let total = counts.total(Line::Households).unwrap();
    let number = |column: &str| counts.cell(total, column).unwrap().number().unwrap();
    assert_eq!((number("households"), number("nuoc"), number("nha_tieu")), (4, 2, 1));
    assert_eq!(counts.columns.len(), 2 + 10, "the ten indicators of 2016");
    assert_eq!(number("deprivations"), counts.columns[2..].iter().map(|column| number(&column.id)).sum());
    let total = shares.total(Line::Households).unwrap();
    assert_eq!(shares.cell(total, "nuoc").unwrap().percent().unwrap().to_string(), "50");
    let empty = shares.rows.iter().find(|row| row.level == Level::Area && row.name.en == "Rural").unwrap();
    assert_eq!(shares.cell(empty, "nuoc"), Some(&Cell::Blank), "nothing to divide by");
    assert_eq!(of(&summary, "t6").total(Line::Households).unwrap().cells[0].number(), Some(2));
}

#[test]
fn a_household_is_in_one_group_only_and_the_first_that_holds() {
    let mut town = Town::small();
    let mut head = |number: u8, ethnicity: Option<&str>, merit: bool| {
        let household = &mut town.household(number).household;
        let head = household.head.unwrap();
        let member = household.members.get_mut(&head).unwrap();
        (member.ethnicity, member.merit) = (ethnicity.map(str::to_owned), merit);
    };
    head(1, Some("tctk1979:06"), true);
    head(2, Some("tctk1979:01"), true);
    head(3, None, false);
    head(4, Some("tctk1979:03"), false);
    let summary = summary(&town.data());
    let groups = of(&summary, "t8");
    let total = groups.total(Line::Households).unwrap();
    let number = |column: &str| groups.cell(total, column).unwrap().number();
    let poor = ["c1", "c2", "c3", "c4", "c5"].map(number);
    assert_eq!(poor, [Some(4), Some(2), None, Some(1), Some(1)], "the form of 2016 asks nobody who can work");
    let ethnicities = of(&summary, "t9");
    let total = ethnicities.total(Line::Households).unwrap();
    let headings: Vec<(&str, i64)> = (ethnicities.columns.iter().zip(&total.cells))
        .map(|(column, cell)| (column.words.vi.as_str(), cell.number().unwrap()))
        .filter(|(vi, _)| vi.starts_with("Hộ nghèo"))
        .collect();
    let expected = [
        ("Hộ nghèo – Tổng số", 4),
        ("Hộ nghèo – Kinh", 1),
        ("Hộ nghèo – Tổng DTTS", 2),
        ("Hộ nghèo – Thái", 1),
        ("Hộ nghèo – Mường", 1),
        ("Hộ nghèo – Chưa ghi dân tộc", 1),
    ];
    assert_eq!(headings, expected);
    assert!(checks(&summary).is_empty());
}

#[test]
fn causes_are_counted_one_column_an_option_and_a_household_may_have_several() {
    let mut town = Town::small();
    let rulebook = Rulebook::shipped_by_id("2022-2026").unwrap();
    let review = town.state.review.as_mut().unwrap();
    (review.rulebook, review.rulebook_hash) = (rulebook.id.clone(), rulebook.hash_hex());
    let mut cause = |number: u8, option: &str, told: bool| {
        let record = town.household(number).household.reviews.values_mut().next().unwrap();
        record.answers.insert(AnswerKey::option("nguyen_nhan", option), Scalar::Bool(told));
    };
    cause(1, "von", true);
    cause(1, "lao_dong", true);
    cause(2, "von", true);
    cause(2, "lao_dong", false);
    cause(5, "von", true);
    let summary = summary(&town.data());
    let causes = of(&summary, "t10");
    let total = causes.total(Line::Households).unwrap();
    let counted = |column: &str| causes.cell(total, column).unwrap();
    assert_eq!(counted("poor/von").households(), [household_id(1), household_id(2)]);
    assert_eq!(counted("poor/lao_dong").households(), [household_id(1)]);
    assert_eq!(counted("near/von").households(), [household_id(5)]);
    assert_eq!(causes.columns.len(), 2 * (1 + 8), "all, and the eight causes, of both lists");
}

#[test]
fn results_divide_by_the_population_and_the_regime_chooses_the_form() {
    let mut town = Town::small();
    let ids = |town: &Town| summary(&town.data()).tables.into_iter().map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(ids(&town)[..2], ["mau3_poor", "mau3_near"]);
    town.state.review.as_mut().unwrap().rulebook = "2022-2026".to_owned();
    assert_eq!(ids(&town)[0], "t1");
    let summary = summary(&town.data());
    let results = of(&summary, "t1");
    let total = results.total(Line::Households).unwrap();
    let cell = |column: &str| results.cell(total, column).unwrap();
    let numbers = ["c1", "c2", "c3", "c5", "c9", "c11"].map(|column| cell(column).number());
    assert_eq!(numbers, [200, 800, 4, 2, 14, 9].map(Some));
    assert_eq!(cell("c4").percent().unwrap().to_string(), "2");
    assert_eq!(cell("c10").percent().unwrap().to_string(), "1.75");
    let village = results.rows.iter().find(|row| row.level == Level::Village).unwrap();
    assert_eq!(results.cell(village, "c4"), Some(&Cell::Blank), "the village's population is not known");
}

#[test]
fn the_form_of_2012_tells_who_left_and_who_came() {
    let town = moving();
    let summary = summary(&town.data());
    let numbers = |id: &str| -> Vec<i64> {
        let table = of(&summary, id);
        let total = table.total(Line::Households).unwrap();
        ["c3", "c7", "c9", "c11", "c13"].map(|it| table.cell(total, it).unwrap().number().unwrap()).to_vec()
    };
    assert_eq!(numbers("mau3_poor"), [4, 2, 1, 2, 4]);
    assert_eq!(numbers("mau3_near"), [3, 0, 0, 2, 3]);
}

#[test]
fn the_workbook_has_a_sheet_for_every_table_and_for_its_households() {
    let town = moving();
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(workbook(&town))).unwrap();
    let names = book.sheet_names();
    for name in
        ["Mẫu 3 (nghèo)", "Mẫu 3 (cận nghèo)", "Biểu 2", "Biểu 3", "Biểu 8", "Biểu 9", "Nguồn các biểu"]
    {
        assert!(names.iter().any(|it| it == name), "{name} is not among {names:?}");
    }
    let sheet = book.worksheet_range("Biểu 2").unwrap();
    let total = sheet.rows().find(|row| row[1] == Data::String("Tổng cộng".to_owned())).unwrap();
    let told: Vec<String> = total[2..].iter().map(ToString::to_string).collect();
    assert_eq!(told, ["Hộ", "4", "1", "1", "1", "1", "1", "0", "1", "4"]);
    let sources = book.worksheet_range("Nguồn các biểu").unwrap();
    let nine = household_id(9).to_string();
    let row =
        |row: &&[Data]| row[0] == Data::String("Biểu 2".to_owned()) && row[1] == Data::String(nine.clone());
    assert_eq!(sources.rows().find(row).unwrap()[4], Data::String("c6, c9".to_owned()));
}

proptest! {
    /// Whatever rows the register has: end = start − out + in in every line, and transfers agree between the tables.
    #[test]
    fn the_identities_hold_for_every_register(
        rows in prop::collection::vec((1_u8..9, 0_usize..6, 1_i64..7, 2014_i32..2018, 0_usize..3), 0..40),
    ) {
        let kinds = [POOR, NEAR, TO_NEAR, TO_POOR, ESCAPED, GONE];
        let mut town = Town::small();
        let plain: Vec<_> = rows.iter().map(|(id, kind, people, year, _)| (*id, kinds[*kind], *people, *year)).collect();
        let villages = rows.iter().map(|row| VILLAGES[row.4]);
        let rows = register(&plain).rows().to_vec().into_iter().zip(villages);
        town.register = Register::from_rows(rows.map(|(row, unit)| Recognition { unit, ..row })).unwrap();
        town.days.from = on(2016, 6, 1);
        let summary = summary(&town.data());
        let found = checks(&summary);
        prop_assert!(found.is_empty(), "{:?}", found);
    }
}
