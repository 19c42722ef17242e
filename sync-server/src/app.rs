//! What every request needs: the database, the town, the counters.
//!
//! **Invariant:** nothing blocks the async threads: the database is only reached through [`App::blocking`].
//! **Invariant:** work that begins after a change of the registry was committed sees that change, whichever process
//! committed it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use domain::configuration::Configuration;
use domain::id::UserId;
use domain::user::User;
use ed25519_dalek::SigningKey;
use sync::batch::{CONFIGURATION_CONTEXT, Mark, Signed};
use sync::version::AppVersion;
use tokio::sync::Semaphore;

use crate::clock;
use crate::database::Database;
use crate::database::access::Access;
use crate::database::facts::{Fact, Identity};
use crate::fault::{Code, Fault};
use crate::limits::{LOGINS_AT_ONCE, REPORTS_AT_ONCE, SYNCS_AT_ONCE};
use crate::listeners::Listeners;
use crate::throttle::Throttle;
use crate::town::Town;

/// How often one tries to append where others do: every enrolment changes the configuration.
const APPENDS_TRIED: usize = 20;

/// The running server with the town as of one configuration version. A clone has the newest town that was read.
pub struct App {
    parts: Arc<Parts>,
    newest: Arc<RwLock<Arc<Parts>>>,
}

/// What the server runs on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Arc<dyn Database>,
    /// Who the server is.
    pub identity: Identity,
    /// The town.
    pub town: Town,
    /// The marks of the configurations that people were given, of the identity's version.
    marks: Arc<Mutex<HashMap<UserId, Mark>>>,
    /// The version of the app that the town wants; none if nobody is to be told of one.
    pub wanted: Option<AppVersion>,
    /// Attempts at codes and passwords, requests of devices.
    pub throttle: Arc<Throttle>,
    /// Places for devices that listen.
    pub listeners: Arc<Listeners>,
    /// Places for pushes and pulls that are worked on.
    pub syncs: Arc<Semaphore>,
    /// Places for reports that are computed.
    pub reports: Arc<Semaphore>,
    /// Places for passwords that are checked.
    pub logins: Arc<Semaphore>,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Clone for App {
    fn clone(&self) -> Self {
        // What is behind the lock is replaced as a whole, so it is sound after a panic too.
        let parts = self.newest.read().unwrap_or_else(PoisonError::into_inner).clone();
        Self { parts, newest: self.newest.clone() }
    }
}

impl App {
    /// The server over a database that has a town.
    pub fn open(database: Arc<dyn Database>) -> Result<Self, Fault> {
        let (identity, town) = read_town(database.as_ref())?;
        let parts = Arc::new(Parts {
            database,
            identity,
            town,
            marks: Arc::default(),
            wanted: env!("CARGO_PKG_VERSION").parse().ok(),
            throttle: Arc::default(),
            listeners: Arc::default(),
            syncs: Arc::new(Semaphore::new(SYNCS_AT_ONCE)),
            reports: Arc::new(Semaphore::new(REPORTS_AT_ONCE)),
            logins: Arc::new(Semaphore::new(LOGINS_AT_ONCE)),
        });
        Ok(Self { newest: Arc::new(RwLock::new(parts.clone())), parts })
    }

    /// The same server for a town that wants another version of the app than the server's own.
    #[must_use]
    pub fn wanting(self, app: AppVersion) -> Self {
        let parts = Arc::new(Parts { wanted: Some(app), ..(*self.parts).clone() });
        Self { newest: Arc::new(RwLock::new(parts.clone())), parts }
    }

    /// The server with the town as the registry has it now.
    pub fn current(&self) -> Result<Self, Fault> {
        let known = self.clone();
        let version = self.database.identity()?.map(|identity| identity.configuration_version);
        if version == Some(known.identity.configuration_version) {
            return Ok(known);
        }
        let (identity, town) = read_town(self.database.as_ref())?;
        let parts = Arc::new(Parts { identity, town, marks: Arc::default(), ..(*known.parts).clone() });
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = parts.clone();
        Ok(Self { parts, newest: self.newest.clone() })
    }

    /// Appends entries, or newer versions of them, to the registry that this value was read from; gives the
    /// configuration version from which they hold. Refused, with nothing changed, if the registry has moved on.
    pub fn append(&self, facts: &[Fact]) -> Result<u64, Fault> {
        let from = self.identity.configuration_version;
        let version = self.database.append(from, facts)?;
        version.ok_or(Fault::of(Code::ConfigurationChanged))
    }

    /// Appends entries that hold whatever else the registry has by now, if it is not changed all the time.
    pub fn append_anyway(&self, facts: &[Fact]) -> Result<u64, Fault> {
        for _ in 1..APPENDS_TRIED {
            match self.current()?.append(facts) {
                Err(fault) if fault.code == Code::ConfigurationChanged => {}
                done => return done,
            }
        }
        self.current()?.append(facts)
    }

    /// Runs blocking work on a thread of its own. A panic in it is this request's fault alone.
    pub async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&app.current()?)).await;
        done.unwrap_or_else(|_| Err(Fault::of(Code::ServerBroken)))
    }

    /// Notes an access before the data leaves.
    pub fn note(&self, who: &str, what: &str, subject: &str) -> Result<(), Fault> {
        let (who, what, subject) = (who.to_owned(), what.to_owned(), subject.to_owned());
        Ok(self.database.note(&Access { at: clock::now(), who, what, subject })?)
    }

    /// The key that signs configurations.
    pub fn signing_key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.identity.signing_key)
    }

    /// The configuration of a person's device, signed.
    pub fn configuration(&self, user: &User) -> Result<Signed, Fault> {
        let identity = &self.identity;
        let configuration: Configuration = self.town.configuration(
            user,
            (&self.database.register()?, &self.database.enrolments()?),
            identity.town,
            identity.configuration_version,
        );
        let json = serde_json::to_vec(&configuration).map_err(|_| Fault::of(Code::ServerBroken))?;
        let signed = Signed::new(CONFIGURATION_CONTEXT, json, &self.signing_key());
        self.marks().insert(user.id, signed.mark());
        Ok(signed)
    }

    /// The configuration of a person's device, unless it is the one with this version and mark. Without a mark the version
    /// has to do.
    pub fn other_configuration(
        &self,
        user: &User,
        version: u64,
        mark: Option<Mark>,
    ) -> Result<Option<Signed>, Fault> {
        let known = self.marks().get(&user.id).copied();
        if version == self.identity.configuration_version && (mark.is_none() || mark == known) {
            return Ok(None);
        }
        let signed = self.configuration(user)?;
        let same = version == self.identity.configuration_version && mark == Some(signed.mark());
        Ok((!same).then_some(signed))
    }

    fn marks(&self) -> MutexGuard<'_, HashMap<UserId, Mark>> {
        // A mark is put in as a whole, so they are sound after a panic too.
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The version is read before the entries: what is newer than it says is read again with the next one.
fn read_town(database: &dyn Database) -> Result<(Identity, Town), Fault> {
    let identity = database.identity()?.ok_or(Fault::of(Code::NoTown))?;
    Ok((identity, Town::of_facts(&database.registry()?)?))
}
