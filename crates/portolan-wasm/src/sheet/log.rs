//! A log: what to mend first, what it cost, and for whom.

use portolan_facts::Facts;
use portolan_report::sheet::Element;
use portolan_smtp::{Filter, Tally};

use super::{Writes, of};

/// What a log came to, with the filter that it was read with.
pub(crate) fn log(tally: &Tally, _filter: &Filter, _facts: &Facts) -> Element {
    of("section", "sheet").text(&format!("{} lines", tally.lines))
}
