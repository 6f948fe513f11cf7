//! THE list of verbs: what each does, its flags, examples and exit codes. Help, manual and completions are made from it.
//!
//! A new verb is an entry here, in the order of their names, and an arm in `main.rs`; its flags are a list in the form of
//! `port25/flags.rs`.

use crate::domain;
use crate::flags::{ADVISE, EXPLAIN, FLAGS, Shown, of_report};
use crate::port25;

/// Something that the program does.
#[derive(Debug)]
pub struct Verb {
    /// The word that asks for it; empty: the check of a server, which needs none.
    pub name: &'static str,
    /// What stands behind it beside flags.
    pub operands: &'static str,
    /// What completes its operands.
    pub completes: Completes,
    /// What it does, in a line without a full stop.
    pub what: &'static str,
    /// The same at more length, in sentences.
    pub about: &'static str,
    /// Commands, each with what it answers.
    pub examples: &'static [(&'static str, &'static str)],
    /// Exit codes, each with what it means.
    pub exit_codes: &'static [(&'static str, &'static str)],
    /// Its flags.
    pub flags: fn() -> Vec<Shown>,
}

/// What completes operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completes {
    /// Files of this machine.
    Files,
    /// Hosts that the shell knows.
    Hosts,
    /// Nothing.
    Nothing,
}

/// The check of a server, which is asked for without a verb.
pub const CHECK: &Verb = &Verb {
    name: "",
    operands: "HOST",
    completes: Completes::Hosts,
    what: "tell which ports of a server mail can be sent by, and why not",
    about: "Says of each port of a mail server whether mail can be sent by it from here, why not, and what to do: names, connection, greeting, EHLO, TLS, and what is offered for signing in, on every address, side by side. Whatever the other side does, it ends by its deadline.",
    examples: &[
        (
            "portolan-probe mail.example.org",
            "all ports of mail, over IPv4 and IPv6",
        ),
        (
            "portolan-probe mail.example.org:587 --json > report.json",
            "one port, as a report for machines",
        ),
        (
            "portolan-probe --mx example.org",
            "where mail for a domain is delivered",
        ),
        (
            "portolan-probe --provider gmail",
            "what a provider documents, as seen from here",
        ),
        (
            "portolan-probe mail.example.org --auth you@example.org --password-env SMTP_PASSWORD",
            "whether a sign-in works",
        ),
        (
            "portolan-probe mail.example.org:465 --nagios --warning 21d,5s --critical 7d,10s",
            "as a plugin of a monitor",
        ),
    ],
    exit_codes: &[
        ("0", "nothing is wrong; with --nagios OK"),
        ("1", "a problem was found; with --nagios WARNING"),
        (
            "2",
            "wrong usage, or a file that cannot be read; with --nagios CRITICAL",
        ),
        (
            "3",
            "what was seen does not decide it; with --nagios UNKNOWN",
        ),
    ],
    flags: || Shown::all(FLAGS),
};

/// Exit codes of what answers line by line.
const OF_LINES: &[(&str, &str)] = &[
    ("0", "every line was read"),
    ("1", "a line could not be read"),
    ("2", "wrong usage"),
];

/// All verbs, in the order of their names.
pub const VERBS: &[&Verb] = &[
    &Verb {
        name: "advise",
        operands: "",
        completes: Completes::Nothing,
        what: "advise on many cases: lines of JSON in, lines of JSON out",
        about: "Reads one JSON object a line, each with `id` and what is known of a case, and writes the advice for each: the route, its reasons with their sources, and what was rejected.",
        examples: &[(
            "portolan-probe advise --jsonl < cases.jsonl > advice.jsonl",
            "a route for each case",
        )],
        exit_codes: OF_LINES,
        flags: || Shown::all(ADVISE),
    },
    &Verb {
        name: "domain",
        operands: "DOMAIN",
        completes: Completes::Nothing,
        what: "tell what the DNS says of a domain's mail, and the record to publish",
        about: "Says what the DNS tells of a domain's mail: MX, SPF with all that it includes, DKIM, DMARC, MTA-STS, TLS reports, TLSA, BIMI and reverse names; what is wrong, why it matters, and the record to publish. Asked are the resolvers; beside them the host of the policy file of MTA-STS, where there is one, and mail hosts with TLSA records on port 25.",
        examples: &[
            (
                "portolan-probe domain example.com",
                "all that the DNS says of it",
            ),
            (
                "portolan-probe domain example.com --selector s1 --ip 192.0.2.1",
                "with a key of DKIM, and an address that is to send",
            ),
            (
                "portolan-probe domain example.com --resolver 9.9.9.9 --resolver 192.0.2.53",
                "by two resolvers, compared",
            ),
            (
                "portolan-probe domain example.com --json > domain.json",
                "as a report that can be kept and dropped into the page",
            ),
        ],
        exit_codes: &[
            ("0", "nothing is wrong"),
            ("1", "something is"),
            ("2", "wrong usage, or a report that cannot be read"),
            ("3", "what was seen does not decide it"),
        ],
        flags: || Shown::all(domain::FLAGS),
    },
    &Verb {
        name: "explain",
        operands: "[FILE ...]",
        completes: Completes::Files,
        what: "say what went wrong: an error, a session, a bounce, a log",
        about: "Reads an error, a session, a bounce or a mail server's log from files or standard input (no file, or `-`), and says what went wrong. Logs may be of any size and packed by gzip; secrets are masked. With --jsonl it reads lines of `id` and `text` or `text_base64`. NO_COLOR is heeded.",
        examples: &[
            (
                "portolan-probe explain /var/log/mail.log",
                "what becomes of mail, and why",
            ),
            (
                "journalctl -u postfix | portolan-probe explain",
                "the same, from a pipe",
            ),
            (
                "portolan-probe explain bounce.eml --markdown",
                "a bounce, for a ticket",
            ),
            (
                "portolan-probe explain --jsonl < failures.jsonl > causes.jsonl",
                "a cause for each of many failures",
            ),
        ],
        exit_codes: &[
            ("0", "nothing is wrong, and every line was read"),
            ("1", "a failure was named, or a line could not be read"),
            ("2", "wrong usage, or a file that cannot be read"),
            ("3", "nothing could be told"),
        ],
        flags: || Shown::all(EXPLAIN),
    },
    &Verb {
        name: "port25",
        operands: "MX [MX ...]",
        completes: Completes::Hosts,
        what: "tell whether port 25 is blocked from here",
        about: "MX is a host that takes mail on 25. Each host is tried on 25 and on a port on which it answers (an MX on 587, 465 and 443), and nobody else is contacted. Two hosts of different operators are needed to tell the network from a host.",
        examples: &[
            (
                "portolan-probe port25 mx.example.org --control smtp.example.net:587",
                "by two hosts of your choice",
            ),
            (
                "portolan-probe port25 mx.example.org --yes",
                "by one host, and others that are suggested",
            ),
        ],
        exit_codes: &[
            ("0", "port 25 is open from here"),
            (
                "1",
                "it is kept from getting out, or somebody in between answers",
            ),
            ("2", "wrong usage, or nobody to contact"),
            ("3", "not known"),
        ],
        flags: || Shown::all(port25::FLAGS),
    },
    &Verb {
        name: "report",
        operands: "FILE",
        completes: Completes::Files,
        what: "show a report that was kept, judged anew",
        about: "Shows the report of a check that was kept as JSON (`-`: from standard input), and judges it anew: a newer version may find more in it.",
        examples: &[
            (
                "portolan-probe report report.json",
                "as the check itself had shown it",
            ),
            (
                "portolan-probe report report.json --markdown",
                "the same, for a ticket",
            ),
        ],
        exit_codes: CHECK.exit_codes,
        flags: || {
            let own = FLAGS.iter().filter(|it| of_report(it));
            own.map(crate::flags::Flag::shown).collect()
        },
    },
    &Verb {
        name: "spf",
        operands: "",
        completes: Completes::Nothing,
        what: "tell whether an address may send for a sender (RFC 7208)",
        about: "Says whether an address may send for a sender: the result of SPF (RFC 7208), and the terms by which it came about. With --jsonl it does so for many senders.",
        examples: &[
            (
                "portolan-probe spf --ip 192.0.2.1 --mail-from you@example.com",
                "one sender, by the DNS",
            ),
            (
                "portolan-probe spf --jsonl < senders.jsonl > results.jsonl",
                "a result for each of many senders",
            ),
        ],
        exit_codes: &[
            ("0", "pass, or every line was read"),
            ("1", "another result, or a line could not be read"),
            ("2", "wrong usage"),
            ("3", "the DNS did not answer"),
        ],
        flags: || Shown::all(domain::SPF),
    },
];

/// The verb of this name.
pub fn verb(name: &str) -> Option<&'static Verb> {
    VERBS.iter().copied().find(|it| it.name == name)
}

impl Verb {
    /// How it is called, without its flags.
    pub fn call(&self) -> String {
        ["portolan-probe", self.name, self.operands]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}
