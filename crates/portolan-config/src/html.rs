//! Tags and entities that are known: what in a text is markup, and what it does to the layout.

/// What a tag does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A cell of a table begins.
    Cell,
    /// A heading begins.
    Heading,
    /// Nothing.
    Inline,
    /// A line begins.
    Line,
    /// A paragraph begins or ends.
    Paragraph,
    /// Text that keeps its lines.
    Preformatted,
    /// A row of a table begins.
    Row,
    /// What is inside is no text.
    Silent,
}

/// What the tag of this lower-case name does; `None` for names that are no HTML, such as `<region>`.
pub(crate) fn layout(name: &str) -> Option<Layout> {
    Some(match name {
        "td" | "th" => Layout::Cell,
        "tr" => Layout::Row,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Layout::Heading,
        "br" | "li" | "dt" | "dd" | "option" | "caption" => Layout::Line,
        "p" | "div" | "table" | "ul" | "ol" | "dl" | "section" | "article" | "header"
        | "footer" | "nav" | "main" | "aside" | "hr" | "blockquote" | "details" | "summary"
        | "figure" | "form" | "body" | "html" => Layout::Paragraph,
        "pre" => Layout::Preformatted,
        "script" | "style" | "head" | "template" | "svg" | "s" | "del" | "strike" => Layout::Silent,
        "a" | "abbr" | "b" | "button" | "code" | "em" | "font" | "i" | "img" | "input" | "kbd"
        | "label" | "mark" | "samp" | "small" | "span" | "strong" | "sub" | "sup" | "tbody"
        | "thead" | "tfoot" | "time" | "tt" | "u" | "var" | "wbr" | "col" | "colgroup"
        | "figcaption" | "picture" | "source" | "q" | "cite" | "ins" | "meta" | "link" => {
            Layout::Inline
        }
        _ => return None,
    })
}

/// What stands for an entity of this name (without `&` and `;`): at most as long as the entity.
pub(crate) fn entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" | "#38" => "&",
        "lt" | "#60" => "<",
        "gt" | "#62" => ">",
        "quot" | "#34" | "laquo" | "raquo" | "ldquo" | "rdquo" | "bdquo" => "\"",
        "apos" | "#39" | "rsquo" | "lsquo" | "#8217" => "'",
        "nbsp" | "#160" | "ensp" | "emsp" | "thinsp" | "#xa0" | "iquest" | "iexcl" | "copy"
        | "reg" | "hellip" | "shy" | "trade" => " ",
        "middot" | "bull" | "ndash" | "mdash" | "#8211" | "#8212" | "rarr" => " - ",
        "szlig" => "ss",
        "oelig" => "oe",
        "aacute" | "agrave" | "acirc" | "atilde" | "auml" | "aring" | "Aacute" | "Agrave"
        | "Acirc" | "Atilde" | "Auml" => "a",
        "eacute" | "egrave" | "ecirc" | "euml" | "Eacute" | "Egrave" | "Ecirc" => "e",
        "iacute" | "igrave" | "icirc" | "iuml" | "Iacute" => "i",
        "oacute" | "ograve" | "ocirc" | "otilde" | "ouml" | "Oacute" | "Ouml" | "Otilde" => "o",
        "uacute" | "ugrave" | "ucirc" | "uuml" | "Uacute" | "Uuml" => "u",
        "ccedil" | "Ccedil" => "c",
        "ntilde" | "Ntilde" => "n",
        _ => return None,
    })
}

/// ASCII for a letter with a mark, if it is one of the six languages'.
pub(crate) fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' => "c",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => "o",
        'ú' | 'ù' | 'û' | 'ü' => "u",
        'ß' => "ss",
        'œ' => "oe",
        'ý' | 'ÿ' => "y",
        // Marks of footnotes.
        '¹' | '²' | '³' => "",
        _ => return None,
    })
}
