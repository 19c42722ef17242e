//! Forms with a file, as browsers send them (RFC 7578). A form of the office page has three fields, so that this is all of it;
//! a reader that streams would be another dependency.
//!
//! **Invariant:** a form is read whole or not at all: one that is cut has no fields.

/// Fields of one form.
const FIELDS_MAX: usize = 16;

/// A field: its name and what it holds.
pub type Field<'a> = (&'a str, &'a [u8]);

/// The fields of a body, in their order; none if it is no such form.
pub fn fields<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Field<'a>>> {
    let boundary = boundary(content_type)?;
    let mut rest = body.strip_prefix(format!("--{boundary}").as_bytes())?;
    let (end, mut fields) = (format!("\r\n--{boundary}"), Vec::new());
    loop {
        if rest.starts_with(b"--") {
            return Some(fields);
        }
        let part = rest.strip_prefix(b"\r\n")?;
        let (part, after) = split(part, end.as_bytes())?;
        let (head, value) = split(part, b"\r\n\r\n")?;
        if fields.len() == FIELDS_MAX {
            return None;
        }
        fields.push((name(std::str::from_utf8(head).ok()?)?, value));
        rest = after;
    }
}

fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    let of_form = kind.trim().eq_ignore_ascii_case("multipart/form-data");
    let named = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("boundary="));
    named.map(|named| named.trim_matches('"')).filter(|named| of_form && (1..=70).contains(&named.len()))
}

/// The name in a part's head.
fn name(head: &str) -> Option<&str> {
    let disposition = head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case("content-disposition").then_some(value)
    });
    disposition?
        .split(';')
        .find_map(|piece| piece.trim().strip_prefix("name="))
        .map(|name| name.trim_matches('"'))
}

/// What is before and what is after the first of these bytes.
fn split<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let mut from = 0;
    loop {
        // a file of many bytes is looked through at the speed of finding one of them
        let first = bytes.get(from..)?.iter().position(|byte| *byte == at[0])? + from;
        if bytes[first..].starts_with(at) {
            return Some((&bytes[..first], &bytes[first + at.len()..]));
        }
        from = first + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=\"x-y\"";
    const BODY: &[u8] = b"--x-y\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nab\r\n--x-y\r\n\
        content-disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: application/octet-stream\r\n\r\n\
        \r\n--x-\r\n\r\n\0\xff\r\n--x-y--\r\n";

    #[test]
    fn a_form_gives_its_fields_and_a_cut_one_nothing() {
        let file = b"\r\n--x-\r\n\r\n\0\xff".as_slice();
        assert_eq!(fields(TYPE, BODY), Some(vec![("csrf", b"ab".as_slice()), ("file", file)]));
        for at in 0..BODY.len() - 4 {
            assert_eq!(fields(TYPE, &BODY[..at]), None, "{at}");
        }
        assert_eq!(fields("application/x-www-form-urlencoded", BODY), None);
        assert_eq!(fields("multipart/form-data; boundary=", BODY), None);
        assert_eq!(fields("text/plain; boundary=x-y", BODY), None);
        assert_eq!(fields(TYPE, b"--x-y\r\nno head\r\n\r\nab\r\n--x-y--"), None);
        let one = "--x-y\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n";
        let many = format!("{}--x-y--", one.repeat(FIELDS_MAX + 1));
        assert_eq!(fields(TYPE, many.as_bytes()), None);
    }
}
