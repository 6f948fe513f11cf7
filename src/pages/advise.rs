//! The Advise door: questions beside the verdict.

use crate::app::TICKET;
use crate::components::View;
use crate::components::dom::{El, button, of};
use crate::components::question::{next, questions};
use crate::components::verdict::verdict;
use crate::state::wish::Wish;

pub(crate) fn advise(view: &View<'_>) -> El {
    let what = if view.page.answers.pasted.is_empty() {
        "Copy a link to this answer"
    } else {
        "Copy a link, without what was pasted"
    };
    let copy_link =
        button("button", view.tell, Wish::CopyLink).text(view.copied_or(&view.page.fragment, what));
    let copied = view.copied.map_or("", |copied| copied.outcome.words());
    let after = of("div", "advise__after")
        .child(next(view))
        .child(
            of("div", "advise__take").child(copy_link).child(
                button("button button--quiet", view.tell, Wish::CopyTicket)
                    .text(view.copied_or(TICKET, "Copy as Markdown")),
            ),
        )
        .child(
            of("p", "visually-hidden")
                .attr("role", "status")
                .text(copied),
        );
    of("div", "advise").child(questions(view)).child(
        of("div", "advise__verdict")
            .child(verdict(view))
            .child(after),
    )
}
