//! The chosen client's own configuration, with what the route says filled in.

use portolan_facts::{Client, ExampleTls};
use portolan_report::Security;

use crate::ranking::Ranked;

/// The client's own configuration for a route, with its file. Secrets stay names of the environment.
pub(crate) fn configuration<'f>(
    client: &'f Client,
    best: &Ranked<'_>,
) -> Option<(&'f str, String)> {
    let route = &best.candidate.route;
    let tls = match route.security? {
        Security::ImplicitTls => ExampleTls::Implicit,
        Security::StartTls => ExampleTls::Starttls,
        Security::Cleartext if !best.candidate.signs_in() => ExampleTls::None,
        Security::OpportunisticStartTls | Security::Cleartext => return None,
    };
    let example = client.examples.iter().find(|it| it.tls == tls)?;
    let host = route
        .host
        .as_ref()
        .map_or("smtp.your-provider.example", |host| &host.name);
    let signs_in = best.candidate.signs_in();
    let lines: Vec<&str> = example
        .setting
        .lines()
        .filter(|line| signs_in || !line.contains("SMTP_USER") && !line.contains("SMTP_PASSWORD"))
        .collect();
    let port = route.port?.to_string();
    let lines = lines.join("\n");
    Some((
        &example.file,
        lines.replace("{host}", host).replace("{port}", &port),
    ))
}
