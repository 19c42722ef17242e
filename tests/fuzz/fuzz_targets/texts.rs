//! Texts that people bring: the QR code of a citizen's card, a rulebook.
#![no_main]

use chrono::NaiveDate;
use domain::rulebook::Rulebook;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let today = NaiveDate::from_ymd_opt(2016, 12, 1).expect("a day");
    let _ = domain::citizen_card::read(text, today);
    let _ = Rulebook::load(text);
});
