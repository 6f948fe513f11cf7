//! What programs hide of what a server says, and how each shows the session: the clients of `data/clients`.

use std::rc::Rc;

use portolan_facts::{Client, SettingKind};
use yew::prelude::*;

/// A client that can show the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shows {
    name: Rc<str>,
    /// What it hides until then. `None`: nothing, or nobody looked.
    hides: Option<Rc<str>>,
    switch: Rc<str>,
    note: Option<Rc<str>>,
}

impl Shows {
    /// What is known of a client; `None` where it has no way to show the session.
    fn of(client: &Client) -> Option<Self> {
        let is_switch = |it: &&portolan_facts::Setting| it.what == SettingKind::Debug;
        let switch = client.settings.iter().find(is_switch)?;
        Some(Self {
            name: client.name.as_str().into(),
            hides: client.hides.as_ref().map(|it| it.what.as_str().into()),
            switch: switch.name.as_str().into(),
            note: switch.note.as_deref().map(Into::into),
        })
    }
}

/// All that can show the session: those that hide something first, else by name.
pub(crate) fn shows<'a>(clients: impl Iterator<Item = &'a Client>) -> Rc<[Shows]> {
    let mut all: Vec<Shows> = clients.filter_map(Shows::of).collect();
    all.sort_by_key(|it| (it.hides.is_none(), it.name.to_lowercase()));
    all.into()
}

/// The table.
pub(super) fn table(all: &[Shows]) -> Html {
    html! {
        <table class="ports failures__stages" aria-labelledby="shows-title">
            <thead><tr><th scope="col">{ "Program" }</th><th scope="col">{ "What shows the session" }</th><th scope="col">{ "What it hides until then" }</th></tr></thead>
            <tbody>{ for all.iter().map(row) }</tbody>
        </table>
    }
}

fn row(client: &Shows) -> Html {
    let hides = client.hides.as_deref().map(capital);
    html! {
        <tr key={&*client.name}>
            <th scope="row">{ &*client.name }</th>
            <td data-head="Shown by"><span><code>{ &*client.switch }</code>{ client.note.as_deref().map(|it| format!(" {it}")) }</span></td>
            <td data-head="Hides">{ hides.unwrap_or_else(|| "Nothing that is known".to_owned()) }</td>
        </tr>
    }
}

/// Words as they begin a sentence.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
