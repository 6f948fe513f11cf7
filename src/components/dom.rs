//! Elements by hand: what the views are written with in place of `html!`.
//!
//! The macro unfolds to some 300 bytes of Wasm for each element, a call of a builder that is not inlined to twenty. With
//! the components that became functions, the views went from 78 to 28 kB. What arrives with the page and stays (`frame`)
//! never gets into the Wasm, and uses the macro.
//!
//! A child that is not there keeps its place ([`El::maybe`], [`El::each`]), so that Yew compares like with like.

use std::cell::RefCell;
use std::rc::Rc;

use yew::virtual_dom::{
    AttributeOrProperty, Attributes, Listener, ListenerKind, VList, VTag, VText,
};
use yew::{AttrValue, Callback, Event, Html};

use crate::browser;
use crate::state::touch::{Key, Touch};
use crate::state::wish::Wish;

/// Where wishes go.
pub(crate) type Tell = Callback<Wish>;

/// An element in the making. Boxed, so that each call passes one pointer.
pub(crate) struct El(Box<Draft>);

struct Draft {
    tag: VTag,
    attributes: Vec<(&'static str, Option<AttributeOrProperty>)>,
    listeners: Vec<Option<Rc<dyn Listener>>>,
    children: Vec<Html>,
}

/// An element.
#[inline(never)]
pub(crate) fn el(tag: &'static str) -> El {
    El(Box::new(Draft {
        tag: VTag::new(tag),
        attributes: Vec::new(),
        listeners: Vec::new(),
        children: Vec::new(),
    }))
}

/// An element of a class.
#[inline(never)]
pub(crate) fn of(tag: &'static str, class: &str) -> El {
    el(tag).attr("class", class)
}

/// A button that asks for something.
#[inline(never)]
pub(crate) fn button(class: &str, tell: &Tell, wish: Wish) -> El {
    of("button", class)
        .attr("type", "button")
        .on(On::Click, tell, wish)
}

/// A list whose look must not take its meaning from readers.
#[inline(never)]
pub(crate) fn list(tag: &'static str, class: &str) -> El {
    of(tag, class).attr("role", "list")
}

impl El {
    /// Gives a section its heading, by which it is named.
    #[inline(never)]
    pub(crate) fn titled(self, id: &str, title: &str) -> Self {
        self.attr("aria-labelledby", id)
            .child(el("h3").attr("id", id).text(title))
    }

    /// Names it among its siblings.
    #[inline(never)]
    pub(crate) fn key(mut self, key: &str) -> Self {
        self.0.tag.key = Some(key.into());
        self
    }

    #[inline(never)]
    pub(crate) fn attr(self, name: &'static str, value: &str) -> Self {
        self.attr_if(name, Some(value))
    }

    /// An attribute that is there only sometimes.
    #[inline(never)]
    pub(crate) fn attr_if(mut self, name: &'static str, value: Option<&str>) -> Self {
        let value = value.map(|it| AttributeOrProperty::Attribute(attr_value(it)));
        self.0.attributes.push((name, value));
        self
    }

    /// A whole number as an attribute.
    #[inline(never)]
    pub(crate) fn number(self, name: &'static str, value: i32) -> Self {
        self.attr(name, &value.to_string())
    }

    /// An attribute without a value of its own.
    #[inline(never)]
    pub(crate) fn flag(self, name: &'static str, is_set: bool) -> Self {
        self.attr_if(name, is_set.then_some(name))
    }

    /// `true` or `false` as an attribute.
    #[inline(never)]
    pub(crate) fn truth(self, name: &'static str, is_true: bool) -> Self {
        self.attr(name, if is_true { "true" } else { "false" })
    }

    /// What a field holds.
    #[inline(never)]
    pub(crate) fn value(mut self, value: &str) -> Self {
        self.0.tag.set_value(Some(attr_value(value)));
        self
    }

    /// Whether a box is ticked.
    #[inline(never)]
    pub(crate) fn checked(mut self, is_checked: bool) -> Self {
        self.0.tag.set_checked(is_checked);
        self
    }

    /// What an event asks for.
    #[inline(never)]
    pub(crate) fn on(mut self, on: On, tell: &Tell, wish: Wish) -> Self {
        let tell = tell.clone();
        self.0.listeners.push(Some(Rc::new(Ear { on, tell, wish })));
        self
    }

    #[inline(never)]
    pub(crate) fn text(self, text: &str) -> Self {
        self.html(VText::new(attr_value(text)).into())
    }

    #[inline(never)]
    pub(crate) fn child(self, child: Self) -> Self {
        self.html(child.into())
    }

    /// A child that is there only sometimes.
    #[inline(never)]
    pub(crate) fn maybe(self, child: Option<Self>) -> Self {
        self.html(slot(child))
    }

    /// A child for each item, in a list of their own.
    #[inline]
    pub(crate) fn each<T>(self, items: &[T], mut view: impl FnMut(&T) -> Self) -> Self {
        let mut children = Vec::new();
        for item in items {
            push(&mut children, view(item));
        }
        self.all(children)
    }

    /// Children in a list of their own.
    #[inline(never)]
    pub(crate) fn all(self, children: Vec<Html>) -> Self {
        self.html(VList::with_children(children, None).into())
    }

    #[inline(never)]
    pub(crate) fn html(mut self, child: Html) -> Self {
        self.0.children.push(child);
        self
    }
}

/// Completes an element and adds it to a list.
#[inline(never)]
pub(crate) fn push(list: &mut Vec<Html>, item: El) {
    list.push(item.into());
}

impl From<El> for Html {
    #[inline(never)]
    fn from(El(draft): El) -> Self {
        let Draft {
            mut tag,
            attributes,
            listeners,
            mut children,
        } = *draft;
        if !attributes.is_empty() {
            let mut names = Vec::with_capacity(attributes.len());
            let mut values = Vec::with_capacity(attributes.len());
            for (name, value) in attributes {
                names.push(name);
                values.push(value);
            }
            tag.attributes = Attributes::Dynamic {
                keys: kept(names),
                values: values.into(),
            };
        }
        if !listeners.is_empty() {
            tag.set_listeners(listeners.into());
        }
        if let Some(slot) = tag.children_mut() {
            *slot = match (children.len(), children.pop()) {
                (1, Some(only)) => only,
                (_, last) => {
                    children.extend(last);
                    VList::with_children(children, None).into()
                }
            };
        }
        tag.into()
    }
}

/// An element that is there only sometimes, and else its place.
#[inline(never)]
pub(crate) fn slot(element: Option<El>) -> Html {
    match element {
        Some(element) => element.into(),
        None => Html::default(),
    }
}

fn attr_value(text: &str) -> AttrValue {
    AttrValue::Rc(text.into())
}

/// The same names, kept for ever, once for each combination that the views know.
///
/// Yew compares attributes one by one where the names are the same in memory, and otherwise builds two hash maps.
fn kept(names: Vec<&'static str>) -> &'static [&'static str] {
    thread_local! {
        static KNOWN: RefCell<Vec<&'static [&'static str]>> = const { RefCell::new(Vec::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        for same in known.iter() {
            if *same == names {
                return *same;
            }
        }
        let names: &'static [&'static str] = names.leak();
        known.push(names);
        names
    })
}

/// What happens to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    Blur,
    Change,
    Click,
    Input,
    /// A key goes down. Enter counts only while there is something to choose.
    Key {
        is_open: bool,
    },
    /// A click, without what the browser would do.
    Link,
    /// The pointer goes down, without what the browser would do: taking the focus.
    Press,
    Submit,
}

struct Ear {
    on: On,
    tell: Tell,
    wish: Wish,
}

impl Listener for Ear {
    fn kind(&self) -> ListenerKind {
        match self.on {
            On::Blur => ListenerKind::onblur,
            On::Change => ListenerKind::onchange,
            On::Click | On::Link => ListenerKind::onclick,
            On::Input => ListenerKind::oninput,
            On::Key { .. } => ListenerKind::onkeydown,
            On::Press => ListenerKind::onmousedown,
            On::Submit => ListenerKind::onsubmit,
        }
    }

    fn handle(&self, event: Event) {
        let mut wish = self.wish.clone();
        match (self.on, &mut wish) {
            (On::Input, Wish::Draft(text) | Wish::Type(text) | Wish::Paste(text)) => {
                *text = browser::value_of(&event);
            }
            (On::Input, Wish::Field(_, touch)) => *touch = Touch::Type(browser::value_of(&event)),
            (On::Key { is_open }, Wish::Field(_, touch)) => {
                match Key::parse(&browser::key_of(&event)) {
                    Some(key) if is_open || key != Key::Enter => *touch = Touch::Key(key),
                    _ => return,
                }
                event.prevent_default();
            }
            (On::Key { is_open }, Wish::Give) => {
                if !browser::is_enter(&event, is_open) {
                    return;
                }
                event.prevent_default();
            }
            (On::Link | On::Press | On::Submit, _) => event.prevent_default(),
            _ => {}
        }
        self.tell.emit(wish);
    }

    fn passive(&self) -> bool {
        false
    }
}
