//! What becomes of something that is put into the box: it goes to the analyzer, and the door that it belongs to opens.

use yew::Context;

use super::{App, Message};
use crate::browser::{self, Analyst, Load};
use crate::components::anything;
use crate::state::action::Action;
use crate::state::door::Door;
use crate::state::given::{self, Answer, Belongs, Given};
use crate::state::learnt::learnt;
use crate::state::link;

impl App {
    /// Opens a door; what was said and given stays.
    pub(super) fn enter(&mut self, door: Door) {
        if self.door != door {
            self.door = door;
            browser::show_door(door);
        }
    }

    /// Gives what was given last once more, to another analyzer.
    pub(super) fn again(&mut self, context: &Context<Self>) {
        self.analyst = None;
        if let Some(load) = self.load.take() {
            self.give(load, context);
            return;
        }
        // It broke before anything was given: what the door shows is asked for once more.
        self.given.state = given::State::Idle;
        self.pushed.clear();
    }

    /// Gives what stands in the field; an empty one takes back what was found, and the analyzer says so.
    pub(super) fn give_draft(&mut self, context: &Context<Self>) {
        if self.given.draft.trim().is_empty() {
            self.given = Given::default();
            self.need_analyst(context);
            self.ask(self.door.id());
            browser::focus(anything::FIELD, None);
        } else {
            self.give(Load::text(&self.given.draft), context);
        }
    }

    /// Adds what an analysis learnt to what was said, and opens the advice.
    pub(super) fn learn(&mut self, fragment: &str) {
        for action in learnt(link::parse(fragment)) {
            self.page.act(action);
        }
        self.enter(Door::Advise);
        // It says what was taken along.
        self.ask(fragment);
    }

    /// The analyzer comes when it is needed first.
    pub(super) fn need_analyst(&mut self, context: &Context<Self>) {
        if self.analyst.is_none() {
            self.analyst = Analyst::start(context.link().callback(Message::Answered));
        }
    }

    /// Keeps the address: every answer is a place in the history, and so is every door. What a door of the analyzer shows
    /// depends on the answers, from the command to the advice, so that it is looked into anew.
    pub(super) fn settle(&mut self, context: &Context<Self>) {
        let answers = self.page.fragment.strip_prefix(link::NOTHING);
        let answers = answers.filter(|_| self.door != Door::Analyze);
        let fragment = [self.door.fragment(), answers.unwrap_or_default()].concat();
        if self.pushed == fragment {
            return;
        }
        browser::push_fragment(&fragment, context.props().start.own);
        if self.door == Door::Check {
            self.need_analyst(context);
        }
        if self.door != Door::Advise {
            self.ask(&["at ", &fragment].concat());
        }
        self.pushed = fragment;
    }

    /// Gives something to the analyzer.
    pub(super) fn give(&mut self, load: Load, context: &Context<Self>) {
        self.need_analyst(context);
        self.given.give();
        match &self.analyst {
            Some(analyst) => analyst.read(&load),
            None => {
                self.given.take(None);
            }
        }
        self.load = Some(load);
    }

    /// Asks the analyzer for something in its own words, to say what a fragment takes along, or, by a door's id alone, to
    /// forget what is there; what it is to take a text for leads to another door, perhaps.
    pub(super) fn ask(&mut self, what: &str) {
        if what.starts_with("as ") {
            self.given.state = given::State::Reading;
        }
        if let Some(analyst) = &self.analyst {
            analyst.ask(what);
        }
    }

    /// Takes what the analyzer says, and opens the door that it belongs to.
    pub(super) fn answered(&mut self, mut answer: Option<Answer>, context: &Context<Self>) {
        if answer.is_none() {
            self.analyst = None;
        }
        let belongs = answer.as_ref().map(Answer::belongs);
        let is_busy = answer.as_ref().is_some_and(|answer| answer.is_busy);
        let look = answer.as_mut().and_then(|answer| answer.look.take());
        let is_new = self.given.take(answer);
        // What follows at once may name nothing, before the first was rendered.
        if look.is_some() {
            self.look = look;
            self.is_asked = !is_new;
        }
        // A door that is looked into says so; what is still being read does not know where it belongs.
        if is_busy && self.door == Door::Advise && matches!(belongs, Some(Belongs::Nowhere)) {
            self.enter(Door::Analyze);
        }
        if !is_new {
            return;
        }
        match belongs {
            Some(Belongs::Door(door)) => self.enter(door),
            Some(Belongs::Documentation(text)) => {
                self.enter(Door::Advise);
                self.read(text, context);
            }
            Some(Belongs::Provider(host)) => {
                self.enter(Door::Advise);
                self.page.act(Action::Provider(None, Some(host)));
            }
            Some(Belongs::Nowhere) | None => {}
        }
    }
}
