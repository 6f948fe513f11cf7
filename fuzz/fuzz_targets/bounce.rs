//! The parts of a mail, put together anyhow: a report stays readable, and where nothing is said nothing is found.
#![no_main]

use libfuzzer_sys::fuzz_target;

/// Parts of bounces; the input chooses among them and puts bytes of its own between.
const PARTS: &[&str] = &[
    "Received: from a by b;\r\n\tMon, 1 Jan 2026 10:00:00 +0000\r\n",
    "From: MAILER-DAEMON@mx.example\r\nTo: a@b.example\r\nSubject: Undelivered Mail\r\n",
    "Content-Type: multipart/report; boundary=\"b1234567890123\"\r\n",
    "\r\n",
    "--b1234567890123\r\n",
    "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    "Diagnostic-Code: smtp; 550-5.1.1 no such\r\n 550 5.1.1 user\r\n",
    "Content-Type: message/rfc822\r\n\r\n",
    "------ This is a copy of the message, including all the headers. ------\r\n",
    "   ----- Transcript of session follows -----\r\n>>> RCPT To:<a@b.example>\r\n<<< 452 4.2.2 full\r\n",
    "> quoted\r\n",
    "=3D=20=\r\n",
];

fuzz_target!(|input: &[u8]| {
    let mut text = Vec::new();
    for byte in input {
        match PARTS.get(usize::from(*byte)) {
            Some(part) => text.extend(part.as_bytes()),
            None => text.push(*byte),
        }
    }
    let analysis = portolan_smtp::analyze(&text);
    for finding in &analysis.findings {
        assert!(finding.evidence.end <= text.len() as u64);
    }
});
