//! Prints the figures of `docs/measurements.md` as rows of its tables.

use std::path::Path;
use std::time::Instant;

use serde_json::Value;

use crate::dist;
use crate::project::Project;
use crate::server::{self, Encoding, Site};
use crate::shell::{Failure, capture, fail};
use crate::size;
use crate::suite;
use crate::tools;

/// Measures sizes, and the page with Lighthouse as on a slow phone.
///
/// # Errors
///
/// The build, the browser or Lighthouse.
pub(crate) fn measure(project: &Project) -> Result<(), Failure> {
    tools::browser()?;
    let lighthouse = tools::lighthouse(project)?;
    dist::dist_if_changed(project)?;
    let sizes = size::weigh(&project.dist())?;
    println!("\n| what | brotli 11, bytes |\n| --- | ---: |");
    for (path, bytes) in &sizes.until_verdict {
        println!("| `{path}` | {bytes} |");
    }
    println!("| **until the verdict** | **{}** |", sizes.total());
    println!(
        "| on demand: other facts, the worker | {} |",
        sizes.on_demand
    );

    let mut bench = suite::in_the_browser(project)?;
    bench.args(["--release", "--bench", "verdicts", "--", "--nocapture"]);
    println!("\n| in the browser | |\n| --- | ---: |");
    let rows = capture(&mut bench)?;
    for row in rows.lines().filter(|line| line.starts_with("| ")) {
        println!("{row}");
    }

    // As a good host would serve it, and below a path, where a wrong link shows.
    let site = Site {
        folder: project.dist(),
        below: "/deep/sub/",
        encoding: Encoding::Brotli,
    };
    let address = server::start(&site, 0)?;
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        runs.push(run(project, &lighthouse, &address)?);
    }
    println!("\n| Lighthouse, mobile, {RUNS} runs | median | all |\n| --- | ---: | --- |");
    for (place, (name, _)) in FIGURES.iter().enumerate() {
        let mut values: Vec<f64> = runs
            .iter()
            .filter_map(|run| run.get(place).copied())
            .collect();
        values.sort_by(f64::total_cmp);
        let median = values.get(values.len() / 2).copied().unwrap_or(f64::NAN);
        let all: Vec<String> = values.iter().map(|value| format!("{value:.0}")).collect();
        println!("| {name} | {median:.0} | {} |", all.join(", "));
    }
    Ok(())
}

/// Odd, so that the median is one of them.
const RUNS: usize = 5;

/// What is read from Lighthouse's answer: a name, and the place of the value.
const FIGURES: &[(&str, &str)] = &[
    ("performance", "/categories/performance/score"),
    ("accessibility", "/categories/accessibility/score"),
    ("best practices", "/categories/best-practices/score"),
    ("search engines", "/categories/seo/score"),
    (
        "first contentful paint, ms",
        "/audits/first-contentful-paint/numericValue",
    ),
    (
        "largest contentful paint, ms",
        "/audits/largest-contentful-paint/numericValue",
    ),
    (
        "total blocking time, ms",
        "/audits/total-blocking-time/numericValue",
    ),
    (
        "time to interactive, ms",
        "/audits/interactive/numericValue",
    ),
];

/// Lighthouse once; the figures in the order of [`FIGURES`], scores out of 100.
fn run(project: &Project, lighthouse: &Path, address: &str) -> Result<Vec<f64>, Failure> {
    let start = Instant::now();
    let browser = capture(project.command("sh").args(["-c", "command -v chromium"]))?;
    let mut command = project.command(&lighthouse.to_string_lossy());
    command
        .arg(address)
        .args(["--quiet", "--output=json", "--output-path=stdout"]);
    command
        .arg(format!("--chrome-flags={FLAGS}"))
        .env("CHROME_PATH", browser.trim());
    let answer: Value = serde_json::from_str(&capture(&mut command)?)
        .map_err(|error| Failure(format!("Lighthouse's answer: {error}")))?;
    let mut figures = Vec::new();
    for (name, place) in FIGURES {
        let Some(value) = answer.pointer(place).and_then(Value::as_f64) else {
            return fail(format!("Lighthouse's answer has no {name}"));
        };
        figures.push(if place.ends_with("/score") {
            value * 100.0
        } else {
            value
        });
    }
    eprintln!("    Lighthouse: {:.1} s", start.elapsed().as_secs_f64());
    Ok(figures)
}

const FLAGS: &str = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage";
