//! What something was taken for: said in words, with one click to correct it; and how far a file is read.

use portolan_explain::{Explained, Packed, strange};
use portolan_intake::{Container, Kind};
use portolan_report::sheet::Element;

use crate::sheet::{Writes, ask, el, of};

/// What was given, and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What it is.
    pub kind: Kind,
    /// What it could be as well.
    pub or: Option<Kind>,
    /// The address, host or code itself, where it is nothing else.
    pub subject: Option<String>,
    /// The text as it may be shown, secrets masked. `None`: it is a file, or too long for a field.
    pub shown: Option<String>,
    /// What it is in numbers: `14 lines, 1.2 kB`.
    pub about: String,
    /// What it is where it holds no text.
    pub container: Option<Container>,
    /// Whether it was given at the Check door, where a host is to be checked, and an address for its domain.
    pub at_check: bool,
}

impl Default for Given {
    fn default() -> Self {
        Self {
            kind: Kind::Nothing,
            or: None,
            subject: None,
            shown: None,
            about: String::new(),
            container: None,
            at_check: false,
        }
    }
}

impl Given {
    /// Files, by the kind of the last, what those before it were taken for, their names, and what was read of the
    /// last.
    ///
    /// Of several it is enough that one is for the analyzer.
    pub fn of_files(last: Kind, before: Option<Kind>, names: &[String], read: Read) -> Self {
        let about = match names {
            [one] => {
                let unpacked = match read.packed {
                    None => String::new(),
                    Some(Packed::Whole) => format!(", {} unpacked", size(read.text)),
                    Some(Packed::Cut) => {
                        format!(", unpacked as far as it went: {}", size(read.text))
                    }
                };
                let name = portolan_explain::shown(one);
                format!("{name}, {}{unpacked}", size(read.file))
            }
            all => format!("{} files", all.len()),
        };
        let container = read.container.filter(|_| names.len() == 1);
        let is_analyzed = |kind: &Kind| belongs(*kind) == ANALYZE;
        let kind = match (before.filter(is_analyzed), names.len()) {
            (Some(before), _) => before,
            (None, 0 | 1) => last,
            (None, _) if is_analyzed(&last) => last,
            (None, _) => Kind::Failure,
        };
        Self {
            kind,
            about,
            container,
            ..Self::default()
        }
    }

    /// The door that it belongs to. Of what holds no text the analyzer says why.
    pub fn belongs(&self) -> &'static str {
        match self.container {
            Some(_) => ANALYZE,
            None if self.at_check && matches!(self.kind, Kind::Address | Kind::Host) => CHECK,
            None => belongs(self.kind),
        }
    }

    /// Whether it lies behind the Check door.
    pub fn is_checked(&self) -> bool {
        self.belongs() == CHECK
    }

    /// Whether the analyzer has something to say of it.
    pub fn is_analyzed(&self) -> bool {
        self.belongs() == ANALYZE
    }
}

/// What was read of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The file's bytes.
    pub file: u64,
    /// Those of its text.
    pub text: u64,
    /// What became of the text where it came packed.
    pub packed: Option<Packed>,
    /// What it is where it holds no text.
    pub container: Option<Container>,
}

impl Read {
    /// What was read of a file of so many bytes.
    pub fn of(explained: &Explained, file: u64) -> Self {
        Self {
            file,
            text: explained.bytes,
            packed: explained.packed,
            container: explained.container,
        }
    }
}

/// The door that something belongs to, as the page is told.
pub const fn belongs(kind: Kind) -> &'static str {
    match kind {
        Kind::Bounce | Kind::Code | Kind::Failure | Kind::Log | Kind::Mail | Kind::Session => {
            ANALYZE
        }
        Kind::Configuration | Kind::Documentation => "documentation",
        Kind::Address | Kind::Host => "provider",
        Kind::Records | Kind::Report => CHECK,
        Kind::Nothing => NOWHERE,
    }
}

const ANALYZE: &str = "analyze";
const CHECK: &str = "check";
/// Where something belongs that is still being read, too.
pub const NOWHERE: &str = "nowhere";

/// What is said where the box is empty.
pub const NOTHING_GIVEN: &str =
    "There is nothing to read: the box is empty. Paste or type something first.";

/// The text as a field may show it: secrets masked. `None`: it is too long for one.
pub fn masked(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let masked = portolan_mask::mask(text.as_bytes());
    Some(String::from_utf8_lossy(&masked).into_owned())
}

const LONGEST: usize = 64 * 1024;

/// `14 lines, 1.2 kB`
pub fn about(text: &str) -> String {
    let lines = text.lines().count();
    let lines = if lines == 1 {
        "1 line".to_owned()
    } else {
        format!("{lines} lines")
    };
    format!(
        "{lines}, {}",
        size(u64::try_from(text.len()).unwrap_or(u64::MAX))
    )
}

/// A number of bytes as people read it: three digits at most.
pub(crate) fn size(bytes: u64) -> String {
    let (mut whole, mut tenths) = (bytes, 0);
    for unit in ["bytes", "kB", "MB", "GB"] {
        if whole < 1000 || unit == "GB" {
            return if unit == "bytes" || whole >= 100 {
                format!("{whole} {unit}")
            } else {
                format!("{whole}.{tenths} {unit}")
            };
        }
        tenths = whole % 1000 / 100;
        whole /= 1000;
    }
    String::new()
}

/// What it was taken for, and what else it may be; `asked` is whom something of it was asked of.
pub(crate) fn taken(given: &Given, asked: Option<&str>) -> Element {
    if let Some(container) = given.container {
        let (name, ..) = strange(container);
        let all = el("p")
            .text("Taken for ")
            .child(el("b").text(name))
            .text(&format!(" ({}). Nothing left this page.", given.about));
        return of("div", "taken").child(all);
    }
    let (name, says) = words(given.kind);
    let says = if given.is_checked() { "" } else { says };
    let or = given.or.map(|or| {
        let (name, _) = words(or);
        ask(&format!("Read it as {name}"), &format!("as {}", or.id()))
    });
    let others = CHOICES
        .iter()
        .filter(|kind| **kind != given.kind && Some(**kind) != given.or)
        .map(|kind| el("li").child(ask(words(*kind).0, &format!("as {}", kind.id()))));
    let subject = given
        .subject
        .as_ref()
        .map(|it| el("samp").text(&portolan_explain::shown(it)));
    let first = el("p")
        .text("Taken for ")
        .child(el("b").text(name))
        .maybe(subject.map(|it| el("span").text(": ").child(it)));
    let first = first.text(&format!(" ({}). ", given.about));
    let first = if says.is_empty() {
        first
    } else {
        first.text(says).text(" ")
    };
    let first = match asked {
        None => first.text("Nothing left this page."),
        Some(host) => first.text(&format!(
            "Names were asked of {host}, as you wished; nothing else left this page."
        )),
    };
    of("div", "taken").child(first).child(
        of("div", "taken__other").maybe(or).child(
            of("details", "taken__choices")
                .child(el("summary").text("It is something else"))
                .child(el("ul").attr("role", "list").all(others)),
        ),
    )
}

/// The same for whoever does not see it.
pub(crate) fn taken_in_words(given: &Given) -> String {
    let (name, says) = words(given.kind);
    let says = if given.is_checked() { "" } else { says };
    let taken = format!("Taken for {name}.");
    if says.is_empty() {
        taken
    } else {
        format!("{taken} {says}")
    }
}

/// What it can be corrected to; a session, an error line and a bounce are read alike.
const CHOICES: &[Kind] = &[
    Kind::Failure,
    Kind::Log,
    Kind::Documentation,
    Kind::Configuration,
    Kind::Address,
    Kind::Host,
    Kind::Records,
    Kind::Report,
];

/// What a kind is called, and what becomes of it.
const fn words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Address => (
            "a mail address",
            "The advice goes by its domain, where a provider is known by it.",
        ),
        Kind::Bounce => ("a bounce", ""),
        Kind::Code => ("a reply code", ""),
        Kind::Configuration => (
            "a configuration",
            "Endpoints that it names, if any, are read into the advice; its other lines are not judged yet.",
        ),
        Kind::Documentation => (
            "a provider’s documentation",
            "Endpoints that it names, if any, are read into the advice.",
        ),
        Kind::Failure => ("an error", ""),
        Kind::Host => (
            "a host",
            "If a provider is known by it, the advice is for that one; else it says so by naming none. The Check door has the command that looks at the server itself.",
        ),
        Kind::Log => ("a log", ""),
        Kind::Mail => ("a mail", ""),
        Kind::Nothing => (
            "nothing that is known here",
            "What can be read: an error message, a session, a log, a bounce, a reply code, an address or host, a provider’s documentation, a configuration, a report of portolan-probe, DNS records.",
        ),
        Kind::Records => ("DNS records", ""),
        Kind::Report => ("a report of what a server answers", ""),
        Kind::Session => ("a session", ""),
    }
}

/// How far a file is read: `place` of `many` files, `at` of `size` bytes, since so many milliseconds.
pub fn progress(
    name: &str,
    (place, many): (usize, usize),
    (at, size): (f64, f64),
    since_ms: f64,
) -> Element {
    let left = if at > 0.0 {
        since_ms * (size - at) / at / 1000.0
    } else {
        0.0
    };
    let name = portolan_explain::shown(name);
    let which = if many > 1 {
        format!("{name}, {} of {many}", place + 1)
    } else {
        name
    };
    let told = format!(
        "{} of {}, {}",
        self::size(whole(at)),
        self::size(whole(size)),
        match whole(left.ceil()) {
            0 | 1 => "a second left".to_owned(),
            seconds @ 2..=90 => format!("{seconds} seconds left"),
            seconds => format!("{} minutes left", seconds.div_ceil(60)),
        }
    );
    of("section", "sheet progress")
        .attr("aria-labelledby", "finding")
        .child(
            of("h2", "progress__title")
                .attr("id", "finding")
                .attr("tabindex", "-1")
                .text("Reading ")
                .child(el("samp").text(&which)),
        )
        .child(
            el("progress")
                .attr("aria-labelledby", "finding")
                .attr("max", "1000")
                .attr("value", &whole(at * 1000.0 / size.max(1.0)).to_string()),
        )
        .child(el("p").text(&told))
        .child(ask("Stop here, and show what was read", "stop"))
}

/// A number without its fraction.
pub fn whole(number: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sizes and times are positive, and a cast saturates"
    )]
    let whole = number as u64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_digits() {
        for (bytes, text) in [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1_234, "1.2 kB"),
            (123_456, "123 kB"),
            (1_048_576, "1.0 MB"),
            (12_345_678_901, "12.3 GB"),
            (5_000_000_000_000, "5000 GB"),
        ] {
            assert_eq!(size(bytes), text);
        }
        assert_eq!(about("a\nb"), "2 lines, 3 bytes");
    }

    #[test]
    fn what_a_field_shows_is_masked() {
        assert_eq!(
            masked("password=hunter2").as_deref(),
            Some("password=[masked]")
        );
        assert_eq!(masked(&"x".repeat(LONGEST + 1)), None);
    }
}
