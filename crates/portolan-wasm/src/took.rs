//! What was taken along into the advice: said there, since some of it is asked for in few cases and shows nowhere else.

use portolan_advice::{Answers, ProviderAnswer, UseCase};
use portolan_facts::{EntryKind, Facts};
use portolan_link::CHECK;
use portolan_report::sheet::Element;
use portolan_report::{Observation, Reach};

use crate::sheet::{Writes, el, list, of};

/// The door of the advice, as the page is told.
pub const ADVISE: &str = "advise";

/// What a link took along, and the way back to where it was pressed: `at`, the address as it was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Took {
    told: Vec<String>,
    at: String,
    /// Whether it has records in it that the advice asks for in one case alone.
    waits: bool,
}

impl Took {
    /// What the link says. `None`: nothing.
    pub fn of(link: &str, at: &str, facts: &Facts) -> Option<Self> {
        let answers = portolan_link::parse(link).answers;
        let told = told(&answers, facts);
        let case = portolan_link::parse(at).answers.use_case;
        (!told.is_empty()).then(|| Self {
            told,
            at: at.to_owned(),
            waits: answers.posture.iter().next().is_some() && case != Some(UseCase::MailServer),
        })
    }

    /// What stands above the questions.
    pub fn sheet(&self) -> Element {
        let all = self.told.iter().map(|it| el("li").child(el("b").text(it)));
        let waits = self.waits.then(|| el("p").text("Records count where a server delivers on 25 by itself: choose “A mail server, to other domains” below, and they are in its questions."));
        // The address of before has the answers of before; what an analysis told stays with them.
        let back = if self.at.starts_with(CHECK) {
            "Back to Check, without it"
        } else {
            "Back to Analyze"
        };
        let is_known = self.at.starts_with("#/");
        let back = is_known.then(|| {
            of("p", "check__ways").child(
                of("a", "button button--quiet")
                    .attr("href", &self.at)
                    .text(back),
            )
        });
        of("div", "sheets").child(
            of("div", "taken")
                .child(el("p").text("Taken along from what was read:"))
                .child(list("ul", "taken__along").all(all))
                .maybe(waits)
                .maybe(back),
        )
    }

    /// The same for whoever does not see it.
    pub fn status(&self) -> String {
        format!("Taken along: {}.", self.told.join(", "))
    }
}

/// What answers say, in words.
fn told(answers: &Answers, facts: &Facts) -> Vec<String> {
    let name = |kind, id: &str| {
        let entry = facts.index().entry(kind, id);
        entry.map_or_else(|| portolan_explain::safe(id), |it| it.name.clone())
    };
    let mut all = Vec::new();
    if let Some(ProviderAnswer::Catalogue(id)) = &answers.provider {
        all.push(format!("the provider is {}", name(EntryKind::Provider, id)));
    }
    if let Some(id) = &answers.client {
        all.push(format!("the client is {}", name(EntryKind::Client, id)));
    }
    all.extend(answers.observed.iter().map(seen));
    all.extend(answers.posture.iter().map(|(item, is_fine)| {
        let state = if *is_fine { "in order" } else { "not in order" };
        format!("{} is {state}", item.id().to_ascii_uppercase())
    }));
    all
}

fn seen(it: &Observation) -> String {
    let what = match it.reach {
        Reach::Intercepted => "is intercepted",
        Reach::Open => "connects",
        Reach::Refused => "is refused",
        Reach::Rejected => "is rejected, or has no route",
        Reach::Reset => "is reset",
        Reach::TimedOut => "times out",
    };
    let host = it
        .host
        .as_ref()
        .map(|host| format!(", at {}", portolan_explain::safe(host)));
    format!("{} {what}{}", it.port, host.unwrap_or_default())
}
