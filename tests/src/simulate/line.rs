//! The network between the devices and the server: each request may be lost, doubled, cut, delayed, or lose its answer.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use commands::{HostError, HttpAnswer, HttpRequest};

use super::server::{Answer, SERVERS, SimServer};

/// Where devices find the server.
pub const ADDRESS: &str = "http://127.0.0.1:9";
/// One request in so many meets a misfortune, while the weather is bad.
const ONE_IN: u64 = 4;
/// Bytes after which a body has pieces that arrive although the rest is cut: such bodies are rare, and cut more often.
const PIECE: usize = 16 * 1024;
/// Requests that may still turn up again.
const STRAYS_MAX: usize = 8;

/// A request as it was sent.
#[derive(Clone)]
pub struct Sent {
    /// Its address on the server.
    pub path: String,
    /// Who asks.
    pub token: Option<String>,
    /// What the body is.
    pub content_type: String,
    /// Other headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// The network with the server behind it.
pub struct Line(Mutex<Wire>);

/// What is behind the lock.
pub struct Wire {
    /// The server.
    pub server: SimServer,
    /// Things go wrong.
    pub bad_weather: bool,
    /// Requests so far.
    pub requests: u64,
    /// Misfortunes so far, by kind.
    pub faults: BTreeMap<&'static str, u64>,
    dice: fastrand::Rng,
    strays: Vec<Sent>,
}

impl Line {
    /// The network in front of a server.
    pub fn new(server: SimServer, seed: u64) -> Self {
        Self(Mutex::new(Wire {
            server,
            bad_weather: true,
            requests: 0,
            faults: BTreeMap::new(),
            dice: fastrand::Rng::with_seed(seed),
            strays: Vec::new(),
        }))
    }

    /// The network and its server.
    ///
    /// # Panics
    /// When a request has panicked.
    pub fn wire(&self) -> MutexGuard<'_, Wire> {
        self.0.lock().expect("no request panics")
    }

    /// Sends a request.
    ///
    /// # Errors
    /// No answer, or half of one.
    pub fn post(&self, request: HttpRequest<'_>) -> Result<HttpAnswer, HostError> {
        let path = request.url.strip_prefix(ADDRESS).ok_or(HostError::Unreachable)?;
        let sent = Sent {
            path: path.to_owned(),
            token: request.token.map(str::to_owned),
            content_type: request.content_type.to_owned(),
            headers: request.headers.iter().map(|(name, it)| ((*name).into(), (*it).into())).collect(),
            body: request.body.to_vec(),
        };
        self.wire().carry(sent)
    }
}

impl Wire {
    /// Whichever server the request meets.
    fn ask(&mut self, sent: &Sent) -> Answer {
        let which = self.dice.usize(0..SERVERS);
        self.server.answer(which, sent)
    }

    fn note(&mut self, fault: &'static str) {
        *self.faults.entry(fault).or_default() += 1;
    }

    fn carry(&mut self, sent: Sent) -> Result<HttpAnswer, HostError> {
        self.requests += 1;
        let long = sent.body.len() > PIECE;
        if !self.bad_weather || self.dice.u64(0..if long { 2 } else { ONE_IN }) != 0 {
            return Ok(told(self.ask(&sent)));
        }
        let cut = long && self.dice.bool();
        match if cut { 2 } else { self.dice.u8(0..7) } {
            0 => {
                self.note("request lost");
                Err(HostError::Unreachable)
            }
            1 => {
                self.note("answer lost after the server committed");
                self.ask(&sent);
                Err(HostError::Unreachable)
            }
            2 => {
                self.note("request cut");
                let cut = self.dice.usize(0..sent.body.len().max(1));
                let cut = Sent { body: sent.body[..cut].to_vec(), ..sent };
                Ok(told(self.ask(&cut)))
            }
            3 => {
                self.note("answer cut");
                let mut answer = self.ask(&sent);
                answer.body.truncate(self.dice.usize(0..answer.body.len().max(1)));
                Ok(told(answer))
            }
            4 => {
                self.note("request doubled");
                self.ask(&sent);
                Ok(told(self.ask(&sent)))
            }
            5 => {
                self.note("request delayed");
                self.strays.push(sent);
                if self.strays.len() > STRAYS_MAX {
                    self.strays.remove(0);
                }
                Err(HostError::Unreachable)
            }
            _ => {
                if self.strays.is_empty() {
                    self.note("a server in between failed");
                    return Ok(HttpAnswer { status: 502, headers: Vec::new(), body: b"<html>".to_vec() });
                }
                self.note("older request arrived first");
                let at = self.dice.usize(0..self.strays.len());
                let stray = self.strays.remove(at);
                self.ask(&stray);
                Ok(told(self.ask(&sent)))
            }
        }
    }
}

fn told(answer: Answer) -> HttpAnswer {
    HttpAnswer { status: answer.status, headers: answer.headers, body: answer.body }
}
