//! What the lines around a port say about its encryption: keys, cells, headings, words that open onto it.

use crate::meaning::Meaning;
use crate::numbers::is_reading;
use crate::page::{Line, Page};
use crate::ports::Mention;
use crate::tls::{MAX_RANGE, Said, between, resolve};
use crate::token::Kind;

/// What the lines around say: keys and cells behind the port, else before it, up to the next port or host.
pub(crate) fn around(page: &Page, mention: &Mention, ports: &[bool]) -> Said {
    let line = page.lines.get(mention.line)?;
    let short = |other: &Line| other.words <= MAX_WORDS && !other.question;
    let stops = |at: usize, other: &Line| {
        other.block != line.block
            || ports.get(at).copied().unwrap_or_default()
            || page
                .tokens_of(other)
                .iter()
                .take(MAX_RANGE)
                .any(|token| token.port().is_some_and(is_reading))
    };
    let mut off = Off::default();
    off.see(page, line);
    let mut below = None;
    for (at, other) in page
        .lines
        .iter()
        .enumerate()
        .skip(mention.line + 1)
        .take(MAX_LINES)
    {
        let host = page
            .tokens_of(other)
            .iter()
            .take(MAX_RANGE)
            .any(|token| token.kind == Kind::Host);
        if below.is_none() && other.block == line.block {
            below = before_port(page, other);
        }
        if stops(at, other) || host && !other.row && other.words <= 6 && below.is_some() {
            break;
        }
        // A heading speaks of what is below it.
        if is_heading(page, at, other) {
            break;
        }
        off.see(page, other);
        // `SSL: yes` at a port of STARTTLS leaves it to the next line: `TLS: yes`.
        let sure = |said: Said| said.is_some_and(|(said, _)| resolve(mention.port, said).is_some());
        if !sure(below) && short(other) && !(host && other.words == 0) {
            let said =
                between(page, other.from, other.to).or_else(|| answered(page, mention, other));
            if below.is_none() || sure(said) {
                below = said;
            }
        }
    }
    let mut above = None;
    let mut open = true;
    for at in (mention.line.saturating_sub(MAX_LINES)..mention.line).rev() {
        let Some(other) = page.lines.get(at) else {
            break;
        };
        if stops(at, other) {
            open = other.block != line.block;
            break;
        }
        off.see(page, other);
        if above.is_none() && short(other) {
            above = between(page, other.from, other.to);
        }
    }
    // Where the block's last port has nothing behind it, the words stand before their ports.
    let before_first =
        open && above.is_some() && below.is_some() && !last_has_below(page, mention, ports);
    let chosen = if before_first {
        above.or(below)
    } else {
        below.or(above)
    };
    chosen.or_else(|| {
        // At 25 the one switch that is off is enough: elsewhere it may leave STARTTLS.
        let plain = off.both() || off.other && mention.port == 25;
        plain.then_some((Meaning::PLAIN, mention.token))
    })
}

/// Whether a line without a value, above hosts and ports, says more than a mode: `Non-SSL settings (not recommended)`.
fn is_heading(page: &Page, at: usize, line: &Line) -> bool {
    let of_mode = Meaning::ANY_TLS
        .and(Meaning::AND)
        .and(Meaning::YES)
        .and(Meaning::NO)
        .and(Meaning::SECKEY);
    let others = page
        .tokens_of(line)
        .iter()
        .take(MAX_RANGE)
        .filter(|token| token.kind == Kind::Word && !token.meaning.has(of_mode))
        .count();
    let opens = page.lines.get(at + 1).is_some_and(|next| {
        next.block == line.block
            && page
                .tokens_of(next)
                .iter()
                .take(MAX_RANGE)
                .any(|token| token.kind == Kind::Host || token.port().is_some())
    });
    line.label && !line.row && others > 1 && opens
}

/// What a key of encryption says before the line goes on to another port: `Security: SSL. Or port 587`.
fn before_port(page: &Page, line: &Line) -> Said {
    let first = page.tokens_of(line).first()?;
    let port = page
        .tokens_of(line)
        .iter()
        .take(MAX_RANGE)
        .position(|token| token.port().is_some())?;
    let key = first.meaning.has(Meaning::SECKEY) && !line.row;
    key.then(|| between(page, line.from, line.from + port))
        .flatten()
}

/// Switches that are off.
#[derive(Default)]
struct Off {
    start: bool,
    other: bool,
}

impl Off {
    fn see(&mut self, page: &Page, line: &Line) {
        for token in page
            .tokens_of(line)
            .iter()
            .take(MAX_RANGE)
            .filter(|token| token.meaning.has(Meaning::OFF))
        {
            if token.text.contains("starttls") {
                self.start = true;
            } else {
                self.other = true;
            }
        }
    }

    fn both(&self) -> bool {
        self.start && self.other
    }
}

/// A cell that says yes below a number, in a column whose heading asks for encryption.
fn answered(page: &Page, mention: &Mention, below: &Line) -> Said {
    let first = page.tokens_of(below).first()?;
    if below.to - below.from != 1
        || !first.meaning.has(Meaning::YES)
        || page
            .lines
            .get(mention.line + 1)
            .is_none_or(|next| next.from != below.from)
    {
        return None;
    }
    let mut before = Meaning::default();
    for line in page.lines.iter().take(mention.line).rev().take(60) {
        if line.label
            && line.words <= 2
            && line.meaning.has(Meaning::PORT)
            && before.has(Meaning::ANY_TLS)
        {
            return Some((before.only(Meaning::ANY_TLS), below.from));
        }
        before = if line.label && line.words <= 2 {
            line.meaning
        } else {
            Meaning::default()
        };
    }
    None
}

/// Whether something about encryption stands behind the last port of a block.
fn last_has_below(page: &Page, mention: &Mention, ports: &[bool]) -> bool {
    let block = page.lines.get(mention.line).map(|line| line.block);
    let mut said = false;
    for (at, line) in page
        .lines
        .iter()
        .enumerate()
        .skip(mention.line + 1)
        .take(40)
    {
        if Some(line.block) != block {
            break;
        }
        if ports.get(at).copied().unwrap_or_default() {
            said = false;
        } else if line.words <= MAX_WORDS {
            said |= between(page, line.from, line.to).is_some();
        }
    }
    said
}

/// What a line before says that opens onto this one, or the heading above.
pub(crate) fn introduced(page: &Page, mention: &Mention, ports: &[bool]) -> Said {
    let block = page.lines.get(mention.line)?.block;
    for at in (mention.line.saturating_sub(MAX_LINES)..mention.line).rev() {
        let line = page.lines.get(at)?;
        let opens = line.intro || line.label;
        if opens
            && !line.question
            && let Some(said) = between(page, line.from, line.to)
        {
            return Some(said);
        }
        let ends = opens || ports.get(at).copied().unwrap_or_default();
        if ends && line.block != block {
            break;
        }
    }
    None
}

/// Longer lines are prose and say nothing of other lines.
const MAX_WORDS: usize = 12;
/// How far a key reaches, in lines.
const MAX_LINES: usize = 8;
