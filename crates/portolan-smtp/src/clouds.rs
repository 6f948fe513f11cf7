//! Where the sender runs, if the text shows it, and what is known to be blocked there.

use std::sync::LazyLock;

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;

use crate::CLOUDS;
use crate::off_topic::is_at;

/// All signs of all places.
static SIGNS: LazyLock<Option<NFA>> =
    LazyLock::new(|| NFA::new(signs().map(|(sign, _)| sign)).ok());

/// Each sign with the ports that its place blocks.
fn signs() -> impl Iterator<Item = (&'static str, &'static [u16])> {
    CLOUDS
        .iter()
        .flat_map(|(signs, ports)| signs.iter().map(move |sign| (*sign, *ports)))
}

/// Whether a text in the one form names a place that blocks the port which failed: one that the words around the failure
/// name, or, where they name none, one that the text does.
pub(crate) fn blocks_a_named_port(text: &str, failure: usize) -> bool {
    let text = text
        .get(..text.floor_char_boundary(LONG))
        .unwrap_or_default();
    let mut blocked: Vec<u16> = SIGNS
        .iter()
        .filter_map(|all| all.try_find_iter(text.into()).ok())
        .flatten()
        .filter(|found| stands_alone(text, found.start(), found.end()))
        .filter_map(|found| signs().nth(found.pattern().as_usize()))
        .flat_map(|(_, ports)| ports.iter().copied())
        .fold(Vec::new(), |mut ports, port| {
            if !ports.contains(&port) {
                ports.push(port);
            }
            ports
        });
    if blocked.is_empty() {
        return false;
    }
    let near = text
        .get(
            text.floor_char_boundary(failure.saturating_sub(AROUND))
                ..text.floor_char_boundary(failure + AROUND),
        )
        .unwrap_or_default();
    let is_named_near = PORTS.iter().any(|port| is_port(near, port));
    blocked.retain(|port| is_port(if is_named_near { near } else { text }, &port.to_string()));
    !blocked.is_empty()
}

/// By which mail leaves.
const PORTS: [&str; 6] = ["25", "465", "587", "2525", "2465", "2587"];

/// The words of a failure stand so near it, in bytes.
const AROUND: usize = 160;

/// A longer text speaks of many things.
const LONG: usize = 20_000;

/// Whether a name stands there by itself, or a host below it.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let sign = text.get(start..end).unwrap_or_default();
    let before = text
        .get(..start)
        .and_then(|before| before.chars().next_back());
    let after = text.get(end..).unwrap_or_default();
    // Several of them are one all the same.
    let behind = after.strip_prefix('s').unwrap_or(after);
    let ends = sign.ends_with('-')
        || behind.is_empty()
        || behind.starts_with(|it: char| !it.is_ascii_alphanumeric());
    before.is_none_or(|it| !it.is_ascii_alphanumeric()) && ends
}

/// `mail.example:587`, `port 587`, `port: 587`, `mail_port=587`
fn is_port(text: &str, port: &str) -> bool {
    let is_behind_the_word = || {
        text.match_indices(port).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.as_bytes().get(at + port.len());
            let named = before.trim_end_matches([' ', '=', ':', '"', '\'']);
            named.ends_with("port") && !after.is_some_and(u8::is_ascii_alphanumeric)
        })
    };
    is_at(text, &[port]) || is_behind_the_word()
}

#[cfg(test)]
mod tests {
    use super::blocks_a_named_port;

    #[test]
    fn a_place_and_a_port_that_it_blocks() {
        for text in [
            "droplets: connect to smtp.mail.example:587 timed out",
            "host ip-172-31-22-9 postfix/smtp[1]: connect to mx.example[192.0.2.1]:25: timed out",
            "on a linode, port 465",
            "mail_port=587 digitalocean",
            "dial tcp 192.0.2.1:25: i/o timeout at my-app.onrender.com",
        ] {
            assert!(blocks_a_named_port(text, 0), "{text}");
        }
        for text in [
            "droplets: connect to smtp.mail.example:2525 timed out",
            "host ip-172-31-22-9: connect to mx.example[192.0.2.1]:587: timed out",
            "at 11:25 on a linode",
            "at mailer.rb:25 on a linode, mailer.js:587:12",
            "connect to smtp.mail.example:587 timed out",
            "the droplettes of port 587",
            "connect etimedout smtp.shop.example:2525 on heroku, and at home, where all of this runs well, there is a postfix that sends everything on its own, has done so for years, and does so on port 25",
        ] {
            assert!(!blocks_a_named_port(text, 0), "{text}");
        }
    }
}
