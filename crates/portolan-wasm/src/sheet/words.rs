//! Ids as people say them.

use portolan_smtp::{Blame, Retry, Stage};

/// Who can mend it.
pub(crate) const fn who(blame: Blame) -> &'static str {
    match blame {
        Blame::Client => "you, in the settings of what sends",
        Blame::Network => "whoever runs the network on the way",
        Blame::None => "nobody has to",
        Blame::Recipient => "the recipient, or their administrator",
        Blame::Sender => "whoever answers for the sending domain or address",
        Blame::Server => "whoever runs the server that answers",
    }
}

/// The same in a word, before a step.
pub(crate) const fn who_short(blame: Blame) -> &'static str {
    match blame {
        Blame::Client => "you",
        Blame::Network => "the network",
        Blame::None => "nobody",
        Blame::Recipient => "the recipient",
        Blame::Sender => "the sending domain",
        Blame::Server => "the server",
    }
}

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
