//! A small HTTP client: it can also send what no decent client would.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

use serde_json::Value;

/// An answer.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The code of a refusal, which must come with words in both languages.
    pub fn refusal(&self) -> String {
        let fault = self.json();
        for language in ["vi", "en"] {
            assert!(fault[language].as_str().is_some_and(|words| words.contains(' ')), "{fault}");
        }
        fault["code"].as_str().unwrap().to_owned()
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Sends a request that says it has `length` bytes, and then `body`.
pub fn send(to: SocketAddr, line: &str, headers: &str, length: usize, body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(to).unwrap();
    let head = format!(
        "{line} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(body);
    if body.len() < length {
        stream.shutdown(Shutdown::Write).unwrap();
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let split = answer.windows(4).position(|at| at == b"\r\n\r\n").expect("an answer");
    let head = String::from_utf8_lossy(&answer[..split]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Reply { status, head, body: answer[split + 4..].to_vec() }
}

pub fn post(to: SocketAddr, path: &str, headers: &str, body: &[u8]) -> Reply {
    send(to, &format!("POST {path}"), headers, body.len(), body)
}

pub fn get(to: SocketAddr, path: &str, headers: &str) -> Reply {
    send(to, &format!("GET {path}"), headers, 0, b"")
}
