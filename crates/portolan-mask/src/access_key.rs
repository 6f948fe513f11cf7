//! Secrets beside an access key of AWS.

/// The secret of an access key of AWS has no shape of its own but its length; beside the key's id it is told from a digest.
#[derive(Default)]
pub(crate) struct BesideAccessKey {
    /// So many lines behind an id are looked at.
    left: u32,
}

impl BesideAccessKey {
    /// Calls `add` with the places of such secrets.
    pub(crate) fn find(&mut self, line: &[u8], add: &mut dyn FnMut(usize, usize)) {
        const LENGTH: usize = 40;
        const LINES: u32 = 4;
        if [&b"AKIA"[..], b"ASIA"]
            .iter()
            .any(|begins| has_id(line, begins))
        {
            self.left = LINES;
        }
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
        let mut at = 0;
        for run in line.split(|byte| !is_of_key(byte)) {
            let is_mixed =
                run.iter().any(u8::is_ascii_lowercase) && run.iter().any(u8::is_ascii_uppercase);
            if run.len() == LENGTH && is_mixed {
                add(at, at + LENGTH);
            }
            at += run.len() + 1;
        }
    }
}

/// Whether a line holds the id of an access key: 20 capitals and digits that begin so, and stand alone.
fn has_id(line: &[u8], begins: &[u8]) -> bool {
    const LENGTH: usize = 20;
    memchr::memmem::find_iter(line, begins).any(|start| {
        let id = line.get(start..start + LENGTH);
        let is_part = |at: Option<usize>| {
            at.and_then(|at| line.get(at))
                .is_some_and(u8::is_ascii_alphanumeric)
        };
        id.is_some_and(|id| {
            id.iter()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        }) && !is_part(start.checked_sub(1))
            && !is_part(Some(start + LENGTH))
    })
}
