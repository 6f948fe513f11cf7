//! Small turns of phrase that several parts share.

use crate::answers::PostureItem;

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The text with a capital as its first letter. A first letter outside ASCII stays as it is.
pub(crate) fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Whether a host is an address: nothing but digits and dots, or with colons. A name's last label is never a number
/// (RFC 3696, section 2).
pub(crate) fn is_address(host: &str) -> bool {
    host.contains(':')
        || host
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// What is missing, as it stands in a list.
pub(crate) const fn posture_gap(item: PostureItem) -> &'static str {
    match item {
        PostureItem::Spf => "an SPF record",
        PostureItem::Dkim => "DKIM signatures",
        PostureItem::Dmarc => "a DMARC record",
        PostureItem::Ptr => "reverse DNS that leads back",
        PostureItem::Helo => "a HELO name that resolves",
        PostureItem::BounceHandling => "somebody who reads the bounces",
        PostureItem::Segmentation => "environments and streams that send apart",
        PostureItem::RelayOwner => "an owner of the relay",
        PostureItem::WarmIp => "a dedicated address with a history",
    }
}

/// Whether a text is a host name and nothing else: letters, digits and hyphens between dots.
pub(crate) fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && label
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(is_label)
}
