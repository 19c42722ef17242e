//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use sync::version::AppVersion;
use sync_server::database::Location;
use sync_server::fault::{Code, Fault};

/// The town's sync server and office page.
#[derive(Parser)]
#[command(version, about)]
pub struct Settings {
    /// Where the data is.
    #[command(flatten)]
    pub data: Data,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where the server's data is. No `Debug`: an address may hold a password.
#[derive(Args)]
pub struct Data {
    /// Folder of the server's databases (SQLite).
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// Address of the town's database in PostgreSQL, postgres://…
    #[arg(long, value_name = "URL", global = true, env = "RASOAT_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// Address of the key store, another database in PostgreSQL, postgres://…
    #[arg(long, value_name = "URL", global = true, env = "RASOAT_KEYS", hide_env_values = true)]
    pub keys: Option<String>,
}

impl Data {
    /// The place that was said; a folder before addresses, which may come from the environment.
    pub fn place(self) -> Result<Location, Fault> {
        match (self.data, self.database, self.keys) {
            (Some(folder), ..) => Ok(Location::Folder(folder)),
            (None, Some(town), Some(keys)) => Ok(Location::Postgres { town: town.into(), keys: keys.into() }),
            _ => Err(Fault::of(Code::NoPlace)),
        }
    }
}

/// What the server can do.
#[derive(Subcommand)]
pub enum Command {
    /// Set up a new data folder from a town file.
    Init {
        /// The town file; see sync-server/demo/example.toml.
        #[arg(long, value_name = "FILE")]
        town: PathBuf,
    },
    /// Set up the demo town; prints an enrolment code for each user and an office login, as JSON.
    Demo,
    /// Make an office login, or give it another password.
    OfficeUser {
        /// The login's name.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        password: Password,
    },
    /// Make a one-time enrolment code for a user.
    Enrol {
        /// Id of the user, or the key in the town file.
        #[arg(long)]
        user: String,
    },
    /// Revoke an enrolment: its device gets no more answers.
    Revoke {
        /// The enrolment's id.
        #[arg(long)]
        enrolment: String,
    },
    /// Post a user to other units, with everything under them. What they still bring of the former ones is a proposal.
    Post {
        /// Id of the user, or the key in the town file.
        #[arg(long)]
        user: String,
        /// Id of a unit, or its name; may be said several times.
        #[arg(long = "unit", required = true)]
        units: Vec<String>,
    },
    /// Serve devices and the office.
    Serve {
        /// Address to listen on; port 0 takes a free one.
        #[arg(long, default_value = "127.0.0.1:8870")]
        listen: SocketAddr,
        /// File that gets the same line as standard output once the server listens.
        #[arg(long, value_name = "FILE")]
        ready_file: Option<PathBuf>,
        /// The version of the app that the town's officers are to have, told to older ones; the server's own unless given.
        #[arg(long, value_name = "VERSION", env = "RASOAT_APP_VERSION")]
        app_version: Option<AppVersion>,
    },
    /// Append rows to the register of recognitions, from a review or from a list.
    Recognise {
        #[command(flatten)]
        terms: RecogniseArgs,
    },
    /// Move a household to another village. Who still edits it for the village that it left makes proposals.
    Move {
        /// Id of the household.
        #[arg(long)]
        household: String,
        /// Id of the village, or its name.
        #[arg(long)]
        unit: String,
    },
    /// Purge a household because a person asked for it: what it says is erased here, and on the devices when they sync.
    Purge {
        /// Id of the household.
        #[arg(long)]
        household: String,
    },
    /// Close a review for a unit with everything under it: devices record no more steps there.
    Seal {
        /// Id of the review, or its key in the town file.
        #[arg(long)]
        review: String,
        /// Id of the unit, or its name.
        #[arg(long)]
        unit: String,
    },
    /// Take a file that a device wrote, as the office page does.
    Take {
        /// The file.
        #[arg(long)]
        file: PathBuf,
        /// Its code; read from standard input if it is not given.
        #[arg(long)]
        code: Option<String>,
    },
    /// Compute the report and write its files.
    Report {
        /// Folder for the letter, the tables, the figures and the checks.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Tables of form B1: the template, and what the office supplies; `template` and `check` need no data.
    B1 {
        #[command(subcommand)]
        command: B1Command,
    },
    /// Throw the computed views away and compute them anew from the log.
    Rebuild,
    /// Hold everything that is kept against itself; damages are located, and the command fails.
    Verify,
}

/// What can be done about form B1.
#[derive(Subcommand)]
pub enum B1Command {
    /// Write the XLSX file that the office fills in from the official document.
    Template {
        /// Id of the rulebook.
        #[arg(long)]
        rulebook: String,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Read a filled-in file and name every bad cell; nothing is stored.
    Check {
        #[command(flatten)]
        file: B1File,
    },
    /// Take a filled-in file into the registry: whole, or not at all.
    Supply {
        #[command(flatten)]
        file: B1File,
        /// What the office calls this version.
        #[arg(long)]
        version: String,
        /// The document that the points were taken from.
        #[arg(long)]
        legal: String,
        /// Id of the review that uses it from now on, or its key in the town file.
        #[arg(long)]
        review: Option<String>,
    },
    /// Let a review go back to totals that are entered from paper.
    Unpin {
        /// Id of the review, or its key in the town file.
        #[arg(long)]
        review: String,
    },
}

/// A filled-in file.
#[derive(Args)]
pub struct B1File {
    /// The XLSX file.
    #[arg(long, value_name = "FILE")]
    pub file: PathBuf,
    /// Id of the rulebook that it is for.
    #[arg(long)]
    pub rulebook: String,
    /// It is made up for trying the program.
    #[arg(long)]
    pub fictitious: bool,
}

/// Where an office password comes from.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Password {
    /// Read the password from standard input, up to the end of the line.
    #[arg(long)]
    pub password_stdin: bool,
    /// The password itself; other users of the machine can see it while the command runs.
    #[arg(long)]
    pub password: Option<String>,
}

/// What is recognised.
#[derive(Args)]
pub struct RecogniseArgs {
    /// Read the rows from a CSV file instead of computing them.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["review", "decision", "decided_on", "from", "to", "as_of"])]
    pub list: Option<PathBuf>,
    /// Id of the review, or its key in the town file.
    #[arg(long, required_unless_present = "list")]
    pub review: Option<String>,
    /// Number and symbol of the decision.
    #[arg(long, required_unless_present = "list")]
    pub decision: Option<String>,
    /// Its day, YYYY-MM-DD.
    #[arg(long, required_unless_present = "list")]
    pub decided_on: Option<NaiveDate>,
    /// First day that the rows hold.
    #[arg(long, required_unless_present = "list")]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[arg(long)]
    pub to: Option<NaiveDate>,
    /// Day as of which the lists before are read; the day before --from unless given.
    #[arg(long)]
    pub as_of: Option<NaiveDate>,
}
