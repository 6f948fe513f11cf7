//! What arrives with the page and stays as it is: header, headline, guide, footer.
//!
//! Rendered natively and never in the browser, so that the Wasm carries neither its words nor its code. The live page
//! renders into `#app` alone; the guide, which stands between two live parts, it puts back as it arrived.

mod failures;
mod guide;
mod mark;
mod probe;
mod questions;
mod shows;
mod theme_toggle;

use std::rc::Rc;

use yew::prelude::*;

use crate::app::{App, AppProps, Start};
use crate::state::door::{DOORS, Door};

pub use questions::{ASKED, Asked};
pub(crate) use shows::{Shows, shows};

/// What the foot of the page promises; a site that is built with a resolver says what it is asked besides.
pub const STAYS: &str = "Nothing you enter leaves this page.";

/// What the page is rendered from.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FrameProps {
    /// What the live part begins with.
    pub(crate) app: AppProps,
    /// Clients that can show the session, for the guide alone.
    pub(crate) shows: Rc<[Shows]>,
}

/// The whole page, around the live part.
#[component]
pub(crate) fn Frame(props: &FrameProps) -> Html {
    let start = &props.app.start;
    let own = start.own;
    let date = start.facts.core().version.date.clone();
    let start = Rc::new(Start {
        door: own,
        guide: match own {
            Door::Advise => guide::guide(),
            Door::Analyze => failures::failures(&props.shows),
            Door::Check => probe::probe(),
        },
        ..Start::clone(start)
    });
    html! {
        <>
            <a class="skip-link" href={own.answer()}>{ "Skip to the answer" }</a>
            <header class="site-header">
                <div class="wrap">
                    <a class="site-header__brand" href="./#/advise">{ mark::mark() }{ "Portolan" }</a>
                    <nav class="doors" aria-label="Doors">
                        { for DOORS.iter().map(|door| html! {
                            <a key={door.id()} href={door.file()} data-door={door.id()} data-headline={door.headline()} data-lede={door.lede()} aria-current={(*door == own).then_some("page")}>{ door.name() }</a>
                        }) }
                    </nav>
                    { theme_toggle::theme_toggle() }
                </div>
            </header>
            <main id="main" class="wrap" tabindex="-1">
                <h1 tabindex="-1">{ own.headline() }</h1>
                <p class="lede">{ own.lede() }</p>
                <noscript><p class="notice">{ match own {
                    Door::Advise => "Scripts are off, so nothing is asked here. What holds for nearly everybody stands below.",
                    Door::Analyze => "Scripts are off, so nothing can be read here. How to read the common failures yourself stands below.",
                    Door::Check => "Scripts are off, so no report can be read here. How to check a server yourself stands below.",
                } }</p></noscript>
                <div id="app"><App {start} /></div>
            </main>
            <footer class="site-footer">
                <div class="wrap">
                    <p>{ STAYS }{ " Facts of " }<time datetime={date.clone()}>{ date }</time>
                    { ", each with its source; where a source has no date or was read at second hand, it says so." }</p>
                </div>
            </footer>
        </>
    }
}
