//! How the page reads a published part of the facts: into a tree first, by one reader, and from the tree into the types.
//!
//! A derived `Deserialize` comes to one to five kilobytes of Wasm for every type; this to some hundred bytes, because
//! no reading stops half-way: what is wrong is noted, and the whole is then refused. It is lenient, since whatever was
//! published has been through the strict reader: a key that it does not know is left alone. A test reads every published
//! document both ways and wants the same.

use std::sync::Arc;

use portolan_report::{Seen, Source};

/// A document of the published facts as a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tree {
    /// No value: a key that is not there, or `null`.
    #[default]
    Absent,
    /// A flag.
    Flag(bool),
    /// A list.
    List(Vec<Tree>),
    /// Keys and values, in the order of the document.
    Map(Vec<(String, Tree)>),
    /// A whole number; the facts hold no others.
    Number(u32),
    /// A text.
    Text(String),
}

impl Tree {
    /// The value under a key, which is then gone from the tree.
    #[inline(never)]
    fn take(&mut self, key: &str) -> Self {
        if let Self::Map(entries) = self {
            for (known, value) in entries {
                if known == key {
                    return std::mem::take(value);
                }
            }
        }
        Self::Absent
    }

    /// The value under a key, read as what is wanted there.
    pub(crate) fn field<T: Read>(&mut self, key: &str, wrong: &mut bool) -> T {
        T::read(self.take(key), wrong)
    }
}

/// Reads a published document. `None`: it is not what is wanted.
pub fn read<T: Read>(tree: Tree) -> Option<T> {
    let mut wrong = false;
    let it = T::read(tree, &mut wrong);
    (!wrong).then_some(it)
}

/// What can be read from a tree.
pub trait Read {
    /// The value; where the tree holds something else, any value, and `wrong` is set.
    fn read(tree: Tree, wrong: &mut bool) -> Self;
}

impl Read for bool {
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        match tree {
            Tree::Flag(flag) => flag,
            other => {
                *wrong |= other != Tree::Absent;
                false
            }
        }
    }
}

impl Read for u32 {
    #[inline(never)]
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        if let Tree::Number(number) = tree {
            return number;
        }
        *wrong = true;
        0
    }
}

impl Read for u16 {
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        let number = u32::read(tree, wrong);
        Self::try_from(number).unwrap_or_else(|_| {
            *wrong = true;
            0
        })
    }
}

impl Read for u8 {
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        let number = u32::read(tree, wrong);
        Self::try_from(number).unwrap_or_else(|_| {
            *wrong = true;
            0
        })
    }
}

impl Read for String {
    #[inline(never)]
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        if let Tree::Text(text) = tree {
            return text;
        }
        *wrong = true;
        Self::new()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        match tree {
            Tree::Absent => None,
            some => Some(T::read(some, wrong)),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    #[inline(never)]
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        let mut read = Self::new();
        match tree {
            Tree::List(items) => {
                for item in items {
                    read.push(T::read(item, wrong));
                }
            }
            other => *wrong |= other != Tree::Absent,
        }
        read
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        let mut items = match tree {
            Tree::List(items) => items,
            _ => Vec::new(),
        };
        let second = items.pop().unwrap_or_default();
        let first = items.pop().unwrap_or_default();
        *wrong |= !items.is_empty();
        (A::read(first, wrong), B::read(second, wrong))
    }
}

impl<T: Read> Read for Arc<T> {
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        Self::new(T::read(tree, wrong))
    }
}

impl<T: Read> Read for Box<T> {
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        Self::new(T::read(tree, wrong))
    }
}

impl Read for Seen {
    fn read(tree: Tree, wrong: &mut bool) -> Self {
        Self::try_from(String::read(tree, wrong)).unwrap_or_else(|_| {
            *wrong = true;
            Self::Undated
        })
    }
}

/// Reads a struct: every field by its name or, where they differ, by its key in the JSON; `or` says what it is where the
/// key is missing, if that is not the empty value. After a semicolon stands a field that is filled later, from elsewhere.
/// A forgotten field does not compile.
macro_rules! reads {
    ($type:ident { $($field:ident $(= $key:literal)? $(or $default:literal)?),* $(,)? $(; $later:ident)? }) => {
        impl $crate::read::Read for $type {
            #[inline(never)]
            fn read(mut tree: $crate::read::Tree, wrong: &mut bool) -> Self {
                Self { $($field: reads!(@default reads!(@field tree wrong $field $($key)?), $($default)?),)* $($later: Default::default(),)? }
            }
        }
    };
    (@field $tree:ident $wrong:ident $field:ident) => { $tree.field(stringify!($field), $wrong) };
    (@field $tree:ident $wrong:ident $field:ident $key:literal) => { $tree.field($key, $wrong) };
    (@default $value:expr,) => { $value };
    (@default $value:expr, $default:literal) => { Option::unwrap_or($value, $default) };
}

/// Reads an enum without data: every variant by its word in the JSON.
macro_rules! reads_word {
    ($type:ident { $first:ident = $first_word:literal $(, $variant:ident = $word:literal)* $(,)? }) => {
        impl $crate::read::Read for $type {
            fn read(tree: $crate::read::Tree, wrong: &mut bool) -> Self {
                // A variant that is not among the words does not compile.
                const _: fn($type) = |it| match it { $type::$first $(| $type::$variant)* => {} };
                let words = &[($first_word, Self::$first) $(, ($word, Self::$variant))*];
                $crate::read::word(tree, wrong, words, Self::$first)
            }
        }

        #[cfg(test)]
        impl $crate::read::tests::Words for $type {
            const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];
        }
    };
}

pub(crate) use {reads, reads_word};

/// The variant with this word.
#[inline(never)]
pub(crate) fn word<T: Copy>(tree: Tree, wrong: &mut bool, words: &[(&str, T)], any: T) -> T {
    let text = String::read(tree, wrong);
    for (word, variant) in words {
        if *word == text {
            return *variant;
        }
    }
    *wrong = true;
    any
}

reads! { Source { id, url, seen, note, supports } }

#[cfg(test)]
pub(crate) mod tests {
    use std::fmt;

    use serde::Serialize;

    use super::*;
    use crate::{
        Basis, Confirmation, EndpointTls, EnvironmentKind, PortStatus, ProviderKind, QuestionKind,
        Role, SettingKind,
    };

    /// All variants that `reads_word!` was told of; its `match` holds every variant that there is.
    pub(crate) trait Words: 'static + Sized {
        const ALL: &'static [Self];
    }

    fn words_are_those_of_serde<T>()
    where
        T: Words + Read + Serialize + PartialEq + fmt::Debug,
    {
        for it in T::ALL {
            let json = serde_json::to_value(it).unwrap();
            let word = Tree::Text(json.as_str().unwrap().to_owned());
            assert_eq!(read::<T>(word).as_ref(), Some(it));
        }
        assert_eq!(read::<T>(Tree::Text("no such word".to_owned())), None);
    }

    #[test]
    fn every_word_is_the_one_that_is_published() {
        words_are_those_of_serde::<Basis>();
        words_are_those_of_serde::<Confirmation>();
        words_are_those_of_serde::<EndpointTls>();
        words_are_those_of_serde::<EnvironmentKind>();
        words_are_those_of_serde::<PortStatus>();
        words_are_those_of_serde::<ProviderKind>();
        words_are_those_of_serde::<QuestionKind>();
        words_are_those_of_serde::<Role>();
        words_are_those_of_serde::<SettingKind>();
    }

    #[test]
    fn what_is_not_what_it_should_be_is_refused() {
        let text = || Tree::Text("yes".to_owned());
        let list = |items: Vec<Tree>| Tree::List(items);
        let one = || Tree::Number(1);
        assert_eq!(read::<String>(one()), None);
        assert_eq!(read::<u16>(Tree::Number(65_536)), None);
        assert_eq!(read::<u8>(Tree::Number(256)), None);
        assert_eq!(read::<u32>(Tree::Absent), None);
        assert_eq!(read::<bool>(text()), None);
        assert_eq!(read::<Seen>(text()), None);
        assert_eq!(read::<Vec<u16>>(list(vec![one(), text()])), None);
        assert_eq!(read::<Vec<u16>>(Tree::Map(Vec::new())), None);
        assert_eq!(read::<(u16, u16)>(list(vec![one()])), None);
        assert_eq!(read::<(u16, u16)>(list(vec![one(), one(), one()])), None);
        assert_eq!(
            read::<Source>(Tree::Map(vec![("id".to_owned(), text())])),
            None
        );
    }
}
