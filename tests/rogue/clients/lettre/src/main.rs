//! lettre, with the error as a program shows it that returns it from `main`; traces are its debug mode.

use std::error::Error;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{SmtpTransport, Transport};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

fn env(name: &str) -> String {
    std::env::var(format!("ROGUE_{name}")).unwrap_or_default()
}

fn main() -> Result<(), Box<dyn Error>> {
    if env("DEBUG") == "yes" {
        let lettre = Targets::new().with_target("lettre", LevelFilter::TRACE);
        let lines = tracing_subscriber::fmt::layer().without_time().with_ansi(false);
        tracing_subscriber::registry().with(lines).with(lettre).init();
    }
    let host = env("HOST");
    let root = Certificate::from_pem(&std::fs::read(env("CA"))?)?;
    let tls = TlsParameters::builder(host.clone()).add_root_certificate(root).build()?;
    let mut builder = SmtpTransport::builder_dangerous(&host)
        .port(env("PORT").parse()?)
        .hello_name(ClientId::Domain("client.example".into()))
        .timeout(Some(Duration::from_secs(env("TIMEOUT").parse()?)))
        .tls(match env("TLS").as_str() {
            "implicit" => Tls::Wrapper(tls),
            "starttls" => Tls::Required(tls),
            _ => Tls::None,
        });
    if env("AUTH") != "no" {
        builder = builder.credentials(Credentials::new(env("USER"), env("PASSWORD")));
    }
    if env("AUTH") == "token" {
        builder = builder.authentication(vec![Mechanism::Xoauth2]);
    }
    let to: Result<Vec<_>, _> = env("TO").split(',').map(str::parse).collect();
    let envelope = Envelope::new(Some(env("FROM").parse()?), to?)?;
    builder.build().send_raw(&envelope, &std::fs::read(env("MESSAGE"))?)?;
    Ok(())
}
