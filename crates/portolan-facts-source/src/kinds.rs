//! What holds for one kind of thing: providers, environments, clients, questions.

use std::collections::BTreeSet;

use portolan_facts::{
    Client, Codes, Confirmation, Environment, ExampleTls, PortStatus, Provider, Question, Region,
    SettingKind, Sourced,
};

use crate::Problem;
use crate::file::Step::{At, Key};
use crate::file::{File, Step};
use crate::form::{is_code, is_domain, is_host, is_host_or_pattern, is_mechanism};

/// Hosts, ports and mechanisms that can be; each endpoint and each region once.
pub(crate) fn provider(file: &File, provider: &Provider, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (place, endpoint) in provider.endpoints.iter().enumerate() {
        let way = [Key("endpoint"), At(place)];
        host(file, &way, &endpoint.host, problems);
        port(file, &way, "port", endpoint.port, problems);
        mechanisms(file, &way, endpoint.auth.as_deref(), problems);
        if !seen.insert((&endpoint.host, endpoint.port, endpoint.tls, endpoint.role)) {
            problems.push(file.problem_at(
                &below(&way, "host"),
                format!(
                    "expected each endpoint once, but found {}:{} again",
                    endpoint.host, endpoint.port
                ),
            ));
        }
    }
    regions(file, provider, problems);
    confidence(file, provider, provider.confidence, problems);
    for (place, words) in provider.banners.iter().enumerate() {
        let is_low = |it: u8| (b' '..=b'~').contains(&it) && !it.is_ascii_uppercase();
        let letters = words.bytes().filter(u8::is_ascii_lowercase).count();
        if !words.bytes().all(is_low) || letters < FEWEST_LETTERS {
            problems.push(file.problem_at(
                &[Key("banners"), At(place)],
                format!(
                    "expected words in lower case with five letters or more, but found `{words}`"
                ),
            ));
        }
    }
    for (key, names) in [("domains", &provider.domains), ("mx", &provider.mx)] {
        for (place, name) in names.iter().enumerate() {
            if !is_domain(name) {
                problems.push(file.problem_at(
                    &[Key(key), At(place)],
                    format!("expected a domain in lower case, but found `{name}`"),
                ));
            }
        }
    }
}

/// Fewer stand in too many replies of others.
const FEWEST_LETTERS: usize = 5;

fn regions(file: &File, provider: &Provider, problems: &mut Vec<Problem>) {
    let (mut hosts, mut names) = (BTreeSet::new(), BTreeSet::new());
    for (place, region) in provider.regions.iter().enumerate() {
        let way = [Key("regions"), At(place)];
        if !is_host(&region.host) {
            problems.push(file.problem_at(
                &below(&way, "host"),
                format!(
                    "expected a host name in lower case, but found `{}`",
                    region.host
                ),
            ));
        }
        if !hosts.insert(&region.host) {
            problems.push(file.problem_at(
                &below(&way, "host"),
                format!(
                    "expected each region's host once, but found `{}` again",
                    region.host
                ),
            ));
        }
        if !names.insert(region.name.to_lowercase()) {
            problems.push(file.problem_at(
                &below(&way, "name"),
                format!(
                    "expected each region once, but found `{}` again",
                    region.name
                ),
            ));
        }
    }
    first_region(file, provider, problems);
}

/// Endpoints are given for the first region, whose host the others take the place of.
fn first_region(file: &File, provider: &Provider, problems: &mut Vec<Problem>) {
    let Some((first, others)) = provider.regions.split_first() else {
        return;
    };
    let mut of_first = provider.endpoints.iter().map(|it| &it.host);
    if !of_first.any(|host| *host == first.host) {
        problems.push(file.problem_at(
            &[Key("regions"), At(0), Key("host")],
            format!(
                "expected endpoints of the first region, but found none on `{}`",
                first.host
            ),
        ));
    }
    for (place, endpoint) in provider.endpoints.iter().enumerate() {
        let is_of = |region: &Region| region.host == endpoint.host;
        if !is_of(first) && others.iter().any(is_of) {
            problems.push(file.problem_at(
                &[Key("endpoint"), At(place), Key("host")],
                format!(
                    "expected endpoints of the first region only, but found `{}`",
                    endpoint.host
                ),
            ));
        }
    }
}

/// Whoever says that the owner's page was read, or that several agree, names one of them.
fn confidence(
    file: &File,
    thing: &impl Sourced,
    confidence: Confirmation,
    problems: &mut Vec<Problem>,
) {
    let needs_address = matches!(
        confidence,
        Confirmation::CrossChecked | Confirmation::Documented
    );
    if needs_address && !thing.is_confirmed() {
        problems.push(file.problem_at(
            &[Key("confidence")],
            "expected a source with an address beside this confidence, but found none".to_owned(),
        ));
    }
}

/// Ports that can be, each once, and each with what its status needs; a relay that can be.
pub(crate) fn environment(file: &File, environment: &Environment, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (place, policy) in environment.ports.iter().enumerate() {
        let way = [Key("port"), At(place)];
        port(file, &way, "number", policy.number, problems);
        if !seen.insert(policy.number) {
            problems.push(file.problem_at(
                &below(&way, "number"),
                format!("expected each port once, but found {} again", policy.number),
            ));
        }
        if policy.status == PortStatus::Unknown {
            continue;
        }
        if policy.basis.is_none() {
            problems.push(file.problem_at(
                &below(&way, "status"),
                "expected `basis` beside a status that is known, but found none".to_owned(),
            ));
        }
        if policy.sources.is_empty() {
            problems.push(file.problem_at(
                &below(&way, "status"),
                "expected `sources` beside a status that is known, but found none".to_owned(),
            ));
        }
    }
    confidence(file, environment, environment.confidence, problems);
    if let Some(relay) = &environment.relay {
        let way = [Key("relay")];
        host(file, &way, &relay.host, problems);
        port(file, &way, "port", relay.port, problems);
        mechanisms(file, &way, relay.auth.as_deref(), problems);
    }
}

/// Mechanisms that can be, and each once.
pub(crate) fn client(file: &File, client: &Client, problems: &mut Vec<Problem>) {
    examples(file, client, problems);
    hides(file, client, problems);
    let mut seen = BTreeSet::new();
    for (place, it) in client.mechanisms.iter().enumerate() {
        let way = [Key("mechanisms"), At(place), Key("name")];
        mechanism(file, &way, &it.name, problems);
        if !seen.insert(&it.name) {
            problems.push(file.problem_at(
                &way,
                format!(
                    "expected each mechanism once, but found `{}` again",
                    it.name
                ),
            ));
        }
    }
}

/// The stages at which a server answers, by the analyzer's ids.
const STAGES: [&str; 8] = [
    "greeting",
    "ehlo",
    "starttls",
    "auth",
    "mail",
    "rcpt",
    "data",
    "end-of-data",
];

/// Stages that there are, each once and in their order; what is hidden ends a sentence, and the way to see it is known.
fn hides(file: &File, client: &Client, problems: &mut Vec<Problem>) {
    let Some(hides) = &client.hides else { return };
    let mut later = STAGES.iter();
    for (place, stage) in hides.at.iter().enumerate() {
        if !later.any(|it| it == stage) {
            problems.push(file.problem_at(
                &[Key("hides"), Key("at"), At(place)],
                format!("expected stages in their order, each once, but found `{stage}`"),
            ));
        }
    }
    if hides.what.ends_with('.') {
        problems.push(file.problem_at(
            &[Key("hides"), Key("what")],
            format!(
                "expected the end of `{} hides …` without a full stop, but found `{}`",
                client.name, hides.what
            ),
        ));
    }
    if !client
        .settings
        .iter()
        .any(|it| it.what == SettingKind::Debug)
    {
        problems.push(
            file.problem_at(
                &[Key("hides")],
                "expected a setting of the kind `debug` beside what is hidden, but found none"
                    .to_owned(),
            ),
        );
    }
}

/// Each way of TLS once and only where the client has it, with a place for what is filled in.
fn examples(file: &File, client: &Client, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (place, it) in client.examples.iter().enumerate() {
        let (can, tls) = match it.tls {
            ExampleTls::Implicit => (client.implicit_tls.can, "implicit"),
            ExampleTls::None => (true, "none"),
            ExampleTls::Starttls => (client.starttls.can, "starttls"),
        };
        if !can || !seen.insert(it.tls) {
            problems.push(file.problem_at(
                &[Key("example"), At(place), Key("tls")],
                format!("expected one example for each way that the client can, but found `{tls}`"),
            ));
        }
        for part in ["{host}", "{port}"] {
            if !it.setting.contains(part) {
                problems.push(file.problem_at(
                    &[Key("example"), At(place), Key("setting")],
                    format!("expected a place for `{part}`, but found none"),
                ));
            }
        }
    }
}

/// Each code once, and each in the form of its registry.
pub(crate) fn codes(file: &File, codes: &Codes, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (place, code) in codes.codes.iter().enumerate() {
        let way = [Key("code"), At(place), Key("code")];
        if !is_code(&code.code) {
            problems.push(file.problem_at(
                &way,
                format!(
                    "expected a reply code such as 550 or an enhanced code such as X.1.1, but found `{}`",
                    code.code
                ),
            ));
        }
        if !seen.insert(&code.code) {
            problems.push(file.problem_at(
                &way,
                format!("expected each code once, but found `{}` again", code.code),
            ));
        }
    }
}

/// Each choice once.
pub(crate) fn question(file: &File, question: &Question, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (place, choice) in question.choices.iter().enumerate() {
        if !seen.insert(&choice.id) {
            problems.push(file.problem_at(
                &[Key("choice"), At(place), Key("id")],
                format!("expected each choice once, but found `{}` again", choice.id),
            ));
        }
    }
}

fn host(file: &File, way: &[Step<'_>], host: &str, problems: &mut Vec<Problem>) {
    if !is_host_or_pattern(host) {
        problems.push(file.problem_at(
            &below(way, "host"),
            format!("expected a host name in lower case, but found `{host}`"),
        ));
    }
}

fn port(file: &File, way: &[Step<'_>], key: &str, port: u16, problems: &mut Vec<Problem>) {
    // More than 65535 does not fit the type and is refused there.
    if port == 0 {
        problems.push(file.problem_at(
            &below(way, key),
            "expected a port from 1 to 65535, but found 0".to_owned(),
        ));
    }
}

fn mechanisms(file: &File, way: &[Step<'_>], auth: Option<&[String]>, problems: &mut Vec<Problem>) {
    for (place, name) in auth.unwrap_or_default().iter().enumerate() {
        let mut way = below(way, "auth");
        way.push(At(place));
        mechanism(file, &way, name, problems);
    }
}

fn mechanism(file: &File, way: &[Step<'_>], name: &str, problems: &mut Vec<Problem>) {
    if !is_mechanism(name) {
        problems.push(file.problem_at(
            way,
            format!("expected a SASL mechanism such as PLAIN, but found `{name}`"),
        ));
    }
}

fn below<'a>(way: &[Step<'a>], key: &'a str) -> Vec<Step<'a>> {
    let mut way = way.to_vec();
    way.push(Key(key));
    way
}
