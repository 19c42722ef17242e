//! Live events: how far a log is, told to a device that listens, as server-sent events.
//!
//! **Invariant:** nothing depends on an event: one that is lost or doubled changes when a device syncs, never what comes of it.
//! **Invariant:** a listener keeps no more than one line, whatever it is told.

use domain::id::UnitId;

use crate::limits::EVENT_LINE_MAX;

/// The type of the stream.
pub const MEDIA_TYPE: &str = "text/event-stream";

/// The event of a log.
const HEAD: &str = "head";
/// The event of the configuration.
const CONFIGURATION: &str = "configuration";

/// What a device is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The log of a scope is at this sequence.
    Head(UnitId, u64),
    /// The configuration is of this version.
    Configuration(u64),
}

impl News {
    /// The event's name.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Head(..) => HEAD,
            Self::Configuration(_) => CONFIGURATION,
        }
    }

    /// The event's data.
    pub fn data(self) -> String {
        match self {
            Self::Head(scope, head) => format!("{scope} {head}"),
            Self::Configuration(version) => version.to_string(),
        }
    }

    /// The event with this name and data; none of those that this program knows.
    pub fn of(event: &str, data: &str) -> Option<Self> {
        match event {
            HEAD => {
                let (scope, head) = data.split_once(' ')?;
                Some(Self::Head(scope.parse().ok()?, head.parse().ok()?))
            }
            CONFIGURATION => data.parse().ok().map(Self::Configuration),
            _ => None,
        }
    }
}

/// A line longer than any that the protocol has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a line of the stream is too long")]
pub struct LineTooLong;

/// A stream that is being heard.
#[derive(Default)]
pub struct Hearing {
    line: Vec<u8>,
    event: String,
    data: String,
}

impl Hearing {
    /// Takes what came; gives the events that are whole by now. Those that this program does not know are passed over.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<News>, LineTooLong> {
        let mut told = Vec::new();
        for byte in bytes {
            if *byte == b'\n' {
                told.extend(self.end_line());
                self.line.clear();
            } else if self.line.len() == EVENT_LINE_MAX {
                return Err(LineTooLong);
            } else {
                self.line.push(*byte);
            }
        }
        Ok(told)
    }

    /// An empty line ends the event; a line that begins with a colon is a comment, which keeps the connection alive.
    fn end_line(&mut self) -> Option<News> {
        let line = String::from_utf8_lossy(&self.line);
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            return News::of(&std::mem::take(&mut self.event), &std::mem::take(&mut self.data));
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => value.clone_into(&mut self.data),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCOPE: UnitId = UnitId([3; 16]);

    fn stream(news: &[News]) -> String {
        news.iter().map(|it| format!("event: {}\ndata: {}\n\n", it.event(), it.data())).collect()
    }

    /// The text that `docs/protocol.md` describes.
    #[test]
    fn events_are_spelt_as_the_protocol_says() {
        let scope = "03".repeat(16);
        let told = [News::Head(SCOPE, 42), News::Configuration(7)];
        let spelt = format!("event: head\ndata: {scope} 42\n\nevent: configuration\ndata: 7\n\n");
        assert_eq!(stream(&told), spelt);
        assert_eq!(Hearing::default().take(spelt.as_bytes()), Ok(told.to_vec()));
    }

    #[test]
    fn pieces_of_any_size_make_the_same_events() {
        let told = [News::Head(SCOPE, 1), News::Configuration(2), News::Head(SCOPE, 3)];
        let text = format!(":\n\n{}", stream(&told)).replace('\n', "\r\n");
        for size in 1..text.len() {
            let mut hearing = Hearing::default();
            let heard: Vec<News> =
                text.as_bytes().chunks(size).flat_map(|piece| hearing.take(piece).unwrap()).collect();
            assert_eq!(heard, told, "{size}");
        }
    }

    #[test]
    fn what_is_not_known_is_passed_over() {
        let text = "event: of_a_newer_server\ndata: 1\n\nevent: head\ndata: 03 1\n\nevent: head\n\ndata: 5\n\n\
                    id: 9\nretry: 1\nevent\n\nevent: configuration\ndata: -1\n\nevent:configuration\ndata:8\n\n";
        assert_eq!(Hearing::default().take(text.as_bytes()), Ok(vec![News::Configuration(8)]));
        assert_eq!(Hearing::default().take(b"event: head\xff\n\n\x00\n"), Ok(Vec::new()));
    }

    #[test]
    fn a_line_without_end_is_given_up() {
        let mut hearing = Hearing::default();
        assert_eq!(hearing.take(&vec![b'x'; EVENT_LINE_MAX]), Ok(Vec::new()));
        assert_eq!(hearing.take(b"x"), Err(LineTooLong));
    }
}
