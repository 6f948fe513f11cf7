//! Reads whatever goes into the box: texts at once, files in pieces.
//!
//! In come lists: `["facts", folder, resolver]` first, the resolver where the site was built with one; then
//! `["text", text]`, `["files", [File, …]]`, `["ask", what]`. Out come `null`, when it is ready, and
//! `[door, subject, text as it may be shown, about, status, sheet, whether more follows, id of what to look at]`, or a file for
//! the visitor.

mod facts;
mod files;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Date};
use portolan_explain::{Reading, Taken};
use portolan_intake::{Kind, recognize};
use portolan_link::CHECK;
use portolan_report::sheet::Element;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use super::cross;
use super::doh::Carrying;
use crate::check;
use crate::desk::{After, Desk, FINDING, look};
use crate::intake::{Given, NOTHING_GIVEN, NOWHERE, about, masked};
use crate::sheet::of;
use crate::took::{ADVISE, Took};

/// Seconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    reason = "it is a whole number of 42 bits"
)]
fn now() -> i64 {
    (Date::now() / 1000.0) as i64
}

/// Answers whatever comes.
pub fn listen() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let state = Rc::new(State {
        scope: scope.clone(),
        inner: RefCell::default(),
    });
    let answer = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        if let Ok(message) = message.data().dyn_into::<Array>() {
            state.clone().take(&message);
            state.give_up();
        }
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
    let _ = scope.post_message(&JsValue::NULL);
}

pub(super) struct State {
    pub(super) scope: DedicatedWorkerGlobalScope,
    pub(super) inner: RefCell<Inner>,
}

#[derive(Default)]
pub(super) struct Inner {
    pub(super) desk: Desk,
    /// Where the facts are.
    folder: String,
    has_names: bool,
    files: Vec<File>,
    given: Given,
    /// What was pasted last.
    text: String,
    /// Grows with everything that is to be read: what was being read before is given up.
    turn: u32,
    /// Whether what is being read is to end where it is.
    is_stopped: bool,
    /// The fragment of the address, as the page told it last.
    pub(super) at: String,
    /// What was given at the Check door, or for it: what another door was given does not take its place.
    checked: Given,
    /// Messages to a resolver.
    pub(super) carrying: Carrying,
}

impl State {
    fn take(self: Rc<Self>, message: &Array) {
        let verb = message.get(0).as_string().unwrap_or_default();
        match verb.as_str() {
            "facts" => {
                let mut inner = self.inner.borrow_mut();
                inner.folder = message.get(1).as_string().unwrap_or_default();
                let resolver = message.get(2).as_string().unwrap_or_default();
                inner.desk.checks.ask_at(&resolver);
                // The pages lie beside the worker.
                let own = self.scope.location().href();
                if let Some((folder, _)) = own.rsplit_once('/') {
                    inner.desk.checks.lies_at(&format!("{folder}/check.html"));
                }
            }
            "text" => {
                let text = message.get(1).as_string().unwrap_or_default();
                self.inner.borrow_mut().turn += 1;
                self.text(text, None);
            }
            "files" => {
                let files: Vec<File> = Array::from(&message.get(1))
                    .iter()
                    .filter_map(|file| file.dyn_into().ok())
                    .collect();
                let turn = {
                    let mut inner = self.inner.borrow_mut();
                    inner.turn += 1;
                    inner.desk.clear();
                    inner.files.clone_from(&files);
                    inner.turn
                };
                spawn_local(async move { self.files(files, turn).await });
            }
            "ask" => self.ask(&message.get(1).as_string().unwrap_or_default()),
            _ => {}
        }
    }

    /// A text, taken for what it is, or for what somebody says it is. Of a long one a first look is shown first.
    fn text(self: Rc<Self>, text: String, kind: Option<String>) {
        // Of a report it would show what a server said in it.
        let is_report = recognize(text.as_bytes()).kind == Kind::Report;
        let glimpse = (!is_report).then(|| Desk::glimpse(text.as_bytes()));
        let Some(sheet) = glimpse.flatten() else {
            return self.whole(&text, kind.as_deref());
        };
        let turn = self.inner.borrow().turn;
        self.busy(&sheet);
        spawn_local(async move {
            // What is posted leaves at once; what came in the meantime may have made this text the last one but one.
            if self.inner.borrow().turn == turn {
                self.whole(&text, kind.as_deref());
            }
        });
    }

    fn whole(self: Rc<Self>, text: &str, kind: Option<&str>) {
        let taken = recognize(text.as_bytes());
        let unpacked = check::unpack(text);
        // A link whose report is broken is told to be one.
        let is_torn = unpacked.is_none() && portolan_link::brings(text);
        let is_link = unpacked.is_some() || is_torn;
        {
            let mut inner = self.inner.borrow_mut();
            let said = kind.and_then(|id| Kind::ALL.iter().copied().find(|it| it.id() == id));
            let kind = if is_link {
                Kind::Report
            } else {
                said.unwrap_or(taken.kind)
            };
            let or = taken.or.filter(|_| said.is_none() && !is_link);
            inner.files.clear();
            inner.given = Given {
                kind,
                or,
                subject: taken.subject,
                shown: masked(text).filter(|_| !is_link),
                about: about(text),
                container: None,
                at_check: inner.at.starts_with(CHECK),
            };
            text.clone_into(&mut inner.text);
            if inner.given.is_checked() {
                let Inner { desk, given, .. } = &mut *inner;
                match (&given.subject, given.kind) {
                    (Some(it), Kind::Address | Kind::Host) => desk.checks.take_host(it),
                    (_, Kind::Records) => {
                        desk.checks.begin();
                        desk.checks.take_records(text, now());
                    }
                    _ if is_torn => {
                        desk.checks.begin();
                        desk.checks.take_torn();
                    }
                    _ if desk.checks.take_plain(text, now()) => {}
                    _ => {
                        desk.checks.begin();
                        let report = unpacked.as_deref().unwrap_or(text.as_bytes());
                        desk.checks.take(None, report);
                    }
                }
                inner.checked = inner.given.clone();
                drop(inner);
                self.show();
                return self.look_up();
            }
            // Somebody says that it is one failure, however many records there are.
            let as_one = said.is_some_and(|it| it != Kind::Log);
            let taken = if as_one { Taken::AsOne } else { Taken::AsItIs };
            inner.desk.take_text(text.as_bytes(), taken);
            if kind == Kind::Nothing && inner.desk.names_a_failure() {
                inner.given.kind = Kind::Failure;
            }
        }
        self.show();
        self.look_up();
    }

    /// Looks into a door: what is to be seen there, for the answers that its address has.
    fn attend(self: Rc<Self>, fragment: &str) {
        {
            let mut inner = self.inner.borrow_mut();
            fragment.clone_into(&mut inner.at);
            inner.desk.checks.attend(fragment);
        }
        self.clone().look(true, None);
        self.look_up();
    }

    /// Shows what is behind the open door; as what is not asked for, something that was given may be on its way.
    pub(super) fn look(self: Rc<Self>, is_aside: bool, look: Option<&str>) {
        let inner = self.inner.borrow();
        let is_check = inner.at.starts_with(CHECK);
        if is_check && inner.desk.checks.is_empty() {
            let sheet = inner.desk.checks.sheet(&inner.desk.facts);
            drop(inner);
            let nothing = Given::default();
            self.post(&sheet, "", check::DOOR, &nothing, is_aside, look);
            return;
        }
        let given = if is_check {
            &inner.checked
        } else {
            &inner.given
        };
        if !(is_check || given.is_analyzed()) {
            return;
        }
        let (sheet, status) = (inner.desk.sheet(given), inner.desk.status(given));
        let given = given.clone();
        drop(inner);
        self.post(&sheet, &status, given.belongs(), &given, is_aside, look);
    }

    fn ask(self: Rc<Self>, what: &str) {
        if what == "stop" {
            self.inner.borrow_mut().is_stopped = true;
            return;
        }
        if let Some(fragment) = what.strip_prefix("at ") {
            return self.attend(fragment);
        }
        // A door alone: nothing was given there.
        if matches!(what, ADVISE | "analyze" | check::DOOR) {
            return self.empty(what);
        }
        if what.starts_with("#/") {
            let inner = self.inner.borrow();
            if let Some(took) = Took::of(what, &inner.at, &inner.desk.facts) {
                let (sheet, status) = (took.sheet(), took.status());
                self.post(&sheet, &status, ADVISE, &Given::default(), true, None);
            }
            return;
        }
        if let Some(kind) = what.strip_prefix("as ") {
            let text = self.inner.borrow().text.clone();
            self.whole(&text, Some(kind));
            return;
        }
        let after = self.inner.borrow_mut().desk.ask(what);
        match after {
            After::Nothing => {}
            After::LookUp => self.begin(now()),
            // What is asked of a door is shown there, whatever was read last.
            After::Show => {
                self.clone().look(false, look(what));
                self.look_up();
            }
            After::Save(name, holds) => self.hand_over(&name, &holds),
            After::Reread(place, filter) => {
                let (file, turn) = {
                    let mut inner = self.inner.borrow_mut();
                    inner.turn += 1;
                    (inner.files.get(place).cloned(), inner.turn)
                };
                if let Some(file) = file {
                    spawn_local(async move {
                        let reading = Reading::filtered(filter);
                        if let Some(reading) = self.file(&file, reading, turn, (place, 1)).await {
                            let explained = reading.finish();
                            self.inner.borrow_mut().desk.put(place, explained);
                            self.show();
                        }
                    });
                }
            }
        }
    }

    /// Says behind a door that nothing was given; what was found there before is taken back.
    fn empty(&self, door: &str) {
        let sheet = {
            let mut inner = self.inner.borrow_mut();
            if door == check::DOOR {
                inner.desk.checks.clear();
                inner.desk.checks.sheet(&inner.desk.facts)
            } else {
                inner.desk.clear();
                inner.given = Given::default();
                of("div", "sheets")
            }
        };
        let given = Given {
            about: NOTHING_GIVEN.to_owned(),
            ..Given::default()
        };
        self.post(&sheet, NOTHING_GIVEN, door, &given, true, None);
    }

    fn show(&self) {
        let (sheet, status, given) = {
            let inner = self.inner.borrow();
            let given = inner.given.clone();
            (inner.desk.sheet(&given), inner.desk.status(&given), given)
        };
        let look = (given.is_checked() || given.is_analyzed()).then_some(FINDING);
        self.post(&sheet, &status, given.belongs(), &given, false, look);
    }

    /// Shows how far something is read, which belongs to no door yet.
    fn busy(&self, sheet: &Element) {
        let given = self.inner.borrow().given.clone();
        self.post(sheet, "", NOWHERE, &given, true, None);
    }

    /// Gives the page a file for the visitor.
    fn hand_over(&self, name: &str, holds: &str) {
        let parts = Array::of1(&JsValue::from_str(holds));
        if let Ok(file) = File::new_with_str_sequence(&parts, name) {
            let _ = self.scope.post_message(&file);
        }
    }

    fn post(
        &self,
        sheet: &Element,
        status: &str,
        door: &str,
        given: &Given,
        is_busy: bool,
        look: Option<&str>,
    ) {
        let text = |it: Option<&str>| it.map_or(JsValue::NULL, JsValue::from_str);
        let out = Array::new();
        out.push(&JsValue::from_str(door));
        out.push(&text(given.subject.as_deref()));
        out.push(&text(given.shown.as_deref()));
        out.push(&JsValue::from_str(&given.about));
        out.push(&JsValue::from_str(status));
        out.push(&cross::element(sheet));
        out.push(&JsValue::from_bool(is_busy));
        out.push(&text(look));
        // Nobody is left to tell when this fails.
        let _ = self.scope.post_message(&out);
    }
}
