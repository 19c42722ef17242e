//! The device benchmark: what an officer waits for, at a thousand, ten thousand and a hundred thousand households.
//!
//! Everything runs as it does for people: a real server holds the households, a real device enrols and syncs them,
//! and each figure is the time between a JSON line in and its answer out. `population` fills the server, `measure`
//! asks the device, `table` prints what came of it beside the targets.
//!
//! **Invariant:** the same number of households is always the same village, so two runs measure the same work.

pub mod measure;
pub mod population;
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
