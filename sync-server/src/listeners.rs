//! Places for devices that listen: so many in all, so many of one enrolment, none after the server was asked to end.
//!
//! **Invariant:** a device always gets a place among its own: a newer stream ends its oldest. A line that broke without a word
//! may be thought open for a while, and must not keep its owner out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::EnrolmentId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};

use crate::fault::{Code, Fault};
use crate::limits::{LISTENERS_MAX, LISTENERS_OF_ONE};

/// The places.
pub struct Listeners {
    places: Arc<Semaphore>,
    closing: watch::Sender<bool>,
    taken: Mutex<HashMap<EnrolmentId, Vec<oneshot::Sender<()>>>>,
}

/// A place that is taken; given back when it is dropped.
pub struct Place {
    _permit: OwnedSemaphorePermit,
    closing: watch::Receiver<bool>,
    displaced: oneshot::Receiver<()>,
}

impl Default for Listeners {
    fn default() -> Self {
        let (places, closing) = (Arc::new(Semaphore::new(LISTENERS_MAX)), watch::Sender::new(false));
        Self { places, closing, taken: Mutex::default() }
    }
}

impl Listeners {
    /// Takes a place. Refused while all of them are taken: who cannot listen syncs now and then.
    pub fn take(&self, enrolment: EnrolmentId) -> Result<Place, Fault> {
        let permit = Arc::clone(&self.places).try_acquire_owned();
        let permit = permit.map_err(|_| Fault::of(Code::TooManyRequests))?;
        let (holder, displaced) = oneshot::channel();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.retain(|_, own| {
            own.retain(|holder| !holder.is_closed());
            !own.is_empty()
        });
        let own = taken.entry(enrolment).or_default();
        let over = (own.len() + 1).saturating_sub(LISTENERS_OF_ONE);
        // who is dropped here is told by it
        own.drain(..over);
        own.push(holder);
        Ok(Place { _permit: permit, closing: self.closing.subscribe(), displaced })
    }

    /// Ends every stream, and those that begin later.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }
}

impl Place {
    /// Done when the place has to be given up.
    pub async fn is_lost(mut self) {
        tokio::select! {
            _ = self.closing.wait_for(|closing| *closing) => {}
            _ = self.displaced => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enrolment(number: u8) -> EnrolmentId {
        EnrolmentId::new([number; 16])
    }

    #[tokio::test]
    async fn a_newer_stream_ends_the_oldest_of_its_own_and_nobody_elses() {
        let listeners = Listeners::default();
        let other = listeners.take(enrolment(2)).unwrap();
        let mut own: Vec<Place> =
            (0..LISTENERS_OF_ONE).map(|_| listeners.take(enrolment(1)).unwrap()).collect();
        own.push(listeners.take(enrolment(1)).unwrap());
        own.remove(0).is_lost().await;
        let lost = own.into_iter().chain([other]).map(|mut place| place.displaced.try_recv());
        assert!(lost.into_iter().all(|it| it == Err(oneshot::error::TryRecvError::Empty)));
    }

    #[tokio::test]
    async fn places_are_counted_and_given_back() {
        let listeners = Listeners::default();
        let places: Vec<Place> = (0..LISTENERS_MAX)
            .map(|at| listeners.take(EnrolmentId::new((at as u128).to_be_bytes())).unwrap())
            .collect();
        let refused = listeners.take(enrolment(9)).err().unwrap();
        assert_eq!(refused.code, Code::TooManyRequests);
        drop(places);
        assert!(listeners.take(enrolment(9)).is_ok());
        assert_eq!(listeners.taken.lock().unwrap().len(), 1, "nothing is kept of those who left");
    }

    #[tokio::test]
    async fn a_server_that_ends_loses_them_all() {
        let listeners = Listeners::default();
        let before = listeners.take(enrolment(1)).unwrap();
        listeners.close();
        before.is_lost().await;
        listeners.take(enrolment(1)).unwrap().is_lost().await;
    }
}
