//! What was committed, told to whoever listens in this process.
//!
//! **Invariant:** told after the commit, never before. Where something may have been missed, [`Notice::Look`] is told in its
//! place, whose reader reads everything anew.

use sync::live::News;
use tokio::sync::broadcast::{Receiver, Sender, channel};

use crate::limits::NOTICES_KEPT;

/// Something that was committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// This.
    News(News),
    /// Something that a listener has to look for.
    Look,
}

/// Tells everybody who listens. Nobody is waited for: who is too slow finds out that something was left out.
pub type Teller = Sender<Notice>;

/// A teller to whom nobody listens yet.
pub fn teller() -> Teller {
    channel(NOTICES_KEPT).0
}

/// Tells; that nobody listens is no fault.
pub fn tell(teller: &Teller, notice: Notice) {
    let _ = teller.send(notice);
}

/// The database as a source of notices.
pub trait Live: Send + Sync {
    /// Everything that is committed from now on, by whichever process.
    fn listen(&self) -> Receiver<Notice>;
}
