//! How to read a failure without any script: the rules of reading, the stages, and every cause with what shows it and what
//! mends it, as `data/causes` has them.

use portolan_explain::{citation, who_short};
use portolan_smtp::{Cause, causes};
use yew::prelude::*;

use super::guide::rfc;
use super::shows::{self, Shows, capital};

/// The guide of the Analyze door, with the clients that can show more.
pub(super) fn failures(clients: &[Shows]) -> Html {
    html! {
        <section class="guide" aria-labelledby="guide-title">
            <h2 id="guide-title">{ "How to read a failure yourself" }</h2>
            <p class="guide__lede">
                { "Look for the server’s reply: three digits, often a second code such as 5.7.8, and words. It stands behind “said:” in a log, behind “Diagnostic-Code:” in a bounce, and at the end of most error messages. " }
                { rfc(5321, "4.2") }{ " · " }{ rfc(3463, "2") }
            </p>
            { rules() }
            <h2 id="stages-title">{ "Where a session can end" }</h2>
            { stages() }
            if !clients.is_empty() {
                <h2 id="shows-title">{ "Where the reply is not to be seen" }</h2>
                <p class="guide__lede">{ "Some programs keep what the server says to themselves. Run them once more so that they show the session; mind that most show the password with it." }</p>
                { shows::table(clients) }
            }
            <h2 id="causes-title">{ "Causes, by what shows them" }</h2>
            <p class="guide__lede">{ "Compare the words first, the second code next, the three digits last: receivers agree on them in this order." }</p>
            { for AREAS.iter().map(area) }
        </section>
    }
}

const RULES: [(&str, &str); 5] = [
    (
        "The first refusal is the cause",
        "What follows it is an echo: a QUIT, “no valid recipients”, “could not send”. Read from the top, and stop at the first line that says no and is not got over.",
    ),
    (
        "Who says it decides what it means",
        "The same 550 5.7.1 is about relaying at one receiver and about reputation at another. Note the name in the greeting or behind “host”.",
    ),
    (
        "Words before codes",
        "Receivers misuse codes: 550 for a missing sign-in, 451 for something permanent. Where code and words differ, believe the words.",
    ),
    (
        "4 waits, 5 does not",
        "A reply that begins with 4 may pass later by itself, and greylisting does within minutes. One that begins with 5 stays until somebody changes something.",
    ),
    (
        "No reply at all is about the way",
        "A time-out, a refusal of the connection or a name that is not found comes from the network or from a wrong host or port, never from a password.",
    ),
];

fn rules() -> Html {
    html! {
        <dl class="failures__rules">
            { for RULES.iter().map(|(rule, why)| html! { <div key={*rule}><dt>{ *rule }</dt><dd>{ *why }</dd></div> }) }
        </dl>
    }
}

const STAGES: [[&str; 3]; 8] = [
    [
        "Connect",
        "The name is looked up, and a connection made",
        "A network that shuts the port, a wrong host or port, a firewall",
    ],
    [
        "Greeting",
        "The server speaks first: 220",
        "554: this address is not wanted; silence: the port wants TLS first, or something on the way swallows it",
    ],
    [
        "EHLO",
        "The client says who it is, the server what it offers",
        "A name that is none; AUTH or STARTTLS that is missing here comes after encryption, or never",
    ],
    [
        "STARTTLS, TLS",
        "The connection is encrypted",
        "“wrong version number”: the wrong kind of TLS for the port; a certificate that is not trusted or of another name",
    ],
    [
        "AUTH",
        "The client signs in: 235",
        "535 and 534: user name, password, or the kind of password",
    ],
    [
        "MAIL",
        "The sender is named",
        "530: sign in first; 553 or 550: not this sender",
    ],
    [
        "RCPT",
        "The recipient is named",
        "550 5.1.1: no such mailbox; 554 5.7.1: relaying is denied; 450: come back later",
    ],
    [
        "DATA, message",
        "The message is handed over: 250",
        "550 5.7: policy, SPF, DKIM, DMARC, spam; 552: too large",
    ],
];

fn stages() -> Html {
    html! {
            <table class="ports failures__stages" aria-labelledby="stages-title">
                <thead><tr><th scope="col">{ "Stage" }</th><th scope="col">{ "What happens" }</th><th scope="col">{ "When it ends here" }</th></tr></thead>
                <tbody>
                    { for STAGES.iter().map(|[stage, what, ends]| html! {
                        <tr key={*stage}><th scope="row">{ *stage }</th><td data-head="What happens">{ *what }</td><td data-head="Ends here">{ *ends }</td></tr>
                    }) }
                </tbody>
            </table>
    }
}

/// Areas by the ids of their causes, in the order of a session.
const AREAS: [(&str, &str); 10] = [
    ("network.", "The way to the server"),
    ("tls.", "Encryption"),
    ("auth.", "Signing in"),
    ("relay.", "Relaying"),
    ("sender.", "The sender and its domain"),
    ("policy.", "Policy and reputation"),
    ("recipient.", "The recipient"),
    ("message.", "The message"),
    ("server.", "The server itself"),
    ("client.", "The sending program"),
];

fn area((prefix, title): &(&str, &'static str)) -> Html {
    let of_area = causes().iter().filter(|cause| cause.id.starts_with(prefix));
    html! {
        <section key={*title} class="failures__area">
            <h3>{ *title }</h3>
            { for of_area.map(cause) }
        </section>
    }
}

fn cause(cause: &'static Cause) -> Html {
    let id = ["cause-", &cause.id.replace('.', "-")].concat();
    let remedy = cause
        .remedies
        .iter()
        .find(|remedy| remedy.provider.is_none());
    let sources = remedy.map_or(cause.sources, |remedy| remedy.sources);
    html! {
        <article key={cause.id} class="failures__cause" {id}>
            <h4>{ cause.means }</h4>
            <p><b>{ "Shown by: " }</b>{ cause.evidence }</p>
            if let Some(remedy) = remedy {
                <p><b>{ capital(who_short(remedy.who)) }{ ": " }</b>{ remedy.action }</p>
            }
            <p class="failures__more">
                <b>{ "Another try: " }</b>{ cause.wait }{ " " }
                { for sources.iter().take(2).map(|source| {
                    let (title, href) = citation(source);
                    html! { <><a class="guide__source" {href} rel="noopener noreferrer">{ title }</a>{ " " }</> }
                }) }
            </p>
        </article>
    }
}
