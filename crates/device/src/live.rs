//! Keeps listening to the server while the app is open, so that a sync begins when there is something to sync.
//!
//! **Invariant:** one stream at a time; a server that cannot be heard is asked ever more seldom.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use commands::{App, ErrorCode, Fault, Host};

/// Between two looks whether the app is open.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Pause after a stream that has ended, at least; each device waits up to twice as long, so that not all come back at once.
const AGAIN_AFTER: Duration = Duration::from_secs(1);
/// A stream that lasted as long as this was a good one.
const GOOD: Duration = Duration::from_secs(10);
/// Longest pause after tries that failed.
const AT_LEAST_EVERY: Duration = Duration::from_secs(60);

/// Listens in a thread of its own for as long as the process lives.
pub fn start<H: Host>(app: Arc<App<H>>) {
    thread::spawn(move || {
        let mut pause = AGAIN_AFTER;
        loop {
            let (ended, lasted) = listen(&app);
            pause = next_pause(ended, lasted, pause);
            let mut dice = [0];
            app.host().random(&mut dice);
            thread::sleep(pause.mul_f32(1.0 + f32::from(dice[0]) / 255.0));
        }
    });
}

#[allow(clippy::disallowed_methods, reason = "the device is where time passes")]
fn listen<H: Host>(app: &App<H>) -> (Result<(), Fault>, Duration) {
    let began = Instant::now();
    let ended = app.listen();
    (ended, began.elapsed())
}

/// How long to wait after listening ended like this, having lasted so long.
fn next_pause(ended: Result<(), Fault>, lasted: Duration, pause: Duration) -> Duration {
    match ended {
        Ok(()) if lasted >= GOOD => AGAIN_AFTER,
        Err(fault) if matches!(fault.code, ErrorCode::Locked | ErrorCode::NotEnrolled) => LOOK_EVERY,
        _ => (pause * 2).min(AT_LEAST_EVERY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_cannot_be_heard_is_asked_ever_more_seldom() {
        let mut pause = AGAIN_AFTER;
        for _ in 0..10 {
            pause = next_pause(Err(ErrorCode::Unreachable.into()), GOOD, pause);
        }
        assert_eq!(pause, AT_LEAST_EVERY);
        assert_eq!(next_pause(Ok(()), Duration::ZERO, pause), AT_LEAST_EVERY, "one that ends at once");
        assert_eq!(next_pause(Ok(()), GOOD, pause), AGAIN_AFTER);
        assert_eq!(next_pause(Err(ErrorCode::Locked.into()), GOOD, pause), LOOK_EVERY);
    }
}
