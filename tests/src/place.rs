//! Where a test's town is: SQLite files in a folder, or, where `RASOAT_POSTGRES` names a cluster (see `.ci/postgres`), two
//! databases of its own there.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls};
use sync_server::database::Location;

/// The variable that names a cluster.
pub const CLUSTER: &str = "RASOAT_POSTGRES";

static MADE: AtomicU32 = AtomicU32::new(0);

/// The place of one town. What was made for it in a cluster is gone when the last clone is dropped.
#[derive(Clone)]
pub enum Place {
    /// A folder.
    Folder(PathBuf),
    /// Databases of a cluster.
    Cluster(Arc<Databases>),
}

/// The two databases of a town in a cluster.
pub struct Databases {
    /// The address of the cluster.
    pub cluster: String,
    name: String,
}

impl Place {
    /// A fresh place; the folder is used by SQLite alone.
    ///
    /// # Panics
    /// When the cluster does not do its part.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "the cluster is a setting of the test run")]
    pub fn new(folder: &Path) -> Self {
        match std::env::var(CLUSTER) {
            Err(_) => Self::Folder(folder.to_owned()),
            Ok(cluster) => Self::in_cluster(cluster, None),
        }
    }

    /// Two databases of a cluster: fresh ones, or copies of others, which nobody may be connected to.
    ///
    /// # Panics
    /// When the cluster does not do its part.
    #[must_use]
    pub fn in_cluster(cluster: String, like: Option<&Databases>) -> Self {
        let name = format!("town_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let databases = Databases { cluster, name };
        let templates = like.map_or(["template1"; 2].map(str::to_owned), Databases::names);
        for (database, template) in databases.names().iter().zip(templates) {
            databases.say(&format!("CREATE DATABASE {database} TEMPLATE {template}"));
        }
        Self::Cluster(Arc::new(databases))
    }

    /// What the server opens.
    #[must_use]
    pub fn location(&self) -> Location {
        match self {
            Self::Folder(folder) => folder.into(),
            Self::Cluster(databases) => {
                let [town, keys] = databases.names().map(|name| databases.address(&name));
                Location::Postgres { town: town.into(), keys: keys.into() }
            }
        }
    }
}

impl Databases {
    /// The town's database and the key store.
    #[must_use]
    pub fn names(&self) -> [String; 2] {
        [self.name.clone(), format!("{}_keys", self.name)]
    }

    /// The address of one of them.
    #[must_use]
    pub fn address(&self, name: &str) -> String {
        self.cluster.replacen("/postgres?", &format!("/{name}?"), 1)
    }

    /// Says something to the cluster.
    ///
    /// # Panics
    /// When it refuses.
    pub fn say(&self, sql: &str) {
        let mut client = Client::connect(&self.cluster, NoTls).expect("the cluster answers");
        client.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

impl Drop for Databases {
    fn drop(&mut self) {
        for database in self.names() {
            self.say(&format!("DROP DATABASE {database} WITH (FORCE)"));
        }
    }
}
