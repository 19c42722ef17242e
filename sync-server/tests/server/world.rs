//! A town with a running server.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread::JoinHandle;

use sync_server::app::App;
use sync_server::{serve, setup};
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::place::Place;
use crate::sql::Sql;

pub const TOWN: &str = include_str!("../../demo/example.toml");

/// The example town, and its server.
pub struct World {
    pub place: Place,
    pub app: App,
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<()>>,
    folder: TempDir,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path());
        let (app, _) = setup::init(place.location(), TOWN).unwrap();
        Self::over(folder, place, app)
    }

    /// A town that wants this version of the app.
    pub fn wanting(app: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path());
        let (served, _) = setup::init(place.location(), TOWN).unwrap();
        Self::over(folder, place, served.wanting(app.parse().unwrap()))
    }

    fn over(folder: TempDir, place: Place, app: App) -> Self {
        let (tell, hear) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = app.clone();
        let running = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            let ready = move |address| Ok(tell.send(address)?);
            let until = async move { drop(stopped.await) };
            runtime.block_on(serve::serve(served, "127.0.0.1:0".parse().unwrap(), ready, until)).unwrap();
        });
        let address = hear.recv().unwrap();
        Self { place, app, address, stop: Some(stop), running: Some(running), folder }
    }

    /// Another server over the same data.
    pub fn beside(&self) -> Self {
        let app = setup::open(self.place.location()).unwrap();
        Self::over(tempfile::tempdir().unwrap(), self.place.clone(), app)
    }

    /// The same data after the process has ended and begun again.
    pub fn restarted(mut self) -> Self {
        self.end();
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        let place = self.place.clone();
        let app = setup::open(place.location()).unwrap();
        Self::over(folder, place, app)
    }

    fn end(&mut self) {
        drop(self.stop.take());
        if let Some(running) = self.running.take() {
            running.join().unwrap();
        }
    }

    /// A code for a user of the example town.
    pub fn code(&self, user: &str) -> String {
        setup::enrol(&self.app, user).unwrap().code.to_string()
    }

    /// The database as another program opens it.
    pub fn sql(&self) -> Sql {
        Sql::open(&self.place.location())
    }

    /// How many rows a table has.
    pub fn rows(&self, table: &str) -> i64 {
        self.sql().number(&format!("SELECT count(*) FROM {table}"))
    }

    /// What a refused request must leave as it was.
    pub fn stored(&self) -> [i64; 4] {
        ["changes", "documents", "batches", "enrolments"].map(|table| self.rows(table))
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.end();
    }
}
