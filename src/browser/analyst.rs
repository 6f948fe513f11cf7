//! The worker of the box that takes anything: loaded when it is needed first.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::{Array, JsString};
use portolan_facts::Tree;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    ClipboardEvent, DragEvent, Element, File, FileList, HtmlInputElement, HtmlTextAreaElement,
    MessageEvent, Worker, WorkerOptions, WorkerType,
};
use yew::Callback;

use super::doors::save;
use super::live::{Listening, document};
use super::tree::tree;

/// Something for the analyzer: a text or files. It stays on the browser's side, however large it is.
#[derive(Clone, Debug)]
pub struct Load(Array);

impl Load {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::of("text", &JsValue::from_str(text))
    }

    fn of(kind: &str, what: &JsValue) -> Self {
        Self(Array::of2(&JsValue::from_str(kind), what))
    }

    /// Files; `None`: there are none.
    fn files(list: Option<FileList>) -> Option<Self> {
        let list = list.filter(|list| list.length() > 0)?;
        let files = Array::new();
        for at in 0..list.length() {
            if let Some(file) = list.get(at) {
                files.push(&file);
            }
        }
        Some(Self::of("files", &files))
    }
}

/// The worker (`portolan-wasm`).
pub struct Analyst {
    worker: Worker,
    /// What waits until the worker is ready. `None`: it is.
    waiting: Rc<RefCell<Option<Vec<Array>>>>,
    #[expect(dead_code, reason = "held until they are dropped")]
    listening: [EventListener; 2],
}

impl Analyst {
    /// Starts it; it answers when it likes, `None` when it cannot be had or broke.
    pub fn start(answer: Callback<Option<Tree>>) -> Option<Self> {
        let root = document()?.document_element()?;
        let name = root.get_attribute("data-analyzer")?;
        dress(&root);
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&name, &options).ok()?;
        let folder = JsValue::from_str(&root.get_attribute("data-facts").unwrap_or_default());
        let first = Array::of2(&JsValue::from_str("facts"), &folder);
        // Whom the worker may ask, where the site was built with somebody.
        if let Some(resolver) = root.get_attribute("data-doh") {
            first.push(&JsValue::from_str(&resolver));
        }
        let waiting = Rc::new(RefCell::new(Some(vec![first])));
        let (ready, failed, queue) = (worker.clone(), answer.clone(), waiting.clone());
        let message = EventListener::new(&worker, "message", move |event| {
            let Some(data) = event.dyn_ref::<MessageEvent>().map(MessageEvent::data) else {
                return;
            };
            if let Some(file) = data.dyn_ref::<File>() {
                return save(file);
            }
            if !data.is_null() {
                return answer.emit(Some(tree(&data)));
            }
            // It is ready now.
            for one in queue.borrow_mut().take().unwrap_or_default() {
                let _ = ready.post_message(&one);
            }
        });
        let error = EventListener::new(&worker, "error", move |_| failed.emit(None));
        Some(Self {
            worker,
            waiting,
            listening: [message, error],
        })
    }

    /// Has something read.
    pub fn read(&self, load: &Load) {
        self.send(load.0.clone());
    }

    /// Asks for something, in the worker's own words.
    pub fn ask(&self, what: &str) {
        self.send(Array::of2(
            &JsValue::from_str("ask"),
            &JsValue::from_str(what),
        ));
    }

    fn send(&self, what: Array) {
        match self.waiting.borrow_mut().as_mut() {
            Some(waiting) => waiting.push(what),
            None => {
                let _ = self.worker.post_message(&what);
            }
        }
    }
}

impl Drop for Analyst {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Fetches the style of what will be shown; the pages of the analyzer's doors came with it and name none.
fn dress(root: &Element) {
    let Some(style) = root.get_attribute("data-sheets") else {
        return;
    };
    let head = root.query_selector("head").ok().flatten();
    if let Some(head) = head
        && let Some(link) = document().and_then(|it| it.create_element("link").ok())
    {
        let _ = link.set_attribute("rel", "stylesheet");
        let _ = link.set_attribute("href", &style);
        let _ = head.append_child(&link);
    }
}

/// Calls back with what is pasted into a field, before it is shown, or anywhere else but into another field, and with files
/// that are dropped anywhere.
pub fn on_load(field: &str, callback: Callback<Load>) -> Option<Listening> {
    let document = document()?;
    let options = EventListenerOptions::enable_prevent_default();
    let (field, pasted) = (field.to_owned(), callback.clone());
    let paste = EventListener::new_with_options(&document, "paste", options, move |event| {
        let Some(target) = event.target() else {
            return;
        };
        let area = target.dyn_ref::<HtmlTextAreaElement>();
        // A field of its own keeps what is pasted into it.
        let is_other = match area {
            Some(area) => area.id() != field,
            None => target.has_type::<HtmlInputElement>(),
        };
        if is_other {
            return;
        }
        let Some(data) = event
            .dyn_ref::<ClipboardEvent>()
            .and_then(ClipboardEvent::clipboard_data)
        else {
            return;
        };
        let load = Load::files(data.files()).or_else(|| {
            let text: JsString = data.get_data("text").ok()?.into();
            let text = match area {
                Some(area) => joined(area, &text),
                None => text,
            };
            (text.length() > 0).then(|| Load::of("text", &text))
        });
        if let Some(load) = load {
            event.prevent_default();
            pasted.emit(load);
        }
    });
    let over = EventListener::new_with_options(&document, "dragover", options, |event| {
        if carries_files(event) {
            event.prevent_default();
        }
    });
    let drop = EventListener::new_with_options(&document, "drop", options, move |event| {
        if carries_files(event) {
            event.prevent_default();
            let data = event
                .dyn_ref::<DragEvent>()
                .and_then(DragEvent::data_transfer);
            if let Some(load) = data.and_then(|data| Load::files(data.files())) {
                callback.emit(load);
            }
        }
    });
    Some(Listening::to([paste, over, drop]))
}

/// What a field holds once a text is pasted into it.
fn joined(field: &HtmlTextAreaElement, text: &JsString) -> JsString {
    let held: JsString = field.value().into();
    // What was read already gives way.
    if held.length() == 0 || field.has_attribute("data-read") {
        return text.clone();
    }
    let place =
        |it: Result<Option<u32>, JsValue>| it.ok().flatten().unwrap_or_else(|| held.length());
    let before = held.slice(0, place(field.selection_start()));
    let after = held.slice(place(field.selection_end()), held.length());
    before.concat(text).concat(&after)
}

fn carries_files(event: &web_sys::Event) -> bool {
    event
        .dyn_ref::<DragEvent>()
        .and_then(DragEvent::data_transfer)
        .is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}

/// The files that were chosen in a field, which then forgets them, so that the same can be chosen again.
pub fn chosen(field: &str) -> Option<Load> {
    let field = document()?.get_element_by_id(field)?;
    let field: HtmlInputElement = field.dyn_into().ok()?;
    let load = Load::files(field.files());
    field.set_value("");
    load
}
