//! The live part of the page: its state, and what becomes of the visitor's wishes.
//!
//! One component with one kind of message. A function component with hooks costs 5 to 10 kB of Wasm, a struct component
//! little beyond its own code; so there is one, and the views are functions.

mod given;

use std::rc::Rc;

use portolan_advice::Answers;
use portolan_config::parse;
use portolan_facts::{Facts, Tree};
use yew::virtual_dom::VList;
use yew::{Component, Context, Html, Properties};

use crate::bridge::{Announcement, announcement};
use crate::browser::{self, Analyst, Listening, Load, Reader};
use crate::components::anything::{self, FILES, anything, made};
use crate::components::dom::{Tell, slot};
use crate::components::pasted::FIELD;
use crate::components::question::SEEN;
use crate::components::verdict::bar;
use crate::components::{View, notice};
use crate::pages::advise::advise;
use crate::pages::analyze::analyze;
use crate::state::action::Action;
use crate::state::choice;
use crate::state::copied::Copied;
use crate::state::door::Door;
use crate::state::early::Early;
use crate::state::field::{Picking, pickings};
use crate::state::given::{Answer, Given};
use crate::state::link;
use crate::state::page::{Loaded, Page, Part};
use crate::state::pasted::Reading;
use crate::state::seen;
use crate::state::ticket;
use crate::state::touch::Touch;
use crate::state::wish::Wish;

/// What the page begins with.
#[derive(Clone, Default)]
pub struct Start {
    /// The facts that travel inside the page.
    pub facts: Facts,
    /// The door of the file that arrived.
    pub own: Door,
    /// The door that the address leads to.
    pub door: Door,
    /// What the link and the static form say.
    pub answers: Answers,
    /// What the link brings for the analyzer: a report.
    pub brought: Option<String>,
    /// What of the link could not be understood.
    pub ignored: Vec<String>,
    /// The date of the facts and the course of the day on which the link was made.
    pub then: Option<(String, String)>,
    /// Where the site's owner wants to hear of what is wrong: an address with `{text}` in it. `None`: nowhere.
    pub report: Option<String>,
    /// What the visitor did before the page came alive.
    pub early: Early,
    /// The guide, which stands between the verdict and its bar, and never changes.
    pub guide: Html,
}

/// What the page begins with, shared.
#[derive(Clone, Default, Properties)]
pub struct AppProps {
    /// It.
    #[prop_or_default]
    pub start: Rc<Start>,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.start, &other.start)
    }
}

/// Everything that can happen.
#[derive(Debug)]
pub enum Message {
    /// The analyzer says something; `None`: it cannot be had, or broke.
    Answered(Option<Tree>),
    /// A text is in the clipboard, or not.
    Copied(Copied),
    /// A link to a door was followed.
    Entered(Door),
    /// Something was pasted, dropped or chosen for the box.
    Given(Load),
    /// A part of the facts has arrived, or could not be loaded.
    Loaded(Result<Loaded, Part>),
    /// Something was read out of the pasted documentation; `None`: the reader cannot be had.
    Read(Option<String>),
    /// The fragment of the address is another one.
    Navigated(String),
    /// The visitor wants something.
    Wish(Wish),
}

/// By what the button knows the Markdown that it copied.
pub(crate) const TICKET: &str = "ticket";

/// The page.
pub struct App {
    page: Page,
    pickings: Vec<Picking>,
    copied: Option<Copied>,
    /// The door that is open.
    door: Door,
    given: Given,
    /// What was given last, in case that the analyzer breaks.
    load: Option<Load>,
    /// What reads whatever is given, once something was.
    analyst: Option<Analyst>,
    /// What is to be looked at once it is there, by id.
    look: Option<String>,
    /// Whether that was asked for, so that the focus goes there as well.
    is_asked: bool,
    /// What is being typed of what was seen.
    seen: String,
    tell: Tell,
    /// What reads pasted documentation, once something was pasted.
    reader: Option<Reader>,
    /// How many texts are being read.
    reading: usize,
    /// The parts that are on their way.
    asked: Vec<Part>,
    /// The fragment that the address was last given.
    pushed: String,
    /// The verdict that other scripts were last told of.
    announced: Announcement,
    listening: [Option<Listening>; 3],
}

impl Component for App {
    type Message = Message;
    type Properties = AppProps;

    fn create(context: &Context<Self>) -> Self {
        let start = &context.props().start;
        Self {
            page: Page::new(
                start.facts.clone(),
                start.answers.clone(),
                start.ignored.clone(),
                start.then.clone(),
            ),
            pickings: pickings(&start.early, &start.answers),
            copied: None,
            door: start.door,
            given: Given::default(),
            load: None,
            analyst: None,
            look: None,
            is_asked: false,
            seen: start.early.typed_into(SEEN).unwrap_or_default().to_owned(),
            tell: context.link().callback(Message::Wish),
            reader: None,
            reading: 0,
            asked: Vec::new(),
            pushed: String::new(),
            announced: Announcement::default(),
            listening: [None, None, None],
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Answered(answer) => self.answered(answer.and_then(Answer::read), context),
            Message::Copied(copied) => self.copied = Some(copied),
            Message::Entered(door) => self.enter(door),
            Message::Given(load) => self.give(load, context),
            Message::Loaded(loaded) => self.page.take(loaded),
            Message::Navigated(fragment) => {
                self.enter(Door::of(&fragment).unwrap_or(context.props().start.own));
                if self.door != Door::Analyze {
                    self.page.navigate(&fragment);
                }
                if link::brings(&fragment) {
                    self.give(Load::text(&fragment), context);
                }
            }
            Message::Read(read) => {
                self.reading = self.reading.saturating_sub(1);
                // An answer to an earlier text.
                if self.reading > 0 {
                    return false;
                }
                self.page.paste(|it| it.read(read.as_deref().map(parse)));
            }
            Message::Wish(wish) => return self.grant(wish, context),
        }
        self.follow();
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let today = browser::today();
        let view = View {
            page: &self.page,
            pickings: &self.pickings,
            copied: self.copied.as_ref(),
            door: self.door,
            given: &self.given,
            seen: &self.seen,
            report: context.props().start.report.as_deref(),
            today: today.as_deref(),
            tell: &self.tell,
        };
        let is_advice = self.door == Door::Advise;
        let only =
            |is_there: bool, it: &dyn Fn() -> Html| if is_there { it() } else { Html::default() };
        let parts = vec![
            slot(notice::ignored(&view)),
            slot(notice::failed(&view)),
            slot(notice::changed(&view)),
            anything(&view).into(),
            only(!is_advice, &|| analyze(&view)),
            only(is_advice, &|| slot(made(&view))),
            only(is_advice, &|| advise(&view).into()),
            only(self.door == context.props().start.own, &|| {
                context.props().start.guide.clone()
            }),
            only(is_advice, &|| bar(&view).into()),
        ];
        VList::with_children(parts, None).into()
    }

    fn rendered(&mut self, context: &Context<Self>, is_first: bool) {
        if is_first {
            let early = &context.props().start.early;
            if let Some(id) = &early.focus {
                browser::focus(id, early.selection);
            }
            browser::mark_live();
            browser::show_door(self.door);
            if let Some(fragment) = &context.props().start.brought {
                let load = Load::text(fragment);
                context.link().send_message(Message::Given(load));
            }
            if let Some(text) = early.typed_into(anything::FIELD) {
                self.tell.emit(Wish::Draft(text.to_owned()));
            }
            if let Some(text) = early.typed_into(FIELD) {
                self.tell.emit(Wish::Paste(text.to_owned()));
            }
            self.listening = [
                browser::on_navigation(context.link().callback(Message::Navigated)),
                browser::on_doors(&context.link().callback(Message::Entered)),
                browser::on_load(anything::FIELD, context.link().callback(Message::Given)),
            ];
        }
        // What was found, narrowed or opened is somewhere else on the page.
        if let Some(id) = self.look.take() {
            if self.is_asked {
                browser::focus(&id, None);
            }
            browser::scroll_to(&id);
        }
        // What the answers need and is not here yet.
        let wanted = self.page.wanted();
        for part in &wanted {
            if !self.asked.contains(part) {
                browser::load(part.clone(), context.link().callback(Message::Loaded));
            }
        }
        self.asked = wanted;
        self.settle(context);
        let verdict = announcement(&self.page.advice);
        if self.announced != verdict {
            browser::announce(&verdict);
            self.announced = verdict;
        }
        let course = ticket::headline(&self.page.advice.best.route);
        let found = self.given.at(self.door).map(|answer| &answer.status);
        browser::set_title(match self.door {
            Door::Advise => Some(&course).filter(|_| self.pushed != link::NOTHING),
            Door::Analyze | Door::Check => found.filter(|it| !it.is_empty()),
        });
    }

    fn destroy(&mut self, _context: &Context<Self>) {
        self.listening = [None, None, None];
    }
}

impl App {
    /// Does what the visitor wants; whether the page is another one then.
    fn grant(&mut self, wish: Wish, context: &Context<Self>) -> bool {
        self.copied = None;
        match wish {
            Wish::Again => self.again(context),
            Wish::Ask(what) => self.ask(&what),
            Wish::Draft(text) => self.given.edit(text),
            Wish::Files => {
                if let Some(load) = browser::chosen(FILES) {
                    self.give(load, context);
                }
            }
            Wish::Give => self.give_draft(context),
            Wish::Learn(fragment) => self.learn(&fragment),
            Wish::Act(action) => {
                // The button that took it back goes away with the answer: the focus would fall to the page's beginning.
                if let Some(id) = choice::home(&action, &self.page.facts) {
                    browser::focus(&id, None);
                }
                self.page.act(action);
            }
            Wish::Copy(text) => Self::copy(&text, text.clone(), context),
            Wish::CopyLink => {
                Self::copy(&self.address(), self.page.fragment.clone(), context);
            }
            Wish::CopyTicket => {
                let facts = &self.page.facts.core().version.date;
                let text = ticket::markdown(&self.page.advice, &self.address(), facts);
                Self::copy(&text, TICKET.to_owned(), context);
            }
            Wish::See => {
                if let Some(seen) = seen::observation(&self.seen) {
                    self.seen.clear();
                    self.page.act(Action::Observed(seen, true));
                }
            }
            Wish::Type(text) => self.seen = text,
            Wish::Keep(place, is_taken) => self.page.paste(|it| it.keep(place, is_taken)),
            Wish::Turn(place) => self.page.paste(|it| it.turn(place)),
            Wish::Paste(text) => self.read(text, context),
            Wish::Field(field, touch) => {
                if matches!(touch, Touch::Pick(None)) {
                    browser::focus(field.id(), None);
                }
                let index = self.page.facts.index();
                let picking = self.pickings.iter_mut().find(|it| it.field == field);
                if let Some(choice) = picking.and_then(|it| it.touch(touch, index)) {
                    if let Some(id) = &choice.id {
                        browser::remember(field.question(), id);
                    }
                    self.page.act(field.action(choice));
                }
            }
            Wish::Nothing => {}
            Wish::Show(id) => {
                browser::focus(&id, None);
                browser::scroll_to(&id);
            }
        }
        self.follow();
        let index = self.page.facts.index();
        self.page.asks_for_signs |= self.pickings.iter().any(|it| it.needs_signs(index));
        true
    }

    /// Takes a pasted text and has it read.
    fn read(&mut self, text: String, context: &Context<Self>) {
        self.page.paste(|it| it.paste(text));
        if self.page.pasted.state != Reading::Running {
            return;
        }
        if self.reader.is_none() {
            self.reader = Reader::start(context.link().callback(Message::Read));
        }
        match &self.reader {
            Some(reader) => {
                self.reading += usize::from(reader.read(&self.page.pasted.text));
            }
            None => self.page.paste(|it| it.read(None)),
        }
    }

    /// The address of this answer.
    fn address(&self) -> String {
        let address = browser::address();
        let base = address.split('#').next().unwrap_or_default();
        [base, &self.page.link()].concat()
    }

    /// Copies a text. `shown` is what the button knows it by.
    fn copy(text: &str, shown: String, context: &Context<Self>) {
        let done = context.link().callback(move |outcome| {
            Message::Copied(Copied {
                text: shown.clone(),
                outcome,
            })
        });
        browser::copy(text, done);
    }

    fn follow(&mut self) {
        for picking in &mut self.pickings {
            picking.follow(&self.page.answers);
            if picking.is_open {
                picking.recent = browser::recent(picking.field.question());
            }
        }
    }
}
