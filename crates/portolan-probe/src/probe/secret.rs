//! Credentials, which no report and no output ever holds.

use std::fmt;
use std::io::Read;

/// A password or a token. It cannot be shown.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret; the end of its line does not belong to it.
    pub fn new(text: &str) -> Self {
        Self(text.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// Reads it from something that was opened for it, at most 64 kB.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is no text.
    pub fn read(from: impl Read) -> std::io::Result<Self> {
        let mut text = String::new();
        from.take(64 << 10).read_to_string(&mut text)?;
        Ok(Self::new(&text))
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("[masked]")
    }
}

/// How to sign in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The user.
    pub user: String,
    /// The password, or the token.
    pub secret: Secret,
    /// The mechanism in upper case. `None`: the best that is offered.
    pub mechanism: Option<String>,
}
