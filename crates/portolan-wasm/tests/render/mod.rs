//! A sheet as HTML, as a browser would hold it: texts and values escaped, names from the white lists alone.

use portolan_report::sheet::{ATTRIBUTES, Element, Node, Press, TAGS};

/// The sheet as HTML. What a click asks for is written as `data-ask` or `data-copy`, for tests alone.
///
/// # Panics
///
/// A tag or an attribute is in no white list.
pub(crate) fn html(element: &Element) -> String {
    let mut out = String::new();
    write(element, &mut out);
    out
}

fn write(element: &Element, out: &mut String) {
    assert!(
        TAGS.contains(&element.tag),
        "{} may not be written",
        element.tag
    );
    out.push('<');
    out.push_str(element.tag);
    for (name, value) in &element.attributes {
        assert!(ATTRIBUTES.contains(name), "{name} may not be written");
        attribute(name, value, out);
    }
    match &element.press {
        None => {}
        Some(Press::Ask(what)) => attribute("data-ask", what, out),
        Some(Press::Copy(text)) => attribute("data-copy", text, out),
    }
    out.push('>');
    for child in &element.children {
        match child {
            Node::Element(it) => write(it, out),
            Node::Text(text) => out.push_str(&escaped(text)),
        }
    }
    // Of the white list none is void in HTML; in SVG an end tag is never wrong.
    out.push_str("</");
    out.push_str(element.tag);
    out.push('>');
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&escaped(value));
    out.push('"');
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// How many elements and texts there are.
pub(crate) fn nodes(element: &Element) -> usize {
    1 + element
        .children
        .iter()
        .map(|it| match it {
            Node::Element(it) => nodes(it),
            Node::Text(_) => 1,
        })
        .sum::<usize>()
}
