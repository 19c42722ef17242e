//! The B1 table as XLSX: what the office fills in is read back, and every bad file is refused cell by cell.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use domain::b1::{B1Kind, B1Table, ShippedB1};
use reports::b1::{
    B1CellFault, B1Terms, ELEMENTS_MAX, FICTITIOUS_TITLE, FILE_MAX, KEPT_MAX, TAG_MAX, b1_template,
    b1_workbook, read_b1,
};
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const FICTITIOUS: &str = include_str!("../../../../tests/story/b1-fictitious.toml");
const SHEET: &str = "Bảng điểm";

fn fictitious() -> (ShippedB1, B1Table) {
    let shipped = ShippedB1::load(FICTITIOUS).unwrap();
    let table = B1Table { fictitious: true, ..shipped.table.clone() };
    (shipped, table)
}

fn terms() -> B1Terms {
    B1Terms {
        rulebook: "2016-2021".to_owned(),
        version: "Hư cấu 1".to_owned(),
        legal: "BẢNG ĐIỂM HƯ CẤU — chỉ để thử".to_owned(),
        fictitious: true,
    }
}

fn good() -> Vec<u8> {
    let (shipped, table) = fictitious();
    b1_workbook(&shipped, &table).unwrap()
}

/// The sheet's cells, to be changed and written again as a spreadsheet program would.
struct Book(BTreeMap<(u32, u32), Data>, &'static str);

impl Book {
    fn good() -> Self {
        let mut read: Xlsx<_> = open_workbook_from_rs(Cursor::new(good())).unwrap();
        let range = read.worksheet_range(SHEET).unwrap();
        let (top, left) = range.start().unwrap();
        let cells = range.used_cells().map(|(row, column, value)| {
            let row = top + u32::try_from(row).unwrap();
            ((row, left + u32::try_from(column).unwrap()), value.clone())
        });
        Self(cells.collect(), SHEET)
    }

    fn at(name: &str) -> (u32, u32) {
        let column = u32::from(name.as_bytes()[0] - b'A');
        (name[1..].parse::<u32>().unwrap() - 1, column)
    }

    fn set(mut self, name: &str, value: impl Into<Data>) -> Self {
        self.0.insert(Self::at(name), value.into());
        self
    }

    fn clear(mut self, name: &str) -> Self {
        self.0.remove(&Self::at(name));
        self
    }

    fn clear_column(mut self, letter: char) -> Self {
        let column = u32::from(letter as u8 - b'A');
        self.0.retain(|(_, at), _| *at != column);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name(self.1).unwrap();
        for ((row, column), value) in &self.0 {
            let column = u16::try_from(*column).unwrap();
            match value {
                Data::Float(number) => drop(sheet.write_number(*row, column, *number).unwrap()),
                Data::Bool(yes) => drop(sheet.write_boolean(*row, column, *yes).unwrap()),
                other => drop(sheet.write_string(*row, column, other.to_string()).unwrap()),
            }
        }
        workbook.save_to_buffer().unwrap()
    }

    fn faults(&self) -> Vec<(&'static str, Option<String>)> {
        faults(&self.bytes(), &terms()).into_iter().map(|fault| (fault.code, fault.cell)).collect()
    }
}

fn faults(bytes: &[u8], terms: &B1Terms) -> Vec<B1CellFault> {
    let refusal = read_b1(bytes, terms).unwrap_err();
    assert_eq!(refusal.count, refusal.faults.len());
    refusal.faults
}

fn cell(code: &'static str, name: &str) -> Vec<(&'static str, Option<String>)> {
    vec![(code, Some(name.to_owned()))]
}

#[test]
fn a_filled_in_table_is_read_back_as_it_was() {
    let (_, table) = fictitious();
    let read = read_b1(&good(), &terms()).unwrap();
    assert_eq!(read, table);
    assert_eq!((read.hash(), read.is_complete()), (table.hash(), true));
    assert_eq!(good(), good(), "the same table gives the same bytes");
    assert_eq!(
        read_b1(&Book::good().bytes(), &terms()).unwrap(),
        table,
        "another program wrote the same cells"
    );
}

#[test]
fn items_may_repeat_their_words_and_numbers_may_be_text() {
    let book = Book::good()
        .set("A8", "1")
        .set("B8", "Số nhân khẩu trong hộ (hư cấu)")
        .set("A7", Data::Float(1.0))
        .set("C7", "MỘT")
        .set("F6", "nt_dbsh");
    assert_eq!(read_b1(&book.bytes(), &terms()).unwrap(), fictitious().1);
}

#[test]
fn the_template_has_the_known_items_and_no_point() {
    for shipped in ShippedB1::all() {
        let bytes = b1_template(shipped).unwrap();
        let mut read: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
        let sheet = read.worksheet_range(SHEET).unwrap();
        let numbers =
            sheet.used_cells().filter(|(_, _, value)| matches!(value, Data::Float(_) | Data::Int(_)));
        assert_eq!(numbers.count(), 0);
        let rulebook = shipped.table.rulebook.clone();
        let found = faults(
            &bytes,
            &B1Terms { rulebook, version: "1".to_owned(), legal: "x".to_owned(), fictitious: false },
        );
        let blanks: usize =
            shipped.table.items.iter().map(|item| item.answers.len() * shipped.regions.len()).sum();
        let blank = found.iter().filter(|fault| fault.code == "b1_blank_point").count();
        assert_eq!(blank, blanks, "a template that nobody filled in names every blank cell");
    }
}

#[test]
fn every_bad_cell_is_named() {
    let good = Book::good;
    let cases = [
        (good().clear("F7"), cell("b1_blank_point", "F7")),
        (good().set("F7", "75"), cell("b1_not_a_number", "F7")),
        (good().set("G8", "hai mươi"), cell("b1_not_a_number", "G8")),
        (good().set("G8", true), cell("b1_not_a_number", "G8")),
        (good().set("H9", 7.5), cell("b1_not_a_number", "H9")),
        (good().set("L10", -1.0), cell("b1_point_range", "L10")),
        (good().set("L10", 201.0), cell("b1_point_range", "L10")),
        (good().set("E8", "1 ĐẾN 2 NGƯỜI"), cell("b1_duplicate", "E8")),
        (good().set("A10", "1"), cell("b1_differs", "B10")),
        (good().set("A13", "1"), cell("b1_duplicate", "A13")),
        (good().clear("E9"), cell("b1_text", "E9")),
        (good().clear("B10"), cell("b1_text", "B10")),
        (good().set("C10", "hai"), cell("b1_kind", "C10")),
        (good().set("G6", "NT_DBSH"), cell("b1_duplicate", "G6")),
        (good().set("M6", "TAY_BAC"), cell("b1_unknown_region", "M6")),
        (good().set("M9", 3.0), cell("b1_unknown_region", "M6")),
        (good().set("A4", "ghi chú"), Vec::new()),
    ];
    for (book, expected) in cases {
        let result = read_b1(&book.bytes(), &terms());
        let found: Vec<_> = result
            .err()
            .map_or_else(Vec::new, |it| it.faults.into_iter().map(|it| (it.code, it.cell)).collect());
        let named = expected.iter().all(|fault| found.contains(fault));
        assert!(named && found.is_empty() == expected.is_empty(), "{expected:?} is not in {found:?}");
    }
}

#[test]
fn several_faults_are_told_at_once_in_the_order_of_the_sheet() {
    let found = Book::good().clear("G8").set("F7", "x").clear("E12").faults();
    assert_eq!(
        found,
        [
            ("b1_not_a_number", Some("F7".to_owned())),
            ("b1_blank_point", Some("G8".to_owned())),
            ("b1_text", Some("E12".to_owned())),
        ]
    );
}

#[test]
fn a_region_without_a_column_is_missing() {
    let found = faults(&Book::good().clear_column('H').bytes(), &terms());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].code, found[0].what.as_str(), found[0].row),
        ("b1_missing_region", "NT_BTB_DHMT", Some(6))
    );
}

#[test]
fn the_most_points_of_a_household_stay_within_a_form() {
    let (_, mut table) = fictitious();
    let item = table.items[8].clone();
    assert_eq!(item.kind, B1Kind::Several);
    for at in 0..12 {
        let mut more = item.clone();
        (more.id, more.no) = (format!("b1_{}", 10 + at), (10 + at).to_string());
        table.items.push(more);
    }
    let found: Vec<&str> = table.problems().iter().map(|problem| problem.fault.code()).collect();
    assert_eq!(found, ["b1_total_range"; 7]);
}

#[test]
fn a_file_of_another_kind_is_refused_as_a_whole() {
    let code = |bytes: &[u8], terms: &B1Terms| faults(bytes, terms)[0].code;
    assert_eq!(code(b"", &terms()), "b1_not_a_workbook");
    assert_eq!(code(b"Muc;Diem\n1;75\n", &terms()), "b1_not_a_workbook");
    assert_eq!(code(&good()[..good().len() / 2], &terms()), "b1_not_a_workbook");
    assert_eq!(code(&vec![0; 50 * 1024 * 1024], &terms()), "b1_file_too_large");
    assert_eq!(code(&vec![0; FILE_MAX + 1], &terms()), "b1_file_too_large");
    let other = B1Terms { rulebook: "2022-2026".to_owned(), ..terms() };
    assert_eq!(code(&good(), &other), "b1_wrong_rulebook");
    let real = B1Terms { fictitious: false, ..terms() };
    assert_eq!(code(&good(), &real), "b1_fictitious_unsaid");
    let mut renamed = Book::good();
    renamed.1 = "Sheet1";
    assert_eq!(code(&renamed.bytes(), &terms()), "b1_not_a_template");
    assert_eq!(code(&Book::good().clear("B2").bytes(), &terms()), "b1_not_a_template");
    assert_eq!(code(&Book::good().set("E6", "Điểm").bytes(), &terms()), "b1_not_a_template");
}

/// A small file that inflates beyond the limit, and one whose only further cell is in the last corner of the sheet.
#[test]
fn a_small_file_cannot_take_much_memory() {
    let long = "a".repeat(32_000);
    let mut book = Book::good();
    for row in 0..1_200 {
        book = book.set(&format!("Z{}", 100 + row), format!("{row}{long}"));
    }
    let bytes = book.bytes();
    assert!(bytes.len() < FILE_MAX, "{}", bytes.len());
    assert_eq!(faults(&bytes, &terms())[0].code, "b1_file_too_large");
    let mut corner = Book::good();
    corner.0.insert((1_048_575, 16_383), Data::Float(1.0));
    assert_eq!(corner.faults()[0].0, "b1_unknown_region");
}

/// The good file with another text in one of its parts.
fn with_part(name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(good())).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let (found, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        to.start_file(&found, SimpleFileOptions::default()).unwrap();
        let text = if found == name { change(&text) } else { text };
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// What a file says of itself is not believed, and what it makes others copy is bounded.
#[test]
fn a_file_cannot_claim_or_multiply_what_it_does_not_have() {
    let code = |bytes: &[u8]| faults(bytes, &terms())[0].code;
    let unchanged = with_part("", str::to_owned);
    assert!(read_b1(&unchanged, &terms()).is_ok());

    let claimed = with_part("xl/sharedStrings.xml", |text| {
        let (before, after) = text.split_once("uniqueCount=\"").unwrap();
        format!("{before}uniqueCount=\"{}{after}", "9".repeat(13))
    });
    assert_eq!(code(&claimed), "b1_file_too_large");

    let named = with_part("xl/styles.xml", |text| {
        text.replacen("<name val=\"", &format!("<name val=\"{}", "x".repeat(TAG_MAX)), 1)
    });
    assert_eq!(code(&named), "b1_file_too_large");

    let formats = with_part("xl/styles.xml", |text| {
        text.replacen("</cellXfs>", &format!("{}</cellXfs>", "<xf/>".repeat(KEPT_MAX)), 1)
    });
    assert!(formats.len() < 20_000, "{}", formats.len());
    assert_eq!(code(&formats), "b1_file_too_large");

    let elements = with_part("docProps/app.xml", |text| {
        text.replacen("</Properties>", &format!("{}</Properties>", "<a/>".repeat(ELEMENTS_MAX)), 1)
    });
    assert_eq!(code(&elements), "b1_file_too_large");

    // one long text that many cells share
    let mut shared = Book::good();
    for row in 0..400 {
        shared = shared.set(&format!("Z{}", 100 + row), "a".repeat(30_000));
    }
    assert!(shared.bytes().len() < 100_000);
    assert_eq!(code(&shared.bytes()), "b1_file_too_large");
    assert_eq!(code(&[b"x".as_slice(), &good()].concat()), "b1_not_a_workbook", "something before it");
}

/// Where the library panics the file is none.
#[test]
fn a_sheet_that_breaks_the_library_is_refused() {
    let turned = with_part("xl/worksheets/sheet2.xml", |text| {
        let (before, after) = text.split_once("<dimension ref=\"").unwrap();
        let (_, after) = after.split_once('"').unwrap();
        format!("{before}<dimension ref=\"B9:A1\"{after}")
    });
    let read = read_b1(&turned, &terms());
    assert!(read.is_ok() || read.is_err_and(|refusal| refusal.faults[0].code == "b1_not_a_workbook"));
}

#[test]
fn the_title_says_that_a_table_is_made_up() {
    assert_eq!(FICTITIOUS_TITLE, "BẢNG ĐIỂM HƯ CẤU — chỉ để thử");
    assert_eq!(Book::good().0[&(0, 0)], Data::String(FICTITIOUS_TITLE.to_owned()));
}
