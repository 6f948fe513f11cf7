//! The plain answers to what people ask about port 25: static, so that they stand without any script.
//!
//! General knowledge with its standards. What a provider or a host does today stands in the facts, never here.

use yew::prelude::*;

/// The guide.
pub(super) fn guide() -> Html {
    html! {
        <section class="guide" aria-labelledby="guide-title">
            <h2 id="guide-title">{ "25, 465, 587 and 2525 side by side" }</h2>
            <p class="guide__lede">
                { "An application signs in and hands its mail over on " }<b>{ "587" }</b>
                { " with STARTTLS required, or on " }<b>{ "465" }</b>
                { " with TLS from the first byte. Both are good: take the one your provider documents, and the other when the first does not connect. " }
                { rfc(6409, "3.1") }{ " · " }{ rfc(8314, "3.3") }
            </p>
            { table() }
            <p class="guide__lede">
                { "That 465 is deprecated was true until 2018. Today it is a submission port again, as right as 587. " }
                { rfc(8314, "7.3") }
            </p>
            <div class="guide__columns">
                { port_25() }
                { blocked() }
                { checklist() }
            </div>
            <h2 id="questions-title">{ "What else people ask" }</h2>
            { super::questions::questions() }
        </section>
    }
}

/// A link to a section of an RFC, named as mail people name it.
pub(super) fn rfc(number: u16, section: &'static str) -> Html {
    let href = format!("https://www.rfc-editor.org/rfc/rfc{number}#section-{section}");
    html! {
        <a class="guide__source" {href} rel="noopener noreferrer">{ "RFC " }{ number }{ ", section " }{ section }</a>
    }
}

const HEADS: [&str; 5] = ["Port", "Who uses it", "TLS", "Sign-in", "When"];

const PORTS: [[&str; 5]; 4] = [
    [
        "25",
        "Mail servers, to one another",
        "STARTTLS when offered",
        "None, as a rule",
        "You run a mail server that delivers to other domains, or receives for yours",
    ],
    [
        "465",
        "Applications, devices and people, to their provider",
        "From the first byte",
        "Required",
        "Your provider prefers it, or your client cannot insist on STARTTLS",
    ],
    [
        "587",
        "Applications, devices and people, to their provider",
        "STARTTLS, to be required by you",
        "Required",
        "The usual choice",
    ],
    [
        "2525",
        "The same, where the provider offers it; no standard names it",
        "Mostly STARTTLS",
        "Required",
        "587 and 465 do not get out, and your provider documents it",
    ],
];

fn table() -> Html {
    let rows = PORTS.iter().map(|[port, cells @ ..]| {
        let cells = HEADS.iter().skip(1).zip(cells).map(|(head, cell)| {
            html! { <td key={*head} data-head={*head}>{ *cell }</td> }
        });
        html! { <tr key={*port}><th scope="row">{ *port }</th>{ for cells }</tr> }
    });
    html! {
        <table class="ports" aria-labelledby="guide-title">
            <thead>
                <tr>{ for HEADS.iter().map(|head| html! { <th key={*head} scope="col">{ *head }</th> }) }</tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}

fn port_25() -> Html {
    html! {
        <section>
            <h3>{ "Should my application send on port 25?" }</h3>
            <p>
                { "No. Port 25 is where a mail server hands a message to the server that an MX record names. " }
                { rfc(5321, "5.1") }
            </p>
            <p>
                { "An application that uses it takes on that server’s duties: a queue that tries again for days, reverse DNS, SPF, DKIM, a reputation, and bounces that somebody reads. A submission service does all that for you, and asks who you are first. " }
                { rfc(5321, "4.5.4.1") }{ " · " }{ rfc(6409, "4.3") }
            </p>
            <p>
                { "Exceptions are few: your provider documents 25 for signed-in clients and nothing else gets out, or a relay takes your mail because it knows your address." }
            </p>
        </section>
    }
}

fn blocked() -> Html {
    html! {
        <section>
            <h3>{ "Why is outbound port 25 blocked, and how would I see it?" }</h3>
            <p>
                { "Clouds and access providers shut it because hijacked machines send spam by it. It is a policy of the network and has nothing to do with your password. The submission ports ask for a sign-in, so networks are told to leave them open. " }
                { rfc(5068, "4.1") }
            </p>
            <dl class="guide__signs">
                <dt>{ "Time-out" }</dt>
                <dd>{ "Something dropped the attempt without a word. From a cloud, on 25, that is policy until shown otherwise." }</dd>
                <dt>{ "Refused" }</dt>
                <dd>{ "A host answered at once that nothing listens there. Look at host name and port before you blame a block." }</dd>
                <dt>{ "A reply, such as 535" }</dt>
                <dd>{ "The mail server itself spoke, so the port is open; the trouble lies in what was said. " }{ rfc(5321, "4.2") }</dd>
            </dl>
        </section>
    }
}

fn checklist() -> Html {
    html! {
        <section>
            <h3>{ "When mail does not leave" }</h3>
            <ol class="guide__list">
                <li>{ "Test from the machine that sends, not from your desk." }</li>
                <li>{ "Does the host name resolve? Is it the one your provider names today?" }</li>
                <li>{ "Does the port connect? On a time-out try 587, then 465, then 2525 if it is offered." }</li>
                <li>{ "Does TLS begin as the port expects? 465 at once; 587 and 2525 after STARTTLS." }</li>
                <li>{ "Is the sign-in accepted? Many want an API key or an app password. Never turn the certificate check off." }</li>
            </ol>
        </section>
    }
}
