//! The app without a window: one JSON request a line in, one JSON answer a line out (docs/device-protocol.md).
//!
//! **Invariant:** each line gets exactly one answer, in order, before the next line is read; a line that cannot be
//! understood gets an answer that says so, and harms nothing after it.

use std::io::{self, BufRead, Read, Write};

use crate::answer::{Rpc, answer};
use crate::words::Words;

/// Longest request line, in bytes: that with the largest file that another device may have written, in base64.
pub const LINE_MAX: u64 = 24 * 1024 * 1024;

/// Answers every line of `input` on `output` until the input ends.
pub fn run(rpc: &impl Rpc, mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let words = Words::shipped();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input.by_ref().take(LINE_MAX + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        if line.len() as u64 > LINE_MAX && line.last() != Some(&b'\n') {
            skip_line(&mut input)?;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        serde_json::to_writer(&mut output, &answer(rpc, &words, &line))?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
}

/// Reads up to the end of a line without keeping it.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let chunk = input.fill_buf()?;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(chunk.len(), |at| at + 1);
        let ended = end.is_some() || chunk.is_empty();
        input.consume(length);
        if ended {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::answer::tests::Echo;

    fn answers(input: &[u8]) -> Vec<Value> {
        let mut output = Vec::new();
        run(&Echo, input, &mut output).unwrap();
        let text = String::from_utf8(output).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn each_line_gets_one_answer_and_a_bad_one_harms_no_other() {
        let input = b"{\"id\":1,\"method\":\"a\"}\n{broken\n\xff\xfe\n\n{\"id\":2,\"method\":\"a\"}";
        let answered = answers(input);
        assert_eq!(answered.len(), 4);
        assert_eq!(answered[0], json!({"id": 1, "ok": {}}));
        assert_eq!(answered[1]["error"]["code"], "malformed_request");
        assert_eq!(answered[2]["error"]["code"], "malformed_request");
        assert_eq!(answered[3], json!({"id": 2, "ok": {}}));
    }

    #[test]
    fn a_line_without_end_is_refused_whole() {
        let mut input = vec![b'x'; 2 * LINE_MAX as usize];
        input.extend_from_slice(b"\n{\"id\":2,\"method\":\"a\"}\n");
        let answered = answers(&input);
        assert_eq!(answered.len(), 2);
        assert_eq!(answered[0]["error"]["code"], "malformed_request");
        assert_eq!(answered[1], json!({"id": 2, "ok": {}}));
    }
}
