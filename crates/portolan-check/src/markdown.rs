//! Strangers' texts in Markdown: nothing in them acts as markup.

/// Code in one line, with more backticks around it than stand in a row within.
///
/// ```
/// use portolan_check::markdown::code;
///
/// assert_eq!(code("nc -v a.example 25"), "`nc -v a.example 25`");
/// assert_eq!(code("a `b`"), "`` a `b` ``");
/// ```
pub fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest == 0 { "" } else { " " };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Text of which no mark of Markdown or HTML is read.
///
/// ```
/// assert_eq!(portolan_check::markdown::escaped("<b>*a*"), r"\<b\>\*a\*");
/// ```
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        if letter.is_ascii_punctuation()
            && !matches!(letter, '.' | ',' | ';' | '-' | '/' | ':' | '\'' | '(' | ')')
        {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// In one line, without what a terminal or a parser of lines acts upon.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect()
}
