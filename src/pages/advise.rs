//! The Advise door: questions beside the verdict, and below them the plain answers that need neither.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser;
use crate::components::guide::guide;
use crate::components::notice;
use crate::components::question::{Questions, next};
use crate::components::verdict::{Verdict, VerdictBar};
use crate::state::early::Early;
use crate::state::link;
use crate::state::page::{Action, Page};

pub(crate) fn advise(page: &Page, dispatch: &Callback<Action>, early: &Early) -> Html {
    let today = browser::today().map(AttrValue::from);
    let on_copy = Callback::from(|text: AttrValue| browser::copy(&text));
    let fragment = link::print(&page.answers, &page.facts.core().version.date);
    let copy_link = Callback::from(move |_: MouseEvent| {
        let address = browser::address();
        let base = address.split('#').next().unwrap_or_default();
        browser::copy(&format!("{base}{fragment}"));
    });
    html! {
        <>
            <h1>{ "Which port should your mail leave by?" }</h1>
            <p class="lede">{ "Answer what you know. The course is drawn from the first answer on, and every part of it says why." }</p>
            { notice::ignored(&page.ignored, dispatch) }
            { notice::failed(&page.failed, dispatch) }
            <noscript><p class="notice">{ "Scripts are off, so the form cannot answer for your own case. What holds for nearly everybody stands beside it and below it." }</p></noscript>
            <div class="advise">
                <Questions page={page.clone()} dispatch={dispatch.clone()} early={early.clone()} />
                <div class="advise__verdict">
                    <Verdict advice={page.advice.clone()} answers={Rc::new(page.answers.clone())} {today} stale={page.is_stale()} {on_copy} />
                    <div class="advise__after">
                        { next(page) }
                        <button type="button" class="button" onclick={copy_link}>{ "Copy a link to this answer" }</button>
                    </div>
                </div>
            </div>
            { guide() }
            <VerdictBar advice={page.advice.clone()} />
        </>
    }
}
