//! What is said of files that hold no text: what they are, and how to get the text out.

use portolan_intake::Container;

/// What a file is, with its article; how its text is got out, a sentence; and a command that does it, `FILE` in its place.
pub const fn strange(container: Container) -> (&'static str, &'static str, Option<&'static str>) {
    match container {
        Container::Binary => (
            "a file that holds no text",
            "Its form is not known here. Bring what the program shows or exports as text: a log, an error message, the mail’s source.",
            None,
        ),
        Container::Bzip2 => (
            "packed with bzip2",
            "Unpack it, and bring the text.",
            Some("bzip2 -dc FILE > mail.log"),
        ),
        Container::Capture => (
            "a capture of a network",
            "Open it in Wireshark, follow the TCP stream of the mail server’s port, and save that as text. What was said after STARTTLS, or on 465, is encrypted and tells nothing: the client’s debug output does.",
            Some("tshark -r FILE -q -z follow,tcp,ascii,0"),
        ),
        Container::Compound => (
            "a mail of Outlook (.msg), or an old document of Office",
            "Open it in Outlook and copy its text, with the diagnostic information at its end; or save it as text.",
            None,
        ),
        Container::Events => (
            "a log of Windows events",
            "Export its events as text.",
            Some("wevtutil qe FILE /lf:true /f:text"),
        ),
        Container::Gzip => (
            "packed with gzip more than once, or empty",
            "Unpack it until it is text, and bring that.",
            Some("gzip -dc FILE"),
        ),
        Container::Image => (
            "a picture",
            "Its words cannot be read here. Select and copy them: phones, macOS and Windows find text in pictures; best is to copy the message where it was shown.",
            None,
        ),
        Container::Journal => (
            "a journal of systemd",
            "Print the mail server’s part of it as text.",
            Some("journalctl --file FILE --no-pager"),
        ),
        Container::Outlook => (
            "a mailbox of Outlook (.pst, .ost)",
            "Open the bounce in Outlook and copy its text, with the diagnostic information at its end.",
            None,
        ),
        Container::Pdf => (
            "a PDF",
            "Open it, select its text and paste it.",
            Some("pdftotext FILE -"),
        ),
        Container::Rar => (
            "a RAR archive",
            "Take the files out, and bring those: several at once are read one by one.",
            Some("unrar x FILE"),
        ),
        Container::SevenZip => (
            "a 7z archive",
            "Take the files out, and bring those: several at once are read one by one.",
            Some("7z x FILE"),
        ),
        Container::Tar => (
            "a tar archive",
            "Take the files out, and bring those: several at once are read one by one.",
            Some("tar -xf FILE"),
        ),
        Container::Xz => (
            "packed with xz",
            "Unpack it, and bring the text.",
            Some("xz -dc FILE > mail.log"),
        ),
        Container::Zip => (
            "a ZIP archive, or a document that is one (.docx, .xlsx)",
            "Take the files out, and bring those: several at once are read one by one. Of a document, copy the text.",
            Some("unzip FILE"),
        ),
        Container::Zstd => (
            "packed with Zstandard",
            "Unpack it, and bring the text.",
            Some("zstd -dc FILE > mail.log"),
        ),
    }
}
