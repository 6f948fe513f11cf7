//! Short texts, each a way of speaking or of writing settings, with what is to be read out of it: `cases.toml`.

use portolan_config::{ReadTls, read_documentation};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    expect: Vec<String>,
}

#[test]
fn every_way_of_saying_it_is_read() {
    let cases: Cases = toml::from_str(include_str!("cases.toml")).unwrap();
    let mut report = Vec::new();
    for case in &cases.case {
        let found: Vec<String> = read_documentation(&case.text)
            .iter()
            .map(|it| {
                let tls = match it.tls {
                    Some(ReadTls::Implicit) => "implicit",
                    Some(ReadTls::None) => "none",
                    Some(ReadTls::StartTls) => "starttls",
                    None => "unsaid",
                };
                format!("{} {} {tls}", it.host.as_deref().unwrap_or("?"), it.port)
            })
            .collect();
        if found != case.expect {
            report.push(format!(
                "{}\n  expected {:?}\n  but found {found:?}",
                case.text.trim(),
                case.expect
            ));
        }
    }
    assert!(report.is_empty(), "{}", report.join("\n\n"));
}
