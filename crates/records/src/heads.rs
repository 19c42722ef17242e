//! Hashes of changes, and heads: the state of a document that a form was opened on.

use std::fmt;
use std::str::FromStr;

use automerge::ChangeHash;
use domain::error::Invalid;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// SHA-256 of a change; its name everywhere.
pub type Hash = [u8; 32];

/// The changes that nothing else descends from. Written as a list of hex texts.
///
/// **Invariant:** sorted, without repetition, so that equal heads are equal values.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Heads(pub Vec<Hash>);

impl Heads {
    /// Heads from hashes in any order.
    pub fn new(mut hashes: Vec<Hash>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }
}

impl From<Vec<ChangeHash>> for Heads {
    fn from(hashes: Vec<ChangeHash>) -> Self {
        Self::new(hashes.into_iter().map(|hash| hash.0).collect())
    }
}

/// Hashes separated by commas, as one text: for a database column or a log line.
impl fmt::Display for Heads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self.0.iter().map(hex::encode).collect();
        f.write_str(&texts.join(","))
    }
}

fn parse_hash(text: &str) -> Result<Hash, Invalid> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).map_err(|_| Invalid::Id)?;
    Ok(hash)
}

impl FromStr for Heads {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let parts = text.split(',').filter(|part| !part.is_empty());
        Ok(Self::new(parts.map(parse_hash).collect::<Result<_, _>>()?))
    }
}

impl Serialize for Heads {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(hex::encode))
    }
}

impl<'de> Deserialize<'de> for Heads {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        let hashes = texts.iter().map(|text| parse_hash(text)).collect::<Result<_, _>>();
        hashes.map(Self::new).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_a_sorted_list_of_hex() {
        let heads = Heads::new(vec![[2; 32], [1; 32], [2; 32]]);
        let text = serde_json::to_string(&heads).unwrap();
        assert_eq!(text, format!("[\"{}\",\"{}\"]", "01".repeat(32), "02".repeat(32)));
        assert_eq!(serde_json::from_str::<Heads>(&text).unwrap(), heads);
        assert_eq!(heads.to_string().parse::<Heads>().unwrap(), heads);
        assert_eq!("".parse::<Heads>().unwrap(), Heads::default());
        assert!("xy".parse::<Heads>().is_err());
    }
}
