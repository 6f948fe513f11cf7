//! Reads whatever goes into the box: texts at once, files in pieces.
//!
//! In come lists: `["facts", folder]` first, then `["text", text]`, `["files", [File, …]]`,
//! `["ask", what]`. Out come `null`, when it is ready, and
//! `[door, subject, text as it may be shown, about, status, sheet, whether more follows]`, or a file for the visitor.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Date, Promise};
use portolan_explain::{Reading, Taken};
use portolan_intake::{Kind, recognize};
use portolan_link::CHECK;
use portolan_report::sheet::Element;
use portolan_smtp::Filter;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use super::pieces::Pieces;
use super::{catalogue, cross};
use crate::check;
use crate::desk::{After, Desk};
use crate::intake::{Given, NOWHERE, Read, about, masked, progress, whole};

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
        }
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
    let _ = scope.post_message(&JsValue::NULL);
}

struct State {
    scope: DedicatedWorkerGlobalScope,
    inner: RefCell<Inner>,
}

#[derive(Default)]
struct Inner {
    desk: Desk,
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
    at: String,
    /// What was given at the Check door, or for it: what another door was given does not take its place.
    checked: Given,
}

impl State {
    fn take(self: Rc<Self>, message: &Array) {
        let verb = message.get(0).as_string().unwrap_or_default();
        match verb.as_str() {
            "facts" => {
                self.inner.borrow_mut().folder = message.get(1).as_string().unwrap_or_default();
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
                    inner.desk.checks.begin();
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
        let brought = check::unpack(text);
        {
            let mut inner = self.inner.borrow_mut();
            let said = kind.and_then(|id| Kind::ALL.iter().copied().find(|it| it.id() == id));
            let kind = match brought {
                Some(_) => Kind::Report,
                None => said.unwrap_or(taken.kind),
            };
            let or = taken.or.filter(|_| said.is_none() && brought.is_none());
            inner.files.clear();
            inner.given = Given {
                kind,
                or,
                subject: taken.subject,
                shown: masked(text).filter(|_| brought.is_none()),
                about: about(text),
                container: None,
                at_check: inner.at.starts_with(CHECK),
            };
            text.clone_into(&mut inner.text);
            if inner.given.is_checked() {
                let Inner { desk, given, .. } = &mut *inner;
                match (&given.subject, given.kind) {
                    (Some(host), Kind::Host) => desk.checks.take_host(host),
                    _ => {
                        desk.checks.begin();
                        let report = brought.as_deref().unwrap_or(text.as_bytes());
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
        self.clone().look(true);
        self.look_up();
    }

    /// Shows what is behind the open door; as what is not asked for, something that was given may be on its way.
    fn look(self: Rc<Self>, is_aside: bool) {
        let inner = self.inner.borrow();
        let is_check = inner.at.starts_with(CHECK);
        if is_check && inner.desk.checks.is_empty() {
            let sheet = inner.desk.checks.sheet(&inner.desk.facts);
            drop(inner);
            let nothing = Given::default();
            self.post(&sheet, "", check::DOOR, &nothing, is_aside);
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
        self.post(&sheet, &status, given.belongs(), &given, is_aside);
    }

    fn ask(self: Rc<Self>, what: &str) {
        if what == "stop" {
            self.inner.borrow_mut().is_stopped = true;
            return;
        }
        if let Some(fragment) = what.strip_prefix("at ") {
            return self.attend(fragment);
        }
        if what == "clear" {
            {
                let mut inner = self.inner.borrow_mut();
                inner.desk.clear();
                inner.desk.checks.clear();
                inner.given = Given::default();
            }
            return self.look(true);
        }
        if let Some(kind) = what.strip_prefix("as ") {
            let text = self.inner.borrow().text.clone();
            self.whole(&text, Some(kind));
            return;
        }
        let after = self.inner.borrow_mut().desk.ask(what);
        match after {
            After::Nothing => {}
            // What is asked of a door is shown there, whatever was read last.
            After::Show => {
                self.clone().look(false);
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

    /// Reads files to their ends, one after the other.
    async fn files(self: Rc<Self>, files: Vec<File>, turn: u32) {
        let many = files.len();
        let mut reports = 0;
        for (place, file) in files.iter().enumerate() {
            if let Some(text) = self.report(file).await {
                let mut inner = self.inner.borrow_mut();
                if inner.turn != turn {
                    return;
                }
                inner.desk.checks.take(Some(&file.name()), &text);
                reports += 1;
                let names: Vec<String> = files.iter().map(File::name).collect();
                let read = Read {
                    file: whole(file.size()),
                    ..Read::default()
                };
                inner.checked = Given::of_files(Kind::Report, None, &names, read);
                if reports == many {
                    inner.given = inner.checked.clone();
                }
                continue;
            }
            let reading = Reading::filtered(Filter::default());
            let Some(reading) = self.file(file, reading, turn, (place, many)).await else {
                return;
            };
            let mut inner = self.inner.borrow_mut();
            let explained = reading.finish();
            let read = Read::of(&explained, whole(file.size()));
            let taken = recognize(&explained.text).kind;
            inner.desk.take_file(&file.name(), place, explained);
            let kind = match taken {
                _ if read.container.is_some() => Kind::Nothing,
                Kind::Nothing if inner.desk.names_a_failure() => Kind::Failure,
                kind => kind,
            };
            let before = (place > reports).then_some(inner.given.kind);
            let names: Vec<String> = files.iter().map(File::name).collect();
            let given = Given::of_files(kind, before, &names, read);
            if many == 1 && !given.is_analyzed() {
                // No failure: what it is said for is told as of a pasted text.
                let text = String::from_utf8_lossy(inner.desk.beginning()).into_owned();
                drop(inner);
                self.whole(&text, None);
                return;
            }
            inner.given = given;
            let is_stopped = inner.is_stopped;
            drop(inner);
            if is_stopped {
                break;
            }
        }
        self.show();
        self.look_up();
    }

    /// Reads a file in pieces and tells how far it is; `None`: something else is to be read now.
    async fn file(
        &self,
        file: &File,
        mut reading: Reading,
        turn: u32,
        (place, many): (usize, usize),
    ) -> Option<Reading> {
        let size = file.size();
        let begun = Date::now();
        let mut told = begun;
        self.inner.borrow_mut().is_stopped = false;
        let mut pieces = Pieces::of(file);
        let mut piece = Vec::new();
        // A file that went away, or may not be read, ends here: what was read counts.
        while pieces.next(&mut piece).await {
            let mut at = pieces.at - f64::from(u32::try_from(piece.len()).unwrap_or(u32::MAX));
            // A packed text may be a thousand times as long as its piece.
            for part in piece.chunks(PART) {
                {
                    let inner = self.inner.borrow();
                    if inner.turn != turn {
                        return None;
                    }
                    if inner.is_stopped {
                        return Some(reading);
                    }
                }
                reading.push(part);
                at += f64::from(u32::try_from(part.len()).unwrap_or(u32::MAX));
                let now = Date::now();
                if now - told >= EVERY && at < size {
                    told = now;
                    let name = file.name();
                    let sheet = progress(&name, (place, many), (at, size), now - begun);
                    self.busy(&sheet);
                    // What waits in a stream comes without a turn of the loop, and whoever wants to stop would wait as well.
                    self.breathe().await;
                }
            }
            if reading.container().is_some() {
                break;
            }
        }
        Some(reading)
    }

    /// The whole of a file that begins as a report does; `None`: it does not. A longer one than a report may be is read
    /// so far that the reader refuses it for that.
    async fn report(&self, file: &File) -> Option<Vec<u8>> {
        let mut pieces = Pieces::of(file);
        let (mut piece, mut text) = (Vec::new(), Vec::new());
        while pieces.next(&mut piece).await {
            let is_first = text.is_empty();
            text.extend_from_slice(&piece);
            if is_first && recognize(&text).kind != Kind::Report {
                return None;
            }
            if text.len() > check::MOST_BYTES {
                break;
            }
            self.breathe().await;
        }
        (!text.is_empty()).then_some(text)
    }

    /// Lets whatever came in be heard.
    async fn breathe(&self) {
        let turn = Promise::new(&mut |done, _| {
            let _ = self.scope.set_timeout_with_callback(&done);
        });
        let _ = JsFuture::from(turn).await;
    }

    fn show(&self) {
        let (sheet, status, given) = {
            let inner = self.inner.borrow();
            let given = inner.given.clone();
            (inner.desk.sheet(&given), inner.desk.status(&given), given)
        };
        self.post(&sheet, &status, given.belongs(), &given, false);
    }

    /// Shows how far something is read, which belongs to no door yet.
    fn busy(&self, sheet: &Element) {
        let given = self.inner.borrow().given.clone();
        self.post(sheet, "", NOWHERE, &given, true);
    }

    /// Gives the page a file for the visitor.
    fn hand_over(&self, name: &str, holds: &str) {
        let parts = Array::of1(&JsValue::from_str(holds));
        if let Ok(file) = File::new_with_str_sequence(&parts, name) {
            let _ = self.scope.post_message(&file);
        }
    }

    fn post(&self, sheet: &Element, status: &str, door: &str, given: &Given, is_busy: bool) {
        let text = |it: Option<&str>| it.map_or(JsValue::NULL, JsValue::from_str);
        let out = Array::new();
        out.push(&JsValue::from_str(door));
        out.push(&text(given.subject.as_deref()));
        out.push(&text(given.shown.as_deref()));
        out.push(&JsValue::from_str(&given.about));
        out.push(&JsValue::from_str(status));
        out.push(&cross::element(sheet));
        out.push(&JsValue::from_bool(is_busy));
        // Nobody is left to tell when this fails.
        let _ = self.scope.post_message(&out);
    }

    /// Loads what the facts know of the provider and the client at hand, and shows the sheet once more with it.
    fn look_up(self: Rc<Self>) {
        spawn_local(async move {
            let (folder, has_names, turn) = {
                let inner = self.inner.borrow();
                (inner.folder.clone(), inner.has_names, inner.turn)
            };
            if folder.is_empty() {
                return;
            }
            if !has_names && let Some(facts) = catalogue::names(&folder).await {
                let mut inner = self.inner.borrow_mut();
                // Two look-ups may have been on their way.
                if !inner.has_names {
                    inner.desk.facts = facts;
                    inner.has_names = true;
                }
            }
            let is_check = self.inner.borrow().at.starts_with(CHECK);
            let needs_core = is_check && self.inner.borrow().desk.facts.core().questions.is_empty();
            if needs_core && let Some(core) = catalogue::core(&folder).await {
                self.inner.borrow_mut().desk.facts.set_core(core);
            }
            let (wanted, checked, facts) = {
                let inner = self.inner.borrow();
                let facts = inner.desk.facts.clone();
                (inner.desk.wanted(), inner.desk.checks.wanted(&facts), facts)
            };
            let mut parts = catalogue::parts(&folder, &wanted, &facts).await;
            if is_check {
                parts.extend(catalogue::for_advice(&folder, &checked).await);
            }
            let is_new = !parts.is_empty()
                || needs_core
                || (!has_names && (is_check || wanted != portolan_explain::Parts::default()));
            {
                let mut inner = self.inner.borrow_mut();
                for part in parts {
                    part.add_to(&mut inner.desk.facts);
                }
                if !is_new || inner.turn != turn {
                    return;
                }
            }
            self.look(true);
        });
    }
}

/// So many bytes are read between two looks at the clock.
const PART: usize = 128 * 1024;
/// Milliseconds between two tellings.
const EVERY: f64 = 120.0;
