//! Workbooks of a B1 table, whole and with one part that is something else.

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use domain::b1::{B1Table, ShippedB1};
use reports::b1::{B1Terms, b1_workbook, read_b1};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A table that is made up, and small.
const FICTITIOUS: &str = include_str!("../../story/b1-fictitious.toml");

/// Parts that are replaced.
pub const PARTS: [&str; 4] =
    ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"];

static GOOD: LazyLock<(ShippedB1, Vec<u8>)> = LazyLock::new(|| {
    let shipped = ShippedB1::load(FICTITIOUS).expect("a table");
    let table = B1Table { fictitious: true, ..shipped.table.clone() };
    let bytes = b1_workbook(&shipped, &table).expect("a workbook");
    (shipped, bytes)
});

/// The workbook as the project writes it.
pub fn good() -> &'static [u8] {
    &GOOD.1
}

/// The parts of the good workbook.
fn parts() -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(good())).expect("an archive");
    let mut part = |at| {
        let mut part = archive.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        (part.name().expect("its name").into_owned(), bytes)
    };
    (0..part_count()).map(&mut part).collect()
}

fn part_count() -> usize {
    ZipArchive::new(Cursor::new(good())).expect("an archive").len()
}

/// A part of the good workbook.
pub fn part(name: &str) -> Vec<u8> {
    parts().into_iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes).unwrap_or_default()
}

/// The good workbook with other bytes as one of its parts.
pub fn workbook(name: &str, bytes: &[u8]) -> Vec<u8> {
    static PARTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(parts);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (known, good) in PARTS.iter() {
        archive.start_file(known, stored).expect("a part");
        archive.write_all(if known == name { bytes } else { good }).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

/// Reads a file as the office supplies it. What is taken is written and read again as the same table.
pub fn read(bytes: &[u8]) {
    let terms = B1Terms {
        rulebook: "2016-2021".to_owned(),
        version: "1".to_owned(),
        legal: "BẢNG ĐIỂM HƯ CẤU — chỉ để thử".to_owned(),
        fictitious: true,
    };
    let Ok(table) = read_b1(bytes, &terms) else { return };
    assert!(table.problems().is_empty(), "a table with problems was taken");
    let written = b1_workbook(&GOOD.0, &table).expect("what was taken is written");
    let again = read_b1(&written, &terms).expect("and read again");
    assert!(again == table, "another table was read");
}
