//! Chance that can be replayed: the same seed throws the same dice.

/// A small generator (SplitMix64): what matters is that a seed is a whole life, not that nobody can guess it.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = u64::try_from(most - least).unwrap() + 1;
        least + i64::try_from(self.next() % width).unwrap()
    }

    /// Returns a number of days from `least` to `most`, both included.
    pub fn days(&mut self, least: u32, most: u32) -> u32 {
        u32::try_from(self.between(least.into(), most.into())).unwrap()
    }

    /// Says yes so many times in a hundred.
    pub fn percent(&mut self, chances: i64) -> bool {
        self.between(1, 100) <= chances
    }

    /// Picks one of several things.
    pub fn one_of<T: Copy>(&mut self, things: &[T]) -> T {
        self.find(things).unwrap()
    }

    /// Picks one of several things, if there is any.
    pub fn find<T: Copy>(&mut self, things: &[T]) -> Option<T> {
        let last = i64::try_from(things.len()).unwrap() - 1;
        (last >= 0).then(|| things[usize::try_from(self.between(0, last)).unwrap()])
    }

    /// Picks one of several things, each as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, things: &[(i64, T)]) -> T {
        let mut left = self.between(1, things.iter().map(|(weight, _)| weight).sum());
        let chosen = things.iter().find(|(weight, _)| {
            left -= weight;
            left <= 0
        });
        chosen.unwrap().1
    }
}
