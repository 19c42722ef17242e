//! Comma-separated text as spreadsheets write it: quotes around what holds commas, quotes or line ends.
//!
//! **Invariant:** every record is numbered by its line in the file, so that a person finds the bad one.
//! **Invariant:** one record is held at a time, with [`COLUMNS_MAX`] fields at most: however a text is made, reading it
//! takes little more memory than the text.

use std::iter::Peekable;
use std::str::Chars;

/// Fields of one record.
pub const COLUMNS_MAX: usize = 64;

/// A record with the number of the line that it begins on, from 1.
pub type Record = (usize, Vec<String>);

/// Why a text cannot be read on, with the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// A quote that is not closed, or that stands inside a plain field.
    Quotes(usize),
    /// More fields than a list has.
    Columns(usize),
}

/// The records of a text that are not blank. Nothing follows an error.
pub fn records(text: &str) -> Records<'_> {
    let letters = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    Records { letters, line: 1, ended: false }
}

/// See [`records`].
pub struct Records<'a> {
    letters: Peekable<Chars<'a>>,
    /// The line that is read.
    line: usize,
    ended: bool,
}

/// How a field ended.
enum End {
    Field,
    Record,
    Text,
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let record = self.record();
            self.ended |= record.is_err();
            if record.as_ref().map_or(true, |(_, fields)| fields.iter().any(|field| !field.is_empty())) {
                return Some(record);
            }
        }
        None
    }
}

impl Records<'_> {
    fn record(&mut self) -> Result<Record, Malformed> {
        let (begun, mut fields) = (self.line, Vec::new());
        loop {
            let (field, end) = self.field(begun)?;
            if fields.len() == COLUMNS_MAX {
                return Err(Malformed::Columns(begun));
            }
            fields.push(field);
            match end {
                End::Field => {}
                End::Record => {
                    self.line += 1;
                    return Ok((begun, fields));
                }
                End::Text => {
                    self.ended = true;
                    return Ok((begun, fields));
                }
            }
        }
    }

    /// The next field without the blanks around it.
    fn field(&mut self, begun: usize) -> Result<(String, End), Malformed> {
        let (mut field, mut quoted) = (String::new(), false);
        let end = loop {
            match self.letters.next() {
                None if quoted => return Err(Malformed::Quotes(begun)),
                None => break End::Text,
                Some('"') if quoted => match self.letters.next_if_eq(&'"') {
                    Some(quote) => field.push(quote),
                    None => quoted = false,
                },
                Some('"') if field.is_empty() => quoted = true,
                Some('"') => return Err(Malformed::Quotes(self.line)),
                Some(',') if !quoted => break End::Field,
                Some('\r') if !quoted && self.letters.peek() == Some(&'\n') => {}
                Some('\n') if !quoted => break End::Record,
                Some(letter) => {
                    self.line += usize::from(letter == '\n');
                    field.push(letter);
                }
            }
        };
        Ok((field.trim().to_owned(), end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Record>, Malformed> {
        records(text).collect()
    }

    #[test]
    fn quotes_hold_commas_quotes_and_line_ends() {
        let text = "\u{feff}a,b\r\n\r\n\"1, \"\"2\"\"\n3\", x \nlast,";
        let read_text = read(text).unwrap();
        let plain: Vec<(usize, Vec<&str>)> = read_text
            .iter()
            .map(|(line, fields)| (*line, fields.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(plain, [(1, vec!["a", "b"]), (3, vec!["1, \"2\"\n3", "x"]), (5, vec!["last", ""])]);
        assert_eq!(read("a\n\"b"), Err(Malformed::Quotes(2)));
        assert_eq!(read("a\nb\"c\""), Err(Malformed::Quotes(2)));
        assert_eq!(read(""), Ok(Vec::new()));
    }

    #[test]
    fn what_is_good_comes_before_what_is_not_and_nothing_after_it() {
        let mut records = records("a,b\n\nc\"\nd");
        assert_eq!(records.next(), Some(Ok((1, vec!["a".to_owned(), "b".to_owned()]))));
        assert_eq!(records.next(), Some(Err(Malformed::Quotes(3))));
        assert_eq!(records.next(), None);
    }

    #[test]
    fn a_line_of_commas_ends_at_the_limit() {
        assert_eq!(read(&",".repeat(1_000_000)), Err(Malformed::Columns(1)));
        assert_eq!(read(&format!("a\n{}", ",".repeat(COLUMNS_MAX))), Err(Malformed::Columns(2)));
        let widest = format!("{}x", ",".repeat(COLUMNS_MAX - 1));
        assert_eq!(read(&widest).map(|records| records[0].1.len()), Ok(COLUMNS_MAX));
    }
}
