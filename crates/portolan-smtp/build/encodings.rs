//! The letters of the rules' phrases in the encodings of before UTF-8.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use encoding_rs::{
    BIG5, EUC_JP, Encoding, GBK, IBM866, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252,
};

/// The likelier first: a reading that says nothing is passed over.
const ENCODINGS: &[&Encoding] = &[
    WINDOWS_1252,
    GBK,
    SHIFT_JIS,
    EUC_JP,
    WINDOWS_1251,
    BIG5,
    KOI8_R,
    IBM866,
];

/// The tables as Rust: for each encoding its letters, and all letters of windows-1252 that are no byte's number.
pub(crate) fn tables(phrases: &str) -> String {
    // A text may have any letter in capitals.
    let letters: BTreeSet<char> = phrases
        .chars()
        .flat_map(|letter| letter.to_uppercase().chain([letter]))
        .filter(|letter| !letter.is_ascii())
        .collect();
    let mut code = String::from(
        "/// Letters of phrases in the encodings of before UTF-8: one byte or two, and the letter.\n\
         pub(crate) static LETTERS: &[(&str, &[(u16, char)])] = &[\n",
    );
    for encoding in ENCODINGS {
        let rows: BTreeMap<u16, char> = letters
            .iter()
            .filter_map(|letter| {
                let text = letter.to_string();
                let (bytes, _, is_missing) = encoding.encode(&text);
                match (is_missing, bytes.as_ref()) {
                    (false, [one]) => Some((u16::from(*one), *letter)),
                    (false, [high, low]) => Some((u16::from_be_bytes([*high, *low]), *letter)),
                    _ => None,
                }
            })
            .collect();
        let rows: Vec<(u16, char)> = rows.into_iter().collect();
        writeln!(code, "({:?}, &{rows:?}),", encoding.name()).unwrap();
    }
    let mut others: Vec<(char, u8)> = (0x80..=0x9f_u8)
        .filter_map(|byte| {
            let text = [byte];
            let letter = WINDOWS_1252.decode(&text).0.chars().next()?;
            (u32::from(letter) > 0xff).then_some((letter, byte))
        })
        .collect();
    others.sort_unstable();
    writeln!(
        code,
        "];\n/// Letters of windows-1252 whose number is no byte.\n\
         pub(crate) static WINDOWS_1252: &[(char, u8)] = &{others:?};"
    )
    .unwrap();
    code
}
