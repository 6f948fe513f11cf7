//! How ready a sender is for port 25, by what it says of itself: one sentence beside the questions.

use portolan_facts::SmallMap;

use crate::answers::PostureItem;
use crate::words;

/// The reading of a posture.
///
/// What receivers refuse mail for at once counts for more than what goes wrong later.
///
/// ```
/// use portolan_advice::{PostureItem, maturity};
///
/// let said = [(PostureItem::Ptr, false), (PostureItem::Spf, true)];
/// let reading = maturity(&said.into_iter().collect());
/// assert!(reading.starts_with("Not ready"));
/// ```
pub fn maturity(posture: &SmallMap<PostureItem, bool>) -> String {
    let missing = |essential: bool| -> Vec<&'static str> {
        posture
            .iter()
            .filter(|(item, in_order)| !**in_order && is_essential(**item) == essential)
            .map(|(item, _)| words::posture_gap(*item))
            .collect()
    };
    let (essential, others) = (missing(true), missing(false));
    let unsaid = PostureItem::ALL.len() - posture.len();
    if !essential.is_empty() {
        return format!(
            "Not ready: receivers refuse or junk mail without {}. Hand it to a provider until then.",
            words::list(&essential)
        );
    }
    if !others.is_empty() {
        return format!(
            "Nearly ready: mail may arrive, and the first trouble will last without {}.",
            words::list(&others)
        );
    }
    match unsaid {
        0 => "Ready: everything that receivers look for is in order.".to_owned(),
        all if all == PostureItem::ALL.len() => {
            "Direct delivery on 25 is as good as these. Say what you know.".to_owned()
        }
        unsaid => format!("Nothing speaks against it so far; {unsaid} more are not said."),
    }
}

/// What the large receivers refuse mail for, at once and from everybody.
pub(crate) fn is_essential(item: PostureItem) -> bool {
    matches!(
        item,
        PostureItem::Spf | PostureItem::Dkim | PostureItem::Ptr | PostureItem::Helo
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_at_once_counts_before_what_goes_wrong_later() {
        let reading = |said: &[(PostureItem, bool)]| maturity(&said.iter().copied().collect());
        assert!(reading(&[]).contains("Say what you know"));
        assert!(reading(&[(PostureItem::Spf, true)]).contains("8 more"));
        assert!(reading(&[(PostureItem::WarmIp, false)]).starts_with("Nearly ready"));
        let both = [(PostureItem::WarmIp, false), (PostureItem::Helo, false)];
        assert!(reading(&both).starts_with("Not ready"));
        let all: Vec<_> = PostureItem::ALL.iter().map(|item| (*item, true)).collect();
        assert!(reading(&all).starts_with("Ready"));
    }
}
