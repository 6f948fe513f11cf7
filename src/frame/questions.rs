//! What people ask besides, with short answers: they stand in the page, and in its structured data for search engines.

use yew::prelude::*;

/// A question, its answer, and the sections of RFCs that support it.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The question, as people type it.
    pub ask: &'static str,
    /// The answer, whole sentences.
    pub answer: &'static str,
    /// Number and section.
    pub sources: &'static [(u16, &'static str)],
}

/// The questions, in the order of the page.
pub const ASKED: [Asked; 9] = [
    Asked {
        ask: "When is port 25 right?",
        answer: "When one mail server hands mail to another: your own server delivers to the MX hosts of the recipients, or receives for your domains, or relays to a host that knows its address. Then it needs a network that lets 25 out, reverse DNS that leads back, SPF, DKIM and DMARC, somebody who reads the bounces, and an owner. Whoever signs in submits elsewhere.",
        sources: &[(5321, "5.1"), (5321, "4.5.4.1")],
    },
    Asked {
        ask: "587 or 465?",
        answer: "Both. 587 begins in plain text and is encrypted by STARTTLS, which your client must require; 465 is encrypted from the first byte. Take what your provider documents; where it has both, 465 if your client cannot insist on STARTTLS or your policy asks for encryption from the first byte, else 587. RFC 8314 prefers 465.",
        sources: &[(8314, "3"), (8314, "3.3")],
    },
    Asked {
        ask: "My client says SSL, TLS, STARTTLS, secure. Which is which?",
        answer: "“SSL”, “SSL/TLS”, “implicit TLS”, SMTPS and secure: true mean encryption from the first byte, the way of 465. “STARTTLS”, “explicit TLS” and, in most clients, a plain “TLS” mean the way of 587: first a greeting in plain text, then the upgrade. The wrong one hangs, or ends in “wrong version number”.",
        sources: &[(8314, "3.3"), (3207, "4")],
    },
    Asked {
        ask: "What is port 2525 for?",
        answer: "For networks that shut 587 and 465. No standard names it: it works only where the provider documents it, mostly with STARTTLS, and is otherwise used as 587 is.",
        sources: &[(6409, "3.1")],
    },
    Asked {
        ask: "What is a smarthost?",
        answer: "The one host to which your mail server hands everything, signed in on 587 or 465, so that it need not deliver itself. It is the usual way round a blocked port 25, and delivers with its own reputation.",
        sources: &[(5321, "3.6.2")],
    },
    Asked {
        ask: "25, 465 and 587 are all blocked. What now?",
        answer: "Ask the host how the block is lifted; many lift it for accounts with a history. Until then use an alternate port that your provider documents, the relay that your host runs itself, or the provider’s API over HTTPS, which passes wherever web pages do.",
        sources: &[(5068, "4")],
    },
    Asked {
        ask: "The port is open. Why does mail still fail, or land in spam?",
        answer: "Then it is no question of ports. Replies such as 535 are about the sign-in, 550 5.7 about policy: SPF and DKIM that do not match the From domain, a missing DMARC record, an address without reverse DNS, a blocklist. Trouble on port 25 is often a sign that these are missing. Authenticate the domain, keep newsletters and tests apart from the mail that must arrive, and act on bounces.",
        sources: &[(7208, "2.4"), (6376, "3.5"), (9989, "4.7")],
    },
    Asked {
        ask: "Can I send without signing in?",
        answer: "Only where a relay knows your address: your own network’s, your host’s, or a provider’s connector. Anybody else refuses, or would be an open relay. A device without a place for a password hands its mail to a small relay that signs in for it.",
        sources: &[(6409, "4.3"), (5068, "3.1")],
    },
    Asked {
        ask: "Is it safe to switch the certificate check off?",
        answer: "No: then anybody on the way can read the password. A failing check means a wrong host name, a missing intermediate certificate, an old list of authorities, or a scanner in the connection; each can be mended.",
        sources: &[(8314, "5.3"), (3207, "6")],
    },
];

/// The questions with their answers.
pub(super) fn questions() -> Html {
    let one = |asked: &Asked| {
        let sources = asked.sources.iter().enumerate().map(|(place, (rfc, section))| {
            html! { <>{ if place > 0 { " · " } else { "" } }{ super::guide::rfc(*rfc, section) }</> }
        });
        html! {
            <section key={asked.ask}>
                <h3>{ asked.ask }</h3>
                <p>{ asked.answer }{ " " }{ for sources }</p>
            </section>
        }
    };
    html! {
        <div class="guide__columns">{ for ASKED.iter().map(one) }</div>
    }
}
