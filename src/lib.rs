//! The page: which port should your mail leave by?
//!
//! A library, so that it can be rendered natively, for the pre-rendered site and for tests. Components turn values into
//! HTML; `frame` is what stays around them; `state` holds what the visitor said; `bridge` calls the engine; `browser` is
//! the only folder that knows a browser. No component knows a provider, a port or a rule.
//!
//! ```
//! use portolan::state::link;
//!
//! // What a link holds is what its visitor answered; what cannot be understood is told.
//! let read = link::parse("#/advise?provider=gmail&weather=fine");
//! assert!(read.answers.provider.is_some());
//! assert_eq!(read.ignored.len(), 1);
//! ```

pub mod app;
pub mod bridge;
pub mod browser;
mod components;
#[cfg(feature = "ssr")]
mod frame;
mod pages;
pub mod state;

#[cfg(feature = "ssr")]
pub use frame::{ASKED, Asked, STAYS};

/// The page as text: what arrives before the Wasm does. The live part is in `#app`.
///
/// Of the live part only what travels inside the page is used, so that the first live rendering is the same.
#[cfg(feature = "ssr")]
pub fn prerender(facts: &portolan_facts::Facts, door: state::door::Door) -> String {
    let start = app::Start {
        own: door,
        door,
        facts: portolan_facts::Facts::new(facts.core().clone()),
        ..app::Start::default()
    };
    framed(start, frame::shows(facts.clients().map(AsRef::as_ref)))
}

/// The page as text, as it begins with these facts and answers.
#[cfg(feature = "ssr")]
pub fn render(start: app::Start) -> String {
    framed(start, std::rc::Rc::default())
}

#[cfg(feature = "ssr")]
fn framed(start: app::Start, shows: std::rc::Rc<[frame::Shows]>) -> String {
    let app = app::AppProps {
        start: start.into(),
    };
    let props = frame::FrameProps { app, shows };
    pollster::block_on(
        yew::LocalServerRenderer::<frame::Frame>::with_props(props)
            .hydratable(false)
            .render(),
    )
}
