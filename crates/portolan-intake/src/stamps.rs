//! Logs: lines that begin with a time, and what servers write into them.

/// What a text holds of a log.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stamps {
    /// Lines that are not empty.
    pub(crate) lines: usize,
    /// Lines that begin with a time, or are an object of JSON with one.
    pub(crate) stamped: usize,
    /// Lines in the words of a mail server.
    pub(crate) servers: usize,
}

impl Stamps {
    pub(crate) fn of(text: &str) -> Self {
        let mut stamps = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            stamps.lines += 1;
            stamps.stamped += usize::from(is_stamped(line));
            stamps.servers += usize::from(is_of_server(line));
        }
        stamps
    }
}

fn is_stamped(line: &str) -> bool {
    if line.starts_with('{') {
        return [
            "\"time\"",
            "\"timestamp\"",
            "\"ts\"",
            "\"@timestamp\"",
            "\"log\":",
            "\"date\"",
            "\"level\"",
        ]
        .iter()
        .any(|key| line.contains(key));
    }
    let head: String = line.chars().take(HEAD).collect();
    // `12:34:56` or `12:34` near the beginning, or a number of seconds since 1970, as qmail has it.
    let bytes = head.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let has_clock = (0..bytes.len()).any(|at| {
        digit(at)
            && digit(at + 1)
            && bytes.get(at + 2) == Some(&b':')
            && digit(at + 3)
            && digit(at + 4)
    });
    let is_tai = head.starts_with("@4000") || (0..10).all(digit);
    has_clock || is_tai
}

/// Times stand at the beginning, behind a name or a priority at most.
const HEAD: usize = 48;

/// Words that only servers' logs have.
fn is_of_server(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "postfix/",
        "status=sent",
        "status=deferred",
        "status=bounced",
        "status=expired",
        "dsn=",
        "stat=Sent",
        "stat=Deferred",
        "stat=User",
        "stat=Service",
        "sm-mta[",
        "sendmail[",
        "smtpd: ",
        "smtpd[",
        "smtp-out",
        "delivery-id",
        " mda-",
        "opensmtpd",
        "exim[",
        "exim4[",
        " R=dnslookup",
        " T=remote_smtp",
        " R=smarthost",
        "T=remote_smtp_smarthost",
        "delivery 1",
        "starting delivery",
        "qmail: ",
        "qmail-",
        "[haraka",
        "[queue",
        "[outbound]",
        "#Fields:",
        "#Software: Microsoft Exchange",
        "\"vmta\"",
        "dsnStatus",
        "vctl",
        "\"egress_pool\"",
        "\"egress_source\"",
        "rspamd",
        "dovecot:",
        "lmtp(",
        "amavis[",
        "RecipientStatus",
        "MessageSubject",
        "connector-id,session-id",
        "relay=",
    ];
    // Exim: `2026-01-01 10:00:00 1abcde-000001-2A => a@b.example`
    let exim = [" <= ", " => ", " -> ", " == ", " ** "].iter().any(|sign| {
        line.split_once(sign)
            .is_some_and(|(before, _)| has_exim_id(before))
    });
    exim || WORDS.iter().any(|word| line.contains(word))
}

/// `1abcde-000001-2A` (Exim, before and after 4.97)
fn has_exim_id(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let parts: Vec<&str> = word.split('-').collect();
        matches!(parts.as_slice(), [one, two, three]
            if one.len() == 6 && matches!(two.len(), 6 | 11) && matches!(three.len(), 2 | 4)
                && word.chars().all(|it| it.is_ascii_alphanumeric() || it == '-')
                && one.chars().any(|it| it.is_ascii_alphabetic()))
    })
}
