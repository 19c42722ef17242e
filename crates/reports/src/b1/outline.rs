//! Looks over the parts of a workbook before the library reads them.
//!
//! The library believes what a file says of itself: it reserves room for as many texts as a part claims to have, and copies
//! a font's name and a number's format into every cell format that names them. Both are bounded here, where nothing is
//! reserved and nothing copied.
//!
//! **Invariant:** what passes makes the library take no more memory than a few times the limits here.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// Bytes that the parts of a file inflate to, together.
pub const INFLATED_MAX: u64 = 32 * 1024 * 1024;
/// Elements of all parts.
pub const ELEMENTS_MAX: usize = 1_000_000;
/// Elements of all parts that the library keeps one by one, texts and cells apart: see [`KEPT`].
pub const KEPT_MAX: usize = 20_000;
/// Bytes of the tag of such an element, its attributes included: what may be copied for another element.
pub const TAG_MAX: usize = 2_100;
/// Digits of a number in the tag of the shared texts, which says how many there are.
const DIGITS_MAX: usize = 6;

/// Elements that the library keeps.
const KEPT: [&str; 9] =
    ["xf", "numFmt", "font", "name", "fill", "border", "sheet", "definedName", "Relationship"];
/// The element of the shared texts.
const TEXTS: &str = "sst";
/// How a file of this kind begins. One that begins otherwise is taken for another format first.
const BEGINNING: &[u8] = b"PK";

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// Not a workbook.
    Unknown,
    /// Over a limit.
    TooLarge,
}

/// What all parts have together.
#[derive(Default)]
struct Outline {
    elements: usize,
    kept: usize,
}

/// Looks over a file.
pub(super) fn look_over(bytes: &[u8]) -> Result<(), Unread> {
    if !bytes.starts_with(BEGINNING) {
        return Err(Unread::Unknown);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unread::Unknown)?;
    let (mut outline, mut left) = (Outline::default(), INFLATED_MAX);
    for at in 0..archive.len() {
        // counted by inflating it: what a file says of itself may be wrong
        let mut part = archive.by_index(at).map_err(|_| Unread::Unknown)?.take(left + 1);
        outline.read(BufReader::new(&mut part))?;
        std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| Unread::Unknown)?;
        left = part.limit().checked_sub(1).ok_or(Unread::TooLarge)?;
    }
    Ok(())
}

impl Outline {
    /// Reads a part up to where it is no XML: further than that the library does not come either.
    fn read(&mut self, part: impl BufRead) -> Result<(), Unread> {
        let mut xml = Reader::from_reader(part);
        let config = xml.config_mut();
        (config.check_end_names, config.check_comments) = (false, false);
        let mut room = Vec::new();
        loop {
            match xml.read_event_into(&mut room) {
                Ok(Event::Start(tag) | Event::Empty(tag)) => self.take(&tag)?,
                Ok(Event::Eof) | Err(_) => return Ok(()),
                Ok(_) => {}
            }
            room.clear();
        }
    }

    fn take(&mut self, tag: &BytesStart<'_>) -> Result<(), Unread> {
        let name = tag.local_name();
        self.elements += 1;
        let kept = KEPT.contains(&name.as_ref());
        self.kept += usize::from(kept);
        let long = kept && tag.len() > TAG_MAX;
        let claims = name.as_ref() == TEXTS && has_long_number(tag);
        let over = self.elements > ELEMENTS_MAX || self.kept > KEPT_MAX || long || claims;
        if over { Err(Unread::TooLarge) } else { Ok(()) }
    }
}

fn has_long_number(tag: &BytesStart<'_>) -> bool {
    let text: &str = tag.as_ref();
    text.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits.len() > DIGITS_MAX)
}
