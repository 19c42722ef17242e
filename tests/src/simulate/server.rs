//! The town's servers inside the simulation: the program's own router twice, over one database, without a socket.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use bytes::Bytes;
use domain::id::{DocumentId, UnitId};
use http::Request;
use http_body_util::{BodyExt, Full};
use records::Kind;
use serde_json::Value;
use sync_server::app::App;
use sync_server::database::log::Weighed;
use sync_server::listener::Peer;
use sync_server::router::without_listener;
use sync_server::{moving, projection, setup, verify};
use tokio::runtime::Runtime;
use tower::ServiceExt;

use super::data;
use super::line::Sent;
use crate::place::Place;

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

/// Servers over one database.
pub const SERVERS: usize = 2;

/// Servers over data of their own.
pub struct SimServer {
    place: Place,
    /// None while they are down.
    apps: Vec<App>,
    runtime: Runtime,
}

fn start(place: &Place) -> App {
    let app = setup::open(place.location()).unwrap_or_else(|fault| panic!("the server opens: {fault:?}"));
    moving::complete(&app).unwrap_or_else(|fault| panic!("purges are carried out: {fault:?}"));
    app
}

impl SimServer {
    /// Serves data that has a town.
    ///
    /// # Panics
    /// When it cannot.
    pub fn open(place: Place) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let apps = (0..SERVERS).map(|_| start(&place)).collect();
        Self { place, apps, runtime }
    }

    /// The first one's parts.
    ///
    /// # Panics
    /// Never: it is open between two calls.
    pub fn app(&self) -> &App {
        self.apps.first().expect("the servers are open")
    }

    /// Lets one of the servers answer a request.
    ///
    /// # Panics
    /// When the router does, which it never may.
    pub fn answer(&self, which: usize, sent: &Sent) -> Answer {
        let mut request = Request::post(&sent.path).header("content-type", &sent.content_type);
        if let Some(token) = &sent.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in &sent.headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(&sent.body))).expect("a request");
        let peer = Peer(SocketAddr::from((Ipv4Addr::LOCALHOST, 1)));
        let router = without_listener(self.apps[which].clone(), peer);
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

    /// All end without a word; they start again after `then`.
    pub fn falls(&mut self, then: impl FnOnce()) {
        self.apps.clear();
        then();
        *self = Self::open(self.place.clone());
    }

    /// One of the servers ends and starts again, while the others go on.
    pub fn restart(&mut self, which: usize) {
        let server = start(&self.place);
        self.apps[which] = server;
    }

    /// A copy of its data as it is; in this folder, if it is files.
    pub fn backup(&mut self, to: &Path) -> Place {
        let place = self.place.clone();
        let mut copy = None;
        self.falls(|| copy = Some(data::copied(&place, to)));
        copy.expect("it was copied")
    }

    /// Puts data back that was copied earlier, but for the key store, which is apart.
    pub fn restore(&mut self, from: &Place) {
        let place = self.place.clone();
        self.falls(|| data::put_back(&place, from));
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

    /// Whether the data says one of these words in plain.
    pub fn says(&self, words: &[String]) -> bool {
        data::says(&self.place, words)
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

    /// The configuration of a person's devices.
    ///
    /// # Panics
    /// When the database cannot be read.
    pub fn configuration(&self, user: &str) -> Value {
        let app = self.app().current().expect("the town");
        let user = app.town.user(user.parse().expect("a person's id")).expect("a person of the town");
        let signed = app.configuration(user).expect("the configuration");
        serde_json::from_slice(&signed.bytes).expect("JSON")
    }

    /// A change that came after a review was sealed, and counts in it although nobody accepted it.
    ///
    /// # Panics
    /// When the database cannot be read.
    pub fn unseals(&self) -> Option<String> {
        let app = self.app().current().expect("the town");
        let documents = app.database.documents().expect("the database can be read");
        let weighed = documents.into_iter().flat_map(|id| app.database.weighed(id).expect("it can be read"));
        let changes: Vec<Weighed> = weighed.filter(|change| !change.proposal).collect();
        app.town.pins.iter().find_map(|((_, unit), pinned)| {
            let late = changes.iter().find(|change| change.scope == *unit && change.seq > *pinned)?;
            Some(format!("change {} of {unit}, sealed at {pinned}, is no proposal", late.seq))
        })
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
