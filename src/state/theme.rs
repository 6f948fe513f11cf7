//! Day, night, or as the system has it.

/// Every choice with its button's word, in the order of the buttons. `None`: as the system has it.
pub const THEMES: [(Option<&str>, &str); 3] = [
    (None, "Auto"),
    (Some("light"), "Day"),
    (Some("dark"), "Night"),
];
