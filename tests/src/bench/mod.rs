//! The device benchmark: what an officer waits for, at a thousand, ten thousand and a hundred thousand households.
//!
//! Everything runs as it does for people: a real server holds the households, a real device enrols and syncs them,
//! and each figure is the time between a JSON line in and its answer out. `population` fills the server, `measure`
//! asks the device, `table` prints what came of it beside the targets. `load` is the server's benchmark: devices that
//! bring work, with the processor time and memory of the server's processes. `report` is what a town's
//! report costs. `crossing` counts what passes between a
//! device and a server, ours and those of other engines.
//!
//! **Invariant:** the same number of households is always the same village, so two runs measure the same work.

pub mod crossing;
pub mod load;
pub mod measure;
pub mod population;
pub mod report;
pub mod table;

/// Middle and slow end of a figure that was taken several times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Half of the times were no longer than this.
    pub median: f64,
    /// Nineteen of twenty were no longer than this.
    pub p95: f64,
    /// How many times it was taken.
    pub taken: usize,
}

impl Figure {
    /// Of times in milliseconds.
    ///
    /// # Panics
    /// When there is none.
    pub fn of(mut times: Vec<f64>) -> Self {
        assert!(!times.is_empty(), "a figure needs times");
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
        Self { median: at(50), p95: at(95), taken: times.len() }
    }
}

/// Processor and cores, as the system names them.
pub fn machine() -> String {
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = about.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores", name.map_or("processor unknown", |(_, name)| name.trim()))
}

/// The day on which a page is written.
#[allow(clippy::disallowed_methods, reason = "the page carries the day on which it was written")]
pub fn day() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = i64::try_from(since.as_secs() / 86_400).unwrap_or_default();
    let epoch = chrono::NaiveDate::default();
    (epoch + chrono::Days::new(days.unsigned_abs())).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_the_middle_and_the_slow_end() {
        let figure = Figure::of((1..=100).rev().map(f64::from).collect());
        assert_eq!((figure.median, figure.p95, figure.taken), (51.0, 96.0, 100));
        let one = Figure::of(vec![7.0]);
        assert_eq!((one.median, one.p95), (7.0, 7.0));
    }
}
