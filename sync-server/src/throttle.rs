//! Counts attempts by name or address in a window of time, so that codes and passwords cannot be tried out.
//!
//! **Invariant:** memory is bounded: when too many keys are counted at once, unknown keys are refused.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::fault::{Code, Fault};
use crate::limits::{COUNTED_MAX, WINDOW};

struct Count {
    since: i64,
    attempts: u32,
}

/// The counters.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<String, Count>>);

impl Throttle {
    /// Refuses when the key has used up its attempts.
    pub fn check(&self, key: &str, max: u32, now: i64) -> Result<(), Fault> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut counts, now);
        let over = counts.get(key).is_some_and(|count| count.since + WINDOW > now && count.attempts >= max);
        let full = counts.len() >= COUNTED_MAX && !counts.contains_key(key);
        if over || full { Err(Fault::of(Code::TooManyRequests)) } else { Ok(()) }
    }

    /// Counts an attempt.
    pub fn count(&self, key: &str, now: i64) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut counts, now);
        let count = counts.entry(key.to_owned()).or_insert(Count { since: now, attempts: 0 });
        if count.since + WINDOW <= now {
            *count = Count { since: now, attempts: 0 };
        }
        count.attempts = count.attempts.saturating_add(1);
    }
}

fn make_room(counts: &mut HashMap<String, Count>, now: i64) {
    if counts.len() >= COUNTED_MAX {
        counts.retain(|_, count| count.since + WINDOW > now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_are_counted_for_a_window() {
        let throttle = Throttle::default();
        for _ in 0..3 {
            throttle.check("a", 3, 100).unwrap();
            throttle.count("a", 100);
        }
        assert_eq!(throttle.check("a", 3, 101).unwrap_err().code, Code::TooManyRequests);
        assert!(throttle.check("b", 3, 101).is_ok());
        assert!(throttle.check("a", 3, 100 + WINDOW).is_ok());
    }

    #[test]
    fn a_full_table_has_room_again_after_the_window() {
        let throttle = Throttle::default();
        (0..COUNTED_MAX).for_each(|key| throttle.count(&key.to_string(), 100));
        assert_eq!(throttle.check("new", 3, 101).unwrap_err().code, Code::TooManyRequests);
        assert!(throttle.check("new", 3, 100 + WINDOW).is_ok());
    }
}
