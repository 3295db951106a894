//! The chain: each fact seals the one before, and its own content through a salted hash.
//!
//! Changing this file changes every hash ever printed on a letter: its golden vectors never move.

use dument_domain::Seq;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::hash::Sha256Hash;

/// Says what is hashed, so that no hash of another use or of a later format can be mistaken for a link.
const DOMAIN: &[u8] = b"DUM1";

/// The random bytes hashed with a content: once they are erased, the hash tells nothing of it.
pub(crate) type Salt = [u8; 32];

/// The end of the chain: who holds it can show that nothing before it was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Number of the last fact; 0 when there is none.
    pub seq: Seq,
    /// Its chained hash; zeros when there is none.
    pub hash: Sha256Hash,
}

impl Head {
    /// Returns the head of a journal where nothing happened yet.
    #[must_use]
    pub fn empty() -> Self {
        Self { seq: Seq::new(0), hash: Sha256Hash::ZERO }
    }
}

impl Default for Head {
    fn default() -> Self {
        Self::empty()
    }
}

/// What the hash of a fact covers, all but its content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link<'a> {
    pub seq: u64,
    pub recorded_at: &'a str,
    pub kind: &'a str,
    pub version: i64,
    pub payload_hash: Sha256Hash,
    pub previous: Sha256Hash,
}

impl Link<'_> {
    /// Computes the chained hash: every field with its length, so that no two facts read as the same bytes.
    pub fn hash(&self) -> Sha256Hash {
        let mut hasher = Sha256::new_with_prefix(DOMAIN);
        for field in [
            &self.seq.to_be_bytes()[..],
            self.recorded_at.as_bytes(),
            self.kind.as_bytes(),
            &self.version.to_be_bytes()[..],
            self.payload_hash.as_bytes(),
            self.previous.as_bytes(),
        ] {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field);
        }
        Sha256Hash::finish(hasher)
    }
}

/// Computes the hash of a content: the exact text stored is the canonical form.
pub(crate) fn payload_hash(salt: &Salt, json: &str) -> Sha256Hash {
    Sha256Hash::finish(Sha256::new_with_prefix(salt).chain_update(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_vectors_never_move() {
        // Computed once by another program, from the description of the format.
        let payload = payload_hash(&[7; 32], r#"{"fact_cancelled":{"fact":1}}"#);
        let first = Link {
            seq: 1,
            recorded_at: "2026-11-22T09:30:00+01:00",
            kind: "fact_cancelled",
            version: 1,
            payload_hash: payload,
            previous: Sha256Hash::ZERO,
        };
        let second = Link { seq: 2, previous: first.hash(), ..first };
        assert_eq!(payload.to_string(), "bf28046019333b14ce9627d446c9caae5c22b8e25e44fe5e95fbaac0664d6f50");
        assert_eq!(first.hash().to_string(), "8c69866e0068e9e9bfa361450774d638a9c355834616d3135fbc81b08c59845c");
        assert_eq!(second.hash().to_string(), "e72790856a80dda99400d04c880d8c4fa8751204deb38ccad7ccff1713faf7e2");
    }

    #[test]
    fn moving_a_letter_from_a_field_to_the_next_changes_the_hash() {
        let link = Link {
            seq: 1,
            recorded_at: "ab",
            kind: "c",
            version: 1,
            payload_hash: Sha256Hash::ZERO,
            previous: Sha256Hash::ZERO,
        };
        assert_ne!(link.hash(), Link { recorded_at: "a", kind: "bc", ..link }.hash());
    }
}
