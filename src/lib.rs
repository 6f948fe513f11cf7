//! The page: which port should your mail leave by?
//!
//! A library, so that it can be rendered natively, for the pre-rendered site and for tests. Components turn values into
//! HTML; `state` holds what the visitor said; `bridge` calls the engine; `browser` is the only folder that knows a
//! browser. No component knows a provider, a port or a rule.

pub mod app;
pub mod bridge;
pub mod browser;
pub mod components;
mod pages;
pub mod state;

/// The page as text: what arrives before the Wasm does.
///
/// Only what travels inside the page is used, so that the first live rendering is the same.
#[cfg(feature = "ssr")]
pub fn prerender(facts: &portolan_facts::Facts) -> String {
    use app::{App, AppProps};
    let facts = portolan_facts::Facts::new(facts.core().clone());
    let props = AppProps {
        facts,
        ..AppProps::default()
    };
    pollster::block_on(
        yew::LocalServerRenderer::<App>::with_props(props)
            .hydratable(false)
            .render(),
    )
}
