//! Reads a command line by a list of flags.

use std::ffi::OsString;

use lexopt::Arg;

use super::Flag;

/// Notes what is said; what is no flag goes to `operand`.
///
/// # Errors
///
/// A flag that is not in the list, a value that is none, or what `operand` refuses, in words.
pub fn read<S>(
    flags: &[&Flag<S>],
    said: &mut S,
    mut arguments: lexopt::Parser,
    operand: fn(&mut S, OsString) -> Result<(), String>,
) -> Result<(), String> {
    let unknown = |name: &str| format!("expected a flag that is known, but found `{name}`");
    loop {
        let argument = arguments.next().map_err(|error| error.to_string())?;
        let flag = match argument {
            None => return Ok(()),
            Some(Arg::Value(value)) => {
                operand(said, value)?;
                continue;
            }
            Some(Arg::Long(name)) => flags
                .iter()
                .find(|it| it.long == name)
                .ok_or_else(|| unknown(&format!("--{name}")))?,
            Some(Arg::Short(letter)) => flags
                .iter()
                .find(|it| it.short == Some(letter))
                .ok_or_else(|| unknown(&format!("-{letter}")))?,
        };
        let value = if flag.value.is_some() {
            let value = arguments.value().map_err(|error| error.to_string())?;
            value
                .into_string()
                .map_err(|_| format!("--{}: expected text", flag.long))?
        } else {
            String::new()
        };
        if !flag.choices.is_empty() && !flag.choices.contains(&value.as_str()) {
            let choices = flag.choices.join(", ");
            return Err(format!(
                "--{}: expected one of {choices}, but found `{value}`",
                flag.long
            ));
        }
        (flag.set)(said, &value).map_err(|error| format!("--{}: {error}", flag.long))?;
    }
}
