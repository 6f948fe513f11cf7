//! The tests of the page in a real browser are in `tests/`; nothing else lives here.
