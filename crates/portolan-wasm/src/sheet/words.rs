//! Ids as people say them.

pub(crate) use portolan_explain::{who, who_short};
use portolan_smtp::{Retry, Stage};

/// Whether another try helps.
pub(crate) const fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Maybe => "may help",
        Retry::No => "will not help",
        Retry::Yes => "will help",
    }
}

/// How sure a finding is.
pub(crate) const fn sure(hundredths: u8) -> &'static str {
    match hundredths {
        90.. => "high",
        70..90 => "fair",
        _ => "low",
    }
}

/// A stage by its name.
pub(crate) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Resolve => "Name",
        Stage::Connect => "Connect",
        Stage::Greeting => "Greeting",
        Stage::Ehlo => "EHLO",
        Stage::Starttls => "STARTTLS",
        Stage::Tls => "TLS",
        Stage::Auth => "AUTH",
        Stage::Mail => "MAIL",
        Stage::Rcpt => "RCPT",
        Stage::Data => "DATA",
        Stage::EndOfData => "Message",
        Stage::Quit => "QUIT",
        Stage::Queue => "Queue",
        Stage::None => "No stage",
    }
}
