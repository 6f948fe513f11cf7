//! The facts that a sheet needs, loaded when it does.

use std::rc::Rc;

use portolan_link::CHECK;
use wasm_bindgen_futures::spawn_local;

use super::State;
use crate::live::catalogue;

impl State {
    /// Loads what the facts know of the provider and the client at hand, and shows the sheet once more with it.
    pub(in crate::live) fn look_up(self: Rc<Self>) {
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
            self.look(true, None);
        });
    }
}
