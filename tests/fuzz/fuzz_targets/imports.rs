//! Files that the office brings: a B1 table as a workbook, a list to recognise as CSV. Refused, or taken with sense.
#![no_main]

use fuzz::imports::{PARTS, read, workbook};
use libfuzzer_sys::fuzz_target;

#[allow(dead_code, reason = "the server's own file, without the server")]
#[path = "../../../sync-server/src/csv.rs"]
mod csv;

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    // mutations hardly ever inflate: one part of a good workbook is replaced as it is
    if let Some((which, part)) = bytes.split_first() {
        read(&workbook(PARTS[usize::from(*which) % PARTS.len()], part));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut last = 0;
    for record in csv::records(text) {
        let Ok((line, fields)) = record else { return };
        assert!(line > last && fields.len() <= csv::COLUMNS_MAX);
        last = line;
    }
});
