//! Whether two domains are aligned (RFC 9989, section 4.4), and the one change that aligns them.

use super::Mode;
use crate::name::Name;

/// Two domains side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// They are aligned.
    Aligned,
    /// They are not.
    Apart(Change),
}

/// The one change that aligns two domains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// They are of one organisation, so that relaxed alignment would do: `adkim=r` or `aspf=r`.
    Relax,
    /// Sign, or send bounces, with this domain in place of the other: the From domain itself, which strict alignment wants.
    Use(Name),
    /// Sign, or send bounces, with this domain or one below it.
    UseWithin(Name),
}

/// Compares the domain in From with one that SPF or DKIM passed; each comes with its organisation's domain.
pub fn align(author: (&Name, &Name), passed: (&Name, &Name), mode: Mode) -> Alignment {
    let is_same = author.0 == passed.0;
    let is_related = author.1 == passed.1;
    match mode {
        Mode::Strict if is_same => Alignment::Aligned,
        Mode::Relaxed if is_same || is_related => Alignment::Aligned,
        Mode::Strict if is_related => Alignment::Apart(Change::Relax),
        Mode::Strict => Alignment::Apart(Change::Use(author.0.clone())),
        Mode::Relaxed => Alignment::Apart(Change::UseWithin(author.1.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_change_is_named() {
        let name = |text| Name::new(text).unwrap();
        let (org, news, other) = (
            name("example.com"),
            name("news.example.com"),
            name("sender.example"),
        );
        let check = |passed: (&Name, &Name), mode| align((&org, &org), passed, mode);
        assert_eq!(check((&org, &org), Mode::Strict), Alignment::Aligned);
        assert_eq!(check((&news, &org), Mode::Relaxed), Alignment::Aligned);
        assert_eq!(
            check((&news, &org), Mode::Strict),
            Alignment::Apart(Change::Relax)
        );
        assert_eq!(
            check((&other, &other), Mode::Strict),
            Alignment::Apart(Change::Use(org.clone()))
        );
        assert_eq!(
            check((&other, &other), Mode::Relaxed),
            Alignment::Apart(Change::UseWithin(org.clone()))
        );
    }
}
