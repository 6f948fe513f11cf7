//! How to check a server without any script: the program, the plain commands instead of it, and what each answer means.

use portolan_check::commands::{QUESTIONS, Question, System, Way};
use yew::prelude::*;

use super::guide::rfc;

/// The guide of the Check door.
pub(super) fn probe() -> Html {
    html! {
        <section class="guide" aria-labelledby="guide-title">
            <h2 id="guide-title">{ "How to check a server" }</h2>
            <p class="guide__lede">
                <code>{ "portolan-probe" }</code>
                { " is a small program that connects to a mail server as a mail client would, on 25, 465, 587 and 2525, over IPv4 and IPv6, waits for each answer, and writes down what came. It neither signs in nor sends unless told to. Run it on the machine that sends: another network gives other answers." }
            </p>
            <p class="guide__lede">
                { "A check takes seconds where servers answer, and a minute at the most. It makes one connection to each port of each address, a second one where that tells more, and never more than twelve at once. The server sees your address and this machine’s name, as it does of any client, and your resolver the names that are asked for; nobody else is told." }
            </p>
            <div class="guide__columns">
                { get() }
                { run() }
            </div>
            <h2 id="means-title">{ "What each answer means" }</h2>
            { means() }
            <h2 id="plain-title">{ "Where no other program may run" }</h2>
            <p class="guide__lede">
                { "The same questions with what the system brings, or nearly; HOST is the server’s name, and DOMAIN what stands behind the @. A click on a command selects it whole. What they print can be given to " }
                <a href="analyze.html" data-door="analyze">{ "Analyze" }</a>{ "." }
            </p>
            { for QUESTIONS.iter().chain([&RECORDS]).map(question) }
        </section>
    }
}

fn get() -> Html {
    html! {
        <section>
            <h3>{ "Get it" }</h3>
            <p>{ "It comes with Portolan’s source, the repository that this site was built from: run these in its folder. The program needs nothing where it runs: no runtime, no root." }</p>
            <dl class="guide__signs probe__ways">
                <dt>{ "With Rust" }</dt>
                <dd><pre><code>{ "cargo install --path crates/portolan-probe" }</code></pre></dd>
                <dt>{ "As one static file, and as a package for Debian" }</dt>
                <dd>
                    <pre><code>{ "cargo xtask probe" }</code></pre>
                    { "Both lie in " }<code>{ "dist-probe" }</code>{ " then: copy the file to the server as it is, or " }
                    <code>{ "apt install ./portolan-probe_*.deb" }</code>{ "." }
                </dd>
            </dl>
        </section>
    }
}

/// Commands, and when to take which.
const RUNS: [(&str, &str); 7] = [
    (
        "The server that takes your mail",
        "portolan-probe smtp.example.org",
    ),
    (
        "The same, as the report that this page reads",
        "portolan-probe smtp.example.org --json > report.json",
    ),
    (
        "A provider of the catalogue, by its documented hosts and ports",
        "portolan-probe --provider sendgrid",
    ),
    (
        "Where mail for a domain is delivered",
        "portolan-probe --mx example.org",
    ),
    (
        "What the DNS says of your domain: MX, SPF, DKIM, DMARC and the rest",
        "portolan-probe domain example.org --json > domain.json",
    ),
    (
        "Whether 25 gets out of here",
        "portolan-probe port25 mx.example.org --control smtp.example.net:587",
    ),
    (
        "A report that was kept, once more",
        "portolan-probe report report.json",
    ),
];

fn run() -> Html {
    html! {
        <section>
            <h3>{ "Run it" }</h3>
            <dl class="guide__signs probe__ways">
                { for RUNS.iter().map(|(what, command)| html! {
                    <><dt>{ *what }</dt><dd><pre><code>{ *command }</code></pre></dd></>
                }) }
            </dl>
        </section>
    }
}

const MEANS: [[&str; 3]; 9] = [
    [
        "It works",
        "The session came to its end: greeting, EHLO, TLS with a trusted certificate",
        "Nobody. Whether your sign-in is taken, a sign-in alone says",
    ],
    [
        "Refused",
        "The host answered at once that nothing listens there",
        "You: another port or host. Or whoever runs the server",
    ],
    [
        "Time-out",
        "Packets vanish. On 25, at a cloud or at home, that is the network’s policy; else a firewall, or a host that is down",
        "Whoever runs the network. Try 587, 465, then 2525",
    ],
    [
        "Rejected",
        "A firewall said no at once, in the host’s place",
        "Whoever runs that firewall, on this machine first",
    ],
    [
        "No route",
        "This machine has no way to such addresses: mostly IPv6 that is not there",
        "Nobody, where IPv4 works",
    ],
    [
        "Connects, and says nothing",
        "The port waits for TLS, as 465 does; or something on the way holds the greeting back",
        "You, where the kind of TLS is wrong; else the network",
    ],
    [
        "Turned away, 421 or 554",
        "The server spoke and will not go on: too many connections, or your address is not wanted",
        "Whoever runs the server, and you where your address has a bad name",
    ],
    [
        "No STARTTLS, or XXXX in its place",
        "Not offered, or taken out by something on the way. Send no password then",
        "Whoever runs the server; else the network",
    ],
    [
        "The certificate is refused",
        "Expired, of another name, or vouched for by nobody known here",
        "Whoever runs the server. Never turn the check off",
    ],
];

fn means() -> Html {
    html! {
        <>
            <table class="ports failures__stages" aria-labelledby="means-title">
                <thead><tr><th scope="col">{ "Answer" }</th><th scope="col">{ "What it means" }</th><th scope="col">{ "Who can mend it" }</th></tr></thead>
                <tbody>
                    { for MEANS.iter().map(|[answer, what, who]| html! {
                        <tr key={*answer}><th scope="row">{ *answer }</th><td data-head="What it means">{ *what }</td><td data-head="Who">{ *who }</td></tr>
                    }) }
                </tbody>
            </table>
            <p class="guide__lede">
                { "One host that does not answer on 25 proves nothing: its own firewall may do that. Several that answer elsewhere and fail alike on 25 make a block near you likely. " }
                { rfc(5068, "4.1") }{ " · " }{ rfc(8314, "3.3") }{ " · " }{ rfc(3207, "4") }
            </p>
        </>
    }
}

/// What no server is asked, and receivers look at.
const RECORDS: Question = Question {
    asks: "What do the records of the domain say? SELECTOR stands behind s= in the DKIM-Signature of a message.",
    ways: &[
        Way {
            on: System::Linux,
            command: DIG,
        },
        Way {
            on: System::MacOs,
            command: DIG,
        },
        Way {
            on: System::Windows,
            command: "'DOMAIN', '_dmarc.DOMAIN', 'SELECTOR._domainkey.DOMAIN' | ForEach-Object { Resolve-DnsName $_ -Type TXT }",
        },
    ],
};

const DIG: &str = "dig DOMAIN MX DOMAIN TXT _dmarc.DOMAIN TXT SELECTOR._domainkey.DOMAIN TXT";

fn question(question: &'static Question) -> Html {
    html! {
        <section key={question.asks} class="probe__question">
            <h3>{ question.asks }</h3>
            <dl>
                { for question.ways.iter().map(|way| html! {
                    <div key={way.on.name()}><dt>{ way.on.name() }</dt><dd><pre><code>{ way.command }</code></pre></dd></div>
                }) }
            </dl>
        </section>
    }
}
