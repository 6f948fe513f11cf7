//! What several tests need.

/// What counts as one stage where only the coarse kind is known.
pub(crate) fn coarse(stage: &str) -> &str {
    match stage {
        "resolve" => "connect",
        "queue" => "none",
        "starttls" => "tls",
        "data" => "end-of-data",
        other => other,
    }
}
