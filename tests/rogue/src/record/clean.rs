//! Takes out of a recording what belongs to the machine that it was made on, and puts the port in that a person would see.

use std::path::Path;

/// What was particular to a run.
pub(super) struct Place<'a> {
    pub(super) folder: &'a Path,
    pub(super) cache: &'a Path,
    /// The port that the system chose.
    pub(super) port: u16,
    /// The port that it stands for.
    pub(super) known_port: u16,
}

/// Where the programs would be on a server.
const APP: &str = "/srv/app";

/// Where helpers of a program lie that was built by hand, and where they lie that came with a system.
const BUILT: &str = "/usr/local/libexec/";
const PACKAGED: &str = "/usr/lib/";

pub(super) fn clean(text: &str, place: &Place<'_>) -> String {
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let text = text
        .replace(&path(place.cache), APP)
        .replace(&path(place.folder), APP)
        .replace(BUILT, PACKAGED);
    // Some programs look the user's folder up and do not ask the environment.
    let text = match std::env::var("HOME") {
        Ok(home) if home.len() > 1 => text.replace(&home, "~"),
        _ => text,
    };
    let text: Vec<&str> = text
        .split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .collect();
    let text = number(
        &text.join("\n"),
        &place.port.to_string(),
        &place.known_port.to_string(),
    );
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    named(&text, host.trim())
}

/// Replaces a number where it stands alone.
fn number(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(from) {
        out.push_str(before);
        let is_part = before.ends_with(|it: char| it.is_ascii_alphanumeric())
            || after.starts_with(|it: char| it.is_ascii_alphanumeric());
        out.push_str(if is_part { from } else { to });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Replaces the machine's own name where a client introduces itself.
fn named(text: &str, host: &str) -> String {
    if host.is_empty() {
        return text.to_owned();
    }
    ["EHLO ", "HELO ", "@", "ehlo ", "mutt-"]
        .iter()
        .fold(text.to_owned(), |text, before| {
            let mut out = String::with_capacity(text.len());
            let mut rest = text.as_str();
            while let Some((head, tail)) = rest.split_once(before) {
                out.push_str(head);
                out.push_str(before);
                let after = tail.strip_prefix(host).filter(|it| {
                    !it.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '.')
                });
                if let Some(after) = after {
                    out.push_str("client.example");
                    rest = after;
                } else {
                    rest = tail;
                }
            }
            out.push_str(rest);
            out
        })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Place, clean, named};

    #[test]
    fn the_port_is_the_known_one_and_paths_are_a_servers() {
        let place = Place {
            folder: Path::new("/somewhere/clients"),
            cache: Path::new("/somewhere/cache"),
            port: 40_123,
            known_port: 587,
        };
        let text = "at /somewhere/clients/a.py\r\nlocalhost:40123 id 401234 (/somewhere/cache/x)\n\
                    /usr/local/libexec/git-core/git-send-email";
        let wanted = "at /srv/app/a.py\nlocalhost:587 id 401234 (/srv/app/x)\n\
                      /usr/lib/git-core/git-send-email";
        assert_eq!(clean(text, &place), wanted);
    }

    #[test]
    fn the_machine_has_no_name_of_its_own() {
        assert_eq!(
            named("EHLO vm\nnode:vm mutt-vm-0 vmail@vm", "vm"),
            "EHLO client.example\nnode:vm mutt-client.example-0 vmail@client.example"
        );
        assert_eq!(named("EHLO vmx", "vm"), "EHLO vmx");
    }
}
