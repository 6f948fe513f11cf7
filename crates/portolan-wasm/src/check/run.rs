//! The command to run, composed for the case at hand, and the plain commands beside it.
//!
//! Nothing of a text enters a command but host names of letters, digits, hyphens and dots, and ports.

use std::net::IpAddr;

use portolan_advice::{Answers, ProviderAnswer, UseCase, advise};
use portolan_check::commands::{System, commands};
use portolan_facts::{EntryKind, Facts};
use portolan_report::sheet::{Element, Press};

use super::advice::{command, is_host};
use crate::sheet::{Writes, el, of, quiet};

/// What to run: for a host that was named, else for the answers.
pub(super) fn run(
    case: &Answers,
    host: Option<&str>,
    facts: &Facts,
    offer: Option<Element>,
) -> Element {
    let named = host.and_then(host_of);
    let known = named.clone().or_else(|| advised(case, facts));
    let place = place(case, facts);
    let ways = ways(case, named.as_deref(), known.as_deref(), facts);
    let title = match &named {
        Some(_) => "Run this where your mail leaves",
        None if *case == Answers::default() => "Run portolan-probe where your mail leaves",
        None => "Run this for your case",
    };
    of("section", "sheet check run")
        .attr("aria-labelledby", "finding")
        .child(
            of("header", "finding__head")
                .child(of("p", "kicker").text("The command"))
                .child(
                    of("h2", "finding__cause")
                        .attr("id", "finding")
                        .attr("tabindex", "-1")
                        .text(title),
                )
                .child(el("p").text(&place))
                .all(ways.iter().map(|(what, line)| command(what, line)))
                .child(el("p").text("Then drop the file that it writes anywhere on this page, or paste what it holds. Where two machines see different things, give both reports: what differs is the network.")),
        )
        .maybe(offer)
        .child(plain(known.as_deref()))
}

/// A host, without its port; `None` where it may not stand in a command.
pub(super) fn host_of(text: &str) -> Option<String> {
    let host = match text.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() && !host.contains(':') => host,
        _ => text,
    };
    is_host(host).then(|| host.to_owned())
}

/// The domain of mail that a host is probably of: without its first label where that is what mail servers are called. Which
/// part of a name was registered is in lists that this page does not have. `None`: an address, or a name without a dot.
pub(super) fn domain_of(host: &str) -> Option<&str> {
    const SERVERS: [&str; 14] = [
        "email",
        "imap",
        "in",
        "mail",
        "mailhost",
        "mailout",
        "mta",
        "mx",
        "out",
        "outbound",
        "relay",
        "smtp",
        "smtps",
        "submission",
    ];
    let is_name = host.contains('.') && !host.contains(':') && host.parse::<IpAddr>().is_err();
    let host = Some(host).filter(|_| is_name)?;
    let Some((first, rest)) = host.split_once('.') else {
        return Some(host);
    };
    // `mx1`, `smtp-2`
    let first = first
        .trim_end_matches(|it: char| it.is_ascii_digit())
        .trim_end_matches('-')
        .to_ascii_lowercase();
    let is_server = rest.contains('.') && SERVERS.contains(&first.as_str());
    Some(if is_server { rest } else { host })
}

/// The host of the advice, where it is a name and no pattern.
fn advised(case: &Answers, facts: &Facts) -> Option<String> {
    if facts.core().questions.is_empty() {
        return None;
    }
    let host = advise(facts, case).best.route.host?;
    (host.placeholder.is_none() && is_host(&host.name)).then_some(host.name)
}

fn place(case: &Answers, facts: &Facts) -> String {
    let names: Vec<String> = case
        .environments
        .iter()
        .filter_map(|id| facts.index().entry(EntryKind::Environment, id))
        .map(|it| it.name.clone())
        .collect();
    let there = match &names[..] {
        [] => "on the machine that sends".to_owned(),
        names => format!("there: {}", super::words::listed(names)),
    };
    format!(
        "Run it {there}. Another network gives other answers. How to get the program, and what a check costs, stands below; it neither signs in nor sends."
    )
}

/// Commands, each with what it is for.
fn ways(
    case: &Answers,
    named: Option<&str>,
    known: Option<&str>,
    facts: &Facts,
) -> Vec<(String, String)> {
    let into = |what: &str, file: &str| format!("portolan-probe {what} --json > {file}.json");
    let probe = |what: &str| into(what, "report");
    if let Some(host) = named {
        let mut all = vec![("All ports of mail of this host".to_owned(), probe(host))];
        all.extend(domain_of(host).map(|domain| {
            (
                format!("What the DNS says of {domain} as a domain of mail"),
                into(&format!("domain {domain}"), "domain"),
            )
        }));
        return all;
    }
    let domain = (
        "What the DNS says of your domain, from SPF to DMARC: put it in".to_owned(),
        into("domain example.org", "domain"),
    );
    let own = |host: &str| {
        (
            "Its ports, as the report that this page reads".to_owned(),
            probe(host),
        )
    };
    match &case.provider {
        Some(ProviderAnswer::Catalogue(id)) => {
            let entry = facts.index().entry(EntryKind::Provider, id);
            let name = entry.map_or(id.as_str(), |it| it.name.as_str());
            let mut all = vec![(
                format!("The documented hosts and ports of {name}"),
                probe(&format!("--provider {id}")),
            )];
            if let Some(host) = known {
                let own = into(host, "host");
                all.push(("All ports of mail of its host".to_owned(), own));
            }
            all.push(domain);
            all
        }
        Some(ProviderAnswer::Direct) => vec![
            (
                "Where mail for a domain is delivered: put a recipient’s domain in".to_owned(),
                probe("--mx example.org"),
            ),
            (
                "Whether 25 gets out of here: put an MX in, and a host that answers elsewhere"
                    .to_owned(),
                "portolan-probe port25 mx.example.org --control smtp.example.net:587".to_owned(),
            ),
            domain,
        ],
        _ if case.use_case == Some(UseCase::Receiving) => vec![
            (
                "The exchanges of your domain: put it in".to_owned(),
                probe("--mx example.org"),
            ),
            domain,
        ],
        _ => vec![own(known.unwrap_or("smtp.example.org")), domain],
    }
}

/// The plain commands for the records of a domain: where its mail goes, SPF, DMARC, and the key of a selector.
fn records(system: System, domain: &str) -> String {
    let [policy, key] = [
        format!("_dmarc.{domain}"),
        format!("SELECTOR._domainkey.{domain}"),
    ];
    let questions = [
        (domain, "MX"),
        (domain, "TXT"),
        (&policy, "TXT"),
        (&key, "TXT"),
    ];
    let asked = match system {
        System::Windows => questions
            .map(|(name, kind)| format!("Resolve-DnsName {name} -Type {kind}"))
            .join("\n"),
        System::Linux | System::MacOs => {
            format!(
                "dig {}",
                questions
                    .map(|(name, kind)| format!("{name} {kind}"))
                    .join(" ")
            )
        }
    };
    format!(
        "# What do the records of the domain say? SELECTOR stands behind s= in the DKIM-Signature of a message.\n{asked}"
    )
}

/// The plain commands, for whoever may run no other program.
fn plain(host: Option<&str>) -> Element {
    let domain = host.and_then(domain_of).unwrap_or("DOMAIN");
    let host = host.unwrap_or("HOST");
    let all = commands(host);
    let of_system = |system: System| {
        let title = format!("# {}\n", system.name());
        let records = records(system, domain);
        let (_, rest) = all.split_once(&title)?;
        let end = System::ALL
            .iter()
            .filter_map(|it| rest.find(&format!("\n# {}\n", it.name())))
            .min()
            .unwrap_or(rest.len());
        Some(format!("{}\n\n{records}", rest.get(..end)?.trim()))
    };
    let systems = System::ALL.into_iter().filter_map(|system| {
        let text = of_system(system)?;
        let name = system.name();
        Some(
            of("details", "check__fold")
                .child(el("summary").text(name))
                .child(
                    of("pre", "run__plain")
                        .attr("tabindex", "0")
                        .attr("role", "region")
                        .attr("aria-label", &format!("Commands for {name}"))
                        .child(el("code").text(&text)),
                )
                .child(
                    quiet("Copy all", Press::Copy(text.clone()))
                        .attr("aria-label", &format!("Copy all commands for {name}")),
                ),
        )
    });
    of("section", "check__part")
        .attr("aria-labelledby", "plain-here")
        .child(el("h3").attr("id", "plain-here").text("Where no other program may run"))
        .child(el("p").text("The same questions with what the system brings. Paste what they print here, or into Analyze."))
        .all(systems)
}
