//! Where the session was when it failed.

use crate::signs::{Seen, Sign};

/// A stage of a session, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The name is looked up.
    Resolve,
    /// The connection is made.
    Connect,
    /// The server's first words.
    Greeting,
    /// EHLO or HELO.
    Ehlo,
    /// The command STARTTLS.
    Starttls,
    /// TLS is agreed.
    Tls,
    /// The sign-in.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Rcpt,
    /// The command DATA.
    Data,
    /// After the message's last line.
    EndOfData,
    /// QUIT.
    Quit,
    /// Waiting for another try.
    Queue,
    /// No session, or not known.
    None,
}

impl Stage {
    /// The id in the published form.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Greeting => "greeting",
            Self::Ehlo => "ehlo",
            Self::Starttls => "starttls",
            Self::Tls => "tls",
            Self::Auth => "auth",
            Self::Mail => "mail",
            Self::Rcpt => "rcpt",
            Self::Data => "data",
            Self::EndOfData => "end-of-data",
            Self::Quit => "quit",
            Self::Queue => "queue",
            Self::None => "none",
        }
    }
}

/// What programs write of the command that a reply answers; the first that is found counts.
pub(crate) const TOLD: &[(&str, Stage)] = &[
    ("in reply to end of data", Stage::EndOfData),
    ("after end of data", Stage::EndOfData),
    ("after pipelined end of data", Stage::EndOfData),
    ("end-of-message", Stage::EndOfData),
    ("like our final data", Stage::EndOfData),
    ("like our rcpt", Stage::Rcpt),
    ("like our mail", Stage::Mail),
    ("like our ehlo", Stage::Ehlo),
    ("in reply to rcpt", Stage::Rcpt),
    ("after rcpt", Stage::Rcpt),
    ("after pipelined rcpt", Stage::Rcpt),
    ("reject: rcpt", Stage::Rcpt),
    ("rejected rcpt", Stage::Rcpt),
    ("command: 'rcpt to'", Stage::Rcpt),
    ("smtprecipientsrefused", Stage::Rcpt),
    ("recipients were rejected", Stage::Rcpt),
    ("recipients was rejected", Stage::Rcpt),
    ("response code \"250/251/252\"", Stage::Rcpt),
    ("response code 250/251/252", Stage::Rcpt),
    ("rcpt to command failed", Stage::Rcpt),
    ("issue rcpt command", Stage::Rcpt),
    ("failed to add recipient", Stage::Rcpt),
    ("issue mail command", Stage::Mail),
    ("envelope from address", Stage::Mail),
    ("issue data command", Stage::Data),
    ("invalid greeting", Stage::Greeting),
    ("following recipients failed", Stage::Rcpt),
    ("mail from command failed", Stage::Mail),
    ("following from address failed", Stage::Mail),
    ("data end command failed", Stage::EndOfData),
    ("data not accepted", Stage::EndOfData),
    ("data command failed", Stage::Data),
    ("ehlo command failed", Stage::Ehlo),
    ("helo command failed", Stage::Ehlo),
    ("password command failed", Stage::Auth),
    ("username command failed", Stage::Auth),
    ("auth command failed", Stage::Auth),
    ("user & password command failed", Stage::Auth),
    ("starttls command failed", Stage::Starttls),
    ("in reply to mail from", Stage::Mail),
    ("after mail from", Stage::Mail),
    ("after pipelined mail", Stage::Mail),
    ("reject: mail", Stage::Mail),
    ("command: 'mail from'", Stage::Mail),
    ("smtpsenderrefused", Stage::Mail),
    ("in reply to data", Stage::Data),
    ("after data", Stage::Data),
    ("after pipelined data", Stage::Data),
    ("command: 'data'", Stage::Data),
    ("command=\"data\"", Stage::Data),
    ("smtpdataerror", Stage::EndOfData),
    ("response code 354", Stage::Data),
    ("response code \"354\"", Stage::Data),
    // 220 answers the connection, and STARTTLS: only the command can be unknown or out of place.
    ("response code 220 but got code \"55", Stage::Greeting),
    ("response code 220 but got code \"421", Stage::Greeting),
    ("response code 220 but got code \"50", Stage::Starttls),
    ("response code 220 but got code \"454", Stage::Starttls),
    ("response code \"220\" but got code \"55", Stage::Greeting),
    ("response code \"220\" but got code \"421", Stage::Greeting),
    ("response code \"220\" but got code \"50", Stage::Starttls),
    ("response code \"220\" but got code \"454", Stage::Starttls),
    ("port: 25, response:", Stage::Greeting),
    ("port: 465, response:", Stage::Greeting),
    ("port: 587, response:", Stage::Greeting),
    ("authenticator/", Stage::Auth),
    ("->authenticate(", Stage::Auth),
    ("command: 'auth", Stage::Auth),
    ("in reply to auth", Stage::Auth),
    ("in reply to starttls", Stage::Starttls),
    ("command: 'starttls'", Stage::Starttls),
    ("while sending end of data", Stage::EndOfData),
    ("while sending message body", Stage::EndOfData),
    ("while sending rcpt to", Stage::Rcpt),
    ("while sending mail from", Stage::Mail),
    ("rejected command 'rcpt", Stage::Rcpt),
    ("rejected command 'mail", Stage::Mail),
    ("rejected command 'data", Stage::Data),
    ("rejected command 'ehlo", Stage::Ehlo),
    ("ruleset=check_rcpt", Stage::Rcpt),
    ("ruleset=check_mail", Stage::Mail),
    ("ruleset=check_relay", Stage::Greeting),
    ("rblsmtpd: ", Stage::Rcpt),
    ("replied to helo/ehlo", Stage::Ehlo),
    ("in reply to ehlo", Stage::Ehlo),
    ("in reply to helo", Stage::Ehlo),
    ("after ehlo", Stage::Ehlo),
    ("after helo", Stage::Ehlo),
    ("reject: helo", Stage::Ehlo),
    ("reject: ehlo", Stage::Ehlo),
    ("performing the ehlo", Stage::Ehlo),
    ("performing the helo", Stage::Ehlo),
    ("refused to talk to me", Stage::Greeting),
    ("after initial connection", Stage::Greeting),
    ("reject: connect", Stage::Greeting),
    // OpenSMTPD.
    ("banner rejected", Stage::Greeting),
    ("ehlo rejected", Stage::Ehlo),
    ("helo rejected", Stage::Ehlo),
    ("starttls rejected", Stage::Starttls),
    ("auth rejected", Stage::Auth),
    ("escape character is", Stage::Greeting),
    ("without waiting for greeting", Stage::Greeting),
    // curl.
    ("rcpt failed: ", Stage::Rcpt),
    ("mail failed: ", Stage::Mail),
    ("data failed: ", Stage::Data),
    // qmail-remote.
    ("does not like recipient", Stage::Rcpt),
    ("but sender was rejected", Stage::Mail),
    ("but greeting failed", Stage::Greeting),
    ("but my name was rejected", Stage::Ehlo),
    ("failed on data command", Stage::Data),
    ("failed after i sent the message", Stage::EndOfData),
    // Functions in stack traces: MailKit, .NET, JavaMail, Ruby, Nodemailer, Swift Mailer and Symfony, smtplib.
    ("recipientnotaccepted", Stage::Rcpt),
    ("sendernotaccepted", Stage::Mail),
    ("messagenotaccepted", Stage::EndOfData),
    ("processrcpttoresponse", Stage::Rcpt),
    ("processmailfromresponse", Stage::Mail),
    ("recipientcommand.", Stage::Rcpt),
    ("mailcommand.", Stage::Mail),
    ("datastopcommand.", Stage::EndOfData),
    ("datacommand.", Stage::Data),
    ("starttlscommand.", Stage::Starttls),
    ("authcommand.", Stage::Auth),
    ("smtptransport.rcptto", Stage::Rcpt),
    ("smtptransport.mailfrom", Stage::Mail),
    ("smtptransport.finishdata", Stage::EndOfData),
    ("smtptransport.starttls", Stage::Starttls),
    ("rcptto'", Stage::Rcpt),
    ("mailfrom'", Stage::Mail),
    ("in rcptto ", Stage::Rcpt),
    ("in mailfrom ", Stage::Mail),
    ("#rcptto", Stage::Rcpt),
    ("#mailfrom", Stage::Mail),
    ("in data'", Stage::EndOfData),
    ("in quit'", Stage::Quit),
    (":in quit", Stage::Quit),
    ("in starttls'", Stage::Starttls),
    ("tlsconnect'", Stage::Tls),
    ("ssl_socket_connect", Stage::Tls),
    ("smtp->rcpt(", Stage::Rcpt),
    ("smtp->mail(", Stage::Mail),
    ("smtp->data(", Stage::EndOfData),
    ("auth_plain'", Stage::Auth),
    ("auth_login'", Stage::Auth),
    ("_actionsmtpstream", Stage::EndOfData),
    ("_actiondata", Stage::Data),
    ("_actionrcpt", Stage::Rcpt),
    ("_actionmail", Stage::Mail),
    ("_actionauth", Stage::Auth),
    ("_actionstarttls", Stage::Starttls),
    ("_actionehlo", Stage::Ehlo),
    ("_actiongreeting", Stage::Greeting),
    ("smtpclient.authenticate", Stage::Auth),
    ("smtpclient.ehlo(", Stage::Ehlo),
    ("smtpclient.sendehlo", Stage::Ehlo),
    ("smtpclient.sendhelo", Stage::Ehlo),
    ("smtpclient.starttls", Stage::Starttls),
    ("data command rejected", Stage::Data),
    ("xoauth2 auth data", Stage::Auth),
    // Go, before any connection.
    ("dial tcp: missing", Stage::Connect),
    ("dorcpttocommand", Stage::Rcpt),
    ("domailfromcommand", Stage::Mail),
    ("doehlocommand", Stage::Ehlo),
    ("stream_socket_enable_crypto", Stage::Tls),
    (", in rcpt ", Stage::Rcpt),
    (", in mail ", Stage::Mail),
    (", in ehlo ", Stage::Ehlo),
    (", in helo ", Stage::Ehlo),
    (", in login", Stage::Auth),
    (", in starttls", Stage::Starttls),
    (", in do_handshake", Stage::Tls),
];

/// What a report of another host has (RFC 3464, and Exchange's own), which says little of the session.
pub(crate) const REPORTS: &[&str] = &[
    "diagnostic-code",
    "reporting-mta",
    "diagnostic information for administrators",
    "remote server returned",
];

/// What Postfix asks about the client where the recipient is named.
pub(crate) const CLIENT_HOSTS: &[&str] = &["client host [", "client host rejected"];

/// What a text in the one form tells of the command that was answered.
pub(crate) struct Told<'signs> {
    signs: &'signs [Seen],
    pub(crate) is_report: bool,
}

impl<'signs> Told<'signs> {
    /// Reads it.
    pub(crate) fn of(signs: &'signs [Seen]) -> Self {
        Self {
            signs,
            is_report: signs.iter().any(|seen| seen.sign == Sign::Report),
        }
    }

    /// The command that the words between two places name as answered.
    pub(crate) fn named(&self, range: (usize, usize)) -> Option<Stage> {
        let told = |seen: &Seen| match seen.sign {
            Sign::Told(at) => Some(at),
            _ => None,
        };
        stage_of(TOLD, self.within(range).filter_map(told))
    }

    fn within(&self, range: (usize, usize)) -> impl Iterator<Item = &Seen> {
        self.signs.iter().filter(move |seen| seen.is_within(range))
    }

    /// The stage of something whose own, natural stage is this; `around` are the places around it.
    pub(crate) fn stage(
        &self,
        natural: Stage,
        is_of_connection: bool,
        around: (usize, usize),
    ) -> Stage {
        let told = self.named((0, usize::MAX));
        if is_of_connection && told != Some(Stage::Greeting) {
            return natural;
        }
        match (told, natural) {
            (Some(told), _) => told,
            // A report names a failure and no command: which it answered cannot be told.
            (None, Stage::Rcpt | Stage::Greeting) if self.is_report => Stage::None,
            (None, Stage::Greeting | Stage::None) if self.is_of_client_host(around) => Stage::Rcpt,
            (None, Stage::None) if !self.is_report => self.spoken_of(around),
            (None, natural) => natural,
        }
    }

    fn is_of_client_host(&self, around: (usize, usize)) -> bool {
        self.within(around)
            .any(|seen| seen.sign == Sign::ClientHost)
    }

    fn spoken_of(&self, around: (usize, usize)) -> Stage {
        let spoken_of = |seen: &Seen| match seen.sign {
            Sign::SpokenOf(at) => Some(at),
            _ => None,
        };
        stage_of(SPOKEN_OF, self.within(around).filter_map(spoken_of)).unwrap_or(Stage::None)
    }
}

/// The stage of the first in its list.
fn stage_of(list: &[(&str, Stage)], places: impl Iterator<Item = usize>) -> Option<Stage> {
    list.get(places.min()?).map(|(_, stage)| *stage)
}

/// What a refusal speaks of, where its cause has no stage of its own.
pub(crate) const SPOKEN_OF: &[(&str, Stage)] = &[
    ("queue file", Stage::EndOfData),
    ("message rejected", Stage::EndOfData),
    ("message content", Stage::EndOfData),
    ("sender address", Stage::Mail),
    ("mail from", Stage::Mail),
    ("recipient attempts", Stage::Rcpt),
    ("recipient address", Stage::Rcpt),
    ("rcpt to", Stage::Rcpt),
    ("nested mail", Stage::Mail),
    ("smtp connections", Stage::Greeting),
    ("connection refused", Stage::Greeting),
    ("connection rejected", Stage::Greeting),
    ("allowed to connect", Stage::Greeting),
    ("connections from", Stage::Greeting),
    ("concurrent connections", Stage::Greeting),
];

#[cfg(test)]
mod tests {
    use super::{Stage, Told};
    use crate::phrases::said;

    #[test]
    fn what_is_told_beats_the_natural_stage() {
        let stage = |text: &str, natural: Stage, is_of_connection: bool| {
            Told::of(&said(text).signs).stage(natural, is_of_connection, (0, text.len()))
        };
        let at = |text: &str| stage(text, Stage::None, false);
        assert_eq!(at("550 no (in reply to rcpt to command)"), Stage::Rcpt);
        assert_eq!(at("550 no"), Stage::None);
        assert_eq!(at("501 bad sender address syntax"), Stage::Mail);
        let report = "diagnostic-code: 550 no";
        assert_eq!(stage(report, Stage::Rcpt, false), Stage::None);
        assert_eq!(stage("after ehlo", Stage::Connect, true), Stage::Connect);
    }
}
