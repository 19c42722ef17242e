//! What every request needs: the database, the town, the counters.
//!
//! **Invariant:** nothing blocks the async threads: the database is only reached through [`App::blocking`].

use std::sync::Arc;

use domain::configuration::Configuration;
use domain::user::User;
use ed25519_dalek::SigningKey;
use sync::batch::{CONFIGURATION_CONTEXT, Signed};
use tokio::sync::Semaphore;

use crate::clock;
use crate::database::Database;
use crate::database::access::Access;
use crate::database::facts::Identity;
use crate::fault::{Code, Fault};
use crate::limits::{LOGINS_AT_ONCE, REPORTS_AT_ONCE, SYNCS_AT_ONCE};
use crate::throttle::Throttle;
use crate::town::Town;

/// The running server. Cloning shares it.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the server runs on.
pub struct Parts {
    /// The database.
    pub database: Arc<dyn Database>,
    /// Who the server is.
    pub identity: Identity,
    /// The town.
    pub town: Town,
    /// Attempts at codes and passwords, requests of devices.
    pub throttle: Throttle,
    /// Places for pushes and pulls that are worked on.
    pub syncs: Semaphore,
    /// Places for reports that are computed.
    pub reports: Semaphore,
    /// Places for passwords that are checked.
    pub logins: Semaphore,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// The server over a database that has a town.
    pub fn open(database: Arc<dyn Database>) -> Result<Self, Fault> {
        let identity = database.identity()?.ok_or(Fault::of(Code::NoTown))?;
        let town = Town::of_facts(&database.registry()?)?;
        Ok(Self(Arc::new(Parts {
            database,
            identity,
            town,
            throttle: Throttle::default(),
            syncs: Semaphore::new(SYNCS_AT_ONCE),
            reports: Semaphore::new(REPORTS_AT_ONCE),
            logins: Semaphore::new(LOGINS_AT_ONCE),
        })))
    }

    /// Runs blocking work on a thread of its own. A panic in it is this request's fault alone.
    pub async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&app)).await;
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
        let configuration: Configuration =
            self.town.configuration(user, identity.town, identity.configuration_version);
        let json = serde_json::to_vec(&configuration).map_err(|_| Fault::of(Code::ServerBroken))?;
        Ok(Signed::new(CONFIGURATION_CONTEXT, json, &self.signing_key()))
    }
}
