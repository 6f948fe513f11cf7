//! Places in a text, as JavaScript counts them.

use portolan_explain::{Explanation, Place};

/// An explanation of a string, whose places are code units of UTF-16 (ECMA-262, section 6.1.4), so that
/// `text.slice(start, end)` is the evidence.
pub fn in_code_units(mut explanation: Explanation, text: &str) -> Explanation {
    if let Explanation::One(one) = &mut explanation {
        for finding in &mut one.findings {
            finding.evidence = Place {
                start: units(text, finding.evidence.start),
                end: units(text, finding.evidence.end),
            };
        }
    }
    explanation
}

/// How many code units stand before a byte; a byte within a letter counts as the letter's first.
fn units(text: &str, byte: u64) -> u64 {
    let mut at = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = text.get(..at).unwrap_or_default();
    before
        .chars()
        .map(|letter| if letter > '\u{ffff}' { 2 } else { 1 })
        .sum()
}

#[cfg(test)]
mod tests {
    use portolan_explain::{Explanation, Reading};

    use super::{in_code_units, units};

    #[test]
    fn letters_count_as_in_javascript() {
        assert_eq!(units("aé€😀b", 3), 2);
        assert_eq!(units("aé€😀b", 10), 5);
        assert_eq!(units("aé€😀b", 7), 3);
        assert_eq!(units("ab", 99), 2);
    }

    #[test]
    fn evidence_is_what_slice_cuts_out() {
        let text = "😀 é: 554 5.7.1 Relay access denied";
        let mut reading = Reading::default();
        reading.push(text.as_bytes());
        let explanation = Explanation::of(&reading.finish(), None, &portolan_builtin::facts());
        let Explanation::One(one) = in_code_units(explanation, text) else {
            panic!("one failure");
        };
        let place = &one.findings[0].evidence;
        let wide: Vec<u16> = text.encode_utf16().collect();
        let at = |place: u64| usize::try_from(place).unwrap();
        let cut = String::from_utf16(&wide[at(place.start)..at(place.end)]).unwrap();
        assert!(cut.eq_ignore_ascii_case("relay access denied"), "{cut}");
    }
}
