//! The town's server inside the simulation: the program's own router and database, without a socket.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use domain::id::{DocumentId, UnitId};
use http::Request;
use http_body_util::{BodyExt, Full};
use records::Kind;
use sync_server::app::App;
use sync_server::listener::Peer;
use sync_server::router::without_listener;
use sync_server::{moving, projection, setup, verify};
use tokio::runtime::Runtime;
use tower::ServiceExt;

use super::device::{copy, copy_but};

/// What the server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A server over a folder of its own.
pub struct SimServer {
    folder: PathBuf,
    app: Option<App>,
    runtime: Runtime,
}

impl SimServer {
    /// Serves a folder that has a town.
    ///
    /// # Panics
    /// When it cannot.
    pub fn open(folder: &Path) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let app = setup::open(folder).unwrap_or_else(|fault| panic!("the server opens: {fault:?}"));
        moving::complete(&app).unwrap_or_else(|fault| panic!("purges are carried out: {fault:?}"));
        Self { folder: folder.to_owned(), app: Some(app), runtime }
    }

    /// The program's parts.
    ///
    /// # Panics
    /// Never: it is open between two calls.
    pub fn app(&self) -> &App {
        self.app.as_ref().expect("the server is open")
    }

    /// Answers a request.
    ///
    /// # Panics
    /// When the router does, which it never may.
    pub fn answer(
        &self,
        path: &str,
        token: Option<&str>,
        content_type: &str,
        headers: &[(String, String)],
        body: &[u8],
    ) -> Answer {
        let mut request = Request::post(path).header("content-type", content_type);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(body))).expect("a request");
        let peer = Peer(SocketAddr::from((Ipv4Addr::LOCALHOST, 1)));
        let router = without_listener(self.app().clone(), peer);
        self.runtime.block_on(async {
            let response = router.oneshot(request).await.expect("a router never fails");
            let status = response.status().as_u16();
            let text = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
                Some((name.to_string(), value.to_str().ok()?.to_owned()))
            };
            let headers = response.headers().iter().filter_map(text).collect();
            let body = response.into_body().collect().await.expect("the body comes whole").to_bytes();
            Answer { status, headers, body: body.to_vec() }
        })
    }

    /// Ends without a word; starts again after `then`.
    pub fn falls(&mut self, then: impl FnOnce()) {
        self.app = None;
        then();
        *self = Self::open(&self.folder);
    }

    /// Ends and starts again.
    pub fn restart(&mut self) {
        self.falls(|| {});
    }

    /// A copy of its files as they are.
    pub fn backup(&mut self, to: &Path) {
        let folder = self.folder.clone();
        self.falls(|| copy(&folder, to));
    }

    /// Puts files back that were copied earlier, but for the key store, which is apart.
    ///
    /// # Panics
    /// When the disk fails.
    pub fn restore(&mut self, from: &Path) {
        self.app = None;
        let files = std::fs::read_dir(&self.folder).expect("the folder can be read");
        let paths = files.map(|file| file.expect("an entry").path());
        let apart =
            |path: &PathBuf| path.file_name().is_some_and(|it| it.to_string_lossy().starts_with("keys.db"));
        for path in paths.filter(|path| !apart(path)) {
            std::fs::remove_file(path).expect("a file can be removed");
        }
        copy_but(from, &self.folder, |name| name.starts_with("keys.db"));
        *self = Self::open(&self.folder);
    }

    /// The households in the log that were not purged, each with its village.
    ///
    /// # Panics
    /// When the database cannot be read.
    pub fn households(&self) -> Vec<(DocumentId, UnitId)> {
        let database = &self.app().database;
        let ids = database.documents().expect("the database can be read");
        let placed =
            ids.into_iter().filter_map(|id| Some((id, database.placed(id).expect("it can be read")?)));
        let there = placed.filter(|(_, placed)| placed.kind == Kind::Household && !placed.purged);
        there.map(|(id, placed)| (id, placed.scope)).collect()
    }

    /// Whether a file of the server says one of these words in plain.
    ///
    /// # Panics
    /// When the disk fails.
    pub fn says(&self, words: &[String]) -> bool {
        let files = std::fs::read_dir(&self.folder).expect("the folder can be read");
        files.map(|file| std::fs::read(file.expect("an entry").path()).expect("a file")).any(|bytes| {
            words.iter().any(|word| bytes.windows(word.len()).any(|piece| piece == word.as_bytes()))
        })
    }

    /// Where the views differ from those that a rebuild makes.
    ///
    /// # Panics
    /// When the database fails.
    pub fn views_are_wrong(&self) -> Option<String> {
        let app = self.app().current().expect("the town");
        projection::catch_up(&app).expect("the views");
        let before = app.database.snapshot(&app.town.scopes()).expect("the views");
        projection::rebuild(&app).expect("the views");
        let after = app.database.snapshot(&app.town.scopes()).expect("the views");
        (before != after).then(|| "the views are not those of a rebuild".to_owned())
    }

    /// Whether a change of a household in the log says this word.
    ///
    /// # Panics
    /// When the database cannot be read.
    pub fn holds(&self, household: &str, word: &str) -> bool {
        let id = household.parse().expect("a household's id");
        let logged = self.app().database.logged(id).expect("the database can be read");
        let says = |change: &Vec<u8>| change.windows(word.len()).any(|piece| piece == word.as_bytes());
        logged.is_some_and(|logged| logged.changes.iter().any(says))
    }

    /// What the server finds damaged.
    ///
    /// # Panics
    /// When the database cannot be read.
    pub fn damages(&self) -> Option<String> {
        let verified = verify::verify(self.app()).expect("the database can be read");
        (!verified.sound).then(|| format!("{:?}", verified.damages))
    }
}
