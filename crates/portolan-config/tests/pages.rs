//! Reads labelled pages of documentation and measures how many of their endpoints are found, and how many of the found
//! are right.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may stop, and reads its pages"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use portolan_config::{ReadTls, read_documentation};

/// Host, port, encryption, in the words of the pages.
type Endpoint = (String, u16, &'static str);

/// What a folder's pages came to.
#[derive(Default)]
struct Measured {
    expected: [usize; 2],
    found: [usize; 2],
    right: [usize; 2],
    differences: Vec<String>,
}

impl Measured {
    fn precision(&self, kind: usize) -> f64 {
        share(self.right[kind], self.found[kind])
    }

    fn recall(&self, kind: usize) -> f64 {
        share(self.right[kind], self.expected[kind])
    }

    fn line(&self, folder: &str) -> String {
        format!(
            "{folder}: host and port: precision {:.3}, recall {:.3}; with encryption: precision {:.3}, recall {:.3}; {} expected, {} found",
            self.precision(0),
            self.recall(0),
            self.precision(1),
            self.recall(1),
            self.expected[1],
            self.found[1],
        )
    }
}

#[test]
fn seen_pages_are_read() {
    let measured = measure("seen");
    println!("{}", measured.line("seen"));
    let differences = measured.differences.join("\n");
    assert!(measured.precision(0) >= SEEN_PRECISION, "{differences}");
    assert!(measured.recall(0) >= SEEN_RECALL, "{differences}");
    assert!(
        measured.precision(1) >= SEEN_PRECISION_WITH_TLS,
        "{differences}"
    );
    assert!(measured.recall(1) >= SEEN_RECALL_WITH_TLS, "{differences}");
}

/// Labelled before the reader became what it is; their differences are not shown, so that it is not made for them.
#[test]
fn pages_set_aside_are_read() {
    let measured = measure("aside");
    println!("{}", measured.line("aside"));
    let figures = [0, 1].map(|kind| (measured.precision(kind), measured.recall(kind)));
    let floors = [ASIDE, ASIDE_WITH_TLS];
    let holds = figures
        .iter()
        .zip(floors)
        .all(|(found, floor)| found.0 >= floor.0 && found.1 >= floor.1);
    assert!(holds, "expected at least {floors:?}, but found {figures:?}");
}

fn measure(folder: &str) -> Measured {
    let mut measured = Measured::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/documentation")
        .join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let page = fs::read_to_string(&file).unwrap();
        let (head, text) = page.split_once("\n---\n").unwrap();
        let expected = expectations(head);
        let found: BTreeSet<Endpoint> = read_documentation(text)
            .into_iter()
            .map(|endpoint| {
                let tls = match endpoint.tls {
                    Some(ReadTls::Implicit) => "implicit",
                    Some(ReadTls::None) => "none",
                    Some(ReadTls::StartTls) => "starttls",
                    None => "unsaid",
                };
                (
                    endpoint.host.unwrap_or_else(|| "?".to_owned()),
                    endpoint.port,
                    tls,
                )
            })
            .collect();
        let bare = |all: &BTreeSet<Endpoint>| -> BTreeSet<(String, u16)> {
            all.iter()
                .map(|(host, port, _)| (host.clone(), *port))
                .collect()
        };
        for (kind, expected, found, right) in [
            (
                0,
                bare(&expected).len(),
                bare(&found).len(),
                bare(&expected).intersection(&bare(&found)).count(),
            ),
            (
                1,
                expected.len(),
                found.len(),
                expected.intersection(&found).count(),
            ),
        ] {
            measured.expected[kind] += expected;
            measured.found[kind] += found;
            measured.right[kind] += right;
        }
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for missed in expected.difference(&found) {
            measured
                .differences
                .push(format!("{name}: missed {missed:?}"));
        }
        for wrong in found.difference(&expected) {
            measured
                .differences
                .push(format!("{name}: wrong {wrong:?}"));
        }
    }
    measured
}

fn expectations(head: &str) -> BTreeSet<Endpoint> {
    head.lines()
        .filter_map(|line| line.strip_prefix("expect = \"")?.strip_suffix('"'))
        .map(|line| {
            let parts: Vec<&str> = line.split(' ').collect();
            let [host, port, tls] = parts[..] else {
                panic!("expected host, port and encryption, but found {line}")
            };
            let tls = ["starttls", "implicit", "none", "unsaid"]
                .into_iter()
                .find(|known| *known == tls)
                .unwrap();
            (host.to_owned(), port.parse().unwrap(), tls)
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "some hundred endpoints")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

const SEEN_PRECISION: f64 = 1.0;
const SEEN_RECALL: f64 = 1.0;
const SEEN_PRECISION_WITH_TLS: f64 = 1.0;
const SEEN_RECALL_WITH_TLS: f64 = 1.0;
/// Precision and recall.
const ASIDE: (f64, f64) = (0.94, 0.87);
const ASIDE_WITH_TLS: (f64, f64) = (0.90, 0.83);
