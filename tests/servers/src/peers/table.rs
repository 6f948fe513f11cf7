//! What each saw and how long each took, as Markdown.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use portolan_wire::read_report;

use super::{Facts, PORTS, Peer, Peers, Place, Question, Scenes, of_report};
use portolan_network::{Error, tried};

/// How long everybody waits where nobody answers.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where somebody waits in vain every time, so many runs are enough.
const RUNS_IN_VAIN: usize = 3;

/// Starts of which the median counts.
const STARTS: usize = 51;

/// Has a build of the probe and its peers look at the same servers, in turns, and tells of it. Times are those of processes
/// from their beginning to their end, less what a program that does nothing takes.
///
/// # Errors
///
/// As [`Scenes::start`] and [`Peers::start`], or the probe does not run.
pub fn compare(probe: &Path, runs: usize) -> Result<String, Error> {
    let scenes = Scenes::start()?;
    let peers = Peers::start(scenes.network(), scenes.authority_pem(), PATIENCE)?;
    peers.install(probe)?;
    let nothing = times(runs.max(9), || Ok(peers.run("true")?.took))?;
    let looked: Result<Vec<Looked<'_>>, Error> = scenes
        .places()
        .iter()
        .map(|place| Looked::at(place, &peers, runs, nothing))
        .collect();
    let looked = looked?;
    Ok([
        seen(&looked),
        all_questions(&looked),
        one_question(&looked),
        cost(probe, &peers, &scenes)?,
    ]
    .join("\n"))
}

/// A place, and what everybody said of it.
struct Looked<'a> {
    place: &'a Place,
    /// By port and question.
    peers: Vec<(u16, Question, Facts, Duration)>,
    /// What the probe saw, by port, and how long it took for this port alone.
    probe: Vec<(u16, Facts, Duration)>,
    /// How long it took for the greeting of a port alone.
    greeting: Vec<(u16, Duration)>,
    /// How long the probe took for all ports.
    whole: Duration,
}

impl<'a> Looked<'a> {
    fn at(place: &'a Place, peers: &Peers, runs: usize, nothing: Duration) -> Result<Self, Error> {
        let less = |took: Duration| took.saturating_sub(nothing);
        let report = peers.run(&format!("{} --json", probe(place, &PORTS)))?;
        let report = read_report(report.text.as_bytes())
            .map_err(|why| Error::Program("portolan-probe".to_owned(), why.to_string()))?;
        let mut asked = Vec::new();
        for port in PORTS {
            for question in Question::ALL {
                let (facts, _) = peers.ask(question, place, port)?;
                asked.push((port, question, facts, Vec::new()));
            }
        }
        let mut whole = Vec::new();
        let mut alone = PORTS.map(|port| (port, Vec::new()));
        let mut greeting = PORTS.map(|port| (port, Vec::new()));
        let in_vain = report.took_ms >= u64::try_from(PATIENCE.as_millis()).unwrap_or_default();
        // In turns, so that a slow minute of the machine is everybody's.
        for _ in 0..if in_vain {
            runs.min(RUNS_IN_VAIN)
        } else {
            runs
        } {
            for (port, question, _, took) in &mut asked {
                took.push(peers.ask(*question, place, *port)?.1.took);
            }
            whole.push(peers.run(&probe(place, &PORTS))?.took);
            for (port, took) in &mut alone {
                took.push(peers.run(&probe(place, &[*port]))?.took);
            }
            for (port, took) in &mut greeting {
                let command = format!("{} --until greeting", probe(place, &[*port]));
                took.push(peers.run(&command)?.took);
            }
        }
        let told = |(port, question, facts, took)| (port, question, facts, less(median(took)));
        Ok(Self {
            place,
            peers: asked.into_iter().map(told).collect(),
            probe: alone
                .map(|(port, took)| (port, of_report(&report, port), less(median(took))))
                .to_vec(),
            greeting: greeting
                .map(|(port, took)| (port, less(median(took))))
                .to_vec(),
            whole: less(median(whole)),
        })
    }

    /// How long a question took on all ports together.
    fn sum(&self, question: Question) -> Duration {
        let of = self.peers.iter().filter(|it| it.1 == question);
        of.map(|it| it.3).sum()
    }
}

/// The probe's command.
fn probe(place: &Place, ports: &[u16]) -> String {
    let ports: Vec<String> = ports.iter().map(|it| format!("-p {it}")).collect();
    let ports = ports.join(" ");
    let seconds = PATIENCE.as_secs();
    format!(
        "portolan-probe {} {ports} --server-name {} --ehlo client.example --timeout {seconds}",
        place.address(),
        place.name()
    )
}

fn times(runs: usize, mut run: impl FnMut() -> Result<Duration, Error>) -> Result<Duration, Error> {
    let times: Result<Vec<Duration>, Error> = (0..runs).map(|_| run()).collect();
    Ok(median(times?))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn ms(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

/// Of what is offered, what decides; each other keyword is one of so many.
fn short(facts: &Facts) -> String {
    let is_shown =
        |it: &str| !it.starts_with("offers ") || it.contains("STARTTLS") || it.contains("AUTH");
    let (shown, others): (Vec<&str>, Vec<&str>) = facts
        .iter()
        .map(String::as_str)
        .partition(|it| is_shown(it));
    let mut text = shown.join(", ");
    if !others.is_empty() {
        let _ = write!(text, ", {} other offers", others.len());
    }
    text
}

fn seen(looked: &[Looked<'_>]) -> String {
    let mut text =
        "| server | port | check_smtp | openssl s_client | swaks | portolan-probe, besides |\n\
        | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
    for it in looked {
        for (port, own, _) in &it.probe {
            let of = |peer| {
                let of = it
                    .peers
                    .iter()
                    .filter(move |it| it.0 == *port && it.1.peer() == peer);
                of.flat_map(|it| it.2.iter().cloned()).collect::<Facts>()
            };
            let all = [Peer::CheckSmtp, Peer::Openssl, Peer::Swaks].map(of);
            let besides: Facts = own
                .iter()
                .filter(|fact| !all.iter().any(|it| it.contains(*fact)))
                .cloned()
                .collect();
            let cells = all.each_ref().map(short).join(" | ");
            let _ = writeln!(
                text,
                "| {} | {port} | {cells} | {} |",
                it.place,
                short(&besides)
            );
        }
    }
    text
}

fn all_questions(looked: &[Looked<'_>]) -> String {
    let mut text = "| all questions on 25, 465 and 587, ms | greeting | session | certificate | its end | TLS 1.2 | TLS 1.3 \
        | peers' sum | portolan-probe | share |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    for it in looked {
        let each = Question::ALL.map(|question| it.sum(question));
        let sum: Duration = each.iter().sum();
        let share = it.whole.as_secs_f64() / sum.as_secs_f64().max(f64::MIN_POSITIVE);
        let cells = each.map(ms).join(" | ");
        let _ = writeln!(
            text,
            "| {} | {cells} | {} | {} | {share:.2} |",
            it.place,
            ms(sum),
            ms(it.whole)
        );
    }
    text
}

fn one_question(looked: &[Looked<'_>]) -> String {
    const QUESTIONS: [Question; 4] = [
        Question::Greeting,
        Question::Until,
        Question::Certificate,
        Question::Session,
    ];
    let mut text = "| one port, ms | port | check_smtp, greeting | check_smtp, certificate's end | openssl, certificate \
        | swaks, session | portolan-probe, greeting | all of these |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    for it in looked {
        for (port, _, own) in &it.probe {
            let of = |question| {
                let mut of = it
                    .peers
                    .iter()
                    .filter(|it| it.0 == *port && it.1 == question);
                of.next().map_or_else(String::new, |it| ms(it.3))
            };
            let cells = QUESTIONS.map(of).join(" | ");
            let mut greeting = it.greeting.iter().filter(|it| it.0 == *port);
            let greeting = greeting.next().map_or_else(String::new, |it| ms(it.1));
            let _ = writeln!(
                text,
                "| {} | {port} | {cells} | {greeting} | {} |",
                it.place,
                ms(*own)
            );
        }
    }
    text
}

/// Start and memory of the probe.
fn cost(program: &Path, peers: &Peers, scenes: &Scenes) -> Result<String, Error> {
    let start = times(STARTS, || {
        let began = Instant::now();
        let mut version = Command::new(program);
        version
            .arg("--version")
            .output()
            .map_err(tried("starting the probe"))?;
        Ok(began.elapsed())
    })?;
    let mut most = 0;
    for place in scenes.places() {
        // What GNU time writes stands behind everything else.
        let ran = peers.run(&format!("time -f %M {}", probe(place, &PORTS)))?;
        let last = ran.text.lines().next_back().unwrap_or_default();
        let kb: u64 = last
            .parse()
            .map_err(|_| Error::Program("time".to_owned(), ran.text.clone()))?;
        most = most.max(kb);
    }
    Ok(format!(
        "| portolan-probe | measured | budget |\n| --- | ---: | ---: |\n\
         | start (`--version`, median of {STARTS}) | {} ms | 5 ms |\n\
         | memory at most, a check of three ports of each of these servers | {most} kB | 12,000 kB |\n",
        ms(start)
    ))
}
