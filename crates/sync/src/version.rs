//! Versions of the protocol and of the app, as the headers of every request and answer say them.
//!
//! **Invariant:** who sends no header speaks the first version: the programs from before the header do.
//! **Invariant:** the app's version decides nothing: an older app is told that there is a newer one, and is served.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::limits::{PROTOCOL_VERSION, VERSIONS_MAX};

/// The header that lists the versions of the protocol that its sender speaks, with commas between them.
pub const PROTOCOL_HEADER: &str = "rasoat-protocol";
/// The header with the app's version: on a request the one that asks, on an answer the one that the town wants.
pub const APP_HEADER: &str = "rasoat-app";
/// The versions of the protocol that this program speaks.
pub const SPOKEN: &[u32] = &[PROTOCOL_VERSION];
/// The version that is spoken by who does not say any.
const FIRST: u32 = 1;

/// Somebody who speaks no version that we speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stranger {
    /// Every version of theirs is older than ours.
    Older,
    /// They are newer, or what they say is no version.
    Newer,
}

/// What the header says of this program.
pub fn spoken() -> String {
    SPOKEN.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

/// True for a version that this program speaks.
pub fn is_spoken(version: u32) -> bool {
    SPOKEN.contains(&version)
}

/// The newest version that both ends speak, by the header of the other one.
pub fn meet(theirs: Option<&str>) -> Result<u32, Stranger> {
    common(&listed(theirs), SPOKEN)
}

/// What is not a number says nothing.
fn listed(header: Option<&str>) -> BTreeSet<u32> {
    match header {
        None => BTreeSet::from([FIRST]),
        Some(text) => text.split(',').take(VERSIONS_MAX).filter_map(|it| it.trim().parse().ok()).collect(),
    }
}

fn common(theirs: &BTreeSet<u32>, ours: &[u32]) -> Result<u32, Stranger> {
    if let Some(version) = ours.iter().filter(|version| theirs.contains(version)).max() {
        return Ok(*version);
    }
    let older = theirs.last().zip(ours.iter().min()).is_some_and(|(their, our)| their < our);
    Err(if older { Stranger::Older } else { Stranger::Newer })
}

/// Version of the app: `MAJOR.MINOR.PATCH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AppVersion([u32; 3]);

/// Not three numbers with points between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a version is three numbers with points between them")]
pub struct NoVersion;

impl FromStr for AppVersion {
    type Err = NoVersion;

    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let number = |part: &str| {
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse().ok().filter(|_| digits)
        };
        let numbers: Option<Vec<u32>> = text.split('.').map(number).collect();
        numbers.and_then(|it| it.try_into().ok()).map(Self).ok_or(NoVersion)
    }
}

impl fmt::Display for AppVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(theirs: &str, ours: &[u32]) -> Result<u32, Stranger> {
        common(&listed(Some(theirs)), ours)
    }

    #[test]
    fn the_newest_common_version_is_spoken() {
        assert_eq!(met("1", &[1]), Ok(1));
        assert_eq!(met(" 3,2 , 1", &[1, 2]), Ok(2));
        assert_eq!(meet(Some(&spoken())), Ok(PROTOCOL_VERSION));
        assert!(is_spoken(PROTOCOL_VERSION) && !is_spoken(PROTOCOL_VERSION + 1));
    }

    #[test]
    fn who_says_nothing_speaks_the_first_version() {
        assert_eq!(common(&listed(None), &[1, 2]), Ok(1));
        assert_eq!(common(&listed(None), &[2]), Err(Stranger::Older));
    }

    #[test]
    fn a_stranger_is_older_or_newer() {
        assert_eq!(met("1, 2", &[3, 4]), Err(Stranger::Older));
        assert_eq!(met("5", &[3, 4]), Err(Stranger::Newer));
        assert_eq!(met("2, 5", &[3, 4]), Err(Stranger::Newer), "whoever knows a newer one was made later");
        for nonsense in ["", "one", "-1", "1.0", ",", "99999999999"] {
            assert_eq!(met(nonsense, &[1]), Err(Stranger::Newer), "{nonsense}");
        }
        let long = format!("{}1", "7, ".repeat(VERSIONS_MAX));
        assert_eq!(met(&long, &[1]), Err(Stranger::Newer), "a list without end is not read to its end");
    }

    #[test]
    fn versions_of_the_app_are_compared_as_numbers() {
        let version = |text: &str| text.parse::<AppVersion>();
        assert!(version("0.10.0").unwrap() > version("0.9.12").unwrap());
        assert_eq!(version("1.02.3").unwrap().to_string(), "1.2.3");
        for nonsense in
            ["", "1", "1.2", "1.2.3.4", "1.2.x", "1.2.3-beta", "+1.2.3", "1..2", "1.2.99999999999"]
        {
            assert_eq!(version(nonsense), Err(NoVersion), "{nonsense}");
        }
    }
}
