//! Reproducible dice: SplitMix64 from a constant seed.
//!
//! **Invariant:** the same seed throws the same numbers on every machine and in every version.

/// A source of numbers.
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same way for the same seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low) + 1;
        low + (self.throw() % span) as i64
    }

    /// True in `percent` of a hundred throws.
    pub fn percent(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of `choices`, which are not empty.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.between(0, choices.len() as i64 - 1) as usize]
    }

    /// The index of one of `weights`, the heavier the likelier.
    pub fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut rest = self.between(1, weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            rest -= weight;
            if rest <= 0 {
                return index;
            }
        }
        weights.len() - 1
    }

    /// Puts `items` in a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.between(0, last as i64) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_numbers() {
        let throw = |seed| {
            (0..8).map(|_| 0).fold((Dice::new(seed), vec![]), |(mut dice, mut thrown), _: i32| {
                thrown.push(dice.between(0, 1_000_000));
                (dice, thrown)
            })
        };
        assert_eq!(throw(870).1, throw(870).1);
        assert_ne!(throw(870).1, throw(871).1);
    }

    #[test]
    fn a_throw_stays_between_its_bounds() {
        let mut dice = Dice::new(1);
        let thrown: Vec<i64> = (0..500).map(|_| dice.between(-3, 3)).collect();
        assert!(thrown.iter().all(|number| (-3..=3).contains(number)));
        assert!((-3..=3).all(|number| thrown.contains(&number)));
    }

    #[test]
    fn a_shuffle_loses_nothing() {
        let mut items: Vec<i32> = (0..50).collect();
        Dice::new(7).shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
