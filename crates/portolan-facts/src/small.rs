//! A map and a stable sort for the handful of things that the engines hold, written for bytes.
//!
//! In the page, `BTreeMap` and the sorts of the standard library come to some three kilobytes for every type that uses
//! them: 46 of 540, before compression. Ports, answers and routes never number more than some dozens, where
//! insertion is as fast; the catalogue, of some hundreds, is filled once and then only read.

use std::borrow::Borrow;

/// A map that holds its entries in the order of their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SmallMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> SmallMap<K, V> {
    /// Puts a value under a key, in place of the one that was there.
    pub fn insert(&mut self, key: K, value: V) {
        for (at, (known, old)) in self.0.iter_mut().enumerate() {
            if *known == key {
                *old = value;
                return;
            }
            if *known > key {
                self.0.insert(at, (key, value));
                return;
            }
        }
        self.0.push((key, value));
    }

    /// Takes a key and its value away.
    pub fn remove(&mut self, key: &K) {
        self.0.retain(|(known, _)| known != key);
    }

    /// The value under a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        // The catalogue has more than some dozens.
        let at = self
            .0
            .binary_search_by(|(known, _)| known.borrow().cmp(key));
        at.ok()
            .and_then(|at| self.0.get(at))
            .map(|(_, value)| value)
    }

    /// Whether there is something under a key.
    pub fn contains_key(&self, key: &K) -> bool {
        self.get(key).is_some()
    }
}

impl<K, V> SmallMap<K, V> {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Keys and values, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> + Clone {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The values, in the order of the keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SmallMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SmallMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K, V> IntoIterator for SmallMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Sorts in place by a key, smallest first; between equals the order stays. Quadratic: for dozens, not for thousands.
pub fn order_by<T, K: Ord>(things: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..things.len() {
        let mut at = end;
        while let Some([before, this]) = things.get(at.wrapping_sub(1)..=at)
            && key(this) < key(before)
        {
            things.swap(at - 1, at);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(mut things in prop::collection::vec((0u8..6, 0u8..9), 0..30)) {
            let mut sorted = things.clone();
            sorted.sort_by_key(|it| it.0);
            order_by(&mut things, |it| it.0);
            prop_assert_eq!(things, sorted);
        }

        #[test]
        fn it_maps_as_the_standard_library_does(
            entries in prop::collection::vec((0u8..9, 0u8..9), 0..30),
            gone in 0u8..9,
        ) {
            let mut known: BTreeMap<u8, u8> = entries.iter().copied().collect();
            let mut map: SmallMap<u8, u8> = entries.into_iter().collect();
            prop_assert!(map.iter().eq(known.iter()));
            known.remove(&gone);
            map.remove(&gone);
            prop_assert!(map.iter().eq(known.iter()));
            prop_assert!(map.keys().eq(known.keys()) && map.values().eq(known.values()));
            prop_assert_eq!((map.len(), map.is_empty()), (known.len(), known.is_empty()));
            for key in 0..9 {
                prop_assert_eq!(map.get(&key), known.get(&key));
                prop_assert_eq!(map.contains_key(&key), known.contains_key(&key));
            }
        }
    }
}
