//! Comma-separated text as spreadsheets write it: quotes around what holds commas, quotes or line ends.
//!
//! **Invariant:** every line of the result is numbered as in the file, so that a person finds the bad one.

/// A record with the number of the line that it begins on, from 1.
pub type Record = (usize, Vec<String>);

/// Splits a text; `Err` is the line of a quote that is not closed, or that stands inside a plain field.
pub fn records(text: &str) -> Result<Vec<Record>, usize> {
    let mut reader =
        Reader { line: 1, begun: 1, records: Vec::new(), fields: Vec::new(), field: String::new() };
    let mut letters = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                reader.field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if reader.field.is_empty() => quoted = true,
            '"' => return Err(reader.line),
            ',' if !quoted => reader.end_field(),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !quoted => reader.end_record(),
            other => reader.push(other),
        }
    }
    if quoted {
        return Err(reader.begun);
    }
    reader.end_record();
    Ok(reader.records)
}

struct Reader {
    line: usize,
    begun: usize,
    records: Vec<Record>,
    fields: Vec<String>,
    field: String,
}

impl Reader {
    fn push(&mut self, letter: char) {
        self.line += usize::from(letter == '\n');
        self.field.push(letter);
    }

    fn end_field(&mut self) {
        let field = std::mem::take(&mut self.field);
        self.fields.push(field.trim().to_owned());
    }

    fn end_record(&mut self) {
        self.end_field();
        let fields = std::mem::take(&mut self.fields);
        if fields.iter().any(|field| !field.is_empty()) {
            self.records.push((self.begun, fields));
        }
        self.line += 1;
        self.begun = self.line;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_commas_quotes_and_line_ends() {
        let text = "\u{feff}a,b\r\n\r\n\"1, \"\"2\"\"\n3\", x \nlast,";
        let read = records(text).unwrap();
        let plain: Vec<(usize, Vec<&str>)> =
            read.iter().map(|(line, fields)| (*line, fields.iter().map(String::as_str).collect())).collect();
        assert_eq!(plain, [(1, vec!["a", "b"]), (3, vec!["1, \"2\"\n3", "x"]), (5, vec!["last", ""])]);
        assert_eq!(records("a\n\"b"), Err(2));
        assert_eq!(records("a\nb\"c\""), Err(2));
    }
}
