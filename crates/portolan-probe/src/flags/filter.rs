//! The flags of what reads texts or lines and asks nobody: `advise`, `explain`.

use std::ffi::OsString;

use super::{Flag, read};

/// What was said to one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is said or not")]
pub struct Filter {
    /// Files to read; `-` is standard input.
    pub files: Vec<OsString>,
    /// `--json`.
    pub json: bool,
    /// `--markdown`.
    pub markdown: bool,
    /// `--jsonl`.
    pub jsonl: bool,
    /// `--help`.
    pub help: bool,
}

const PLAIN: Flag<Filter> = Flag::PLAIN;

const HELP: Flag<Filter> = Flag {
    long: "help",
    short: Some('h'),
    help: "this help",
    set: |said, _| {
        said.help = true;
        Ok(())
    },
    ..PLAIN
};

const JSONL: Flag<Filter> = Flag {
    long: "jsonl",
    help: "read one JSON object a line, write one line for each, in the same order",
    more: "A line that cannot be read is answered with its number and what is wrong with it.",
    set: |said, _| {
        said.jsonl = true;
        Ok(())
    },
    ..PLAIN
};

/// Those of `advise`.
pub const ADVISE: &[Flag<Filter>] = &[JSONL, HELP];

/// Those of `explain`. The last form that is named counts.
pub const EXPLAIN: &[Flag<Filter>] = &[
    Flag {
        long: "json",
        help: "one JSON object for each text; local parts of addresses are masked too",
        set: |said, _| {
            (said.json, said.markdown) = (true, false);
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "markdown",
        help: "Markdown for a ticket; local parts of addresses are masked too",
        set: |said, _| {
            (said.json, said.markdown) = (false, true);
            Ok(())
        },
        ..PLAIN
    },
    JSONL,
    HELP,
];

/// Reads the arguments behind one of these verbs; files are for `explain` alone.
///
/// # Errors
///
/// What is not understood, in words.
pub fn filter(flags: &'static [Flag<Filter>], arguments: lexopt::Parser) -> Result<Filter, String> {
    let mut said = Filter::default();
    let flags: Vec<&Flag<Filter>> = flags.iter().collect();
    read(&flags, &mut said, arguments, |said, value| {
        said.files.push(value);
        Ok(())
    })?;
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(flags: &'static [Flag<Filter>], arguments: &[&str]) -> Result<Filter, String> {
        let all = std::iter::once("verb").chain(arguments.iter().copied());
        filter(flags, lexopt::Parser::from_iter(all))
    }

    #[test]
    fn the_last_form_counts_and_files_are_kept() {
        let said = of(EXPLAIN, &["a.log", "--json", "--markdown", "-"]).unwrap();
        assert!(said.markdown && !said.json && !said.jsonl);
        assert_eq!(said.files, ["a.log", "-"]);
        assert!(of(ADVISE, &["--jsonl"]).unwrap().jsonl);
        assert!(of(ADVISE, &["-h"]).unwrap().help);
        for arguments in [&["--json"][..], &["--jsonl=yes"], &["-x"]] {
            assert!(of(ADVISE, arguments).is_err(), "{arguments:?}");
        }
    }
}
