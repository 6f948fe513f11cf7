//! The facts, embedded: for the native shells and for tests. The page loads the published parts instead.
//!
//! ```
//! let facts = portolan_builtin::facts();
//! let gmail = facts.provider("gmail").expect("a file of that name");
//! assert!(gmail.endpoints.iter().any(|it| it.host == "smtp.gmail.com" && it.port == 587));
//! ```

mod tree;

use std::borrow::Cow;
use std::collections::BTreeMap;

use portolan_facts::{Facts, Read};

use crate::tree::Grown;

/// All facts of `data/`, as they were when this was built. Reading them takes milliseconds: whoever asks twice keeps them.
pub fn facts() -> Facts {
    let mut documents = parse(&json());
    let mut facts = Facts::new(read(documents.remove("core.json")));
    facts.set_index(read(documents.remove("index.json")));
    facts.add_signs(read(documents.remove("signs.json")));
    facts.set_banners(read(documents.remove("banners.json")));
    for (path, document) in documents {
        match path.split_once('/').map(|(kind, _)| kind) {
            Some("clients") => facts.add_client(read(Some(document))),
            Some("environments") => facts.add_environment(read(Some(document))),
            Some("providers") => facts.add_provider(read(Some(document))),
            _ => {}
        }
    }
    facts
}

#[cfg(not(feature = "packed"))]
fn json() -> Cow<'static, [u8]> {
    Cow::Borrowed(include_bytes!(concat!(env!("OUT_DIR"), "/facts.json")))
}

#[cfg(feature = "packed")]
#[expect(clippy::expect_used, reason = "the build script packed it")]
fn json() -> Cow<'static, [u8]> {
    use std::io::Read as _;

    static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/facts.json.z"));
    let (length, packed) = PACKED.split_first_chunk().expect("behind its length");
    let mut json = Vec::with_capacity(u32::from_le_bytes(*length) as usize);
    flate2::read::DeflateDecoder::new(packed)
        .read_to_end(&mut json)
        .expect("packed whole");
    Cow::Owned(json)
}

#[expect(clippy::expect_used, reason = "the build script wrote this very text")]
fn parse(json: &[u8]) -> BTreeMap<String, Grown> {
    serde_json::from_slice(json).expect("written by the build script")
}

/// As the page reads it: the derived readers of the same types come to four times as many bytes of program.
#[expect(
    clippy::expect_used,
    reason = "a test reads every document both ways and wants the same"
)]
fn read<T: Read>(document: Option<Grown>) -> T {
    let tree = document.map(|it| it.0).unwrap_or_default();
    portolan_facts::read(tree).expect("written from the same types")
}
