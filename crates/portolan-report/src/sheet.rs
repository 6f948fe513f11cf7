//! A piece of the page as data: what the worker makes of a text, and the page shows.

/// An element or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// A text, never markup.
    Text(String),
}

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// One of [`TAGS`].
    pub tag: &'static str,
    /// Names, each one of [`ATTRIBUTES`], and values.
    pub attributes: Vec<(&'static str, String)>,
    /// What a click asks for. `None`: nothing.
    pub press: Option<Press>,
    /// What stands in it.
    pub children: Vec<Node>,
}

/// What a click asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Something of the worker, in its own words.
    Ask(String),
    /// A text in the clipboard.
    Copy(String),
}

/// The elements that a sheet may have; their place in this list is what crosses.
pub const TAGS: &[&str] = &[
    "a", "b", "button", "caption", "circle", "code", "dd", "details", "div", "dl", "dt", "em",
    "figure", "footer", "g", "h2", "h3", "h4", "header", "li", "line", "nav", "ol", "p", "path",
    "pre", "progress", "rect", "samp", "section", "small", "span", "strong", "summary", "svg",
    "table", "tbody", "td", "text", "th", "thead", "time", "title", "tr", "tspan", "ul",
];

/// The attributes that a sheet may have; their place in this list is what crosses.
pub const ATTRIBUTES: &[&str] = &[
    "aria-current",
    "aria-describedby",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-pressed",
    "class",
    "colspan",
    "cx",
    "cy",
    "d",
    "data-level",
    "data-mark",
    "data-passage",
    "data-share",
    "data-speaker",
    "datetime",
    "dx",
    "height",
    "href",
    "id",
    "key",
    "max",
    "open",
    "preserveAspectRatio",
    "r",
    "rel",
    "role",
    "scope",
    "tabindex",
    "text-anchor",
    "title",
    "type",
    "value",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];
