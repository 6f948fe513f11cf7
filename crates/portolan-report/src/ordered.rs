//! Stable sorts that share one program, whatever they sort.
//!
//! The sorts of the standard library come to some four kilobytes for every type that is sorted, thirty times over in
//! `portolan-probe`. Here numbers are sorted by a comparison that is called through a pointer, and the things moved afterwards:
//! as fast in its growth, and slower by what two calls cost. What sorts for every line of a log calls the library itself.
//!
//! ```
//! let mut hosts = [(20, "b"), (10, "c"), (10, "a")];
//! portolan_report::ordered::by_key(&mut hosts, |(preference, _)| *preference);
//! assert_eq!(hosts, [(10, "c"), (10, "a"), (20, "b")]);
//! ```

use core::cmp::Ordering;

/// Smallest first.
pub fn sort<T: Ord>(things: &mut [T]) {
    by(things, T::cmp);
}

/// Smallest key first; between equals the order stays.
pub fn by_key<T, K: Ord>(things: &mut [T], key: impl Fn(&T) -> K) {
    by(things, |one, other| key(one).cmp(&key(other)));
}

/// As the comparison says; between equals the order stays.
pub fn by<T>(things: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut places = places(
        things.len(),
        &|one, other| match (things.get(one), things.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        },
    );
    // Each swap brings one to its place for good.
    for at in 0..places.len() {
        while let Some(&place) = places.get(at)
            && place != at
        {
            things.swap(at, place);
            places.swap(at, place);
        }
    }
}

/// Where each of so many things belongs.
#[inline(never)]
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    let mut places = vec![0; count];
    for (place, thing) in order.into_iter().enumerate() {
        if let Some(it) = places.get_mut(thing) {
            *it = place;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All rows of up to six letters of four, and a long one: as the standard library sorts them.
    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut rows: Vec<Vec<u32>> = vec![Vec::new()];
        for length in 0..6_usize {
            let longer: Vec<Vec<u32>> = rows
                .iter()
                .filter(|it| it.len() == length)
                .flat_map(|row| (0..4).map(move |next| [row.as_slice(), &[next]].concat()))
                .collect();
            rows.extend(longer);
        }
        rows.push(
            (0..5_000_u32)
                .map(|it| it.wrapping_mul(2_654_435_761) % 97)
                .collect(),
        );
        for row in rows {
            let mut things: Vec<(u32, usize)> = row.into_iter().zip(0..).collect();
            let mut wanted = things.clone();
            wanted.sort_by_key(|it| it.0);
            by_key(&mut things, |it| it.0);
            assert_eq!(things, wanted);
            wanted.sort_by(|one, other| other.cmp(one));
            by(&mut things, |one, other| other.cmp(one));
            assert_eq!(things, wanted);
            wanted.sort_unstable();
            sort(&mut things);
            assert_eq!(things, wanted);
        }
    }
}
