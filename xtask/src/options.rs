//! The command line.

use lexopt::Arg::{Long, Short, Value};
use lexopt::{Parser, ValueExt};

use crate::doh::Doh;

/// What `cargo xtask` shows when asked for nothing.
pub(crate) const USAGE: &str = "\
cargo xtask serve [--watch] [--port N] [--doh URL]
                                          build the site and serve it on this machine
cargo xtask test [--quick] [--no-skip]    run every check; --quick: only the native ones
cargo xtask dist [--doh URL]              build the static site into dist/; --doh: visitors may ask this resolver by DNS
                                          over HTTPS, when they press a button that names it
cargo xtask library                       build the library for JavaScript as a package of npm
cargo xtask probe                         build portolan-probe as one static binary and as a package for Debian
cargo xtask tidy                          check what the compiler does not
cargo xtask size                          weigh the site against its budget
cargo xtask measure                       print the rows of docs/measurements.md
cargo xtask peers                         hold portolan-probe against swaks, openssl and check_smtp on real mail servers
cargo xtask screenshots                   take the pictures in docs/screenshots/

PORTOLAN_CACHE names the folder of the fetched tools; it is .cache in the project otherwise.";

/// A command with its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Dist,
    Help,
    Library,
    Measure,
    Peers,
    Probe,
    Screenshots,
    Serve { watch: Watch, port: u16 },
    Size,
    Test { scope: Scope, skips: Skips },
    Tidy,
}

/// Whether `serve` builds again when a file changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Watch {
    No,
    Yes,
}

/// How much `test` runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Everything,
    Native,
}

/// What a test that could not run means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Skips {
    Allowed,
    Fail,
}

/// The whole command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) command: Command,
    /// The resolver that the site is built with.
    pub(crate) doh: Option<Doh>,
}

impl Options {
    /// Reads the arguments.
    ///
    /// # Errors
    ///
    /// An argument that no command knows.
    pub(crate) fn read(mut parser: Parser) -> Result<Self, lexopt::Error> {
        let mut name = None;
        let (mut watch, mut port, mut scope, mut skips) = (None, None, None, None);
        let mut doh = None;
        while let Some(argument) = parser.next()? {
            match argument {
                Long("watch") => watch = Some(Watch::Yes),
                Long("port") => port = Some(parser.value()?.parse()?),
                Long("doh") => doh = Doh::read("--doh", Some(&parser.value()?.string()?))?,
                Long("quick") => scope = Some(Scope::Native),
                Long("no-skip") => skips = Some(Skips::Fail),
                Long("help") | Short('h') => {
                    return Ok(Self {
                        command: Command::Help,
                        doh: None,
                    });
                }
                Value(value) if name.is_none() => name = Some(value.string()?),
                other => return Err(other.unexpected()),
            }
        }
        let name = name.unwrap_or_default();
        if name != "serve" && (watch.is_some() || port.is_some()) {
            return Err("--watch and --port belong to serve".into());
        }
        if doh.is_some() && name != "serve" && name != "dist" {
            return Err("--doh belongs to dist and serve".into());
        }
        if name != "test" && (scope.is_some() || skips.is_some()) {
            return Err("--quick and --no-skip belong to test".into());
        }
        let command = match name.as_str() {
            "" | "help" => Command::Help,
            "dist" => Command::Dist,
            "library" => Command::Library,
            "measure" => Command::Measure,
            "peers" => Command::Peers,
            "probe" => Command::Probe,
            "screenshots" => Command::Screenshots,
            "serve" => Command::Serve {
                watch: watch.unwrap_or(Watch::No),
                port: port.unwrap_or(DEFAULT_PORT),
            },
            "size" => Command::Size,
            "test" => Command::Test {
                scope: scope.unwrap_or(Scope::Everything),
                skips: skips.unwrap_or(Skips::Allowed),
            },
            "tidy" => Command::Tidy,
            other => return Err(format!("no command is called {other}").into()),
        };
        Ok(Self { command, doh })
    }
}

const DEFAULT_PORT: u16 = 8587;

#[cfg(test)]
mod tests {
    use super::{Command, DEFAULT_PORT, Options, Scope, Skips, Watch};

    fn read(arguments: &[&str]) -> Result<Command, String> {
        let arguments = std::iter::once("xtask").chain(arguments.iter().copied());
        Options::read(lexopt::Parser::from_iter(arguments))
            .map(|options| options.command)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn commands_and_their_settings() {
        assert_eq!(read(&[]), Ok(Command::Help));
        assert_eq!(
            read(&["serve"]),
            Ok(Command::Serve {
                watch: Watch::No,
                port: DEFAULT_PORT
            })
        );
        assert_eq!(
            read(&["serve", "--watch", "--port", "99"]),
            Ok(Command::Serve {
                watch: Watch::Yes,
                port: 99
            })
        );
        assert_eq!(
            read(&["test", "--quick", "--no-skip"]),
            Ok(Command::Test {
                scope: Scope::Native,
                skips: Skips::Fail
            })
        );
    }

    #[test]
    fn a_resolver_belongs_to_what_builds_the_site() {
        let read = |arguments: &[&str]| {
            let arguments = std::iter::once("xtask").chain(arguments.iter().copied());
            Options::read(lexopt::Parser::from_iter(arguments)).map_err(|it| it.to_string())
        };
        let url = "https://dns.example.net/dns-query";
        for name in ["dist", "serve"] {
            let options = read(&[name, "--doh", url]).unwrap();
            assert_eq!(options.doh.unwrap().url, url);
        }
        assert!(read(&["test", "--doh", url]).is_err());
        assert!(read(&["dist", "--doh"]).is_err());
        let why = read(&["dist", "--doh", "http://dns.example.net/dns-query"]).unwrap_err();
        assert!(
            why.contains("--doh: ") && why.contains("take https"),
            "{why}"
        );
    }

    #[test]
    fn what_nobody_knows_is_refused() {
        assert!(read(&["sevre"]).is_err());
        assert!(read(&["dist", "--watch"]).is_err());
        assert!(read(&["serve", "--port", "99999"]).is_err());
    }
}
