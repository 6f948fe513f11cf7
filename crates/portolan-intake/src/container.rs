//! Files that hold no text: archives, pictures, captures, mailboxes of programs. Known by their first bytes.

/// What a file is that holds no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Container {
    /// Bytes of a form that is not known here.
    Binary,
    /// bzip2.
    Bzip2,
    /// A capture of a network: pcap or pcapng.
    Capture,
    /// What Microsoft's compound files hold: a mail of Outlook (.msg), or an old document of Office.
    Compound,
    /// Events of Windows (.evtx).
    Events,
    /// gzip within gzip, or an empty one.
    Gzip,
    /// A picture.
    Image,
    /// Journal of systemd.
    Journal,
    /// A mailbox of Outlook (.pst, .ost).
    Outlook,
    /// A PDF.
    Pdf,
    /// A RAR archive.
    Rar,
    /// A 7z archive.
    SevenZip,
    /// A tar archive.
    Tar,
    /// xz.
    Xz,
    /// A ZIP archive, or a document that is one.
    Zip,
    /// Zstandard.
    Zstd,
}

/// What these first bytes of a file begin. `None`: a text, as far as can be told.
pub fn container(bytes: &[u8]) -> Option<Container> {
    let known = SIGNS
        .iter()
        .find(|(at, sign, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(sign)));
    known
        .map(|(.., container)| *container)
        .or_else(|| is_binary(bytes).then_some(Container::Binary))
}

const SIGNS: &[(usize, &[u8], Container)] = &[
    (0, b"BZh", Container::Bzip2),
    (0, b"\xd4\xc3\xb2\xa1", Container::Capture),
    (0, b"\xa1\xb2\xc3\xd4", Container::Capture),
    (0, b"\x4d\x3c\xb2\xa1", Container::Capture),
    (0, b"\xa1\xb2\x3c\x4d", Container::Capture),
    // The mark of the byte order, since a text may begin with the same line ends as the block (pcapng, section 4.1).
    (8, b"\x4d\x3c\x2b\x1a", Container::Capture),
    (8, b"\x1a\x2b\x3c\x4d", Container::Capture),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container::Compound),
    (0, b"ElfFile\0", Container::Events),
    (0, b"\x1f\x8b", Container::Gzip),
    (0, b"\x89PNG\r\n\x1a\n", Container::Image),
    (0, b"\xff\xd8\xff", Container::Image),
    (0, b"GIF87a", Container::Image),
    (0, b"GIF89a", Container::Image),
    (8, b"WEBPVP8", Container::Image),
    (4, b"ftyphe", Container::Image),
    (4, b"ftypmif1", Container::Image),
    (4, b"ftypavif", Container::Image),
    (0, b"LPKSHHRH", Container::Journal),
    (0, b"!BDN", Container::Outlook),
    (0, b"%PDF-", Container::Pdf),
    (0, b"Rar!\x1a\x07", Container::Rar),
    (0, b"7z\xbc\xaf\x27\x1c", Container::SevenZip),
    (257, b"ustar", Container::Tar),
    (0, b"\xfd7zXZ\0", Container::Xz),
    (0, b"PK\x03\x04", Container::Zip),
    (0, b"PK\x05\x06", Container::Zip),
    (0, b"\x28\xb5\x2f\xfd", Container::Zstd),
];

/// Whether so many bytes are none of any text that it cannot be one. UTF-16 is a text, with a mark or without.
fn is_binary(bytes: &[u8]) -> bool {
    let bytes = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return false;
    }
    let nulls = |odd: usize| {
        let of_place = bytes.iter().skip(odd).step_by(2);
        of_place.filter(|it| **it == 0).count()
    };
    let (even, odd) = (nulls(0), nulls(1));
    // Of Latin letters in UTF-16 every second byte is 0, and of the others none.
    let is_wide = even.max(odd) * 8 > bytes.len() && even.min(odd) * 50 < even.max(odd);
    let controls = bytes
        .iter()
        .filter(|it| matches!(it, 0..=8 | 14..=26 | 28..=31 | 127))
        .count();
    !is_wide && controls * 20 > bytes.len()
}

const LOOKED_AT: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        let mut tar = vec![b'a'; 257];
        tar.extend(b"ustar\x0000");
        for (bytes, container) in [
            (&b"PK\x03\x04\x14\0"[..], Container::Zip),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Container::Pdf),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Container::Image),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Container::Image),
            (b"\0\0\0\x18ftypheic", Container::Image),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", Container::Compound),
            (
                b"\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a",
                Container::Capture,
            ),
            (b"\xd4\xc3\xb2\xa1\x02\0\x04\0", Container::Capture),
            (b"\xfd7zXZ\0\0\x04", Container::Xz),
            (b"\x28\xb5\x2f\xfd\x04", Container::Zstd),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", Container::Binary),
            (&tar, Container::Tar),
        ] {
            assert_eq!(super::container(bytes), Some(container), "{bytes:?}");
        }
    }

    #[test]
    fn texts_are_texts() {
        let wide = |text: &str| {
            text.encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>()
        };
        let marked = [&b"\xff\xfe"[..], &wide("535 5.7.8 bad")].concat();
        for text in [
            &b""[..],
            b"535 5.7.8 Username and Password not accepted",
            b"\x1b[31m535\x1b[0m 5.7.8 \x1b[1mbad\x1b[0m",
            "\u{441}\u{43e}\u{43e}\u{431}\u{449}\u{435}\u{43d}\u{438}\u{435}".as_bytes(),
            b"\xd1\xee\xee\xe1\xf9\xe5\xed\xe8\xe5 \xed\xe5 \xe4\xee\xf1\xf2\xe0\xe2\xeb\xe5\xed\xee",
            b"a\0b 550 5.1.1 User unknown, and so on and on and on",
            &wide("550 5.1.1 User unknown"),
            &marked,
        ] {
            assert_eq!(container(text), None, "{text:?}");
        }
    }
}
