//! The frame: header, the door, footer; and the state that they share.

use portolan_advice::Answers;
use portolan_facts::Facts;
use yew::prelude::*;

use crate::browser;
use crate::components::mark::mark;
use crate::components::theme_toggle::ThemeToggle;
use crate::pages::advise;
use crate::state::early::Early;
use crate::state::link;
use crate::state::page::{Action, Page};

/// What the page begins with.
#[derive(Clone, Default, PartialEq, Properties)]
pub struct AppProps {
    /// The facts that travel inside the page.
    pub facts: Facts,
    /// What the link and the static form say.
    #[prop_or_default]
    pub answers: Answers,
    /// What of the link could not be understood.
    #[prop_or_default]
    pub ignored: Vec<String>,
    /// What the visitor did before the page came alive.
    #[prop_or_default]
    pub early: Early,
    /// Whether this is a browser.
    #[prop_or_default]
    pub is_live: bool,
}

/// The page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let page = {
        let props = props.clone();
        use_reducer(move || Page::new(props.facts, props.answers, props.ignored))
    };
    let dispatch = {
        let dispatcher = page.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };

    // Once, after the first render: the address, the focus, the mark that the page is alive.
    use_effect_with((), {
        let (dispatch, early) = (dispatch.clone(), props.early.clone());
        move |()| {
            if let Some(id) = &early.focus {
                browser::focus(id, early.selection);
            }
            browser::mark_live();
            let listening = browser::on_navigation(Callback::from(move |fragment: String| {
                if fragment.is_empty() || fragment.starts_with("#/") {
                    let read = link::parse(&fragment);
                    dispatch.emit(Action::Navigate(Box::new(read.answers), read.ignored));
                }
            }));
            move || listening.stop()
        }
    });

    // What the answers need and is not here yet.
    use_effect_with(page.wanted(), {
        let dispatch = dispatch.clone();
        move |wanted| {
            for part in wanted.clone() {
                let dispatch = dispatch.clone();
                browser::load(
                    part,
                    Callback::from(move |loaded| {
                        dispatch.emit(match loaded {
                            Ok(loaded) => Action::Loaded(loaded),
                            Err(part) => Action::Failed(part),
                        });
                    }),
                );
            }
        }
    });

    // Every answer is a place in the history.
    let facts_date = page.facts.core().version.date.clone();
    use_effect_with(page.answers.clone(), {
        let facts_date = facts_date.clone();
        move |answers| browser::push_fragment(&link::print(answers, &facts_date))
    });

    html! {
        <>
            <a class="skip-link" href="#verdict">{ "Skip to the answer" }</a>
            <header class="site-header">
                <div class="wrap">
                    <a class="site-header__brand" href="#/advise">{ mark() }{ "Portolan" }</a>
                    <ThemeToggle />
                </div>
            </header>
            <main id="main" class="wrap" tabindex="-1">
                { advise::advise(&page, &dispatch, &props.early) }
            </main>
            <footer class="site-footer">
                <div class="wrap">
                    <p>{ "Nothing you enter leaves this page. Facts of " }<time datetime={facts_date.clone()}>{ facts_date }</time>
                    { ", each with its source; where a source has no date or was read at second hand, it says so." }</p>
                </div>
            </footer>
        </>
    }
}
