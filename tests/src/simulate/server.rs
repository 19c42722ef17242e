//! The town's server inside the simulation: the program's own router and database, without a socket.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Full};
use sync_server::app::App;
use sync_server::listener::Peer;
use sync_server::router::without_listener;
use sync_server::{projection, setup, verify};
use tokio::runtime::Runtime;
use tower::ServiceExt;

use super::device::copy;

/// What the server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
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
    pub fn answer(&self, path: &str, token: Option<&str>, content_type: &str, body: &[u8]) -> Answer {
        let mut request = Request::post(path).header("content-type", content_type);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(body))).expect("a request");
        let peer = Peer(SocketAddr::from((Ipv4Addr::LOCALHOST, 1)));
        let router = without_listener(self.app().clone(), peer);
        self.runtime.block_on(async {
            let response = router.oneshot(request).await.expect("a router never fails");
            let status = response.status().as_u16();
            let body = response.into_body().collect().await.expect("the body comes whole").to_bytes();
            Answer { status, body: body.to_vec() }
        })
    }

    /// Ends and starts again.
    pub fn restart(&mut self) {
        self.app = None;
        *self = Self::open(&self.folder);
    }

    /// A copy of its files as they are.
    pub fn backup(&mut self, to: &Path) {
        self.app = None;
        copy(&self.folder, to);
        *self = Self::open(&self.folder);
    }

    /// Puts files back that were copied earlier.
    ///
    /// # Panics
    /// When the disk fails.
    pub fn restore(&mut self, from: &Path) {
        self.app = None;
        std::fs::remove_dir_all(&self.folder).expect("the folder can be emptied");
        copy(from, &self.folder);
        *self = Self::open(&self.folder);
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
