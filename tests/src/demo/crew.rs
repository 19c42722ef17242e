//! Work that several devices do at once, with a word about how far it is.

use std::collections::VecDeque;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

/// Devices that work at the same time.
const AT_ONCE: usize = 4;

/// Says on standard output what is going on.
pub struct Progress {
    started: Instant,
    step: Mutex<usize>,
    steps: usize,
}

impl Progress {
    /// Progress over a number of steps.
    #[allow(clippy::disallowed_methods, reason = "how long a step takes is told to a person")]
    pub fn over(steps: usize) -> Self {
        Self { started: Instant::now(), step: Mutex::new(0), steps }
    }

    /// A new step begins.
    pub fn step(&self, what: &str) {
        let mut step = self.step.lock().expect("nobody panics while counting");
        *step += 1;
        say(&format!("[{}/{}] {:>4} s  {what}", *step, self.steps, self.started.elapsed().as_secs()));
    }

    /// Does `work` for each item, a few at once, and says how many are done. Answers are in the order of the items.
    pub fn each<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
        let total = items.len();
        let waiting = Mutex::new(items.into_iter().enumerate().collect::<VecDeque<_>>());
        let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(total));
        thread::scope(|scope| {
            for _ in 0..AT_ONCE.min(total) {
                scope.spawn(|| {
                    while let Some((at, item)) = next(&waiting) {
                        let answer = work(item);
                        let mut done = done.lock().expect("nobody panics while answering");
                        done.push((at, answer));
                        tell_count(done.len(), total);
                    }
                });
            }
        });
        let mut done = done.into_inner().expect("nobody panics while answering");
        done.sort_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, answer)| answer).collect()
    }
}

fn next<T>(waiting: &Mutex<VecDeque<T>>) -> Option<T> {
    waiting.lock().expect("nobody panics while taking work").pop_front()
}

/// On a terminal the count moves in place; elsewhere it is told at the end.
fn tell_count(done: usize, total: usize) {
    let mut out = std::io::stdout().lock();
    let told = if done == total {
        writeln!(out, "\r             {done}/{total}")
    } else if out.is_terminal() {
        write!(out, "\r             {done}/{total}")
    } else {
        Ok(())
    };
    // Nobody is reading: the work goes on.
    let _ = told.and_then(|()| out.flush());
}

/// A line for the person who watches.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_items() {
        let answers = Progress::over(1).each((0..50).collect(), |item: i32| item * 2);
        assert_eq!(answers, (0..50).map(|item| item * 2).collect::<Vec<_>>());
    }
}
