//! What only its place makes something else: an address that is a host, a name of one label, a switch that is off.

use std::net::Ipv4Addr;

use crate::meaning::Meaning;
use crate::page::Page;
use crate::token::{Kind, Token};

impl Page {
    /// `name: SMTP_PORT` and then `value: 587`: the value has the sense of the name.
    pub(crate) fn settle_values(&mut self) {
        for index in 1..self.lines.len() {
            let (Some(above), Some(line)) = (self.lines.get(index - 1), self.lines.get(index))
            else {
                continue;
            };
            let name = self
                .tokens
                .get(above.from..above.to)
                .unwrap_or_default()
                .iter()
                .rev()
                .find(|token| !matches!(token.kind, Kind::Sign(_)))
                .filter(|token| token.kind == Kind::Word && token.text.contains('_'))
                .map(|token| (token.meaning, token.text.clone()));
            let Some((meaning, text)) = name else {
                continue;
            };
            if let Some(token) = self
                .tokens
                .get_mut(line.from)
                .filter(|token| token.text == "value")
            {
                token.meaning = token.meaning.and(meaning);
                token.text = text;
            }
        }
    }

    /// `SSL: no` says that a switch is off, and denies nothing else.
    pub(crate) fn settle_switches(&mut self) {
        let quote = |token: &&Token| matches!(token.kind, Kind::Sign('"' | '\'' | '`'));
        for line in &self.lines {
            for at in line.from..line.to {
                let from = line.from.max(at.saturating_sub(MAX_QUOTES));
                let to = line.to.min(at + 1 + MAX_QUOTES);
                let mut before = self.tokens.get(from..at).unwrap_or_default().iter().rev();
                let joined = before
                    .find(|token| !quote(token))
                    .is_some_and(|token| matches!(token.kind, Kind::Sign(':' | '=' | '\t' | '|')));
                let mut after = self.tokens.get(at + 1..to).unwrap_or_default().iter();
                let ends = after
                    .find(|token| !quote(token))
                    .is_none_or(|token| matches!(token.kind, Kind::Sign(_)));
                if let Some(token) = self.tokens.get_mut(at)
                    && token.meaning.has(Meaning::NO)
                    && joined
                    && ends
                {
                    token.meaning = token.meaning.without(Meaning::NOT.and(Meaning::NEVER));
                }
            }
        }
    }

    /// An address is a host where a key or the word SMTP says so: `Server: 192.0.2.10`, `MAIL_HOST=127.0.0.1`.
    pub(crate) fn addresses(&mut self) {
        for line in &self.lines {
            for at in line.from..line.to {
                let named = self.tokens.get(at).is_some_and(|token| {
                    token.kind == Kind::Figure && token.text.parse::<Ipv4Addr>().is_ok()
                });
                let range = self.tokens.get(at + 1).is_some_and(|token| token.is('/'));
                if !named || range {
                    continue;
                }
                let near = self
                    .tokens
                    .get(line.from.max(at.saturating_sub(MAX_BEFORE_ADDRESS))..at);
                let said = near.unwrap_or_default().iter().rev().find(|token| {
                    !matches!(token.kind, Kind::Sign(_))
                        && !token.meaning.has(Meaning::LINK.without(Meaning::HOSTKEY))
                        || token.meaning.has(Meaning::HOSTKEY)
                });
                let speaks = said.is_some_and(|token| {
                    token.meaning.has(Meaning::HOSTKEY.and(Meaning::SMTP))
                        && !token.meaning.has(Meaning::INCOMING)
                });
                if !speaks {
                    continue;
                }
                if let Some(token) = self.tokens.get_mut(at) {
                    token.kind = Kind::Host;
                    token.meaning = Meaning::default();
                }
                // `192.0.2.10:587`
                let colon = self.tokens.get(at + 1).is_some_and(|token| token.is(':'));
                if let Some(number) = self.tokens.get_mut(at + 2).filter(|_| colon)
                    && number.kind == Kind::Figure
                    && let Ok(port) = number.text.parse()
                {
                    number.kind = Kind::Number(port);
                }
            }
        }
    }

    /// Names of one label are hosts where a key of mail says so: `SMTP_HOST=mailrelay`, `localhost:1025`.
    pub(crate) fn promote(&mut self) {
        for line in &self.lines {
            for at in line.from..line.to {
                let sign = |token: &Token| {
                    matches!(
                        token.kind,
                        Kind::Sign('=' | ':' | '"' | '\'' | '`' | '>' | '\t')
                    )
                };
                let Some(token) = self.tokens.get(at) else {
                    break;
                };
                let mut place = at + 1;
                while place < line.to.min(at + 6) && self.tokens.get(place).is_some_and(sign) {
                    place += 1;
                }
                let value = self
                    .tokens
                    .get(place)
                    .filter(|value| place < line.to && value.kind == Kind::Word);
                let key = token.kind == Kind::Word
                    && token.meaning.has(Meaning::HOSTKEY)
                    && token.text.contains(['_', '.'])
                    && (token.text.contains("smtp") || token.text.contains("mail"))
                    && self
                        .tokens
                        .get(at + 1..place)
                        .unwrap_or_default()
                        .iter()
                        .any(|token| token.is('=') || token.is(':'));
                let simple = value.is_some_and(|value| {
                    value
                        .text
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                });
                let last = self.tokens.get(place + 1).is_none_or(|next| {
                    place + 1 >= line.to
                        || matches!(
                            next.kind,
                            Kind::Sign('#' | '"' | '\'' | ',' | ';' | '/' | '`')
                        )
                });
                let local = token.text == "localhost"
                    && self.tokens.get(at + 1).is_some_and(|next| next.is(':'))
                    && self
                        .tokens
                        .get(at + 2)
                        .is_some_and(|number| number.port().is_some());
                let host = if local {
                    Some(at)
                } else {
                    (key && simple && last).then_some(place)
                };
                if let Some(token) = host.and_then(|host| self.tokens.get_mut(host)) {
                    token.kind = Kind::Host;
                    token.meaning = Meaning::default();
                }
            }
        }
    }
}

/// A value has no more quotes around it.
const MAX_QUOTES: usize = 6;
/// How far before an address its key may stand, in tokens.
const MAX_BEFORE_ADDRESS: usize = 6;
