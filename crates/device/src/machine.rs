//! The host on a real machine: disk, clock, randomness and HTTP.
//!
//! **Invariant:** a small file is either the old one or the new one, also after a power cut.
//! **Invariant:** the incarnation is outside the data folder, so that a copy of the folder is told apart.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{Local, NaiveDate, Utc};
use commands::{Host, HostError, HostFile, HttpAnswer, HttpRequest};
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a request and its whole answer may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(120);
/// How long a stream may be silent: more than twice as long as between two signs of life of the server.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// Bytes of a stream that are taken at once.
const PIECE: usize = 4 * 1024;
/// Largest answer that is read, in bytes.
const ANSWER_MAX: u64 = 16 * 1024 * 1024;

/// This machine.
pub struct Machine {
    data: PathBuf,
    kept_apart: PathBuf,
    client: Client,
    /// For streams, whose time is not that of a request.
    listener: Client,
}

impl Machine {
    /// The machine with its data in one folder, and what no backup may hold in another. Makes both.
    pub fn new(data: &Path, kept_apart: &Path) -> anyhow::Result<Self> {
        private_folder(data)?;
        private_folder(kept_apart)?;
        // A second call finds the provider already there, which is just as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (client, listener) = (client(REQUEST_TIMEOUT)?, client(SILENCE_MAX)?);
        Ok(Self { data: data.to_owned(), kept_apart: kept_apart.to_owned(), client, listener })
    }

    /// Fills with the operating system's randomness.
    ///
    /// # Panics
    /// When there is none: without it no key and no id may be made.
    #[allow(clippy::disallowed_methods, reason = "the device is where randomness comes from")]
    pub fn fill(bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives randomness");
    }

    fn path(&self, file: HostFile) -> PathBuf {
        let folder = match file {
            HostFile::Enrolment => &self.data,
            HostFile::Incarnation => &self.kept_apart,
        };
        folder.join(file.name())
    }
}

impl Host for Machine {
    #[allow(clippy::disallowed_methods, reason = "the device is where the clock is read")]
    fn now(&self) -> i64 {
        Utc::now().timestamp()
    }

    #[allow(clippy::disallowed_methods, reason = "the device is where the clock is read")]
    fn today(&self) -> NaiveDate {
        Local::now().date_naive()
    }

    fn random(&self, bytes: &mut [u8]) {
        Self::fill(bytes);
    }

    fn post(&self, request: HttpRequest<'_>) -> Result<HttpAnswer, HostError> {
        let sent = headed(self.client.post(request.url).header(CONTENT_TYPE, request.content_type), request);
        let answer = sent.body(request.body.to_owned()).send().map_err(|_| HostError::Unreachable)?;
        let status = answer.status().as_u16();
        let headers = texts(answer.headers());
        what_came(answer).map(|body| HttpAnswer { status, headers, body })
    }

    fn listen(
        &self,
        request: HttpRequest<'_>,
        hear: &mut dyn FnMut(&[u8]) -> bool,
    ) -> Result<u16, HostError> {
        let sent = headed(self.listener.get(request.url), request);
        let mut answer = sent.send().map_err(|_| HostError::Unreachable)?;
        let status = answer.status();
        let mut piece = [0; PIECE];
        while status.is_success() {
            let read = answer.read(&mut piece).map_err(|_| HostError::Unreachable)?;
            if read == 0 || !hear(&piece[..read]) {
                break;
            }
        }
        Ok(status.as_u16())
    }

    fn data_dir(&self) -> PathBuf {
        self.data.clone()
    }

    fn read(&self, file: HostFile) -> Result<Option<Vec<u8>>, HostError> {
        match fs::read(self.path(file)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(HostError::File),
        }
    }

    fn write(&self, file: HostFile, bytes: &[u8]) -> Result<(), HostError> {
        write_whole(&self.path(file), bytes).map_err(|_| HostError::File)
    }
}

/// A client whose every operation has so much time.
fn client(time: Duration) -> reqwest::Result<Client> {
    Client::builder().connect_timeout(CONNECT_TIMEOUT).timeout(time).redirect(Policy::none()).build()
}

/// The request with its token and its headers.
fn headed(mut sent: RequestBuilder, request: HttpRequest<'_>) -> RequestBuilder {
    for (name, value) in request.headers {
        sent = sent.header(*name, *value);
    }
    match request.token {
        Some(token) => sent.bearer_auth(token),
        None => sent,
    }
}

/// The headers that are text.
fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().filter_map(text).collect()
}

/// What came of the body: whoever reads it knows how much of a cut one is whole. One over the limit is no answer.
fn what_came(answer: Response) -> Result<Vec<u8>, HostError> {
    let mut body = Vec::new();
    let read = answer.take(ANSWER_MAX + 1).read_to_end(&mut body);
    let nothing = read.is_err() && body.is_empty();
    if nothing || body.len() as u64 > ANSWER_MAX { Err(HostError::Unreachable) } else { Ok(body) }
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, path)?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn machine(folder: &Path) -> Machine {
        Machine::new(&folder.join("data"), &folder.join("apart")).unwrap()
    }

    /// A server that takes one request and answers these bytes.
    fn answering(bytes: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1/push", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).unwrap();
            stream.write_all(&bytes).unwrap();
        });
        url
    }

    fn post(answer: &[u8]) -> Result<HttpAnswer, HostError> {
        let folder = tempfile::tempdir().unwrap();
        let url = answering(answer.to_vec());
        let request = HttpRequest {
            url: &url,
            token: None,
            content_type: "a/b",
            headers: &[("x-one", "1")],
            body: b"x",
        };
        machine(folder.path()).post(request)
    }

    #[test]
    fn a_file_is_read_back_and_an_absent_one_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let machine = machine(folder.path());
        for file in [HostFile::Enrolment, HostFile::Incarnation] {
            assert_eq!(machine.read(file), Ok(None));
            machine.write(file, b"one").unwrap();
            machine.write(file, b"two").unwrap();
            assert_eq!(machine.read(file), Ok(Some(b"two".to_vec())));
        }
    }

    #[test]
    fn the_incarnation_is_not_in_the_data_folder() {
        let folder = tempfile::tempdir().unwrap();
        let machine = machine(folder.path());
        machine.write(HostFile::Incarnation, b"id").unwrap();
        assert_eq!(fs::read_dir(machine.data_dir()).unwrap().count(), 0);
    }

    #[test]
    fn an_error_status_is_an_answer() {
        let answer = post(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno").unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (403, b"no".as_slice()));
    }

    #[test]
    fn a_cut_answer_is_what_came_of_it() {
        let cut = post(b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nhalf").unwrap();
        assert_eq!((cut.status, cut.body.as_slice()), (200, b"half".as_slice()));
        let nothing = post(b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n");
        assert!(matches!(nothing, Err(HostError::Unreachable)));
    }

    #[test]
    fn a_redirect_is_not_followed() {
        let answer =
            post(b"HTTP/1.1 307 x\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n").unwrap();
        assert_eq!(answer.status, 307);
    }
}
