//! In which form to show what was seen.

use std::io::IsTerminal;

use super::Said;
use crate::render::{Form, Thresholds};

/// The form that was asked for; for a person where none was.
///
/// # Errors
///
/// Thresholds of another form than Nagios', in words.
pub fn form(said: &Said) -> Result<Form, String> {
    match said.form {
        Some(Form::Nagios { .. }) => Ok(Form::Nagios {
            warning: said.warning.unwrap_or(Thresholds::WARNING),
            critical: said.critical.unwrap_or(Thresholds::CRITICAL),
        }),
        _ if said.warning.is_some() || said.critical.is_some() => {
            Err("--warning and --critical belong to --nagios".to_owned())
        }
        Some(form) => Ok(form),
        None => Ok(Form::Human {
            colour: has_colour(said),
        }),
    }
}

/// Notes a form.
///
/// # Errors
///
/// Another was named before.
pub(super) fn once(said: &mut Said, form: Form) -> Result<(), String> {
    match said.form.replace(form) {
        Some(other) if other != form => Err("expected one form, but found a second".to_owned()),
        _ => Ok(()),
    }
}

fn has_colour(said: &Said) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    match said.color.as_deref() {
        Some("always") => true,
        Some("never") => false,
        _ => {
            let is_dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
            std::io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flags::parse;

    fn of(arguments: &[&str]) -> Result<Form, String> {
        let all = std::iter::once("portolan-probe").chain(arguments.iter().copied());
        form(&parse(lexopt::Parser::from_iter(all))?)
    }

    #[test]
    fn one_form_is_taken_and_thresholds_belong_to_one() {
        assert_eq!(of(&["--junit"]), Ok(Form::Junit));
        assert_eq!(of(&["--json", "--json"]), Ok(Form::Json));
        let nagios = |warning, critical| Form::Nagios { warning, critical };
        assert_eq!(
            of(&["--nagios"]),
            Ok(nagios(Thresholds::WARNING, Thresholds::CRITICAL))
        );
        let ten = Thresholds {
            days: Some(10),
            ms: Some(500),
        };
        assert_eq!(
            of(&["--critical", "10d,0.5s", "--nagios"]),
            Ok(nagios(Thresholds::WARNING, ten))
        );
        for arguments in [
            &["--nagios", "--junit"][..],
            &["--json", "--prometheus"],
            &["--markdown", "--warning", "1d"],
            &["--nagios", "--warning", "soon"],
        ] {
            assert!(of(arguments).is_err(), "{arguments:?}");
        }
    }
}
