//! Mails that wait, by queue id, as many as the window holds.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{DefaultHasher, Hasher};

use super::explained::CauseAt;

/// A recipient that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Waiting {
    recipient: u64,
    cause: CauseAt,
    domain: DomainAt,
}

/// The place of a domain in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DomainAt(pub(super) Option<u32>);

/// The last deferral of each recipient of each queue id.
pub(super) struct Window {
    most: usize,
    mails: HashMap<u64, Vec<Waiting>>,
    order: VecDeque<u64>,
    /// What was pushed out.
    forgotten: BTreeMap<CauseAt, u64>,
}

impl Window {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            mails: HashMap::new(),
            order: VecDeque::new(),
            forgotten: BTreeMap::new(),
        }
    }

    /// A try failed and will be repeated.
    pub(super) fn defer(
        &mut self,
        queue: &[u8],
        recipient: &[u8],
        cause: CauseAt,
        domain: DomainAt,
    ) {
        let (queue, recipient) = (hash(queue), hash(recipient));
        if let Some(waiting) = self.mails.get_mut(&queue) {
            let is_full = waiting.len() >= MOST_RECIPIENTS;
            match waiting.iter_mut().find(|it| it.recipient == recipient) {
                Some(last) => last.cause = cause,
                None if is_full => *self.forgotten.entry(cause).or_default() += 1,
                None => waiting.push(Waiting {
                    recipient,
                    cause,
                    domain,
                }),
            }
            return;
        }
        while self.mails.len() >= self.most {
            let Some(oldest) = self.order.pop_front() else {
                break;
            };
            for it in self.mails.remove(&oldest).unwrap_or_default() {
                *self.forgotten.entry(it.cause).or_default() += 1;
            }
        }
        self.mails.insert(
            queue,
            vec![Waiting {
                recipient,
                cause,
                domain,
            }],
        );
        self.order.push_back(queue);
        // Mails that are done leave their place in the order behind.
        if self.order.len() > 2 * self.most {
            let mails = &self.mails;
            self.order.retain(|queue| mails.contains_key(queue));
        }
    }

    /// A recipient is done with; the cause of the last deferral, if there was one.
    pub(super) fn done(&mut self, queue: &[u8], recipient: &[u8]) -> Option<CauseAt> {
        if self.mails.is_empty() {
            return None;
        }
        let queue = hash(queue);
        let waiting = self.mails.get_mut(&queue)?;
        let recipient = hash(recipient);
        let at = waiting.iter().position(|it| it.recipient == recipient)?;
        let cause = waiting.swap_remove(at).cause;
        if waiting.is_empty() {
            self.mails.remove(&queue);
        }
        Some(cause)
    }

    /// The queue gave a mail up: the last deferrals of its recipients.
    pub(super) fn expire(&mut self, queue: &[u8]) -> Vec<(CauseAt, DomainAt)> {
        let waiting = self.mails.remove(&hash(queue)).unwrap_or_default();
        waiting.iter().map(|it| (it.cause, it.domain)).collect()
    }

    /// What still waits at the end, and what was pushed out while it waited.
    pub(super) fn waiting(self) -> Vec<(CauseAt, u64)> {
        let held = self.mails.into_values().flatten().map(|it| (it.cause, 1));
        counted(held.chain(self.forgotten))
    }
}

/// Of one mail so many recipients are followed.
const MOST_RECIPIENTS: usize = 1_000;

fn counted(causes: impl Iterator<Item = (CauseAt, u64)>) -> Vec<(CauseAt, u64)> {
    let mut counts: BTreeMap<CauseAt, u64> = BTreeMap::new();
    for (cause, times) in causes {
        *counts.entry(cause).or_default() += times;
    }
    counts.into_iter().collect()
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{CauseAt, DomainAt, Window};

    const BUSY: CauseAt = CauseAt(Some(1));
    const FULL: CauseAt = CauseAt(Some(2));

    #[test]
    fn the_last_deferral_counts_and_the_oldest_mail_goes_first() {
        let here = DomainAt(Some(7));
        let mut window = Window::new(2);
        window.defer(b"A", b"x", BUSY, here);
        window.defer(b"A", b"x", FULL, here);
        window.defer(b"A", b"y", BUSY, here);
        assert_eq!(window.done(b"A", b"x"), Some(FULL));
        assert_eq!(window.done(b"A", b"x"), None);
        window.defer(b"B", b"x", FULL, here);
        window.defer(b"C", b"x", FULL, here);
        assert_eq!(window.done(b"A", b"y"), None, "pushed out");
        assert_eq!(window.expire(b"B"), [(FULL, here)]);
        assert_eq!(window.waiting(), [(BUSY, 1), (FULL, 1)]);
    }
}
