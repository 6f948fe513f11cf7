//! From JSON straight into the tree that the facts are read from.

use std::fmt;

use portolan_facts::Tree;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A tree that a reader of JSON makes.
#[derive(Debug, Default)]
pub(crate) struct Grown(pub(crate) Tree);

impl<'de> Deserialize<'de> for Grown {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Grower).map(Self)
    }
}

struct Grower;

impl<'de> Visitor<'de> for Grower {
    type Value = Tree;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("facts: texts, flags, small whole numbers, lists and keys with values")
    }

    fn visit_unit<E: Error>(self) -> Result<Tree, E> {
        Ok(Tree::Absent)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Tree, E> {
        Ok(Tree::Flag(flag))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Tree, E> {
        u32::try_from(number)
            .map(Tree::Number)
            .map_err(|_| E::custom("a number that no fact holds"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(Grown(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut map = Vec::new();
        while let Some((key, Grown(value))) = entries.next_entry()? {
            map.push((key, value));
        }
        Ok(Tree::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(json: &str) -> Option<Tree> {
        serde_json::from_str(json).ok().map(|Grown(tree)| tree)
    }

    #[test]
    fn json_grows_into_a_tree() {
        let wanted = Tree::Map(vec![
            (
                "a".to_owned(),
                Tree::List(vec![Tree::Number(1), Tree::Flag(true), Tree::Absent]),
            ),
            ("b".to_owned(), Tree::Text("\u{fc}\"".to_owned())),
        ]);
        assert_eq!(
            grown(r#"{"a": [1, true, null], "b": "\u00fc\""}"#),
            Some(wanted)
        );
        for no_fact in ["4294967296", "-1", "1.5", "[", "{\"a\"}"] {
            assert_eq!(grown(no_fact), None, "{no_fact}");
        }
    }
}
