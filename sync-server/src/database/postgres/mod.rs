//! The database in PostgreSQL, for a town whose server is several processes: the town's database (the truth, and the
//! views computed from it) and the key store, which is another database and backed up apart.
//!
//! What SQLite gets from having one writer, this gets from locks: writers of a scope wait for each other on its row, taken
//! in the order of their ids, before anything is read; so nothing depends on which process a request reaches.
//!
//! **Invariant:** a commit is on disk before it is told (`synchronous_commit`, whatever the cluster's default).
//! **Invariant:** a document's key is committed before the first change that needs it.
//! **Invariant:** who holds a connection of one pool waits for none of the same pool.

mod access;
mod cell;
mod documents;
mod facts;
mod keys;
mod ledger;
mod live;
mod log;
mod migrate;
mod pending;
mod people;
mod photos;
mod register;
mod session;
mod views;

use std::sync::{Arc, Once};
use std::time::Duration;

use postgres::Config;
use postgres::config::Host;
use r2d2::PooledConnection;
use scheduled_thread_pool::ScheduledThreadPool;

use self::keys::KeyStore;
use self::migrate::migrate;
use self::session::{Opening, Session};
use super::live::{Teller, teller};
use super::{DatabaseError, Outcome};

/// Connections of one process to the town's database, and to the key store.
const CONNECTIONS_MAX: u32 = 12;
/// How long one waits for a connection.
const CONNECTION_WAIT: Duration = Duration::from_secs(20);

/// Connections that are given out and taken back.
type Pool = r2d2::Pool<Opening>;

/// The database of one town.
pub struct Postgres {
    /// Reading and writing.
    town: Pool,
    /// Bringing the views up to date, which reads through `town`; one connection, so that one does it at a time.
    views: Pool,
    keys: KeyStore,
    /// The town's address, for the connection that listens.
    config: Config,
    teller: Arc<Teller>,
    /// It is listened.
    listened: Once,
}

impl Postgres {
    /// Opens the databases at two addresses `postgres://…`, making their tables where there are none.
    pub fn open(town: &str, keys: &str) -> Outcome<Self> {
        let (town, keys) = (config(town)?, config(keys)?);
        if town.get_dbname() == keys.get_dbname() && town.get_hosts() == keys.get_hosts() {
            return Err(DatabaseError::KeysNotApart);
        }
        let threads = Arc::new(ScheduledThreadPool::new(1));
        let pool = |config: &Config, schemas, size| -> Outcome<Pool> {
            let opening = Opening { config: config.clone(), schemas };
            let builder = r2d2::Pool::builder().max_size(size).min_idle(Some(0)).thread_pool(threads.clone());
            Ok(builder.connection_timeout(CONNECTION_WAIT).build_unchecked(opening))
        };
        let database = Self {
            town: pool(&town, "town, views", CONNECTIONS_MAX)?,
            views: pool(&town, "views, town", 1)?,
            keys: KeyStore(pool(&keys, "keys", CONNECTIONS_MAX)?),
            config: town,
            teller: Arc::new(teller()),
            listened: Once::new(),
        };
        migrate(&mut *session_of(&database.town)?, "town", migrate::TOWN)?;
        migrate(&mut *session_of(&database.keys.0)?, "keys", migrate::KEYS)?;
        Ok(database)
    }

    fn write<T>(&self, work: impl FnMut(&mut Session) -> Outcome<T>) -> Outcome<T> {
        session_of(&self.town)?.write(work)
    }
}

/// A connection of a pool, given back when it is dropped.
fn session_of(pool: &Pool) -> Outcome<PooledConnection<Opening>> {
    pool.get().map_err(|error| DatabaseError::Failed(format!("no connection: {error}")))
}

/// Reads an address. The connection is not encrypted, so it has to stay on the machine: a socket, or loopback, where a
/// tunnel to another machine may end.
fn config(address: &str) -> Outcome<Config> {
    let mut config: Config = address.parse().map_err(|_| DatabaseError::Address)?;
    let local = |host: &Host| match host {
        #[cfg(unix)]
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
    };
    let local_address = config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback);
    if config.get_hosts().is_empty() || !config.get_hosts().iter().all(local) || !local_address {
        return Err(DatabaseError::Address);
    }
    config.application_name("rasoat").connect_timeout(CONNECTION_WAIT);
    Ok(config)
}
