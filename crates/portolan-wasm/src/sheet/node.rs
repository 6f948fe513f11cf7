//! How sheets are written: elements by hand, as in the page's own views.

use portolan_report::sheet::{Element, Node, Press};

/// An element.
pub(crate) fn el(tag: &'static str) -> Element {
    Element {
        tag,
        attributes: Vec::new(),
        press: None,
        children: Vec::new(),
    }
}

/// An element of a class.
pub(crate) fn of(tag: &'static str, class: &str) -> Element {
    el(tag).attr("class", class)
}

/// A button that asks the worker for something.
pub(crate) fn ask(text: &str, what: &str) -> Element {
    quiet(text, Press::Ask(what.to_owned()))
}

/// A button of the quiet kind.
pub(crate) fn quiet(text: &str, press: Press) -> Element {
    of("button", "button button--quiet")
        .attr("type", "button")
        .press(press)
        .text(text)
}

/// A list whose look must not take its meaning from readers.
pub(crate) fn list(tag: &'static str, class: &str) -> Element {
    of(tag, class).attr("role", "list")
}

/// A link that leads out of the page.
pub(crate) fn link(title: &str, url: &str) -> Element {
    of("a", "source")
        .attr("href", url)
        .attr("rel", "noreferrer")
        .text(title)
}

/// Completes an element while it is written.
pub(crate) trait Writes: Sized {
    /// An attribute.
    fn attr(self, name: &'static str, value: &str) -> Self;
    /// An element in it.
    fn child(self, child: Element) -> Self;
    /// An element in it that is there only sometimes.
    fn maybe(self, child: Option<Element>) -> Self;
    /// Elements in it.
    fn all(self, children: impl IntoIterator<Item = Element>) -> Self;
    /// A text in it.
    fn text(self, text: &str) -> Self;
    /// What a click on it asks for.
    fn press(self, press: Press) -> Self;
}

impl Writes for Element {
    fn attr(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.push((name, value.to_owned()));
        self
    }

    fn child(mut self, child: Element) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    fn maybe(self, child: Option<Element>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    fn all(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children
            .extend(children.into_iter().map(Node::Element));
        self
    }

    fn text(mut self, text: &str) -> Self {
        self.children.push(Node::Text(text.to_owned()));
        self
    }

    fn press(mut self, press: Press) -> Self {
        self.press = Some(press);
        self
    }
}
