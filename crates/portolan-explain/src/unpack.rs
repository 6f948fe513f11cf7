//! A file on its way in: gzip is unpacked as it comes, whoever reads the text never sees it.
//!
//! Servers pack the logs of yesterday, and nobody should have to unpack them by hand. Members one after the other are one
//! text (RFC 1952, section 2.2). Anything else that holds no text is told for what it is ([`crate::strange`]).

use std::io::Write;

use flate2::write::MultiGzDecoder;

/// What became of a packed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packed {
    /// It ends before its end, or something in it is broken: what came before counts.
    Cut,
    /// It was unpacked to its end.
    Whole,
}

/// Takes bytes as they come, and gives the text.
#[derive(Default)]
pub(crate) struct Unpacker {
    state: State,
}

#[derive(Default)]
enum State {
    /// Too little came to tell: none or the first byte of gzip.
    #[default]
    Begun,
    First,
    Plain,
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
    /// Nothing more can be read.
    Broken,
}

impl Unpacker {
    /// Takes the next bytes, and hands on what they hold. Of packed ones a piece at a time, so that nothing grows by more
    /// than a thousand times such a piece.
    pub(crate) fn push(&mut self, bytes: &[u8], mut out: impl FnMut(&[u8])) {
        let mut bytes = bytes;
        if matches!(self.state, State::Begun) && !bytes.is_empty() {
            self.state = match bytes {
                [MAGIC_1] => State::First,
                [MAGIC_1, MAGIC_2, ..] => State::gzip(),
                _ => State::Plain,
            };
            if matches!(self.state, State::First) {
                return;
            }
        }
        if matches!(self.state, State::First) {
            let Some(second) = bytes.first() else { return };
            if *second == MAGIC_2 {
                self.state = State::gzip();
                self.unpack(&[MAGIC_1], &mut out);
            } else {
                self.state = State::Plain;
                out(&[MAGIC_1]);
            }
        }
        if matches!(self.state, State::Plain) {
            return out(bytes);
        }
        while !bytes.is_empty() {
            let (piece, rest) = bytes.split_at_checked(PIECE).unwrap_or((bytes, &[]));
            self.unpack(piece, &mut out);
            bytes = rest;
        }
    }

    fn unpack(&mut self, piece: &[u8], out: &mut impl FnMut(&[u8])) {
        let State::Gzip(decoder) = &mut self.state else {
            return;
        };
        let is_fine = decoder.write_all(piece).is_ok();
        out(decoder.get_ref());
        decoder.get_mut().clear();
        if !is_fine {
            self.state = State::Broken;
        }
    }

    /// What became of it, and the rest of the text. `None`: it was not packed.
    pub(crate) fn finish(self, mut out: impl FnMut(&[u8])) -> Option<Packed> {
        match self.state {
            State::Begun | State::Plain => None,
            State::First => {
                out(&[MAGIC_1]);
                None
            }
            State::Gzip(mut decoder) => {
                let is_whole = decoder.try_finish().is_ok();
                out(decoder.get_ref());
                Some(if is_whole { Packed::Whole } else { Packed::Cut })
            }
            State::Broken => Some(Packed::Cut),
        }
    }
}

impl State {
    fn gzip() -> Self {
        Self::Gzip(Box::new(MultiGzDecoder::new(Vec::new())))
    }
}

/// The first two bytes of gzip (RFC 1952, section 2.3.1).
const MAGIC_1: u8 = 0x1f;
const MAGIC_2: u8 = 0x8b;

/// Deflate packs a text to a thousandth at best.
const PIECE: usize = 4 * 1024;

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn unpacked(pieces: &[&[u8]]) -> (Vec<u8>, Option<Packed>) {
        let mut unpacker = Unpacker::default();
        let mut text = Vec::new();
        for piece in pieces {
            unpacker.push(piece, |it| text.extend(it));
        }
        let packed = unpacker.finish(|it| text.extend(it));
        (text, packed)
    }

    #[test]
    fn members_one_after_the_other_are_one_text() {
        let both = [packed(b"one\n"), packed(b"two\n")].concat();
        assert_eq!(
            unpacked(&[&both]),
            (b"one\ntwo\n".to_vec(), Some(Packed::Whole))
        );
    }

    #[test]
    fn what_ends_early_is_read_as_far_as_it_goes() {
        let text = "550 5.1.1 User unknown, again and again. ".repeat(2_000);
        let all = packed(text.as_bytes());
        let (read, how) = unpacked(&[&all[..all.len() - 20]]);
        assert_eq!(how, Some(Packed::Cut));
        assert!(text.as_bytes().starts_with(&read));
        let (read, how) = unpacked(&[&packed(b"one\n"), b"\0\0\0 no gzip"]);
        assert_eq!((read, how), (b"one\n".to_vec(), Some(Packed::Cut)));
    }

    #[test]
    fn a_bomb_comes_in_pieces() {
        let bomb = packed(&vec![b'a'; 50_000_000]);
        let (mut most, mut all) = (0, 0);
        let mut unpacker = Unpacker::default();
        unpacker.push(&bomb, |it| {
            most = most.max(it.len());
            all += it.len();
        });
        let packed = unpacker.finish(|it| all += it.len());
        assert_eq!(packed, Some(Packed::Whole));
        assert_eq!(all, 50_000_000);
        assert!(most < 6_000_000, "{most}");
    }

    proptest! {
        #[test]
        fn cut_anywhere_it_is_the_same(text in proptest::collection::vec(any::<u8>(), 0..500), cuts in proptest::collection::vec(0_usize..600, 0..6), is_packed: bool) {
            let bytes = if is_packed { packed(&text) } else { text.clone() };
            let mut cuts: Vec<usize> = cuts.into_iter().map(|it| it.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|it| &bytes[it[0]..it[1]]).collect();
            let (read, how) = unpacked(&pieces);
            prop_assert_eq!(how.is_some(), is_packed || text.starts_with(&[MAGIC_1, MAGIC_2]));
            if is_packed || how.is_none() {
                prop_assert_eq!(read, text);
            }
        }
    }
}
