//! Runs real clients against every failure and writes down what a person would see.

mod clean;
mod client;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::catalogue::{Catalogue, Failure, Play, Reply, Tls};
use crate::serve::Server;
use crate::supports::Supports;
use client::Client;

pub use client::Error;

/// How many clients run beside one another; most of the time each waits.
const AT_ONCE: usize = 4;

/// What a client showed of a failure.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// Client, mode and failure, for whoever reads answers by id.
    pub id: String,
    /// The client's id.
    pub client: String,
    /// What it says of its version.
    pub version: String,
    /// `usual` or `debug`.
    pub mode: String,
    /// The failure's id.
    pub failure: String,
    /// What chose the text.
    pub seed: u64,
    /// The text as `failures.toml` has it; `None` where the server says nothing.
    pub said: Option<String>,
    /// Standard output and standard error, as they came.
    pub text: String,
    /// The cause that was played.
    pub played: String,
    /// Causes that the text supports, the nearest first; none where it tells too little.
    pub supports: Vec<String>,
}

/// What to record.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Clients by id; all where none is named.
    pub clients: Vec<String>,
    /// Failures by id; all where none is named.
    pub failures: Vec<String>,
    /// Added to the client's own number, so that runs differ and clients do too.
    pub seed: u64,
    /// Whether what is not there may be fetched from the registries of packages.
    pub may_fetch: bool,
}

/// One run of one client.
struct Job<'a> {
    client: &'a Client,
    version: &'a str,
    seed: u64,
    failure: &'a Failure,
    is_debug: bool,
}

/// What all runs share.
struct Runs<'a> {
    catalogue: &'a Catalogue,
    supports: Supports,
    folder: PathBuf,
    cache: &'a Path,
}

/// Records, tells what it does, and gives the recordings in an order that does not depend on time. A client that takes the
/// failure for a success says nothing that could be explained, and is told.
///
/// # Errors
///
/// A table is wrong, or nothing can be written.
pub fn record(
    catalogue: &Catalogue,
    wanted: &Wanted,
    cache: &Path,
    tell: &(dyn Fn(&str) + Sync),
) -> Result<Vec<Recording>, Error> {
    let runs = Runs {
        catalogue,
        supports: Supports::own()?,
        folder: Path::new(env!("CARGO_MANIFEST_DIR")).join("clients"),
        cache,
    };
    fs::create_dir_all(cache)?;
    let all = client::all()?;
    let mut ready = Vec::new();
    for (number, client) in (0..).zip(&all) {
        if !is_wanted(&wanted.clients, &client.id) {
            continue;
        }
        match client.prepare(&runs.folder, cache, wanted.may_fetch) {
            Ok(version) => {
                tell(&format!("{}: {version}", client.id));
                ready.push((wanted.seed + number, client, version));
            }
            Err(why) => tell(&format!("{}: left out, {why}", client.id)),
        }
    }
    let mut jobs = Vec::new();
    for (seed, client, version) in &ready {
        // Each client meets another of each failure's texts, and not always the first ones or the last.
        for (step, failure) in (0..).step_by(7).zip(&catalogue.failures) {
            if !is_wanted(&wanted.failures, failure.id.get_ref()) || !client.can(failure) {
                continue;
            }
            let modes: &[bool] = if client.debug {
                &[false, true]
            } else {
                &[false]
            };
            jobs.extend(modes.iter().map(|is_debug| Job {
                client,
                version,
                seed: seed + step,
                failure,
                is_debug: *is_debug,
            }));
        }
    }
    Ok(runs.all(&jobs, tell))
}

impl Recording {
    /// The play that was recorded, whatever other texts the failure has by now.
    pub fn play(&self, catalogue: &Catalogue) -> Option<Play> {
        let mut play = catalogue.play(&self.failure, self.seed)?;
        let is_said = |it: &&Reply| Some(it.text.get_ref()) == self.said.as_ref();
        play.reply = play.failure.replies.iter().find(is_said).cloned();
        (play.reply.is_some() == self.said.is_some()).then_some(play)
    }
}

impl Runs<'_> {
    fn all(&self, jobs: &[Job<'_>], tell: &(dyn Fn(&str) + Sync)) -> Vec<Recording> {
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<(usize, Recording)>> = Mutex::new(Vec::new());
        let work = |worker: usize| {
            loop {
                let at = next.fetch_add(1, Ordering::SeqCst);
                let Some(job) = jobs.get(at) else { return };
                match self.one(job, worker) {
                    Ok(recording) => done
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((at, recording)),
                    Err(why) => tell(&format!("{}: {why}", job.name())),
                }
            }
        };
        thread::scope(|scope| {
            for worker in 0..AT_ONCE {
                let work = &work;
                scope.spawn(move || work(worker));
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, recording)| recording).collect()
    }

    fn one(&self, job: &Job<'_>, worker: usize) -> Result<Recording, Error> {
        let failure = job.failure.id.get_ref();
        let play = self
            .catalogue
            .play(failure, job.seed)
            .ok_or("expected a failure")?;
        let server = Server::start(&play, 0)?;
        let place = self.cache.join(format!("run-{worker}"));
        fs::create_dir_all(&place)?;
        fs::write(place.join("ca.pem"), server.root_pem())?;
        fs::write(place.join("message.eml"), MESSAGE)?;
        let port = server.address().port();
        let environment = environment(&play, port, &place, job.is_debug);
        let shown = job
            .client
            .run(&self.folder, self.cache, &place, &environment)?;
        drop(server);
        if shown.is_content {
            return Err("the client is content".into());
        }
        let text = clean::clean(
            &shown.text,
            &clean::Place {
                folder: &self.folder,
                cache: self.cache,
                port,
                known_port: play.failure.known_port(),
            },
        );
        if text.trim().is_empty() {
            return Err("the client says nothing".into());
        }
        Ok(Recording {
            id: job.name(),
            client: job.client.id.clone(),
            version: job.version.to_owned(),
            mode: job.mode().to_owned(),
            failure: failure.clone(),
            seed: job.seed,
            said: play.reply.as_ref().map(|it| it.text.get_ref().clone()),
            supports: self.supports.of(&play, &text),
            played: play.cause().to_owned(),
            text,
        })
    }
}

impl Job<'_> {
    fn mode(&self) -> &'static str {
        if self.is_debug { "debug" } else { "usual" }
    }

    fn name(&self) -> String {
        let failure = self.failure.id.get_ref();
        format!("{}/{}/{failure}", self.client.id, self.mode())
    }
}

/// Seconds that a client is told to wait for an answer: nobody on loopback needs more.
const TIMEOUT: &str = "3";

const MESSAGE: &str = "From: Sender <sender@client.example>\r\nTo: user@receiver.example\r\nSubject: A test\r\n\
    Date: Thu, 26 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@client.example>\r\n\r\nHello.\r\n";

/// What a client is told, as `clients/README.md` says it.
fn environment(
    play: &Play,
    port: u16,
    place: &Path,
    is_debug: bool,
) -> Vec<(&'static str, String)> {
    let failure = &play.failure;
    let tls = match failure.client_tls() {
        Tls::Implicit => "implicit",
        Tls::None => "none",
        Tls::Starttls => "starttls",
    };
    let auth = match (failure.client_auth(), failure.client.oauth) {
        (false, _) => "no",
        (true, false) => "password",
        (true, true) => "token",
    };
    let to: Vec<String> = match failure.client.recipients {
        None => vec!["user@receiver.example".to_owned()],
        Some(count) => (1..=count)
            .map(|it| format!("user{it}@receiver.example"))
            .collect(),
    };
    let file = |name: &str| place.join(name).to_string_lossy().into_owned();
    vec![
        ("HOST", "localhost".to_owned()),
        ("PORT", port.to_string()),
        ("TLS", tls.to_owned()),
        ("AUTH", auth.to_owned()),
        ("USER", "sender@client.example".to_owned()),
        ("PASSWORD", "correct-horse".to_owned()),
        ("CA", file("ca.pem")),
        ("FROM", "sender@client.example".to_owned()),
        ("TO", to.join(",")),
        ("MESSAGE", file("message.eml")),
        ("TIMEOUT", TIMEOUT.to_owned()),
        ("DEBUG", if is_debug { "yes" } else { "no" }.to_owned()),
    ]
}

fn is_wanted(wanted: &[String], id: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|it| it == id)
}

/// Writes recordings, a line each.
///
/// # Errors
///
/// Nothing can be written.
pub fn write(recordings: &[Recording], out: &mut impl Write) -> Result<(), Error> {
    for recording in recordings {
        serde_json::to_writer(&mut *out, recording)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes ids and texts alone, a line each, for whoever may not see the keys.
///
/// # Errors
///
/// Nothing can be written.
pub fn write_texts(recordings: &[Recording], out: &mut impl Write) -> Result<(), Error> {
    for Recording { id, text, .. } in recordings {
        serde_json::to_writer(&mut *out, &json!({ "id": id, "text": text }))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Reads recordings.
///
/// # Errors
///
/// A line is none.
pub fn read(text: &str) -> Result<Vec<Recording>, Error> {
    text.lines()
        .filter(|line| !line.is_empty())
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}
