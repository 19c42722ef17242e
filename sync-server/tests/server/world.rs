//! A town with a running server.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread::JoinHandle;

use sync_server::app::App;
use sync_server::{serve, setup};
use tempfile::TempDir;
use tokio::sync::oneshot;

pub const TOWN: &str = include_str!("../../demo/example.toml");

/// A data folder with the example town, and its server.
pub struct World {
    pub folder: TempDir,
    pub app: App,
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<()>>,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (app, _) = setup::init(folder.path(), TOWN).unwrap();
        Self::over(folder, app)
    }

    fn over(folder: TempDir, app: App) -> Self {
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
        Self { folder, app, address, stop: Some(stop), running: Some(running) }
    }

    /// The same data folder after the process has ended and begun again.
    pub fn restarted(mut self) -> Self {
        self.end();
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        let app = setup::open(folder.path()).unwrap();
        Self::over(folder, app)
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
    pub fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.path().join("town.db")).unwrap()
    }

    /// How many rows a table has.
    pub fn rows(&self, table: &str) -> i64 {
        self.sql().query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
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
