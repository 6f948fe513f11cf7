//! The report as JSON, in its published form.

use std::io::{self, Write};

use portolan_report::probe::ProbeReport;

pub(super) fn json(report: &ProbeReport, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", portolan_wire::write_report_pretty(report))
}
