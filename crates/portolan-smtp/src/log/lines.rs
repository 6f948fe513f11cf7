//! Lines out of pieces that may be cut anywhere.

/// A line is read up to here; what is behind it is skipped, so that a text without line ends takes no more memory.
pub(super) const MAX_LINE: usize = 64 * 1024;

/// Keeps the beginning of a line whose end has not come yet.
#[derive(Default)]
pub(super) struct Lines {
    begun: Vec<u8>,
    /// How many lines were longer than is read.
    cut: u64,
}

impl Lines {
    /// Calls `read` with every line that ends in this piece.
    pub(super) fn push(&mut self, piece: &[u8], mut read: impl FnMut(&[u8])) {
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', piece) {
            let line = piece.get(start..end).unwrap_or_default();
            start = end + 1;
            if self.begun.is_empty() {
                if line.len() > MAX_LINE {
                    self.cut += 1;
                }
                read(clean(line));
            } else {
                self.keep(line);
                read(clean(&self.begun));
                self.begun.clear();
            }
        }
        self.keep(piece.get(start..).unwrap_or_default());
    }

    fn keep(&mut self, part: &[u8]) {
        let room = (MAX_LINE + 1).saturating_sub(self.begun.len());
        let fits = self.begun.len() <= MAX_LINE;
        self.begun.extend(part.iter().take(room));
        if fits && self.begun.len() > MAX_LINE {
            self.cut += 1;
        }
    }

    /// Calls `read` with a last line that has no end; returns how many lines were cut.
    pub(super) fn finish(self, mut read: impl FnMut(&[u8])) -> u64 {
        if !self.begun.is_empty() {
            read(clean(&self.begun));
        }
        self.cut
    }
}

/// Without what ends it, and not longer than is read.
fn clean(line: &[u8]) -> &[u8] {
    let line = line.get(..MAX_LINE).unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::{Lines, MAX_LINE};

    fn read(pieces: &[&[u8]]) -> (Vec<Vec<u8>>, u64) {
        let mut all = Vec::new();
        let mut lines = Lines::default();
        for piece in pieces {
            lines.push(piece, |line| all.push(line.to_vec()));
        }
        let cut = lines.finish(|line| all.push(line.to_vec()));
        (all, cut)
    }

    #[test]
    fn pieces_may_be_cut_anywhere() {
        let text = b"one\r\n\ntwo\nthree";
        let whole = read(&[text]);
        assert_eq!(whole.0, [&b"one"[..], b"", b"two", b"three"]);
        for at in 0..text.len() {
            let (before, behind) = text.split_at(at);
            assert_eq!(read(&[before, behind]), whole, "{at}");
        }
    }

    #[test]
    fn an_endless_line_is_cut_and_counted_once() {
        let long = vec![b'x'; MAX_LINE];
        let (all, cut) = read(&[&long, &long, b"\nnext\n"]);
        assert_eq!(
            (all[0].len(), all[1].as_slice(), cut),
            (MAX_LINE, &b"next"[..], 1)
        );
        let mut whole = long.clone();
        whole.extend(&long);
        whole.extend(b"\nnext\n");
        assert_eq!(read(&[&whole]), (all, cut));
    }
}
