//! A report in a link: packed, masked, and only where it is short enough to be one.
//!
//! The fragment of an address reaches no server, but it stays in histories and in whatever passes links on: so a link is made
//! by a press alone, shown before it is copied, and of 8,000 letters at most. Chat programs and mail clients break longer
//! ones, and so a longer report is a file.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use portolan_link::{CHECK, REPORT};
use portolan_report::probe::{ProbeReport, limits};

use super::export::masked;

/// Letters of the longest link.
pub const LONGEST: usize = 8_000;

/// The address of the page with the report in its fragment, masked and without certificates as PEM; an error is the length
/// that it would have.
pub(super) fn link(report: &ProbeReport, page: &str) -> Result<String, usize> {
    let mut report = report.clone();
    for step in report.visits.iter_mut().flat_map(|it| &mut it.steps) {
        if let portolan_report::probe::Outcome::Tls { session } = &mut step.outcome {
            for certificate in &mut session.chain {
                certificate.pem = None;
            }
        }
    }
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing into memory cannot fail.
    let _ = packer.write_all(masked(&report).to_string().as_bytes());
    let bytes = packer.finish().unwrap_or_default();
    let link = format!("{page}{CHECK}?{REPORT}={}", BASE64.encode(bytes));
    if link.len() <= LONGEST {
        Ok(link)
    } else {
        Err(link.len())
    }
}

/// The text of the report that a link brings, wherever in an address it stands. `None`: it is no such link, or broken.
///
/// Unpacked is no more than a report may have, and a byte, so that what is longer is refused by its length.
pub fn unpack(link: &str) -> Option<Vec<u8>> {
    if link.len() > 2 * LONGEST || link.trim().contains(char::is_whitespace) {
        return None;
    }
    let (_, query) = link.trim().split_once(CHECK)?;
    let packed = query
        .strip_prefix('?')?
        .split('&')
        .find_map(|pair| pair.strip_prefix(REPORT)?.strip_prefix('='))?;
    let packed = BASE64.decode(packed).ok()?;
    let mut text = Vec::new();
    let most = u64::try_from(limits::REPORT_BYTES).unwrap_or(u64::MAX) + 1;
    let mut unpacker = DeflateDecoder::new(&packed[..]).take(most);
    unpacker.read_to_end(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use portolan_check::sample;
    use portolan_wire::read_report;

    use super::*;

    #[test]
    fn a_report_comes_back_from_its_link() {
        let report = sample::working();
        let link = link(&report, "https://ports.example.com/check.html").unwrap();
        assert!(link.len() < 2_000, "{}", link.len());
        assert!(link.bytes().all(|it| it.is_ascii_graphic()));
        let (_, fragment) = link.split_once(".html").unwrap();
        for around in [
            link.clone(),
            fragment.to_owned(),
            format!("{link}&facts=1\n"),
        ] {
            let text = unpack(&around).unwrap();
            assert_eq!(read_report(&text), Ok(report.clone()), "{around}");
        }
    }

    #[test]
    fn what_is_broken_or_a_bomb_is_bounded() {
        for link in [
            "",
            "#/check",
            "#/check?report=",
            "#/check?report=%%%",
            "#/check?provider=gmail",
            "#/advise?report=AAAA",
        ] {
            let text = unpack(link);
            assert!(text.is_none_or(|it| it.is_empty()), "{link}");
        }
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
        let zeros = vec![0; 1 << 20];
        for _ in 0..12 {
            packer.write_all(&zeros).unwrap();
        }
        let bomb = packer.finish().unwrap();
        let link = format!("#/check?report={}", BASE64.encode(&bomb));
        if let Some(text) = unpack(&link) {
            assert_eq!(text.len(), limits::REPORT_BYTES + 1);
        }
        let long = format!("#/check?report={}", "A".repeat(1_000_000));
        assert_eq!(unpack(&long), None);
    }
}
