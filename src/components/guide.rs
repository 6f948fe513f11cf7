//! The plain answers to what people ask about port 25: static, so that they stand without any script.

use yew::prelude::*;

fn rfc(number: u16, section: &str) -> Html {
    html! { <a class="source" href={format!("https://www.rfc-editor.org/rfc/rfc{number}#section-{section}")} rel="noopener noreferrer external">{ format!("RFC {number}, {section}") }</a> }
}

const ROWS: [[&str; 5]; 4] = [
    ["587", "Applications, people, devices", "STARTTLS, which you require", "Yes", "The default"],
    ["465", "The same", "From the first byte", "Yes", "When the provider prefers it, or your client cannot require STARTTLS"],
    ["2525", "The same, where the provider documents it", "Mostly STARTTLS", "Yes", "When 587 and 465 are blocked"],
    ["25", "Mail servers, to each other", "STARTTLS when offered", "No", "Delivery to MX hosts; never an application"],
];

/// The guide.
pub fn guide() -> Html {
    html! {
        <div class="guide">
            <section><h2>{ "Should my application send on port 25?" }</h2>
                <p>{ "No. 25 is where mail servers hand mail to each other. An application signs in and submits, on 587 with STARTTLS or on 465 with TLS from the first byte; the server that takes it delivers on 25. " }{ rfc(6409, "3.1") }{ " " }{ rfc(8314, "3.3") }</p>
            </section>
            <section><h2>{ "Why is outbound port 25 blocked?" }</h2>
                <p>{ "Clouds and access providers shut it against spam. It is a policy of the network and has nothing to do with your password. A block shows as a time-out: no answer at all. “Connection refused” is an answer, from a host where nothing listens; a reply such as 535 comes from the mail server itself, so the port is open. " }{ rfc(5068, "4.1") }</p>
            </section>
            <section><h2>{ "25, 465, 587 and 2525 side by side" }</h2>
                <div class="guide__table" tabindex="0" role="region" aria-label="The ports side by side">
                    <table>
                        <thead><tr><th scope="col">{ "Port" }</th><th scope="col">{ "For" }</th><th scope="col">{ "TLS" }</th><th scope="col">{ "Sign in" }</th><th scope="col">{ "When" }</th></tr></thead>
                        <tbody>{ for ROWS.iter().map(|[port, who, tls, sign_in, when]| html! {
                            <tr key={*port}><th scope="row">{ *port }</th><td>{ *who }</td><td>{ *tls }</td><td>{ *sign_in }</td><td>{ *when }</td></tr>
                        }) }</tbody>
                    </table>
                </div>
                <p>{ "That 465 is deprecated was true before 2018. Today it and 587 are equally right. " }{ rfc(8314, "7.3") }</p>
            </section>
            <section><h2>{ "When nothing leaves" }</h2>
                <ol class="guide__list">
                    <li>{ "Try the port from where the mail is sent, not from your own desk." }</li>
                    <li>{ "A time-out: the network. Another port, or have it opened." }</li>
                    <li>{ "Refused: wrong host or port, or the service is down." }</li>
                    <li>{ "Connected, then silence: TLS is expected from the first byte, or nobody answers." }</li>
                    <li>{ "A reply with a number: the port is open. Read what the number says." }</li>
                </ol>
            </section>
        </div>
    }
}
