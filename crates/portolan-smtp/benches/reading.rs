//! How fast logs, replies and single failures are read, with the peer beside: `cargo bench -p portolan-smtp`.
//!
//! Peers are run where they are found: `grep`, and Debian's `pflogsumm` (on the path, or where `PFLOGSUMM` says). Goals: a
//! log at 10 to 20 times pflogsumm's speed, a finding for one line in 20 microseconds, a cause alone at 10 times the speed
//! of `ZoneMTA`'s rules, a bounce at 10 times that of Sisimai; these run where `ZONEMTA` (the folder of its package) and
//! `SISIMAI` (that of Perl's modules) say. A timing is no test: nothing here fails.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark says so when it fails, and runs its peers"
)]

use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use portolan_smtp::{LogReader, analyze, classify};
use serde::Deserialize;

fn main() {
    divan::main();
    // Where no peer ran, there is none.
    let _ = std::fs::remove_file(path());
}

/// What became of one mail in seven is no "sent".
const SAID: &[&str] = &[
    "status=deferred (host mx.example.org[192.0.2.2] said: 450 4.2.0 <u@example.org>: Recipient address rejected: Greylisted (in reply to RCPT TO command))",
    "status=bounced (host mx.example.org[192.0.2.2] said: 550 5.1.1 <u@example.org>: Recipient address rejected: User unknown (in reply to RCPT TO command))",
    "status=deferred (connect to mx.example.org[192.0.2.3]:25: Connection timed out)",
    "status=bounced (host mx.example.org[192.0.2.2] said: 554 5.7.1 Service unavailable; Client host [203.0.113.5] blocked using zen.spamhaus.org (in reply to RCPT TO command))",
    "status=deferred (host mx.example.org[192.0.2.2] said: 452 4.2.2 <u@example.org> Mailbox full (in reply to RCPT TO command))",
];

/// A mixed log of Postfix: 100,000 mails, six lines each, 300 domains.
static LOG: LazyLock<String> = LazyLock::new(|| {
    let mut log = String::new();
    for mail in 0..100_000_u32 {
        // A step that is prime to the numbers of kinds: all of them meet.
        let dice = mail.wrapping_mul(2_654_435_761) >> 8;
        let (domain, minute) = (dice % 300, mail / 28 % 60);
        let head = format!(
            "Nov {:2} {:02}:{minute:02}:{:02} mx postfix",
            1 + mail / 10_000,
            mail / 1_700 % 24,
            mail % 60
        );
        let status = if dice % 7 == 0 {
            SAID.get(dice as usize / 7 % SAID.len()).unwrap()
        } else {
            "status=sent (250 2.0.0 Ok: queued as 4A)"
        };
        let queue = format!("4{mail:09X}");
        writeln!(
            log,
            "{head}/smtpd[1]: connect from c{}.example[198.51.100.{}]",
            dice % 200,
            dice % 250
        )
        .unwrap();
        writeln!(
            log,
            "{head}/smtpd[1]: {queue}: client=c{}.example[198.51.100.{}]",
            dice % 200,
            dice % 250
        )
        .unwrap();
        writeln!(
            log,
            "{head}/cleanup[2]: {queue}: message-id=<{mail}.abc@here.example>"
        )
        .unwrap();
        writeln!(
            log,
            "{head}/qmgr[3]: {queue}: from=<me{}@here.example>, size=1000, nrcpt=1 (queue active)",
            dice % 1000
        )
        .unwrap();
        writeln!(log, "{head}/smtp[4]: {queue}: to=<u{}@d{domain}.example>, relay=mx.d{domain}.example[192.0.2.1]:25, delay=0.5, delays=0.1/0/0.2/0.2, dsn=2.0.0, {status}", dice % 5000).unwrap();
        writeln!(log, "{head}/qmgr[3]: {queue}: removed").unwrap();
    }
    log
});

static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
    std::fs::write(path(), &*LOG).unwrap();
    path()
});

fn path() -> PathBuf {
    std::env::temp_dir().join(format!("portolan-bench-{}.log", std::process::id()))
}

/// In pieces of 256 KiB, as a shell reads a file.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn log(bencher: Bencher<'_, '_>) {
    let log = LOG.as_bytes();
    bencher.counter(BytesCount::new(log.len())).bench(|| {
        let mut reader = LogReader::new();
        for piece in log.chunks(256 * 1024) {
            reader.push(piece);
        }
        reader.finish()
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn log_by_grep_c(bencher: Bencher<'_, '_>) {
    run(
        bencher,
        Command::new("grep")
            .arg("-c")
            .arg("status=sent")
            .arg(&*FILE),
    );
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn log_by_pflogsumm(bencher: Bencher<'_, '_>) {
    let script = std::env::var_os("PFLOGSUMM").unwrap_or_else(|| "/usr/sbin/pflogsumm".into());
    if std::fs::metadata(&script).is_ok() {
        let mut perl = Command::new("perl");
        run(bencher, perl.arg(script).arg(&*FILE));
    }
}

fn run(bencher: Bencher<'_, '_>, command: &mut Command) {
    run_with(bencher.counter(BytesCount::new(LOG.len())), command);
}

fn run_with(bencher: Bencher<'_, '_>, command: &mut Command) {
    // With nowhere to write to, grep would stop at the first line.
    command.stdout(Stdio::piped());
    bencher.bench_local(|| {
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        output
    });
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
}

/// Replies, errors of clients and lines of logs, a finding each.
#[divan::bench(sample_count = 50)]
fn one_failure(bencher: Bencher<'_, '_>) {
    let cases: Cases = toml::from_str(include_str!("../tests/replies.toml")).unwrap();
    bencher
        .counter(ItemsCount::new(cases.case.len()))
        .bench(|| {
            for case in &cases.case {
                divan::black_box(analyze(divan::black_box(case.text.as_bytes())));
            }
        });
}

/// The same texts, their causes alone.
#[divan::bench(sample_count = 50)]
fn one_cause(bencher: Bencher<'_, '_>) {
    let cases: Cases = toml::from_str(include_str!("../tests/replies.toml")).unwrap();
    bencher
        .counter(ItemsCount::new(cases.case.len()))
        .bench(|| {
            for case in &cases.case {
                divan::black_box(classify(divan::black_box(case.text.as_bytes())));
            }
        });
}

/// The same texts by the rules of `ZoneMTA`, from the folder of its package that `ZONEMTA` names: its own start is a
/// tenth of the time.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn one_cause_by_zonemta(bencher: Bencher<'_, '_>) {
    const ROUNDS: usize = 20;
    let Some(folder) = std::env::var_os("ZONEMTA") else {
        return;
    };
    let cases: Cases = toml::from_str(include_str!("../tests/replies.toml")).unwrap();
    let texts: Vec<&str> = cases.case.iter().map(|case| case.text.as_str()).collect();
    let file = std::env::temp_dir().join("portolan-replies.json");
    std::fs::write(&file, serde_json::to_vec(&texts).unwrap()).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/zonemta.cjs");
    run_with(
        bencher.counter(ItemsCount::new(texts.len() * ROUNDS)),
        Command::new("node").arg(script).arg(folder).arg(file),
    );
}

/// The same files by Sisimai, from the folder of Perl's modules that `SISIMAI` names.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn bounces_by_sisimai(bencher: Bencher<'_, '_>) {
    let (Some(library), Some(folder)) = (
        std::env::var_os("SISIMAI"),
        std::env::var_os("PORTOLAN_BOUNCES"),
    ) else {
        return;
    };
    let files = std::fs::read_dir(&folder).unwrap();
    let bytes: u64 = files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/sisimai.pl");
    run_with(
        bencher.counter(BytesCount::new(bytes)),
        Command::new("perl")
            .arg("-I")
            .arg(library)
            .arg(script)
            .arg(folder),
    );
}

/// Bounces as they are stored, from the folder that `PORTOLAN_BOUNCES` names.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn bounces(bencher: Bencher<'_, '_>) {
    let Some(folder) = std::env::var_os("PORTOLAN_BOUNCES") else {
        return;
    };
    let files = std::fs::read_dir(folder).unwrap();
    let mails: Vec<Vec<u8>> = files
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect();
    let bytes: usize = mails.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for mail in &mails {
            divan::black_box(analyze(divan::black_box(mail)));
        }
    });
}
