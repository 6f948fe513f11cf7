//! What the words of refusals mean, each explained once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};

use crate::CAUSES;
use crate::judge::classify;
use crate::weigh::cause;

/// A cause by its place in the table; none where nothing can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CauseAt(pub(super) Option<u16>);

impl CauseAt {
    /// Its id, or `none`.
    pub(super) fn id(self) -> &'static str {
        let cause = self.0.and_then(|at| CAUSES.get(usize::from(at)));
        cause.map_or("none", |cause| cause.id)
    }

    /// Whether it only says that a queue gave up.
    pub(super) fn is_expiry(self) -> bool {
        self.0
            .and_then(|at| CAUSES.get(usize::from(at)))
            .is_none_or(|cause| cause.id == "server.expired")
    }
}

/// Remembers explanations by the words alone: numbers and addresses differ from mail to mail.
#[derive(Default)]
pub(super) struct Explained {
    known: HashMap<u64, CauseAt>,
}

impl Explained {
    /// The cause of a refusal.
    pub(super) fn cause(&mut self, said: &[u8]) -> CauseAt {
        let key = key(said);
        if let Some(cause) = self.known.get(&key) {
            return *cause;
        }
        let place = classify(said).and_then(|it| cause(it.cause.id));
        let cause = CauseAt(place.and_then(|at| u16::try_from(at).ok()));
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.insert(key, cause);
        cause
    }
}

/// So many wordings are remembered at once.
const MOST: usize = 20_000;

/// The words, without what stands in brackets and without the end of long numbers.
fn key(said: &[u8]) -> u64 {
    let mut words = Words {
        hasher: DefaultHasher::new(),
        block: [0; 64],
        filled: 0,
        digits: 0,
    };
    let mut angle = false;
    let mut bracket = false;
    for byte in said.iter().take(LONG) {
        match byte {
            b'<' => angle = true,
            b'>' => angle = false,
            b'[' => bracket = true,
            b']' => bracket = false,
            _ if angle || bracket => {}
            byte => words.push(*byte),
        }
    }
    words.finish()
}

/// A hash of text in which numbers differ only by their first four digits.
struct Words {
    hasher: DefaultHasher,
    block: [u8; 64],
    filled: usize,
    digits: usize,
}

impl Words {
    fn push(&mut self, byte: u8) {
        if byte.is_ascii_digit() {
            self.digits += 1;
            if self.digits > 4 {
                return;
            }
        } else {
            self.digits = 0;
        }
        if let Some(place) = self.block.get_mut(self.filled) {
            *place = byte;
            self.filled += 1;
        }
        if self.filled == self.block.len() {
            self.hasher.write(&self.block);
            self.filled = 0;
        }
    }

    fn finish(mut self) -> u64 {
        self.hasher
            .write(self.block.get(..self.filled).unwrap_or_default());
        self.hasher.finish()
    }
}

/// So much of a refusal is looked at.
const LONG: usize = 2_000;

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn numbers_and_addresses_make_no_other_wording() {
        let one = key(b"host mx.example[192.0.2.1] said: 550 5.1.1 <a@b.example> unknown 123456");
        let other = key(b"host mx.example[192.0.2.77] said: 550 5.1.1 <c@d.example> unknown 12349");
        assert_eq!(one, other);
        assert_ne!(key(b"550 5.1.1 no"), key(b"550 5.7.1 no"));
    }
}
