//! How fast pasted records are read and judged: `cargo bench -p portolan-records`. A timing is no test.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark says so when it fails"
)]

use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use portolan_records::{MAX_TEXT, assess, read};

fn main() {
    divan::main();
}

/// A zone of a megabyte.
static ZONE: LazyLock<String> = LazyLock::new(|| {
    let mut zone = "$ORIGIN example.com.\n$TTL 3600\n@ IN SOA ns1 host 1 2 3 4 5\n".to_owned();
    let mut host = 0;
    while zone.len() < MAX_TEXT - 200 {
        writeln!(zone, "h{host} IN A 192.0.2.{}", host % 256).unwrap();
        writeln!(zone, "   MX 10 h{host}\n   TXT \"v=spf1 a -all\"").unwrap();
        host += 1;
    }
    zone
});

/// Prose of a megabyte: each reader is asked for each line.
static PROSE: LazyLock<String> = LazyLock::new(|| {
    "Since Monday nothing that we send to them arrives, they say: wait.\n".repeat(15_000)
});

/// Texts of the cases, which tools and panels print.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut texts = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let book: toml::Table = toml::from_str(&text).unwrap();
        let cases = book.get("case").and_then(toml::Value::as_array).unwrap();
        texts.extend(
            cases
                .iter()
                .map(|it| it.get("text").unwrap().as_str().unwrap().to_owned()),
        );
    }
    texts
});

#[divan::bench]
fn a_zone_of_a_megabyte(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_str(&*ZONE))
        .bench(|| read(&ZONE, None));
}

#[divan::bench]
fn a_megabyte_of_prose(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_str(&*PROSE))
        .bench(|| read(&PROSE, None));
}

#[divan::bench]
fn all_cases_read_and_judged(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(TEXTS.len())).bench(|| {
        let judged = TEXTS.iter().filter_map(|text| assess(&read(text, None)));
        judged.count()
    });
}
