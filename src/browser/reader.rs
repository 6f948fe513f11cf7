//! The worker that reads what is pasted: loaded when it is needed first.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

use super::live::document;

/// The worker that reads pasted documentation (`portolan-wasm`).
pub struct Reader {
    worker: Worker,
    /// The text that waits until the worker is ready. `None`: it is.
    waiting: Rc<RefCell<Option<String>>>,
    #[expect(dead_code, reason = "held until they are dropped")]
    listening: [EventListener; 2],
}

impl Reader {
    /// Starts it; each text is answered in its turn, `None` when it cannot be had.
    pub fn start(answer: Callback<Option<String>>) -> Option<Self> {
        let name = document()?
            .document_element()?
            .get_attribute("data-worker")?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&name, &options).ok()?;
        let waiting = Rc::new(RefCell::new(Some(String::new())));
        let (ready, failed) = (worker.clone(), answer.clone());
        let queue = waiting.clone();
        let message = EventListener::new(&worker, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            match data.and_then(|data| data.as_string()) {
                Some(read) => answer.emit(Some(read)),
                // It is ready now.
                None => {
                    if let Some(text) = queue.borrow_mut().take() {
                        let _ = ready.post_message(&JsValue::from_str(&text));
                    }
                }
            }
        });
        let error = EventListener::new(&worker, "error", move |_| failed.emit(None));
        Some(Self {
            worker,
            waiting,
            listening: [message, error],
        })
    }

    /// Has a text read; whether it will be answered on its own. Before the worker is ready only the last one waits.
    pub fn read(&self, text: &str) -> bool {
        if let Some(waiting) = self.waiting.borrow_mut().as_mut() {
            let is_first = waiting.is_empty();
            text.clone_into(waiting);
            return is_first;
        }
        let _ = self.worker.post_message(&JsValue::from_str(text));
        true
    }
}
