//! Which selectors of DKIM the recognized providers document: known by where mail comes in, and by what SPF includes.

use std::collections::BTreeSet;

use portolan_dns::spf;
use portolan_facts::{Facts, Provider};
use portolan_report::domain::{
    Answer, AskedSelector, DomainReport, Record, RecordKind, SelectorOrigin,
};

/// Selectors to try, in the order of the catalogue; those that were named are not tried again.
pub(super) fn selectors(report: &DomainReport, facts: &Facts) -> Vec<AskedSelector> {
    let names = names(report);
    let mut known: BTreeSet<&str> = report
        .asked
        .selectors
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    let mut all = Vec::new();
    for provider in facts.providers().filter(|it| is_recognized(it, &names)) {
        let signing = provider.signing.iter().flat_map(|it| &it.selectors);
        for name in signing {
            if known.insert(name) {
                all.push(AskedSelector {
                    name: name.clone(),
                    origin: SelectorOrigin::Tried,
                    provider: Some(provider.id.clone()),
                });
            }
        }
    }
    all
}

/// Hosts that take the domain's mail, and names that its SPF record includes; lower case.
#[derive(Default)]
struct Names {
    hosts: Vec<String>,
    includes: Vec<String>,
}

fn names(report: &DomainReport) -> Names {
    let mut names = Names::default();
    for looked in report
        .lookups
        .iter()
        .filter(|it| it.name == report.asked.name)
    {
        for said in &looked.answers {
            let Answer::Records { records } = &said.answer else {
                continue;
            };
            for record in records {
                match record {
                    Record::Mx { host, .. } if looked.kind == RecordKind::Mx => {
                        names.hosts.push(host.to_ascii_lowercase());
                    }
                    Record::Txt { strings } => {
                        let text: Vec<u8> = strings.iter().flat_map(|it| it.0.clone()).collect();
                        if spf::is_spf(&text) {
                            includes(&text, &mut names.includes);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    names
}

fn includes(text: &[u8], into: &mut Vec<String>) {
    let record = spf::read(text).record;
    for (_, directive) in record.directives() {
        if let spf::Mechanism::Include(target) = &directive.mechanism {
            into.push(target.to_string().to_ascii_lowercase());
        }
    }
    if let Some((_, target)) = record.redirect() {
        into.push(target.to_string().to_ascii_lowercase());
    }
}

fn is_recognized(provider: &Provider, names: &Names) -> bool {
    let is_below = |name: &String, above: &String| {
        name.strip_suffix(above.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let takes_mail = provider
        .mx
        .iter()
        .any(|ending| names.hosts.iter().any(|host| is_below(host, ending)));
    let included = provider.signing.iter().flat_map(|it| &it.includes);
    takes_mail
        || included
            .into_iter()
            .any(|it| names.includes.iter().any(|name| name == it))
}
