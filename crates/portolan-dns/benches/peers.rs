//! What pyspf and checkdmarc say of the same cases, and how long each takes: `PORTOLAN_PEERS=PYTHON cargo bench -p portolan-dns`.
//!
//! `PYTHON` is an interpreter that has both (`python3 -m venv .cache/peers && .cache/peers/bin/pip install pyspf checkdmarc`).
//! Without it the engine is measured alone. What checkdmarc says is written to `tests/peers/checkdmarc.jsonl`, against which
//! `tests/peers.rs` holds that nothing is missed. A timing is no test: nothing here fails for being slow.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark says so when it fails, and runs its peers"
)]

#[path = "../tests/book/mod.rs"]
mod book;
#[path = "../tests/scenarios/mod.rs"]
mod scenarios;

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use portolan_dns::lookup::Kind;
use scenarios::Scenario;
use serde_json::{Value, json};

/// Passes over all cases; the median and the fastest are told.
const PASSES: usize = 15;

fn main() {
    // The harness of the compiler is asked for lists of tests with this.
    if std::env::args().any(|it| it == "--list" || it == "--test") {
        return;
    }
    let suite = std::fs::read_to_string(scenarios::path())
        .map(|text| scenarios::read(&text))
        .unwrap_or_default();
    let books = book::books();
    let worlds: Vec<_> = books
        .iter()
        .flat_map(|(name, book)| {
            book.case
                .iter()
                .map(move |case| (name, book, case, book::world(book, case)))
        })
        .collect();
    let checks = suite.iter().map(|it| it.cases.len()).sum::<usize>();
    let ours_spf = timed(|| {
        for scenario in &suite {
            for case in &scenario.cases {
                black_box(scenarios::outcome(&scenario.zone, &case.query));
            }
        }
    });
    let ours_zoo = timed(|| {
        for (_, book, case, world) in &worlds {
            black_box(book::surveyed(book, case, world));
        }
    });
    told("portolan-dns", "SPF suite", checks, &ours_spf);
    told("portolan-dns", "zoo", worlds.len(), &ours_zoo);
    let Some(python) = std::env::var_os("PORTOLAN_PEERS") else {
        println!("PORTOLAN_PEERS names no interpreter: no peer ran");
        return;
    };
    let zoo: Vec<Value> = worlds
        .iter()
        .filter(|(_, _, case, _)| !case.pasted)
        .map(|(name, _, case, world)| zoo_case(&format!("{name}: {}", case.name), case, world))
        .collect();
    let asked = json!({ "passes": PASSES, "suite": suite_cases(&suite), "zoo": zoo });
    let answer = ask(&python, &asked.to_string());
    let version = |name: &str| format!("{name} {}", answer["versions"][name].as_str().unwrap());
    told(
        &version("pyspf"),
        "SPF suite",
        checks,
        &seconds(&answer["pyspf"]),
    );
    let right = right(&suite, &answer["pyspf"]["said"]);
    println!(
        "pyspf: {} of {checks} results, {} explanations",
        right.0, right.1
    );
    told(
        &version("checkdmarc"),
        "zoo",
        zoo.len(),
        &seconds(&answer["checkdmarc"]),
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/checkdmarc.jsonl");
    let mut lines = String::new();
    for (id, said) in answer["checkdmarc"]["said"].as_object().unwrap() {
        writeln!(lines, "{}", json!([id, said])).unwrap();
    }
    std::fs::write(path, lines).unwrap();
}

fn timed(mut pass: impl FnMut()) -> Vec<f64> {
    (0..PASSES)
        .map(|_| {
            let start = Instant::now();
            pass();
            start.elapsed().as_secs_f64()
        })
        .collect()
}

fn seconds(answer: &Value) -> Vec<f64> {
    let all = answer["seconds"].as_array().unwrap();
    all.iter().filter_map(Value::as_f64).collect()
}

fn told(who: &str, what: &str, count: usize, seconds: &[f64]) {
    let mut sorted = seconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    let each = |it: f64| 1e6 * it / f64::from(u32::try_from(count.max(1)).unwrap());
    println!(
        "{who}: {what}, {count} cases: {:.1} µs each at the median, {:.1} in the fastest of {PASSES} passes",
        each(sorted[sorted.len() / 2]),
        each(sorted[0])
    );
}

fn suite_cases(suite: &[Scenario]) -> Vec<Value> {
    let mut cases = Vec::new();
    for scenario in suite {
        let mut zone: serde_json::Map<String, Value> = serde_json::Map::new();
        // Where a name says nothing of TXT, its old type stands in.
        let says_txt = |name: &str| {
            let mut entries = scenario.entries.iter();
            entries.any(|(at, it)| at == name && it.as_ref().is_some_and(|(kind, _)| kind == "TXT"))
        };
        for (name, entry) in &scenario.entries {
            let all = zone
                .entry(name.to_ascii_lowercase())
                .or_insert_with(|| json!([]));
            let all = all.as_array_mut().unwrap();
            match entry {
                None => all.push(json!(["TIMEOUT"])),
                Some((kind, values)) if kind == "TXT" && first(values) == "NONE" => {}
                Some((kind, values)) if first(values) == "TIMEOUT" => {
                    all.push(json!([kind, "TIMEOUT"]));
                }
                Some((kind, values)) => {
                    let value = match kind.as_str() {
                        "TXT" | "SPF" => json!(values),
                        "MX" => json!([values[0].parse::<u16>().unwrap(), values[1]]),
                        _ => json!(values[0]),
                    };
                    if kind == "SPF" && !says_txt(name) {
                        all.push(json!(["TXT", value.clone()]));
                    }
                    all.push(json!([kind, value]));
                }
            }
        }
        for case in &scenario.cases {
            cases.push(json!({
                "id": case.id, "ip": case.query.ip.to_string(), "helo": case.query.helo,
                "mailfrom": case.query.mail_from, "zone": zone,
            }));
        }
    }
    cases
}

fn first(values: &[String]) -> &str {
    values.first().map_or("", String::as_str)
}

fn right(suite: &[Scenario], said: &Value) -> (usize, usize) {
    let cases: Vec<_> = suite.iter().flat_map(|it| &it.cases).collect();
    let results = cases
        .iter()
        .filter(|case| said[&case.id][0] == *case.result);
    let explained = cases.iter().filter(|case| {
        let explanation = case.explanation.as_ref();
        explanation.is_some_and(|it| said[&case.id][1] == **it)
    });
    (results.count(), explained.count())
}

fn zoo_case(id: &str, case: &book::Case, world: &book::World) -> Value {
    let mut zone: serde_json::Map<String, Value> = serde_json::Map::new();
    let mut policy = Value::Null;
    let mut parked = false;
    for (name, kind, value, whole) in &world.lines {
        if *kind == Kind::StsPolicy {
            policy = match value.as_str() {
                "TIMEOUT" | "SERVFAIL" => json!("failed"),
                _ => {
                    let (media, body) = value.split_once('|').unwrap_or(("text/plain", value));
                    json!([media, body])
                }
            };
            continue;
        }
        parked |= *kind == Kind::Mx && matches!(value.as_str(), "0 ." | "0 ");
        let data = match kind {
            _ if matches!(value.as_str(), "TIMEOUT" | "SERVFAIL") => json!(value),
            Kind::Mx => {
                let (preference, host) = value.split_once(' ').unwrap();
                json!([preference, host])
            }
            Kind::Txt => json!(strings(value, *whole)),
            _ => json!(value),
        };
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        let all = zone.entry(name).or_insert_with(|| json!([]));
        all.as_array_mut()
            .unwrap()
            .push(json!([kind.to_string(), data]));
    }
    json!({ "id": id, "domain": book::domain(case).to_string(), "zone": zone, "policy": policy, "parked": parked })
}

/// Bytes as letters of the same number, in strings as the DNS holds them.
fn strings(value: &str, whole: bool) -> Vec<String> {
    let length = if whole { value.len().max(1) } else { 255 };
    value
        .as_bytes()
        .chunks(length)
        .map(|part| part.iter().map(|byte| char::from(*byte)).collect())
        .collect()
}

fn ask(python: &std::ffi::OsStr, asked: &str) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("PORTOLAN_PEERS is an interpreter");
    let mut input = child.stdin.take().unwrap();
    let asked = asked.to_owned();
    let writer = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "the peers failed");
    serde_json::from_slice(&output.stdout).unwrap()
}
