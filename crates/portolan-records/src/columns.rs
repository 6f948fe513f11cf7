//! A row cut into its cells.

/// What stands between cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// `|`, as Markdown and databases have it.
    Bar,
    /// Places at which columns begin, in letters: what a row of dashes shows.
    Places(Vec<usize>),
    /// `,` or `;`, with quotes (RFC 4180).
    Sign(char),
    /// One space.
    Space,
    /// Two spaces or more.
    Spaces,
    /// A tab, or several.
    Tab,
}

/// Cells of a row; more say nothing.
const MAX_CELLS: usize = 40;

impl Separator {
    /// The cells of a row, without space around them.
    pub(crate) fn cells(&self, line: &str) -> Vec<String> {
        let cells: Vec<String> = match self {
            Self::Bar => {
                let inner = line.trim();
                let inner = inner.strip_prefix('|').unwrap_or(inner);
                let inner = inner.strip_suffix('|').unwrap_or(inner);
                inner
                    .split('|')
                    .take(MAX_CELLS)
                    .map(str::to_owned)
                    .collect()
            }
            Self::Places(places) => by_places(line, places),
            Self::Sign(sign) => quoted(line, *sign),
            Self::Space => line.split_whitespace().map(str::to_owned).collect(),
            Self::Spaces => line
                .split("  ")
                .filter(|cell| !cell.trim().is_empty())
                .take(MAX_CELLS)
                .map(str::to_owned)
                .collect(),
            Self::Tab => line
                .split('\t')
                .take(MAX_CELLS)
                .map(str::to_owned)
                .collect(),
        };
        cells
            .into_iter()
            .map(|cell| cell.trim().to_owned())
            .collect()
    }
}

fn by_places(line: &str, places: &[usize]) -> Vec<String> {
    let signs: Vec<char> = line.chars().collect();
    places
        .iter()
        .enumerate()
        .map(|(at, start)| {
            let end = places.get(at + 1).copied().unwrap_or(signs.len());
            signs
                .get(*start..end.min(signs.len()))
                .unwrap_or_default()
                .iter()
                .collect()
        })
        .collect()
}

/// Where the columns of a row of dashes begin. `None`: it is none.
pub(crate) fn dashes(line: &str) -> Option<Vec<usize>> {
    let is_rule = line.contains("--") && line.chars().all(|sign| matches!(sign, '-' | ' ' | '='));
    if !is_rule {
        return None;
    }
    let mut places = Vec::new();
    let mut before = ' ';
    for (at, sign) in line.chars().enumerate() {
        if sign != ' ' && before == ' ' {
            places.push(at);
        }
        before = sign;
    }
    (places.len() >= 2 && places.len() <= MAX_CELLS).then_some(places)
}

fn quoted(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut in_quotes = false;
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        let Some(cell) = cells.last_mut() else { break };
        match sign {
            '"' if in_quotes && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            // A quote inside a bare cell is one of its own.
            '"' if in_quotes || cell.trim().is_empty() => {
                if !in_quotes {
                    cell.clear();
                }
                in_quotes = !in_quotes;
            }
            _ if sign == separator && !in_quotes => {
                if cells.len() == MAX_CELLS {
                    break;
                }
                cells.push(String::new());
            }
            _ => cell.push(sign),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cut_by_their_separators() {
        let bar = Separator::Bar.cells("| TXT | @ | v=spf1 |");
        assert_eq!(bar, ["TXT", "@", "v=spf1"]);
        let csv = Separator::Sign(',').cells(r#"TXT,@,"""v=spf1"", a",3600"#);
        assert_eq!(csv, ["TXT", "@", "\"v=spf1\", a", "3600"]);
        let places = dashes("----  --- ---").unwrap();
        assert_eq!(places, [0, 6, 10]);
        let cells = Separator::Places(places).cells("ab    TXT long value");
        assert_eq!(cells, ["ab", "TXT", "long value"]);
        assert_eq!(dashes("--"), None);
    }
}
