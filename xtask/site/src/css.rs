//! Joins and shrinks the style sheets.
//!
//! Only comments and layout are taken away: a real minifier would be a hundred crates for a few bytes after brotli.

/// The place of a file in the cascade: what it is built on comes first, the print rules override everything.
pub(crate) fn order(name: &str) -> (u8, &str) {
    let place = match name {
        "tokens.css" => 0,
        "base.css" => 1,
        "layout.css" => 2,
        "print.css" => 5,
        _ if name.starts_with("components") => 3,
        _ => 4,
    };
    (place, name)
}

/// Takes comments, indentation and needless line ends away; strings stay as they are.
pub(crate) fn shrink(css: &str) -> String {
    let bare = without_comments(css);
    let mut small = String::with_capacity(bare.len());
    for line in bare.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let glued =
            small.is_empty() || small.ends_with(['{', '}', ';', ',']) || line.starts_with('}');
        if !glued {
            small.push(' ');
        }
        if line.starts_with('}') && small.ends_with(';') {
            small.pop();
        }
        small.push_str(line);
    }
    small
}

fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut quote = None;
    let mut characters = css.chars().peekable();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '/') if characters.peek() == Some(&'*') => {
                characters.next();
                let mut last = ' ';
                for inner in characters.by_ref() {
                    if last == '*' && inner == '/' {
                        break;
                    }
                    last = inner;
                }
                continue;
            }
            (None, '"' | '\'') => quote = Some(character),
            (Some(_), '\\') => {
                kept.push(character);
                kept.extend(characters.next());
                continue;
            }
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
        kept.push(character);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{order, shrink};

    #[test]
    fn comments_and_layout_go() {
        let css = "/* why */\na {\n  color: var(--ink); /* dark */\n  margin: 0;\n}\n\nb,\ni {\n  top: 0;\n}\n";
        assert_eq!(shrink(css), "a {color: var(--ink);margin: 0}b,i {top: 0}");
    }

    #[test]
    fn strings_stay() {
        assert_eq!(
            shrink("a { content: \"/* no \\\" comment */\"; }"),
            "a { content: \"/* no \\\" comment */\"; }"
        );
    }

    #[test]
    fn a_value_on_two_lines_keeps_its_space() {
        assert_eq!(
            shrink("a {\n  margin: 1px\n    2px;\n}"),
            "a {margin: 1px 2px}"
        );
    }

    #[test]
    fn the_cascade_has_its_order() {
        let mut names = [
            "print.css",
            "embed.css",
            "components-b.css",
            "layout.css",
            "base.css",
            "tokens.css",
        ];
        names.sort_by_key(|name| order(name));
        assert_eq!(
            names,
            [
                "tokens.css",
                "base.css",
                "layout.css",
                "components-b.css",
                "embed.css",
                "print.css"
            ]
        );
    }
}
