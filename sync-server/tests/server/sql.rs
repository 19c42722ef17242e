//! The database as another program opens it, whichever it is.

use postgres::{Client, NoTls};
use sync_server::database::Location;

/// A connection of a test's own.
pub enum Sql {
    /// `town.db` and `views.db`.
    Files(rusqlite::Connection),
    /// The town's database.
    Cluster(Client),
}

/// What SQLite has and PostgreSQL is taught for the tests.
const TAUGHT: &str = "SET search_path = town, views; CREATE OR REPLACE FUNCTION zeroblob(n int) RETURNS bytea
    LANGUAGE sql AS $$ SELECT decode(repeat('00', n), 'hex') $$";

impl Sql {
    pub fn open(location: &Location) -> Self {
        match location {
            Location::Folder(folder) => {
                let town = rusqlite::Connection::open(folder.join("town.db")).unwrap();
                let views = folder.join("views.db").to_string_lossy().into_owned();
                town.execute("ATTACH DATABASE ? AS views", [views]).unwrap();
                Self::Files(town)
            }
            Location::Postgres { town, .. } => {
                let mut client = Client::connect(town, NoTls).unwrap();
                client.batch_execute(TAUGHT).unwrap();
                Self::Cluster(client)
            }
        }
    }

    /// Runs a statement; gives how many rows it changed, or what the engine says against it.
    pub fn run(&mut self, sql: &str) -> Result<u64, String> {
        match self {
            Self::Files(files) => {
                files.execute(sql, []).map(|rows| rows as u64).map_err(|error| error.to_string())
            }
            Self::Cluster(client) => client.execute(sql, &[]).map_err(|error| format!("{error:?}")),
        }
    }

    /// The number that a query gives.
    pub fn number(&mut self, sql: &str) -> i64 {
        match self {
            Self::Files(files) => files.query_row(sql, [], |row| row.get(0)).unwrap(),
            Self::Cluster(client) => client.query_one(sql, &[]).unwrap().get(0),
        }
    }

    /// The raw bytes that a query gives.
    pub fn bytes(&mut self, sql: &str) -> Vec<u8> {
        match self {
            Self::Files(files) => files.query_row(sql, [], |row| row.get(0)).unwrap(),
            Self::Cluster(client) => client.query_one(sql, &[]).unwrap().get(0),
        }
    }

    /// Raw bytes as they are written in a statement.
    pub fn blob(&self, bytes: &[u8]) -> String {
        match self {
            Self::Files(_) => format!("x'{}'", hex::encode(bytes)),
            Self::Cluster(_) => format!("'\\x{}'::bytea", hex::encode(bytes)),
        }
    }

    /// Takes away what keeps the tables append-only, as damage does.
    pub fn lift_guards(&mut self) {
        match self {
            Self::Files(files) => {
                let sql = "SELECT name FROM main.sqlite_master WHERE type = 'trigger'";
                let mut query = files.prepare(sql).unwrap();
                let names: Vec<String> =
                    query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
                names.iter().for_each(|name| files.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
            }
            Self::Cluster(client) => {
                for table in ["changes", "batches", "scopes"] {
                    client.batch_execute(&format!("ALTER TABLE {table} DISABLE TRIGGER USER")).unwrap();
                }
            }
        }
    }

    /// An expression for a body with one bit changed in its ciphertext.
    pub fn damaged_body(&self) -> &'static str {
        match self {
            Self::Files(_) => "CAST(substr(body, 1, 30) || x'ff' || substr(body, 32) AS BLOB)",
            Self::Cluster(_) => "set_byte(body, 30, 255 - get_byte(body, 30))",
        }
    }
}
